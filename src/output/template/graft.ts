import { strFromU8, strToU8, unzipSync } from "fflate";
import type { PaperModel } from "../paper-model.ts";
import { bareDocument } from "../word-file.ts";

/** Part of a paper as it goes into another Word file: its XML, and the pictures that it names. */
export type GraftedBody = {
  xml: string;
  pictures: readonly { id: string; name: string; bytes: Uint8Array }[];
};

const DOCUMENT = "word/document.xml";
const RELATIONS = "word/_rels/document.xml.rels";
const TYPES = "[Content_Types].xml";
const IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image";
const NAMESPACES = {
  r: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
  wp: "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
} as const;

/** A paper's blocks as we draw them, without its head and foot. `part` tells its pictures from another's of the same file. */
export async function bareBody(paper: PaperModel, part: string): Promise<GraftedBody> {
  const { redHead: _head, corner: _corner, imprint: _imprint, no: _no, signer: _signer, ...bare } = paper;
  const files = unzipSync(await bareDocument(bare));
  const document = strFromU8(files[DOCUMENT] ?? new Uint8Array());
  let xml = document.slice(
    document.indexOf("<w:body>") + "<w:body>".length,
    document.lastIndexOf("<w:sectPr"),
  );
  const pictures: GraftedBody["pictures"][number][] = [];
  for (const [relation] of strFromU8(files[RELATIONS] ?? new Uint8Array()).matchAll(
    /<Relationship [^>]*>/g,
  )) {
    const of = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(relation)?.[1] ?? "";
    if (of("Type") !== IMAGE) continue;
    const id = `lantian-${part}-${pictures.length + 1}`;
    xml = xml.replaceAll(`r:embed="${of("Id")}"`, `r:embed="${id}"`);
    const target = of("Target");
    const bytes = files[`word/${target}`] ?? new Uint8Array();
    pictures.push({ id, name: `media/${id}${/\.\w+$/.exec(target)?.[0] ?? ""}`, bytes });
  }
  return { xml, pictures };
}

/** A Word file's parts with the pictures of what was put into it, and `last` behind its last line. */
export function graft(
  files: Readonly<Record<string, Uint8Array>>,
  parts: readonly GraftedBody[],
  last: string,
): Record<string, Uint8Array> {
  const text = (name: string) => strFromU8(files[name] ?? new Uint8Array());
  const pictures = parts.flatMap((part) => part.pictures);
  const relations = pictures
    .map(({ id, name }) => `<Relationship Id="${id}" Type="${IMAGE}" Target="${name}"/>`)
    .join("");
  const document = withNamespaces(text(DOCUMENT));
  const end =
    document.lastIndexOf("<w:sectPr") < 0
      ? document.lastIndexOf("</w:body>")
      : document.lastIndexOf("<w:sectPr");
  return {
    ...files,
    ...Object.fromEntries(pictures.map(({ name, bytes }) => [`word/${name}`, bytes])),
    [DOCUMENT]: strToU8(document.slice(0, end) + last + document.slice(end)),
    [RELATIONS]: strToU8(text(RELATIONS).replace("</Relationships>", `${relations}</Relationships>`)),
    [TYPES]: strToU8(
      withTypes(
        text(TYPES),
        pictures.map(({ name }) => name),
      ),
    ),
  };
}

/** Pictures need words that not every file has declared at its head. */
const withNamespaces = (document: string): string =>
  document.replace(/<w:document\b([^>]*)>/, (_, declared: string) => {
    const lacking = Object.entries(NAMESPACES).filter(([prefix]) => !declared.includes(`xmlns:${prefix}=`));
    return `<w:document${declared}${lacking.map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`).join("")}>`;
  });

function withTypes(types: string, names: readonly string[]): string {
  const kinds = new Set(names.map((name) => name.slice(name.lastIndexOf(".") + 1)));
  const lacking = [...kinds].filter(
    (kind) => !new RegExp(`<Default [^>]*Extension="${kind}"`, "i").test(types),
  );
  const added = lacking
    .map((kind) => `<Default Extension="${kind}" ContentType="image/${kind === "jpg" ? "jpeg" : kind}"/>`)
    .join("");
  return types.replace(/<Types\b[^>]*>/, (head) => head + added);
}
