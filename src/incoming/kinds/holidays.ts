import { effectsOnSlots } from "../../calendar/holiday-effects.ts";
import {
  type Cell,
  column,
  type Entered,
  type Faults,
  fault,
  filled,
  type Importing,
  importKind,
} from "../../chat/import.ts";
import { firstNamed, shortDate } from "../../chat/wording.ts";
import type { Holiday } from "../../store/holidays.ts";
import { dayAhead, plainText } from "../cells.ts";
import { enterEach } from "../enter-each.ts";

const OFF = /^(休|假|休假|放假|休息|节假日|假日|off)$/i;
const WORK = /^(班|上班|补班|调休上班|工作|工作日|work)$/i;

/** 休 or 班. 调休 alone may be either, and is asked about. */
const kind: Cell<Holiday["kind"]> = () => (text) => {
  const word = text.normalize("NFKC").trim();
  if (OFF.test(word)) return { value: "off" };
  return WORK.test(word) ? { value: "work" } : { reason: "请填“休”（放假）或“班”（调休上班）" };
};

/** Days that an answer names as changed; the rest are counted. */
const NAMED = 20;
const WEEKDAYS = "一二三四五六日";
const words = { off: "休", work: "班" } as const;

/**
 * The State Council's notice of a year: days off, and days worked to make up for them. From then on the office's terms run
 * by it. Another kind for a known day is a correction, as when a holiday is extended.
 */
export default importKind({
  id: "holidays",
  title: "放假安排",
  who: ["office"],
  columns: {
    date: filled("日期 date", dayAhead(2013)),
    kind: filled("类型 kind 休班 班休", kind),
    name: column("名称 name 节日 假期", plainText(20)),
  },
  needs: ["date", "kind"],
  once: {
    key: ({ date }) => [date],
    differs: (a, b) => (a.kind !== b.kind ? "kind" : a.name !== b.name ? "name" : null),
    reason: "是同一天但类型或名称不同",
  },
  judge: judgeDay,
  enter: enterDays,
});

/** What is off or worked anyway has a slip in its date, unless the office itself had entered the day. */
async function judgeDay(row: Holiday, { store, office }: Importing): Promise<Holiday | Faults<"kind">> {
  const date = Temporal.PlainDate.from(row.date);
  if (row.kind === "off" || date.dayOfWeek > 5 || !office.calendar.isWorkingDay(date)) return row;
  if ((await store.holidays.on(row.date)) !== undefined) return row;
  const weekday = WEEKDAYS[date.dayOfWeek - 1];
  return fault("kind", `${shortDate(date)}是星期${weekday}，本来就上班，请核对日期`);
}

const enter = enterEach<Holiday>({
  subject: ({ date }) => `holiday/${date}`,
  value: ({ kind, name }) => [kind, name],
  async known({ date }, store) {
    const before = await store.holidays.on(date);
    return before && [before.kind, before.name];
  },
  put: (row, { store }) => store.holidays.put(row),
});

async function enterDays(rows: readonly Holiday[], file: Importing): Promise<Entered> {
  const { calendar } = file.office;
  // Only of a year that was known before is anything changed; a new year's days are all new.
  const changed = rows.filter(({ date, kind }) => {
    const day = Temporal.PlainDate.from(date);
    return calendar.knows(day.year) && calendar.isWorkingDay(day) !== (kind === "work");
  });
  const entered = await enter(rows, file);
  const years = [...new Set(rows.map(({ date }) => date.slice(0, 4)))].sort();
  const summary = years.map((year) => {
    const of = (kind: Holiday["kind"]) =>
      rows.filter((row) => row.kind === kind && row.date.startsWith(year)).length;
    return `${year}年：休${of("off")}天，班${of("work")}天`;
  });
  const blocks = [{ kind: "text" as const, text: `${summary.join("；")}。` }];
  if (changed.length > 0) {
    const named = changed.map(
      ({ date, kind }) => `${date}由${kind === "work" ? words.off : words.work}改为${words[kind]}`,
    );
    blocks.push({
      kind: "text",
      text: `与原来不同：${firstNamed(named, NAMED, "天")}。已经下达的期限不会自动改变。`,
    });
  }
  for (const text of await effectsOnSlots(changed, file)) blocks.push({ kind: "text", text });
  return {
    ...entered,
    report: { blocks, facts: { changed: changed.map(({ date, kind }) => ({ date, kind })) } },
  };
}
