import type * as Docx from "docx";
import { withoutTimes } from "./docx-bytes.ts";
import { MARGINS, PAGE, type PaperModel, POINTS, withoutControls } from "./paper-model.ts";
import { RED } from "./set-line.ts";
import { wordBody } from "./word-body.ts";
import { FONT_TABLE, FONTS } from "./word-fonts.ts";
import { mm } from "./word-line.ts";

/** The parts of the docx package; loaded only when a document is made. */
type Word = typeof Docx;

/** A paper in our own layout: with its own name and office, without the moment of its making, which the package would write. */
export async function bareDocument(paper: PaperModel): Promise<Uint8Array> {
  const word = await import("docx");
  const { marks, margins } = paper;
  const { top, bottom, left, right } = MARGINS[margins];
  const header = () => new word.Header({ children: [redLine(word, marks.join("　"))] });
  const isLetter = margins === "letter";
  const document = new word.Document({
    styles: { default: { document: { run: { font: FONTS.text, size: 2 * POINTS.text, color: "000000" } } } },
    evenAndOddHeaderAndFooters: isLetter,
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
          : { headers: { default: header(), ...(isLetter ? { even: header() } : {}) } }),
        footers: {
          default: new word.Footer({ children: [pageNumber(word, isLetter ? "odd" : "all")] }),
          ...(isLetter ? { even: new word.Footer({ children: [pageNumber(word, "even")] }) } : {}),
        },
        children: wordBody(word, paper),
      },
    ],
  });
  const parts = [
    { path: "docProps/core.xml", data: propertiesOf(paper) },
    { path: "word/fontTable.xml", data: FONT_TABLE },
  ];
  return withoutTimes(new Uint8Array(await word.Packer.toBuffer(document, undefined, parts)));
}

const CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
const DUBLIN = "http://purl.org/dc/elements/1.1/";

function propertiesOf({ name, creator }: PaperModel): string {
  const [title, by] = [name, creator].map((text) => escaped(withoutControls(text)));
  const said = `<dc:title>${title}</dc:title><dc:creator>${by}</dc:creator><cp:lastModifiedBy>${by}</cp:lastModifiedBy>`;
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="${CORE}" xmlns:dc="${DUBLIN}">${said}</cp:coreProperties>`;
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function redLine(word: Word, text: string): Docx.Paragraph {
  return new word.Paragraph({
    alignment: word.AlignmentType.CENTER,
    children: [
      new word.TextRun({
        text: withoutControls(text),
        font: FONTS.heading,
        size: 2 * POINTS.page,
        color: RED,
      }),
    ],
  });
}

/** In 四号 between dashes: at the outer edge, a sign from the margin, or on all pages in the middle. */
function pageNumber(word: Word, pages: "odd" | "even" | "all"): Docx.Paragraph {
  const run = { font: FONTS.table, size: 2 * POINTS.page };
  const { LEFT, RIGHT, CENTER } = word.AlignmentType;
  const sign = 20 * POINTS.page;
  return new word.Paragraph({
    alignment: { odd: RIGHT, even: LEFT, all: CENTER }[pages],
    ...(pages === "all" ? {} : { indent: pages === "odd" ? { right: sign } : { left: sign } }),
    children: [
      new word.TextRun({ text: "— ", ...run }),
      new word.TextRun({ children: [word.PageNumber.CURRENT], ...run }),
      new word.TextRun({ text: " —", ...run }),
    ],
  });
}
