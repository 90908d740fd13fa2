import { z } from "zod";
import type { Lantian } from "../bot/lantian.ts";
import { isRefusal } from "../chat/refusal.ts";
import { HOURLY_ITEMS } from "../domain/air/hours.ts";
import type { Rejected } from "../intake/refusal.ts";
import { hashOfSecret } from "../office/secret.ts";
import type { IngestSource } from "../store/ingest-sources.ts";
import { type BroughtIn, importFile } from "./import-file.ts";

/** The kind of table that machines may send. */
const HOURLY = "hourly-air";
/** An hour of every station of a large province, or some days of a city; what is more comes in pieces. */
const MOST_ROWS = 5000;

const figure = z.union([z.number(), z.string().max(40)]).nullish();
const hourSent = z.strictObject({
  time: z.string().max(40),
  station: z.string().max(100).optional(),
  code: z.string().max(100).optional(),
  ...(Object.fromEntries(HOURLY_ITEMS.map((item) => [item, figure])) as Record<
    (typeof HOURLY_ITEMS)[number],
    typeof figure
  >),
});
const hoursSent = z.strictObject({ hours: z.array(z.unknown()).min(1).max(MOST_ROWS) });

type BadCell = Omit<Rejected, "sheet">;

/** What came of what a machine has sent. `status` as HTTP has it; `row` of a bad cell counts from 1. */
export type Ingested = {
  status: 200 | 400 | 401 | 422;
  body:
    | ({ ok: true } & Pick<
        BroughtIn,
        "kind" | "rows" | "added" | "corrected" | "unchanged" | "affected" | "batch"
      > & {
          rejected: readonly BadCell[];
        } & Record<string, unknown>)
    | { ok: false; error: { code: string; message: string }; rejected: readonly BadCell[] };
};

/** Who sends this, by their secret; null: nobody who may. */
export const sourceOf = (bot: Lantian, secret: string): Promise<IngestSource | null> =>
  bot.store.read((r) => r.ingestSources.holder(hashOfSecret(secret)));

/** Hours that a machine sends, as JSON or as a table in CSV: they come in as a file of hours does, all or nothing. */
export async function ingestHours(
  bot: Lantian,
  source: IngestSource,
  sent: { json: unknown } | { csv: Uint8Array },
): Promise<Ingested> {
  const told = "json" in sent ? tableOf(sent.json) : { csv: sent.csv, rowsFrom: 1 };
  if ("status" in told) return told;
  const file = { bytes: told.csv, name: `${source.name}.csv` };
  const result = await importFile(bot, file, { person: null, partial: false, source, kind: HOURLY });
  const rejected = result.rejected.map(({ sheet: _sheet, row, ...cell }) => ({
    row: row - told.rowsFrom + 1,
    ...cell,
  }));
  if (isRefusal(result)) {
    const { code, message } = result;
    return {
      status: code === "forbidden" ? 401 : 422,
      body: { ok: false, error: { code, message }, rejected },
    };
  }
  const { kind, rows, added, corrected, unchanged, affected, batch, report } = result;
  return {
    status: 200,
    body: { ok: true, kind, rows, added, corrected, unchanged, rejected, affected, batch, ...report?.facts },
  };
}

/** The same hours as a table, so that both ways are read by one reader. */
function tableOf(json: unknown): Ingested | { csv: Uint8Array; rowsFrom: number } {
  const list = hoursSent.safeParse(json);
  if (!list.success) {
    const many = list.error.issues.some(({ code }) => code === "too_big");
    const message = many
      ? `一次最多${MOST_ROWS}行，请分批报送。`
      : '请报送 {"hours": [{"time": "2020-06-15 09:00", "station": "站点名", "PM2.5": 35}]}，至少一行。';
    return { status: 422, body: { ok: false, error: { code: "import-rejected", message }, rejected: [] } };
  }
  const rows: string[][] = [];
  const rejected: BadCell[] = [];
  for (const [i, one] of list.data.hours.entries()) {
    const read = hourSent.safeParse(one);
    if (read.success) {
      const { time, station = "", code = "" } = read.data;
      rows.push([time, station, code, ...HOURLY_ITEMS.map((item) => figureText(read.data[item]))]);
    } else for (const issue of read.error.issues) rejected.push(badCell(i + 1, issue, one));
  }
  if (rejected.length > 0) {
    const message = `有${rejected.length}处错误，没有收入任何数据。请按 rejected 修改后重新报送。`;
    return { status: 422, body: { ok: false, error: { code: "import-rejected", message }, rejected } };
  }
  const head = ["时间", "站点", "编码", ...HOURLY_ITEMS];
  const text = [head, ...rows].map((cells) => cells.map(quotedCell).join(",")).join("\n");
  return { csv: new TextEncoder().encode(text), rowsFrom: 2 };
}

function badCell(row: number, issue: z.core.$ZodIssue, sent: unknown): BadCell {
  const unknown = issue.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const column = unknown ?? String(issue.path[0] ?? "");
  const value = (sent as Record<string, unknown> | null)?.[column];
  const reason =
    unknown !== undefined
      ? `没有这一项，可用的有 time、station、code、${HOURLY_ITEMS.join("、")}`
      : column === ""
        ? "每行应是一个对象"
        : column === "time"
          ? "请写成 2020-06-15 09:00"
          : "请填数字，没有数据填 null";
  return { row, column, value: value === undefined ? "" : JSON.stringify(value).slice(0, 40), reason };
}

/** A number of JSON is a binary float, whose tail says nothing: 0.7999999999999999 is 0.8. */
const figureText = (sent: number | string | null | undefined): string =>
  typeof sent === "number" ? String(Number(sent.toFixed(3))) : (sent ?? "");

const quotedCell = (cell: string) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
