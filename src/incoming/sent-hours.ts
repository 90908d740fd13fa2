import { z } from "zod";
import { HOURLY_ITEMS } from "../domain/air/hours.ts";
import type { Rejected } from "../intake/refusal.ts";
import type { Table } from "../intake/source.ts";

/** An hour of every station of a large province, or some days of a city; what is more comes in pieces. */
const MOST_ROWS = 5000;

/** What an hour has beside its figures, and how long that may be. */
const TEXTS = { time: 40, station: 100, code: 100 } as const;
const MOST_OF_FIGURE = 40;
const KNOWN: ReadonlySet<string> = new Set([...Object.keys(TEXTS), ...HOURLY_ITEMS]);

export type BadCell = Omit<Rejected, "sheet">;
type Sent = Readonly<Record<string, unknown>>;

const hoursSent = z.strictObject({ hours: z.array(z.unknown()).min(1).max(MOST_ROWS) });
const HEAD = ["time", "station", "code", ...HOURLY_ITEMS];
const PLACES = new Map(HEAD.map((name, at) => [name, at]));

/**
 * Hours as a machine sends them in JSON, as a table for the reader of files, whose rows count from 1; or what is wrong with them.
 * Row by row without zod, which was measured to take longer than all of the reading that follows.
 */
export function tableOfSent(
  json: unknown,
): { table: Table } | { message: string; rejected: readonly BadCell[] } {
  const list = hoursSent.safeParse(json);
  if (!list.success) {
    const many = list.error.issues.some(({ code }) => code === "too_big");
    const message = many
      ? `一次最多${MOST_ROWS}行，请分批报送。`
      : '请报送 {"hours": [{"time": "2020-06-15 09:00", "station": "站点名", "PM2.5": 35}]}，至少一行。';
    return { message, rejected: [] };
  }
  const rejected = list.data.hours.flatMap((one, i) => faultsOf(one).map((bad) => ({ row: i + 1, ...bad })));
  if (rejected.length > 0)
    return {
      message: `有${rejected.length}处错误，没有收入任何数据。请按 rejected 修改后重新报送。`,
      rejected,
    };
  const cellOf = cellReader();
  const rows = (list.data.hours as Sent[]).map((one, i) => ({
    line: i + 1,
    cells: HEAD.map((name) => cellOf(one[name])),
  }));
  const header = ["时间", "站点", "编码", ...HOURLY_ITEMS];
  return { table: { sheet: { name: null, header, headerLine: 0, rows }, at: PLACES } };
}

const NONE: readonly never[] = [];

function faultsOf(one: unknown): readonly Omit<BadCell, "row">[] {
  if (typeof one !== "object" || one === null || Array.isArray(one))
    return [{ column: "", value: "", reason: "每行应是一个对象" }];
  const sent = one as Sent;
  // Nearly all are as they should be, which is told without lists of what isn't.
  if (
    Object.hasOwn(sent, "time") &&
    Object.keys(sent).every((name) => KNOWN.has(name) && isAllowed(name, sent[name]))
  )
    return NONE;
  const strange = Object.keys(sent).find((name) => !KNOWN.has(name));
  const bad = HEAD.filter((name) => !isAllowed(name, sent[name]));
  const fault = (column: string, reason: string) => ({ column, value: shown(sent[column]), reason });
  const has = `没有这一项，可用的有 time、station、code、${HOURLY_ITEMS.join("、")}`;
  return [
    ...bad.map((name) => fault(name, HOW[name] ?? "请填数字，没有数据填 null")),
    ...(strange === undefined ? [] : [fault(strange, has)]),
  ];
}

const HOW: Readonly<Record<string, string>> = {
  time: "请写成 2020-06-15 09:00",
  station: "请写站点名称",
  code: "请写站点编码",
};

function isAllowed(name: string, value: unknown): boolean {
  const most = (TEXTS as Readonly<Record<string, number>>)[name];
  if (most !== undefined)
    return typeof value === "string" ? value.length <= most : value === undefined && name !== "time";
  if (typeof value === "number") return Number.isFinite(value);
  return (
    value === undefined || value === null || (typeof value === "string" && value.length <= MOST_OF_FIGURE)
  );
}

const shown = (value: unknown): string => (value === undefined ? "" : JSON.stringify(value).slice(0, 40));

/** A number of JSON is a binary float, whose tail says nothing: 0.7999999999999999 is 0.8. The same few of them stand in all rows. */
function cellReader(): (value: unknown) => string {
  const known = new Map<number, string>();
  const rounded = (value: number) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    const text = String(Number(value.toFixed(3)));
    known.set(value, text);
    return text;
  };
  return (value) => {
    if (typeof value === "number") return Number.isInteger(value) ? String(value) : rounded(value);
    return typeof value === "string" ? value : "";
  };
}
