/** Only what can be seen, line breaks apart: invisible, control and direction characters are gone, so that what is read is what is there. */
export function visible(text: string): string {
  if (isPlain(text)) return text;
  return text
    .replace(/\p{Cs}/gu, "")
    .normalize("NFC")
    .replace(/\r\n?|\p{Zl}|\p{Zp}/gu, "\n")
    .replace(/[\p{Cc}\p{Cf}\p{Co}]/gu, (c) => (c === "\n" ? c : c === "\t" ? " " : ""));
}

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
