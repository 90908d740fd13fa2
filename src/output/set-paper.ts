import { numberedHeadings } from "./heading-numbers.ts";
import { keptTogether } from "./kept-together.ts";
import { type PaperBlock, type PaperModel, POINTS } from "./paper-model.ts";
import { printWidth } from "./print-width.ts";
import { redHeadOf } from "./set-head.ts";
import { LEADING, type SetLine, type SetPiece, SIGN, setLine, textWidth } from "./set-line.ts";
import { titleLines } from "./title-lines.ts";

/** A paper as it is set: its red head, its blocks with their headings numbered, what is kept together. */
export function setPaper(paper: PaperModel): SetPiece[] {
  const { blocks } = paper;
  const headings = numberedHeadings(blocks);
  const appendices = blocks.filter(({ kind }) => kind === "appendix");
  const pieces = blocks.map((block, at) => {
    const appendix = `附件${appendices.length === 1 ? "" : appendices.indexOf(block) + 1}`;
    const next = blocks[at + 1]?.kind;
    const set = setBlock(block, { paper, heading: headings.get(at) ?? "", appendix, next });
    return blocks[at - 1]?.kind === "table" ? belowTable(set) : set;
  });
  return [...redHeadOf(paper), ...keptTogether(blocks, pieces, textWidth(paper.margins))];
}

type Around = { paper: PaperModel; heading: string; appendix: string; next: PaperBlock["kind"] | undefined };

function setBlock(block: PaperBlock, { paper, heading, appendix, next }: Around): SetPiece[] {
  const width = textWidth(paper.margins);
  const indented = { first: 2 * SIGN };
  switch (block.kind) {
    case "title":
      // One of two spaces that meet: whether they add up, programs see differently.
      return titleOf(block, paper, width, next === "addressee" ? 0 : 12);
    case "addressee":
      return [setLine(block.text, { before: LEADING, keepNext: true })];
    case "heading":
      return [setLine(heading, { ...indented, face: HEADINGS[block.level ?? 1], keepNext: true })];
    case "text":
      return [setLine(block.text, indented)];
    case "note":
      return [setLine(block.text, { face: "table", size: POINTS.small, leading: 15, before: 3 })];
    case "table":
      return [...captionOf(block.title), { kind: "table", table: block, keepRows: 0 }];
    case "picture":
      return [
        { kind: "picture", picture: block.picture },
        ...(block.picture.caption === ""
          ? []
          : [setLine(block.picture.caption, { ...CAPTION, leading: 22 })]),
      ];
    case "attachments":
      return attachmentsOf(block.names);
    case "signature":
      return signatureOf(block, paper.margins === "form" ? LEADING / 2 : 2 * LEADING);
    case "remark":
      return [setLine(`（${block.text}）`, indented)];
    case "appendix":
      return [
        setLine(appendix, { face: "heading", breaks: true, keepNext: true }),
        ...titleLines([block.title], width).map((text, i) =>
          setTitle(text, { before: i === 0 ? LEADING / 2 : 0 }),
        ),
      ].map((line, i, all) => (i === all.length - 1 ? { ...line, after: LEADING / 2 } : line));
    default:
      return block satisfies never;
  }
}

const HEADINGS = { 1: "heading", 2: "subheading", 3: "strong", 4: "text" } as const;
const CAPTION = { face: "heading", size: POINTS.cell, align: "center" } as const;

/** What follows a table doesn't touch it. */
const belowTable = (set: SetPiece[]): SetPiece[] =>
  set.map((piece, i) =>
    i === 0 && piece.kind === "line" && piece.before === 0 ? { ...piece, before: 8 } : piece,
  );

const setTitle = (text: string, over: Partial<SetLine> = {}): SetLine =>
  setLine(text, { face: "title", size: POINTS.title, leading: 32, align: "center", keepNext: true, ...over });

/** Without a red head the number stands below the title. */
function titleOf(
  { lines, below = "" }: Extract<PaperBlock, { kind: "title" }>,
  { redHead, no = "", signer = "" }: PaperModel,
  width: number,
  after: number,
): SetLine[] {
  const numbered = [no, signer === "" ? "" : `签发人：${signer}`].filter(Boolean).join("　　");
  const under = [below, redHead === undefined ? numbered : ""].filter((text) => text !== "");
  return [
    ...titleLines(lines, width).map((text) => setTitle(text)),
    ...under.map((text, i) => setLine(text, { align: "center", keepNext: true, before: i === 0 ? 8 : 0 })),
  ].map((line, i, all) => (i === all.length - 1 ? { ...line, after } : line));
}

const captionOf = (title = ""): SetLine[] =>
  title === "" ? [] : [setLine(title, { ...CAPTION, leading: 22, keepNext: true })];

/** What follows the first stands under it. */
function attachmentsOf(names: readonly string[]): SetLine[] {
  const several = names.length > 1;
  return names.map((name, i) =>
    setLine(`${i === 0 ? "附件：" : ""}${several ? `${i + 1}．` : ""}${name}`, {
      left: (several ? 6.5 : 5) * SIGN,
      first: (i === 0 ? 2 : 5) * SIGN,
      before: i === 0 ? LEADING : 0,
    }),
  );
}

/** At the right, the date four signs from the margin and a shorter name in the middle above it; `before` is room for a seal. */
function signatureOf({ body, date }: { body: string; date: string }, before: number): SetLine[] {
  const half = (text: string) => (printWidth(text) * SIGN) / 2;
  const right = Math.max(2 * SIGN, 4 * SIGN + half(date) - half(body));
  return [
    setLine(body, { align: "right", right, before, keepNext: true }),
    setLine(date, { align: "right", right: 4 * SIGN }),
  ];
}
