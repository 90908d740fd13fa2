import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import type { Refusal } from "../chat/refusal.ts";
import { refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { counted, listTitle, longDate } from "../chat/wording.ts";
import type { CourseState } from "../domain/papers/course.ts";
import type { Period } from "../domain/period.ts";
import type { PaperFilter } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { noOf } from "./kind-of.ts";
import { paperLine } from "./paper-facts.ts";
import { papersRead, readsAll, WENT_OUT } from "./sees.ts";
import { PAPER_STATE_WORDS, paperStateWords } from "./state-words.ts";

const toPapers = says("文件");
const toCalendar = says("日程");

/** Rows that still read well on a phone. */
const SHOWN = 20;

/** Which papers are asked for. */
export type AskedPapers = {
  kind?: string | undefined;
  state?: CourseState | undefined;
  period?: Period | undefined;
  page?: number | undefined;
};

/** A page of the papers that somebody may read, the newest first. */
export async function paperList(
  { kind, state, period, page = 1 }: AskedPapers,
  person: Person,
  context: Context<Reader>,
): Promise<Card | Refusal> {
  const { store, office, officialPapers, schedules } = context;
  const ids = await papersRead(kind, person, context);
  const readable = (one: CourseState) => readsAll(person) || WENT_OUT.includes(one);
  const states = state === undefined ? WENT_OUT : [state].filter(readable);
  const filter: PaperFilter = {
    ...(kind === undefined ? {} : { kinds: [kind] }),
    ...(state === undefined && readsAll(person) ? {} : { states }),
    ...(ids && { ids }),
    ...(period === undefined ? {} : { from: period.from.toString(), to: period.to.toString() }),
  };
  const { rows, total } = await store.officialPapers.list(filter, SHOWN, (page - 1) * SHOWN);
  const pages = Math.max(1, Math.ceil(total / SHOWN));
  if (page > pages) return refuse("bad-number", `没有第${page}页，共${pages}页。`, ["文件"]);
  const of = officialPapers.find(({ id }) => id === kind);
  const said = [of?.title, state && PAPER_STATE_WORDS[state], period?.label].filter(
    (word) => word !== undefined,
  );
  const turnTo = (label: string, n: number) => toPapers(label, ...said, `第${n}页`);
  const day = (at: number) => longDate(office.today(Temporal.Instant.fromEpochMilliseconds(at)));
  return {
    title: listTitle("文件", ...said, counted(total, "件")),
    blocks: [
      total === 0
        ? { kind: "text", text: noneWords(said, of?.title) }
        : {
            kind: "table",
            columns: [
              { title: "编号" },
              { title: "文件" },
              { title: "文号" },
              { title: "日期" },
              { title: "状态" },
            ],
            rows: rows.map((row) => [
              noOf(row),
              row.title,
              row.number ?? "—",
              day(row.issuedAt ?? row.draftedAt),
              `${paperStateWords(row, context)}${row.quick ? "（快报）" : ""}`,
            ]),
            opens: rows.map((row) => toPapers("", noOf(row)).say),
          },
      ...(pages > 1 ? [{ kind: "note" as const, text: `第${page}页，共${pages}页` }] : []),
    ],
    buttons: [
      ...(page > 1 ? [turnTo("上一页", page - 1)] : []),
      ...(page < pages ? [turnTo("下一页", page + 1)] : []),
      ...(total === 0 && of && schedules.some(({ name }) => name === of.id)
        ? [toCalendar("什么时候出", of.title)]
        : []),
    ],
    facts: { rows: rows.map(paperLine), total },
  };
}

/** What stands in place of the list where nothing does. */
function noneWords(said: readonly string[], title = "文件"): string {
  return said.some((word) => word !== title) ? `没有符合条件的${title}。` : `还没有印发过${title}。`;
}
