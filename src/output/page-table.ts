import { type PageMark, printLines, pt, type Strip } from "./page-strip.ts";
import { type PaperCell, type PaperTable, POINTS, pictureSize } from "./paper-model.ts";

/** Points within a cell, from its border to its text. */
const SIDE = 4.5;
const ABOVE = 2.5;
const LEADING = 15 / POINTS.cell;

/** A table's rows, each uncut; a head stands again above the first row of a page. */
export function tableStrips(table: PaperTable, { left, width }: { left: number; width: number }): Strip[] {
  const all = table.widths.reduce((sum, share) => sum + share, 0);
  const columns = table.widths.map((share) => (share / all) * width);
  const rows = table.rows.map((cells, at) =>
    rowStrip(cells, { table, columns, left, isHead: table.head === true && at === 0 }),
  );
  const [head] = rows;
  if (table.head !== true || head === undefined) return rows;
  return rows.map((row, at) => (at === 0 ? { ...row, keepNext: true } : { ...row, head }));
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
    return cellStrip(cell, { x: x - width, width, small, isHead });
  });
  const height = Math.max(pt(least * small), ...drawn.map((cell) => cell.height + 2 * ABOVE * small));
  return {
    height,
    draw: (y) =>
      drawn.flatMap(({ x: at, width, height: inner, draw }) => [
        { kind: "box" as const, x: at, y, width, height },
        ...draw(y + (height - inner) / 2),
      ]),
  };
}

type Place = { x: number; width: number; small: number; isHead: boolean };
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
  { x, width, small, isHead }: Place,
): Strip {
  const isLabel = isHead || look === "label";
  const size = (look === "code" ? POINTS.small : POINTS.cell) * small;
  const line = look === "code" ? 12 * small : size * LEADING;
  const broken = printLines(text, width - 2 * SIDE, size);
  return {
    height: broken.length * line,
    draw: (y) =>
      broken.map(
        (said, i): PageMark => ({
          ...{ kind: "text", text: said, size, y: y + (i + 0.5) * line },
          ...(isLabel ? { bold: true, x: x + width / 2, align: "center" } : { x: x + SIDE }),
        }),
      ),
  };
}

function pictureStrip(
  picture: Extract<PaperCell, { picture: unknown }>["picture"],
  { x, width, small }: Place,
): Strip {
  const size = pictureSize(picture, (width * 25.4) / 72 - 6);
  const [wide, high] = [pt(size.width), pt(size.height)];
  const caption = POINTS.small * small;
  const said = printLines(picture.caption, width - 2 * SIDE, caption);
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
