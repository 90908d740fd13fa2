import { headCell, textCell } from "./spreadsheet.ts";

/** An answer as a spreadsheet shows it; cells are the texts of its card. */
export type AnswerSheets = {
  title: string;
  tables: readonly {
    title: string;
    columns: readonly { title: string }[];
    rows: readonly (readonly string[])[];
  }[];
  /** Small print below every table: data status, sources. */
  notes: readonly string[];
};

type Table = AnswerSheets["tables"][number];

/**
 * An answer as an .xlsx, a sheet for each table: heads with their units, frozen; figures as numbers that look as they do on
 * the card (下降5.4% is −0.054), so that they can be reckoned with; below them what the card says of them.
 */
export async function answerWorkbook({ title, tables, notes }: AnswerSheets): Promise<Uint8Array> {
  const { default: write } = await import("write-excel-file/node");
  const sheets = tables.map((table) => {
    const { columns, rows } = split(table);
    return {
      sheet: table.title,
      data: [
        columns.map(headCell),
        ...rows.map((row) => row.map(cellOf)),
        [],
        ...[title, ...notes].map((text) => [{ value: text, type: String }]),
      ],
      columns: columns.map((head, at) => ({ width: widthOf([head, ...rows.map((row) => row[at] ?? "")]) })),
      stickyRowsCount: 1,
    };
  });
  return new Uint8Array(await write(sheets).toBuffer());
}

const NUMBER = "-?(?:0|[1-9]\\d{0,11})(?:\\.(\\d{1,4}))?";
const FIGURE = new RegExp(`^${NUMBER}(%)?$`);
const UNITS = "µg/m³|mg/m³|t/km²|微克/立方米|小时|天|件|项|家|个|座|台";
/** 36（并列）, 35µg/m³，同比下降5.4%: a figure, and what is said of it. A date is none. */
const FIGURE_AND_WORDS = new RegExp(`^(${NUMBER}%?)(?:（(.+)）|((?:${UNITS})(?:[，（].*)?)|，(.+))$`);
const CHANGE = /^(上升|下降)(\d{1,6}(?:\.(\d{1,4}))?)(%|个百分点)$/;

/** A column with figures that have words beside them becomes two, so that the figures are numbers. */
function split({ columns, rows }: Table): { columns: string[]; rows: string[][] } {
  const isMixed = columns.map((_, at) => rows.some((row) => FIGURE_AND_WORDS.test(row[at] ?? "")));
  const parts = (cell: string, mixed: boolean) => {
    if (!mixed) return [cell];
    const found = FIGURE_AND_WORDS.exec(cell);
    return found ? [found[1] ?? "", found[3] ?? found[4] ?? found[5] ?? ""] : [cell, ""];
  };
  return {
    columns: columns.flatMap(({ title }, at) => (isMixed[at] ? [title, `${title}说明`] : [title])),
    rows: rows.map((row) => columns.flatMap((_, at) => parts(row[at] ?? "", isMixed[at] ?? false))),
  };
}

function cellOf(text: string) {
  const number = (value: number, format: string) => ({
    value,
    type: Number,
    format,
    alignVertical: "top" as const,
    borderStyle: "thin" as const,
  });
  const figure = FIGURE.exec(text);
  if (figure) {
    const [, decimals = "", percent] = figure;
    const shape = shapeOf(decimals.length);
    return percent ? number(hundredth(text.slice(0, -1)), `${shape}%`) : number(Number(text), shape);
  }
  const change = CHANGE.exec(text);
  if (change === null) return text === "持平" ? number(0, '"持平"') : textCell(text);
  const [, which, size = "", decimals = "", unit] = change;
  const signed = which === "下降" ? `-${size}` : size;
  const shape = `${shapeOf(decimals.length)}${unit === "%" ? "%" : '"个百分点"'}`;
  return number(unit === "%" ? hundredth(signed) : Number(signed), `"上升"${shape};"下降"${shape}`);
}

const shapeOf = (decimals: number) => (decimals === 0 ? "0" : `0.${"0".repeat(decimals)}`);
/** As a decimal shift: 5.4 / 100 is 0.054 and no binary neighbour of it. */
const hundredth = (text: string) => Number(`${text}e-2`);

/** In characters of the sheet's font, of which a Chinese one takes two. */
function widthOf(texts: readonly string[]): number {
  const long = texts.map((text) => [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 255 ? 2 : 1), 0));
  return Math.min(60, Math.max(8, ...long) + 2);
}
