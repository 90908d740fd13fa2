import { createHash } from "node:crypto";
import type { AnyImportKind, Column, RowsContext } from "../chat/import.ts";
import { dateOrderOf } from "../domain/date-order.ts";
import { BUDGET, tooManyRows } from "../intake/budget.ts";
import { headText } from "../intake/column-names.ts";
import { type SheetFound, type TableFound, tablesIn } from "../intake/find-tables.ts";
import { type TableLayout as HeadsLayout, type Known, shapeOf } from "../intake/layout.ts";
import { proposalFor } from "../intake/proposal.ts";
import { conversions, readingOf, type TableReading } from "../intake/reading.ts";
import { quoted, type Rejected } from "../intake/refusal.ts";
import type { RawSheet } from "../intake/sheet.ts";
import type { Table } from "../intake/source.ts";
import { readTable } from "../intake/table.ts";
import type { KeptLayout } from "../store/import-questions.ts";
import { type DateGuess, datesOf, orderSaid } from "./dates-of-file.ts";

/** The tables of a file, all of one kind, and what was read and left aside; or why the file can't be taken in. */
export type TablesRead =
  | {
      kind: AnyImportKind;
      tables: readonly Table[];
      found: readonly TableFound<AnyImportKind>[];
      reading: TableReading;
      /** How dates were read that could have been others; null where the file tells it. */
      guess: DateGuess | null;
    }
  | {
      refusal: string;
      rejected: readonly Rejected[];
      reading: TableReading | null;
      /** What it is probably meant as, where its sender may be asked. */
      unsure?: Unsure;
    };
/** A table whose columns are told but for a few. */
export type Unsure = KeptLayout & { shape: string; doubts: readonly string[] };

/** Finds the tables of a file among its sheets, hidden ones and those that hold no table left out. */
export async function tablesOfFile(
  file: { bytes: Uint8Array; name: string },
  kinds: readonly AnyImportKind[],
  context: Pick<RowsContext, "office" | "names" | "today">,
  layout?: KeptLayout,
): Promise<TablesRead> {
  const raw = await readTable(file.bytes, file.name);
  return "refusal" in raw
    ? { ...raw, rejected: [], reading: null }
    : tablesOfSheets(raw, kinds, context, layout);
}

export function tablesOfSheets(
  raw: readonly RawSheet[],
  kinds: readonly AnyImportKind[],
  context: Pick<RowsContext, "office" | "names" | "today">,
  layout?: KeptLayout,
): TablesRead {
  const asked = layout === undefined ? kinds : kinds.filter(({ id }) => id === layout.kind);
  const said = Object.entries(layout?.columns ?? {});
  const assigned = said.length > 0 ? { assigned: new Map(said) } : {};
  const known = asked.map((kind) => ({ ...knownOf(kind, context), ...assigned }));
  const sheets: SheetFound<AnyImportKind>[] = [];
  for (const sheet of raw) {
    const found = tablesIn(sheet, known);
    if ("refusal" in found) return { ...found, rejected: [], reading: null };
    sheets.push(found);
  }
  const read = readingOf(sheets);
  const reading = { ...read, lines: [...read.lines, ...conversions(sheets)] };
  const refuse = (refusal: string, rejected: readonly Rejected[] = []) => ({ refusal, rejected, reading });

  const found = sheets.flatMap((sheet) => sheet.found);
  const [kind, ...others] = new Set(found.map(({ layout }) => layout.kind));
  const fault = faultIn(sheets, kind);
  if (fault !== null) return { ...refuse(fault.refusal, fault.rejected), ...fault.unsure };
  if (kind === undefined) return refuse("文件里没有表格，或工作表都是隐藏的。");
  if (others.length > 0) return refuse("各表的内容不是同一类，请分成几个文件。");
  const tables = found.flatMap((one) => one.tables);
  const count = tables.reduce((sum, { sheet }) => sum + sheet.rows.length, 0);
  if (count > BUDGET.rows) return refuse(tooManyRows.refusal);
  const { title, mostRows = Number.POSITIVE_INFINITY } = kind;
  if (count > mostRows) return refuse(`${title}一次最多导入${mostRows}行，文件有${count}行，请拆分后再发。`);
  const cells = datesOf(tables, kind);
  const months = new Set(tables.flatMap((table) => [...(table.months ?? [])]));
  const written = dateOrderOf(cells, { months, today: context.today.toString() });
  if (written === null) return { kind, tables, found, reading, guess: null };
  const dateOrder = written.isSure ? written.order : (layout?.dateOrder ?? written.order);
  const { line, doubt } = orderSaid(cells.flat(), dateOrder);
  const ordered = { ...reading, lines: [...reading.lines, line] };
  if (!written.isSure && !layout?.dateOrder) {
    const refusal = `日期不能确定：${doubt}。没有导入任何数据，请写成 2020-06-03 这样再发。`;
    const columns = layout?.columns ?? {};
    const unsure = { kind: kind.id, shape: shapeHash(found[0]?.layout), columns, dateOrder, doubts: [] };
    return { refusal, rejected: [], reading: ordered, unsure };
  }
  return {
    ...{ kind, found, reading: ordered, tables: tables.map((table) => ({ ...table, dateOrder })) },
    guess: written.isSure ? null : { order: dateOrder, doubt },
  };
}

