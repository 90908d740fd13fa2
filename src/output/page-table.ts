import { type PageMark, printLines, pt, type Strip } from "./page-strip.ts";
import {
  type CellAlign,
  headOfTable,
  type PaperCell,
  type PaperTable,
  POINTS,
  pictureSize,
} from "./paper-model.ts";
import { CELL_SIDE, columnsOf } from "./table-columns.ts";

const ABOVE = 2.5;
/** Of a row's border, which stands beside its height. */
const BORDER = 0.5;
const LEADING = 15 / POINTS.cell;

/**
 * A table's rows, each uncut; its head stands again above the first row of a page, and `keepRows` of the last rows stay with
 * what follows.
 */
export function tableStrips(
  table: PaperTable,
  { left, width }: { left: number; width: number },
  keepRows = 0,
): Strip[] {
  const columns = columnsOf(table, width);
  const heads = headOfTable(table);
  const rows = table.rows.map((cells, at) => rowStrip(cells, { table, columns, left, isHead: at < heads }));
  const head = rows.slice(0, heads);
  return rows.map((row, at) => ({
    ...row,
    ...(at < heads || at >= rows.length - keepRows ? { keepNext: true } : {}),
    ...(at > heads ? { head } : {}),
  }));
}

type Row = { table: PaperTable; columns: readonly number[]; left: number; isHead: boolean };

function rowStrip(cells: readonly PaperCell[], { table, columns, left, isHead }: Row): Strip {
  const { height: least = 0, small = 1 } = table;
  let column = 0;
  let x = left;
  const drawn = cells.map((cell) => {
    const span = typeof cell === "string" ? 1 : (cell.span ?? 1);
    const width = columns.slice(column, column + span).reduce((sum, part) => sum + part, 0);
    column += span;
    x += width;
    const align = isHead ? "center" : (table.align?.[column - span] ?? "left");
    return cellStrip(cell, { x: x - width, width, small, isHead, align });
  });
  const content = Math.max(pt(least * small), ...drawn.map((cell) => cell.height + 2 * ABOVE * small));
  const height = content + BORDER;
  return {
    height,
    draw: (y) =>
      drawn.flatMap(({ x: at, width, height: inner, draw }) => [
        { kind: "box" as const, x: at, y, width, height },
        ...draw(y + (height - inner) / 2),
      ]),
  };
}

type Place = { x: number; width: number; small: number; isHead: boolean; align: CellAlign };
type DrawnCell = Place & Strip;

function cellStrip(cell: PaperCell, place: Place): DrawnCell {
  const content = typeof cell === "string" ? { text: cell } : cell;
  return {
    ...place,
    ...("picture" in content ? pictureStrip(content.picture, place) : textStrip(content, place)),
  };
}

function textStrip(
  { text, look }: { text: string; look?: "label" | "code" },
  { x, width, small, isHead, align }: Place,
): Strip {
  const isLabel = isHead || look === "label";
  const size = (look === "code" ? POINTS.small : POINTS.cell) * small;
  const line = look === "code" ? 12 * small : size * LEADING;
  const broken = printLines(text, width - 2 * CELL_SIDE, size);
  return {
    height: broken.length * line,
    draw: (y) =>
      broken.map(
        (said, i): PageMark => ({
          ...{ kind: "text", text: said, size, y: y + (i + 0.5) * line },
          ...(isLabel ? { bold: true } : {}),
          ...placed(isLabel ? "center" : align, x, width),
        }),
      ),
  };
}

const placed = (align: CellAlign, x: number, width: number) =>
  align === "left"
    ? { x: x + CELL_SIDE }
    : { align, x: align === "center" ? x + width / 2 : x + width - CELL_SIDE };

function pictureStrip(
  picture: Extract<PaperCell, { picture: unknown }>["picture"],
  { x, width, small }: Place,
): Strip {
  const size = pictureSize(picture, (width * 25.4) / 72 - 6);
  const [wide, high] = [pt(size.width), pt(size.height)];
  const caption = POINTS.small * small;
  const said = printLines(picture.caption, width - 2 * CELL_SIDE, caption);
  return {
    height: high + said.length * caption * LEADING,
    draw: (y) => [
      { kind: "picture", x: x + (width - wide) / 2, y, width: wide, height: high, bytes: picture.bytes },
      ...said.map(
        (text, i): PageMark => ({
          ...{ kind: "text", text, size: caption, x: x + width / 2, align: "center" },
          y: y + high + (i + 0.5) * caption * LEADING,
        }),
      ),
    ],
  };
}
