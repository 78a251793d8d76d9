/** Whether a text can be an e-mail address; the last word is the server's. */
export const isEmail = (text: string): boolean =>
  /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text) && text.length <= 254;

/** Whether a text can be a phone number: digits, with what people put between them. */
export const isPhone = (text: string): boolean =>
  /^\+?[\d\s().-]+$/.test(text) && text.replace(/\D/g, "").length >= 7;