/** A kind with what a title may say for its columns. */
function knownOf(
  kind: AnyImportKind,
  context: Pick<RowsContext, "office" | "names" | "today">,
): Known<AnyImportKind> {
  const columns = Object.entries(kind.columns as Record<string, Column>);
  const told = columns.flatMap(([name, { told: by }]) =>
    by === undefined ? [] : [[name, by(context)] as const],
  );
  return { kind, told: Object.fromEntries(told) };
}

/**
 * The sheet that keeps the file out: one that was all but a table, or where no sheet is one the first that says anything.
 * What is plainly no table, or would be one of another kind, keeps nothing out beside one.
 */
function faultIn(sheets: readonly SheetFound<AnyImportKind>[], beside: AnyImportKind | undefined) {
  const shown = sheets.filter(({ not }) => typeof not === "object");
  const near = shown.filter(
    ({ not }) => typeof not === "object" && not.near && (!beside || not.layout?.kind === beside),
  );
  const [sheet] = near.length > 0 ? near : beside ? [] : shown;
  if (sheet === undefined || typeof sheet.not !== "object") return null;
  const { faults, line, heads, near: meant } = sheet.not;
  const seen = heads.map(headText).filter((text) => text !== "");
  const refusal =
    meant || seen.length === 0
      ? sheet.not.refusal
      : `${sheet.not.refusal}看到的列名：${quoted(seen.join("、"))}`;
  const where = sheets.length > 1 ? `表“${sheet.name}”：` : "";
  const rejected = faults.map(({ index, column, reason }): Rejected => {
    const head = index === null ? undefined : heads[index];
    const text = quoted(head === undefined ? column : headText(head));
    return { sheet: sheet.name, row: line, column: text, value: head === undefined ? "" : text, reason };
  });
  return {
    refusal: `${where}${refusal}`,
    rejected,
    unsure: sheet.not.near ? unsureOf(sheet.not.layout) : {},
  };
}

function unsureOf(layout: HeadsLayout<AnyImportKind> | undefined): { unsure?: Unsure } {
  const proposal = layout && proposalFor(layout);
  if (!layout || !proposal) return {};
  return { unsure: { kind: layout.kind.id, shape: shapeHash(layout), dateOrder: null, ...proposal } };
}

const shapeHash = (layout: HeadsLayout<AnyImportKind> | undefined): string =>
  createHash("sha256")
    .update(shapeOf(layout?.heads ?? []))
    .digest("hex");
