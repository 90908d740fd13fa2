import type * as Docx from "docx";
import { MARGINS, PAGE, type PaperBlock, type PaperModel, POINTS, withoutControls } from "./paper-model.ts";
import { FONTS, mm, tableOf } from "./word-table.ts";

export const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** The parts of the docx package; loaded only when a document is made. */
type Word = typeof Docx;

const BLACK = "000000";
const RED = "C00000";
/** Sizes are half-points. */
const SIZE = {
  title: 2 * POINTS.title,
  text: 2 * POINTS.text,
  page: 2 * POINTS.page,
  small: 2 * POINTS.small,
};
/** Twips of a sign of the text (三号, 16 pt), the measure of indents. */
const SIGN = 320;
/** Twips between lines of the text: 22 lines on a page of 225 mm. */
const LINE = 560;

/** A paper as .docx, the same bytes for the same paper. A machine without the fonts of the standard shows its own. */
export async function wordDocument({
  name,
  creator,
  marks,
  margins,
  blocks,
}: PaperModel): Promise<Uint8Array> {
  const word = await import("docx");
  const { top, bottom, left, right } = MARGINS[margins];
  const document = new word.Document({
    title: withoutControls(name),
    creator: withoutControls(creator),
    lastModifiedBy: withoutControls(creator),
    styles: { default: { document: { run: { font: FONTS.text, size: SIZE.text, color: BLACK } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: mm(PAGE.width), height: mm(PAGE.height) },
            margin: {
              ...{ top: mm(top), bottom: mm(bottom), left: mm(left), right: mm(right) },
              ...{ header: mm(top - 12), footer: mm(bottom - 7) },
            },
          },
        },
        ...(marks.length === 0
          ? {}
          : { headers: { default: new word.Header({ children: [redLine(word, marks.join("　"))] }) } }),
        footers: { default: new word.Footer({ children: [pageNumber(word)] }) },
        children: blocks.flatMap((block, i) =>
          partsOf(word, block, {
            width: PAGE.width - left - right,
            margins,
            // Never a signature alone on its page.
            keepNext: blocks[i + 1]?.kind === "signature",
          }),
        ),
      },
    ],
  });
  return withoutMoment(new Uint8Array(await word.Packer.toBuffer(document)));
}

/** The package writes the moment of its call into the file and its archive: taken out, for a document tells its own date. */
async function withoutMoment(docx: Uint8Array): Promise<Uint8Array> {
  const { strFromU8, strToU8, unzipSync, zipSync } = await import("fflate");
  const files = unzipSync(docx);
  const properties = "docProps/core.xml";
  const core = strFromU8(files[properties] ?? new Uint8Array());
  files[properties] = strToU8(core.replace(/<dcterms:(created|modified)[^>]*>[^<]*<\/dcterms:\1>/g, ""));
  return zipSync(files, { mtime: new Date(1980, 0, 2) });
}

/** `width`: of the text block, millimetres. */
function partsOf(
  word: Word,
  block: PaperBlock,
  { width, margins, keepNext }: { width: number; keepNext: boolean } & Pick<PaperModel, "margins">,
): (Docx.Paragraph | Docx.Table)[] {
  switch (block.kind) {
    case "title":
      return titleOf(word, block.lines, block.below ?? "");
    case "addressee":
      return [paragraphOf(word, block.text, { indent: false })];
    case "heading":
      return [headingOf(word, block.text)];
    case "text":
      return [paragraphOf(word, block.text, { keepNext })];
    case "note":
      return [noteOf(word, block.text)];
    case "table":
      return [tableOf(word, block, { width, keepNext })];
    case "attachments":
      return attachmentsOf(word, block.names);
    case "signature":
      return signatureOf(word, block, margins === "form" ? LINE / 2 : 2 * LINE);
    default:
      return block satisfies never;
  }
}

function redLine(word: Word, text: string): Docx.Paragraph {
  return new word.Paragraph({
    alignment: word.AlignmentType.CENTER,
    children: [
      new word.TextRun({ text: withoutControls(text), font: FONTS.heading, size: SIZE.page, color: RED }),
    ],
  });
}

function pageNumber(word: Word): Docx.Paragraph {
  const run = { font: FONTS.table, size: SIZE.page };
  return new word.Paragraph({
    alignment: word.AlignmentType.CENTER,
    children: [
      new word.TextRun({ text: "— ", ...run }),
      new word.TextRun({ children: [word.PageNumber.CURRENT], ...run }),
      new word.TextRun({ text: " —", ...run }),
    ],
  });
}

function titleOf(word: Word, lines: readonly string[], below: string): Docx.Paragraph[] {
  const line = (text: string, isTitle: boolean, after: number) =>
    new word.Paragraph({
      alignment: word.AlignmentType.CENTER,
      keepNext: true,
      spacing: { after, line: 600 },
      children: [
        new word.TextRun({
          text: withoutControls(text),
          font: isTitle ? FONTS.title : FONTS.text,
          size: isTitle ? SIZE.title : SIZE.text,
        }),
      ],
    });
  return [
    ...lines.map((text, i) => line(text, true, i === lines.length - 1 ? 160 : 0)),
    ...(below === "" ? [] : [line(below, false, 240)]),
  ];
}

function headingOf(word: Word, text: string): Docx.Paragraph {
  return new word.Paragraph({
    indent: { firstLine: 2 * SIGN },
    spacing: { line: LINE, before: 120, after: 120 },
    keepNext: true,
    children: [new word.TextRun({ text: withoutControls(text), font: FONTS.heading, size: SIZE.text })],
  });
}

function paragraphOf(word: Word, text: string, { indent = true, keepNext = false } = {}): Docx.Paragraph {
  return new word.Paragraph({
    keepNext,
    ...(indent ? { indent: { firstLine: 2 * SIGN } } : {}),
    spacing: { line: LINE },
    children: [new word.TextRun({ text: withoutControls(text), size: SIZE.text })],
  });
}

function noteOf(word: Word, text: string): Docx.Paragraph {
  return new word.Paragraph({
    spacing: { line: 300, before: 60 },
    children: [new word.TextRun({ text: withoutControls(text), font: FONTS.table, size: SIZE.small })],
  });
}

/** What follows the first stands under it. */
function attachmentsOf(word: Word, names: readonly string[]): Docx.Paragraph[] {
  const several = names.length > 1;
  return names.map(
    (name, i) =>
      new word.Paragraph({
        indent: { left: (several ? 6.5 : 5) * SIGN, hanging: (i === 0 ? (several ? 4.5 : 3) : 1.5) * SIGN },
        spacing: { line: LINE, before: i === 0 ? LINE : 0 },
        keepNext: true,
        children: [
          new word.TextRun({
            text: withoutControls(`${i === 0 ? "附件：" : ""}${several ? `${i + 1}．` : ""}${name}`),
            size: SIZE.text,
          }),
        ],
      }),
  );
}

/** At the right, never on a page of its own; above it is room for a seal, which a form has in its cells. */
function signatureOf(
  word: Word,
  { body, date }: { body: string; date: string },
  above: number,
): Docx.Paragraph[] {
  return [body, date].map(
    (text, i) =>
      new word.Paragraph({
        alignment: word.AlignmentType.RIGHT,
        spacing: { line: LINE, before: i === 0 ? above : 0 },
        indent: { right: (i === 0 ? 2 : 4) * SIGN },
        keepNext: i === 0,
        children: [new word.TextRun({ text: withoutControls(text), size: SIZE.text })],
      }),
  );
}
