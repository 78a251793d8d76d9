/** What a language is called in another one; its code where it has no name. */
export function languageName(code: string, inLanguage: string): string {
  try {
    const name = new Intl.DisplayNames(inLanguage, { type: "language" }).of(code) ?? code;
    return name.charAt(0).toLocaleUpperCase(inLanguage) + name.slice(1);
  } catch {
    return code; // no code of a language at all
  }
}
