import { strFromU8, unzipSync } from "fflate";

/** What a reader of a .docx finds: its texts in order, its tables cell by cell, its header, and its pictures by relation. */
export function readDocument(docx: Uint8Array) {
  const files = unzipSync(docx);
  const part = (name: string) => (files[name] === undefined ? "" : strFromU8(files[name]));
  const xml = part("word/document.xml");
  const targets = new Map(
    [...part("word/_rels/document.xml.rels").matchAll(/<Relationship [^>]*>/g)].map(([tag]) => [
      attribute(tag, "Id"),
      attribute(tag, "Target"),
    ]),
  );
  return {
    files,
    xml,
    paragraphs: paragraphsOf(xml),
    tables: [...xml.matchAll(/<w:tbl>.*?<\/w:tbl>/gs)].map(([table]) =>
      [...table.matchAll(/<w:tr>.*?<\/w:tr>|<w:tr .*?<\/w:tr>/gs)].map(([row]) =>
        [...row.matchAll(/<w:tc>.*?<\/w:tc>/gs)].map(([cell]) => paragraphsOf(cell).join("\n")),
      ),
    ),
    header: paragraphsOf(part("word/header1.xml")).join("\n"),
    footer: part("word/footer1.xml"),
    properties: part("docProps/core.xml"),
    /** The bytes of each picture, in the order in which they are shown. */
    pictures: [...xml.matchAll(/r:embed="([^"]+)"/g)].map(([, id]) => files[`word/${targets.get(id ?? "")}`]),
  };
}

const attribute = (tag: string, name: string) => new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1] ?? "";

const paragraphsOf = (xml: string): string[] =>
  [...xml.matchAll(/<w:p>.*?<\/w:p>|<w:p .*?<\/w:p>/gs)].map(([p]) =>
    [...p.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text]) => unescaped(text ?? "")).join(""),
  );

const unescaped = (text: string) =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
