import { workbook } from "./workbook.ts";
import type { WorkbookCell } from "./workbook-cell.ts";

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
export const answerWorkbook = ({ title, tables, notes }: AnswerSheets): Promise<Uint8Array> =>
  workbook(
    tables.map((table) => {
      const { columns, rows } = split(table);
      return {
        name: table.title,
        columns: columns.map((head) => ({ title: head })),
        rows: rows.map((row) => row.map(typed)),
        notes: [title, ...notes],
      };
    }),
  );

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

function typed(text: string): WorkbookCell {
  const figure = FIGURE.exec(text);
  if (figure) {
    const [, decimals = "", percent] = figure;
    const shape = shapeOf(decimals.length);
    return percent
      ? { value: hundredth(text.slice(0, -1)), format: `${shape}%` }
      : { value: Number(text), format: shape };
  }
  const change = CHANGE.exec(text);
  if (change === null) return text === "持平" ? { value: 0, format: '"持平"' } : text;
  const [, which, size = "", decimals = "", unit] = change;
  const signed = which === "下降" ? `-${size}` : size;
  const shape = `${shapeOf(decimals.length)}${unit === "%" ? "%" : '"个百分点"'}`;
  return {
    value: unit === "%" ? hundredth(signed) : Number(signed),
    format: `"上升"${shape};"下降"${shape}`,
  };
}

const shapeOf = (decimals: number) => (decimals === 0 ? "0" : `0.${"0".repeat(decimals)}`);
/** As a decimal shift: 5.4 / 100 is 0.054 and no binary neighbour of it. */
const hundredth = (text: string) => Number(`${text}e-2`);
