import type * as Docx from "docx";

// What the office's documents have in common. Layout after GB/T 9704-2012 (党政机关公文格式): A4, margins 37 mm above and 28 mm
// left around a text block of 156 × 225 mm, title 二号 小标宋, text 三号 仿宋, headings 三号 黑体, page numbers “— 1 —” below.
// From memory of the standard, to be confirmed against the original. A machine without these fonts shows its own.

export const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** The parts of the docx package; loaded only when a document is made. */
export type Word = typeof Docx;
export type WordPart = Docx.Paragraph | Docx.Table;

/** Sizes in half-points: 二号 22 pt, 三号 16 pt, 四号 14 pt, 五号 10.5 pt, 小五 9 pt. */
export const SIZE = { title: 44, text: 32, page: 28, cell: 21, small: 18 } as const;

const font = (east: string, west = "Times New Roman") => ({ ascii: west, hAnsi: west, eastAsia: east });
export const FONTS = {
  title: font("方正小标宋简体"),
  heading: font("黑体"),
  text: font("仿宋_GB2312"),
  table: font("宋体"),
  code: font("宋体", "Courier New"),
};
const BLACK = "000000";
const RED = "C00000";
/** Twips of a sign of the text (三号, 16 pt), the measure of indents. */
const SIGN = 320;
/** Twips between lines of the text: 22 lines on a page of 225 mm. */
const LINE = 560;
export const mm = (n: number) => Math.round((n * 1440) / 25.4);

/** One document from its parts, the same bytes for the same data. `draft` stands in red at the head of every page. */
export async function wordDocument(
  { title, creator, draft }: { title: string; creator: string; draft?: string | undefined },
  parts: (word: Word) => readonly WordPart[],
): Promise<Uint8Array> {
  const word = await import("docx");
  const document = new word.Document({
    title: withoutControls(title),
    creator: withoutControls(creator),
    lastModifiedBy: withoutControls(creator),
    styles: { default: { document: { run: { font: FONTS.text, size: SIZE.text, color: BLACK } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: mm(210), height: mm(297) },
            margin: {
              top: mm(37),
              bottom: mm(35),
              left: mm(28),
              right: mm(26),
              header: mm(25),
              footer: mm(28),
            },
          },
        },
        ...(draft === undefined
          ? {}
          : { headers: { default: new word.Header({ children: [redLine(word, draft)] }) } }),
        footers: { default: new word.Footer({ children: [pageNumber(word)] }) },
        children: [...parts(word)],
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

/** The title, centred, each of its lines a line, with what stands below it. */
export function titleOf(word: Word, lines: readonly string[], below: string): Docx.Paragraph[] {
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
    line(below, false, 240),
  ];
}

/** 一、… */
export function headingOf(word: Word, text: string): Docx.Paragraph {
  return new word.Paragraph({
    indent: { firstLine: 2 * SIGN },
    spacing: { line: LINE, before: 120, after: 60 },
    keepNext: true,
    children: [new word.TextRun({ text: withoutControls(text), font: FONTS.heading, size: SIZE.text })],
  });
}

/** A paragraph of the text; without `indent` it begins at the margin, as an addressee does. `after`: twips below it. */
export function paragraphOf(
  word: Word,
  text: string,
  { indent = true, after = 0 }: { indent?: boolean; after?: number } = {},
): Docx.Paragraph {
  return new word.Paragraph({
    ...(indent ? { indent: { firstLine: 2 * SIGN } } : {}),
    spacing: { line: LINE, after },
    children: [new word.TextRun({ text: withoutControls(text), size: SIZE.text })],
  });
}

/** 附件说明: a line below the text, numbered when there are several; what follows the first stands under it. */
export function attachmentsOf(word: Word, names: readonly string[]): Docx.Paragraph[] {
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

/** 落款: who signs, and when, at the right, never on a page of their own. */
export function signatureOf(word: Word, office: string, date: string): Docx.Paragraph[] {
  return [office, date].map(
    (text, i) =>
      new word.Paragraph({
        alignment: word.AlignmentType.RIGHT,
        spacing: { line: LINE, before: i === 0 ? 2 * LINE : 0 },
        indent: { right: (i === 0 ? 2 : 4) * SIGN },
        keepNext: i === 0,
        children: [new word.TextRun({ text: withoutControls(text), size: SIZE.text })],
      }),
  );
}

/** XML has no place for control characters, and a reader none for marks that turn the direction of a file's name. */
export function withoutControls(text: string): string {
  return text
    .replaceAll("\t", " ")
    .replace(/(?!\n)[\p{Cc}\p{Cs}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu, "");
}
