import { z } from "zod";
import { only } from "../chat/access.ts";
import type { Context } from "../chat/command.ts";
import { paper } from "../chat/paper.ts";
import { refuse } from "../chat/refusal.ts";
import { longDate } from "../chat/wording.ts";
import type { PaperKind } from "../domain/plan/pack-papers.ts";
import { XLSX } from "../output/spreadsheet.ts";
import { workbook } from "../output/workbook.ts";
import type { DocumentNumber, NumberFilter } from "../store/numbers.ts";
import type { Reader } from "../store/store.ts";
import { PAPER_NAMES } from "./numbering.ts";

/** Who sees which numbers were given, and for what. */
export const readsRegister = only("查看文号登记簿", "office", "supervision", "city-lead");

/** Which rows of the register are asked for; days are ISO text. */
export const askedNumbers = z.object({
  kind: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  text: z.string().optional(),
});

/** A number of the register, in words. `stands` is the issue or the paper that it stands for, as people call it. */
export type RegisterRow = {
  no: string;
  day: string;
  kind: string;
  title: string;
  stands: string;
  by: string;
  state: string;
};

/** A page of the register, newest number first. What the clock hasn't reached isn't in it. */
export async function registerOf(
  { kind, from, to, text }: z.output<typeof askedNumbers>,
  { limit, offset = 0 }: { limit: number; offset?: number },
  context: Pick<Context<Reader>, "store" | "office" | "officialPapers" | "now">,
): Promise<{ rows: RegisterRow[]; total: number }> {
  const { store, office, now } = context;
  const midnight = (day: string, days: number) =>
    Temporal.PlainDate.from(day).add({ days }).toZonedDateTime({ timeZone: office.pack.timeZone })
      .epochMilliseconds;
  const end = to === undefined ? Number.MAX_SAFE_INTEGER : midnight(to, 1);
  const filter: NumberFilter = {
    ...(kind === undefined ? {} : { kind }),
    ...(from === undefined ? {} : { from: midnight(from, 0) }),
    to: Math.min(end, now.epochMilliseconds + 1),
    ...(text === undefined ? {} : { text }),
  };
  const { rows, total } = await store.numbers.list(filter, limit, offset);
  const words: RegisterRow[] = [];
  for (const row of rows) words.push(await inWords(row, context));
  return { rows: words, total };
}

async function inWords(
  row: DocumentNumber & { by: string | null },
  { store, office, officialPapers }: Pick<Context<Reader>, "store" | "office" | "officialPapers">,
): Promise<RegisterRow> {
  const [what, id] = row.subject.split(":");
  const issue = what === "issue" ? await store.issues.byId(Number(id) as never) : null;
  return {
    no: row.no,
    day: longDate(office.today(Temporal.Instant.fromEpochMilliseconds(row.at))),
    kind:
      PAPER_NAMES[row.kind as PaperKind] ??
      officialPapers.find((one) => one.id === row.kind)?.title ??
      row.kind,
    title: row.title,
    stands: what === "paper" ? `${id}号` : (issue?.no ?? ""),
    by: row.by ?? "—",
    state: row.voidAt === null ? "有效" : `作废（${row.voidWhy ?? "—"}）`,
  };
}

/** More rows than this nobody reads; the register can be narrowed. */
const MOST_ROWS = 5000;
const COLUMNS = [
  { title: "文号", width: 24 },
  { title: "日期", width: 14 },
  { title: "类别", width: 10 },
  { title: "内容", width: 44 },
  { title: "对应编号", width: 17 },
  { title: "经办", width: 12 },
  { title: "状态", width: 30 },
] as const;

/** 文号登记簿: the register as a workbook. */
export const registerPaper = paper({
  name: "numbers.register",
  params: askedNumbers,
  async data({ params, person }, context) {
    const { office, today } = context;
    const refusal = readsRegister.check({ person, args: params, office, today });
    if (refusal !== null) return refusal;
    const { rows, total } = await registerOf(params, { limit: MOST_ROWS }, context);
    return total > MOST_ROWS
      ? refuse("usage", `共${total}个文号，一次最多导出${MOST_ROWS}个，请加类别或时段缩小范围。`)
      : { rows, date: today.toString() };
  },
  render: async ({ rows, date }, { marks }) => ({
    name: `文号登记簿-${date}.xlsx`,
    type: XLSX,
    bytes: await workbook(
      [
        {
          name: "文号登记簿",
          columns: COLUMNS,
          rows: rows.map((row) => [row.no, row.day, row.kind, row.title, row.stands, row.by, row.state]),
        },
      ],
      marks,
    ),
  }),
});
