import { unzip } from "./zip.ts";

export const WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const BODY = "word/document.xml";
/** Pieces of text in a document's body, and the ends of its paragraphs. */
const PIECES = /<w:t(?:\s[^>]*)?>([^<]*)<\/w:t>|<\/w:p>/g;
const SIGNS: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** The beginning of what a Word document says, a line each paragraph; empty where it can't be read. */
export async function textOfWord(bytes: Uint8Array, most: number): Promise<string> {
  const found = await unzip(bytes, (name) => name === BODY);
  if ("refusal" in found) return "";
  const body = found.contents.get(BODY)?.toString("utf8") ?? "";
  let text = "";
  for (const [, piece] of body.matchAll(PIECES)) {
    text += piece?.replace(/&(lt|gt|amp|quot|apos);/g, (_, sign: string) => SIGNS[sign] ?? "") ?? "\n";
    if (text.length >= most) break;
  }
  return text.slice(0, most);
}
