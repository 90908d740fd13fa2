import { html } from "lit-html";
import type { Block } from "../../../chat/card.ts";

type Table = Extract<Block, { kind: "table" }>;

/** Columns (a Chinese character takes two) over which a text may break into lines. */
const longText = 28;
/** What a phone's card holds side by side; a wider table of long names becomes a list there. */
const phoneColumns = 38;
const shortName = 18;

/**
 * Draws a table, which the stylesheet turns into a list on a phone where long names leave no room for columns.
 * Elsewhere it scrolls within the card, and the name of each row stays in sight.
 */
export function drawTable({ columns, rows, opens = [] }: Table, title: string, open: (say: string) => void) {
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => widthOf(row[index] ?? ""))));
  const name = nameColumn(columns, rows, widths);
  const align = (index: number) => columns[index]?.align ?? "start";
  const drawHead = ({ title }: Table["columns"][number], index: number) =>
    html`<th scope="col" data-align=${align(index)} ?data-name=${index === name}>${title}</th>`;
  const drawCell = (cell: string, index: number, say: string | null) =>
    index === name
      ? html`<th scope="row" data-align=${align(index)} ?data-long=${widthOf(cell) > longText}>${
          say === null ? cell : html`<button type="button" class="row-name" title=${say}>${cell}</button>`
        }</th>`
      : html`<td data-align=${align(index)} ?data-long=${widthOf(cell) > longText} ?data-before=${index < name}
          ?data-none=${cell === "—"} data-title=${columns[index]?.title ?? ""}>${cell}</td>`;
  // The whole row is to be hit by a finger; for the keyboard its name is a button, whose click comes up to the row.
  const drawRow = (row: readonly string[], say: string | null) => {
    const cells = row.map((cell, index) => drawCell(cell, index, say));
    return say === null
      ? html`<tr>${cells}</tr>`
      : html`<tr data-opens @click=${() => getSelection()?.isCollapsed !== false && open(say)}>${cells}</tr>`;
  };
  const asList =
    columns.length > 2 && (widths[name] ?? 0) > shortName && widths.reduce((a, b) => a + b, 0) > phoneColumns;
  // Focusable, so that the arrow keys scroll it where it is wider than the card.
  return html`
    <section class="card-table" tabindex="0" aria-label="${title}：表格" ?data-list=${asList}>
      <table>
        <thead><tr>${columns.map(drawHead)}</tr></thead>
        <tbody>${rows.map((row, at) => drawRow(row, opens[at] ?? null))}</tbody>
      </table>
    </section>
  `;
}

/** The column that says what a row is about: the first with long names, else the widest that isn't figures or dates. */
function nameColumn(
  columns: Table["columns"],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
): number {
  const width = (index: number) => widths[index] ?? 0;
  const texts = [...columns.keys()].filter(
    (index) => columns[index]?.align !== "end" && !rows.every((row) => figures.test(row[index] ?? "")),
  );
  const long = texts.find((index) => width(index) > shortName);
  return long ?? texts.toSorted((a, b) => width(b) - width(a))[0] ?? 0;
}

/** 16, 2（并列）, 6月4日（超11天）, 6月12日 09:30, — */
const figures = /^[\d\s.,:/%—（）年月日天超并列]*$/;

function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (character > "\u2e7f" ? 2 : 1), 0);
}
