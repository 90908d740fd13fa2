import { masked } from "../domain/personal-data.ts";
import { lineStrips } from "./page-line.ts";
import { type Page, type PageMark, pt, type Strip } from "./page-strip.ts";
import { tableStrips } from "./page-table.ts";
import {
  MARGINS,
  PAGE,
  type PaperModel,
  type PaperPicture,
  POINTS,
  pictureSize,
  withoutControls,
} from "./paper-model.ts";
import { imprintOf } from "./set-head.ts";
import { LEADING, RED, type SetPiece } from "./set-line.ts";
import { setPaper } from "./set-paper.ts";

type Frame = { left: number; width: number };

/**
 * A paper's pages as they are drawn: lines broken and pages turned by the same measures as in the Word file, without a font
 * to ask, so that anybody can count them. Where Word turns a page its reader's fonts decide, a line or two from here:
 * Masked before its lines are broken, where a number could still be seen whole; `spare` are millimetres of each page that what has to fit leaves free for that.
 */
export function pagesOf(paper: PaperModel, spare = 0): Page[] {
  return layOut(masked(paper), spare).pages.map((marks) => ({ marks }));
}

/** Points between the text and the 版记 at the foot of its page, and whether that is a page of its own (`breaks`). */
export const aboveImprint = (paper: PaperModel): { room: number; breaks: boolean } => layOut(paper, 0).above;

function layOut(
  paper: PaperModel,
  spare: number,
): { pages: PageMark[][]; above: { room: number; breaks: boolean } } {
  const { top, bottom, left, right } = MARGINS[paper.margins];
  const frame = { left: pt(left), width: pt(PAGE.width - left - right) };
  const end = pt(PAGE.height - bottom - spare);
  const pages: PageMark[][] = [];
  let y = Number.POSITIVE_INFINITY;
  const turn = () => {
    pages.push([...headOf(paper, frame), ...footOf(pages.length + 1, paper.margins)]);
    y = pt(top);
  };
  const put = (strip: Strip) => {
    pages.at(-1)?.push(...strip.draw(y));
    y += strip.height;
  };
  const strips = setPaper(paper).flatMap((piece) => stripsOf(piece, frame));
  for (const [at, strip] of strips.entries()) {
    const isFirst = at === 0 || strips[at - 1]?.keepNext !== true;
    const room = isFirst ? heightTogether(strips, at) : strip.height;
    const before = y === pt(top) ? 0 : (strip.before ?? 0);
    if (pages.length === 0 || strip.breaks || (y + before + room > end && y > pt(top))) {
      turn();
      for (const head of strip.head ?? []) put(head);
    } else y += before;
    put(strip);
  }
  const foot = imprintStrips(paper, frame);
  const height = foot.reduce((sum, strip) => sum + strip.height, 0);
  const breaks = foot.length > 0 && y + LEADING + height > end;
  if (pages.length === 0 || breaks) turn();
  // Where Word breaks a line more than we do there is room for it.
  const room = end - y - height - LEADING;
  y = end - height;
  for (const strip of foot) put(strip);
  return { pages, above: { room, breaks } };
}

/** How high that is which is kept together from a strip on. */
function heightTogether(strips: readonly Strip[], from: number): number {
  let whole = 0;
  for (const [i, { height, before = 0, keepNext }] of strips.slice(from).entries()) {
    whole += height + (i === 0 ? 0 : before);
    if (!keepNext) break;
  }
  return whole;
}

function stripsOf(piece: SetPiece, frame: Frame): Strip[] {
  switch (piece.kind) {
    case "line":
      return lineStrips(piece, frame);
    case "table":
      return tableStrips(piece.table, frame, piece.keepRows);
    case "picture":
      return [pictureStrip(piece.picture, frame)];
    default:
      return piece satisfies never;
  }
}

/** A picture in the text, on the page of its caption. */
function pictureStrip(picture: PaperPicture, { left, width }: Frame): Strip {
  const size = pictureSize(picture, (width * 25.4) / 72);
  const [wide, high] = [pt(size.width), pt(size.height)];
  return {
    before: ABOVE_PICTURE,
    height: high,
    keepNext: picture.caption !== "",
    draw: (y) => [
      { kind: "picture", x: left + (width - wide) / 2, y, width: wide, height: high, bytes: picture.bytes },
    ],
  };
}
export const ABOVE_PICTURE = 6;

/** 版记 between its rules: those above and below are thick (0.35 mm), what parts its lines is thin (0.25 mm). */
function imprintStrips(paper: PaperModel, frame: Frame): Strip[] {
  const rows = imprintOf(paper).map((set) => lineStrips(set, frame));
  return rows.flatMap((lines, row) =>
    lines.map((strip, i): Strip => {
      const rule = (y: number, thick: number): PageMark => ({
        kind: "rule",
        x: frame.left,
        y,
        width: frame.width,
        thick,
        color: BLACK,
      });
      const isLast = row === rows.length - 1 && i === lines.length - 1;
      return {
        ...strip,
        draw: (y) => [
          ...strip.draw(y),
          ...(i === 0 ? [rule(y, row === 0 ? THICK : THIN)] : []),
          ...(isLast ? [rule(y + strip.height, THICK)] : []),
        ],
      };
    }),
  );
}
const [THICK, THIN] = [pt(0.35), pt(0.25)];
const BLACK = "#000000";

function headOf({ marks, margins }: PaperModel, { left, width }: Frame): PageMark[] {
  const y = pt(MARGINS[margins].top - 12) + 7;
  return marks.length === 0
    ? []
    : [
        {
          ...{ kind: "text", text: withoutControls(marks.join("　")), x: left + width / 2, y },
          ...{ size: POINTS.page, bold: true, color: `#${RED}`, align: "center" },
        },
      ];
}

/** The page's number: of a letter at the outer edge, a sign from the margin; of a form in the middle. */
function footOf(page: number, margins: PaperModel["margins"]): PageMark[] {
  const { left, right, bottom } = MARGINS[margins];
  const place = {
    kind: "text",
    text: `— ${page} —`,
    y: pt(PAGE.height - bottom + 7) + 10,
    size: POINTS.page,
  } as const;
  if (margins === "form") return [{ ...place, x: pt(PAGE.width / 2), align: "center" }];
  return page % 2 === 0
    ? [{ ...place, x: pt(left) + POINTS.page }]
    : [{ ...place, x: pt(PAGE.width - right) - POINTS.page, align: "right" }];
}
