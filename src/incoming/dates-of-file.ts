import type { AnyImportKind, Column } from "../chat/import.ts";
import { type DateOrder, dateOrderNames, inDateOrder, otherOrder } from "../domain/date-order.ts";
import { quoted } from "../intake/refusal.ts";
import type { Table } from "../intake/source.ts";

/** An order of day and month that isn't sure, and what else a date may be, in Chinese. */
export type DateGuess = { order: DateOrder; doubt: string };

/** The cells of each column of dates, each column once. */
export function datesOf(tables: readonly Table[], { columns }: AnyImportKind): string[][] {
  const dated = Object.entries(columns as Record<string, Column>).filter(
    ([, { date }]) => date !== undefined,
  );
  const places = tables.flatMap(({ sheet, at }) =>
    dated.flatMap(([name]) => {
      const index = at.get(name);
      return index === undefined ? [] : [[`${sheet.name}\n${index}`, { sheet, index }] as const];
    }),
  );
  return [...new Map(places).values()].map(({ sheet, index }) =>
    sheet.rows.map(({ cells }) => cells[index] ?? ""),
  );
}

/** How the first dates are read, and what one of them may be instead. */
export function orderSaid(cells: readonly string[], order: DateOrder): { line: string; doubt: string } {
  const dayOf = (text: string, as: DateOrder) => inDateOrder(text, as)?.slice(0, 10) ?? "";
  const words = (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
  const shown = [...new Set(cells)].filter((text) => dayOf(text, order) !== "");
  const first = shown.slice(0, 3).map((text) => `“${quoted(text)}”是${dayOf(text, order)}`);
  const other = otherOrder(order);
  const one =
    shown.find((text) => dayOf(text, other) !== "" && dayOf(text, other) !== dayOf(text, order)) ?? "";
  return {
    line: `日期按“${dateOrderNames[order]}”读：${first.join("、")}`,
    doubt: `日期“${quoted(one)}”当作${words(dayOf(one, order))}，也可能是${words(dayOf(one, other))}`,
  };
}
