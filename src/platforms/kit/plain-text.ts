/** Only what can be seen, line breaks apart: invisible, control and direction characters are gone, so that what is read is what is there. */
export function visible(text: string): string {
  if (isPlain(text)) return text;
  return text
    .replace(/\p{Cs}/gu, "")
    .normalize("NFC")
    .replace(/\r\n?|\p{Zl}|\p{Zp}/gu, "\n")
    .replace(JOINED, "")
    .replace(/[\p{Cc}\p{Co}]|(?!\u200d)\p{Cf}/gu, (c) => (c === "\n" ? c : c === "\t" ? " " : ""));
}

/** A joiner that joins no pictures: between two it makes one of them (👨‍👩‍👧), anywhere else it hides. */
const JOINED = /(?<!\p{Extended_Pictographic}[\ufe0f\p{EMod}]?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu;

/** The same on one line. */
export function oneLine(text: string): string {
  return visible(text).replace(/\s+/g, " ").trim();
}

/**
 * Whether a text consists of nothing but ASCII, ideographs and the punctuation between them: signs that never combine, are
 * visible, and have one form only. Almost all that the bot writes is such text, and needs no closer look.
 */
export function isPlain(text: string): boolean {
  return /^[\n -~·—‘’“”…、。《》【】一-鿿！（），：；？％]*$/.test(text);
}
