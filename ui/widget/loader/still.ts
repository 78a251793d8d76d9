/**
 * Holds the page still behind a full-screen panel; what it gives lets go again. The body
 * is fixed in place, because on iPhones "overflow: hidden" alone does not hold a page.
 */
export function holdStill(sheetOf: (css: string) => CSSStyleSheet): () => void {
  const { body } = document;
  const [top, wasInert] = [scrollY, body.inert];
  const still = sheetOf(
    `html{overflow:hidden!important}body{position:fixed!important;inset:${-top}px 0 auto!important}`,
  );
  document.adoptedStyleSheets.push(still);
  body.inert = true;
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== still);
    body.inert = wasInert;
    scrollTo({ top, behavior: "instant" });
  };
}
