import { scopeName, scopeOf } from "../src/chat/access.ts";
import type { Card } from "../src/chat/card.ts";
import type { Context } from "../src/chat/command.ts";
import { says } from "../src/chat/says.ts";
import { schedule } from "../src/chat/schedule.ts";
import { unknownYearNote } from "../src/chat/unknown-years.ts";
import { dateSeenOn, shortDate } from "../src/chat/wording.ts";
import { UNIT_ACTS } from "../src/domain/issues/states.ts";
import { stateWords } from "../src/issues/card.ts";
import type { IssueGroup } from "../src/store/issues.ts";
import type { Person } from "../src/store/people.ts";
import type { Reader } from "../src/store/store.ts";

const toIssue = says("问题");
const toToday = says("今日");

/** Rows that still read well on a phone; the rest is counted. */
const SHOWN = 20;

/** 周五清单：what is late and what falls due by the end of next week, to each unit that has any. */
export default schedule({
  name: "week-ahead",
  title: "周五清单",
  when: { cron: "0 9 * * 5", dayRule: "previous-working-day" },
  catchUp: "latest-within-1-days",
  audience: ["county-lead", "county-liaison", "department-liaison"],

  async deliver(_slot, context) {
    const deliveries = [];
    const roles = ["county-lead", "county-liaison", "department-liaison"] as const;
    const [until, today] = [lastDay(context).toString(), context.today.toString()];
    // Most units have nothing, and one look says which have.
    const some = await context.store.issues.groups(dueBy(until, context), today, until);
    if (some.length === 0) return [];
    // A county's lead and its liaison are told the same.
    const lists = new Map<string, Card | null>();
    for (const person of await context.store.people.withRoles(roles)) {
      const { office } = context;
      const scope = [scopeOf(person, office, context.today), person.departmentId];
      const key = JSON.stringify([...scope, scopeName(person, office, context.today)]);
      const card = lists.get(key) ?? (await listFor(person, some, context));
      lists.set(key, card);
      if (card !== null) deliveries.push({ to: { person }, card, class: "card" as const });
    }
    return deliveries;
  },
});

/** Sunday of the week that comes. */
const lastDay = ({ today }: Context<Reader>) => today.add({ days: 14 - today.dayOfWeek });

const dueBy = (day: string, { now }: Context<Reader>) => ({
  asOf: now.epochMilliseconds,
  states: UNIT_ACTS,
  dueBy: day,
});

async function listFor(
  person: Person,
  some: readonly IssueGroup[],
  context: Context<Reader>,
): Promise<Card | null> {
  const { store, office, today } = context;
  const regions = scopeOf(person, office, today);
  const { departmentId } = person;
  if (regions === null && departmentId === null) return null;
  const isOwn = (of: IssueGroup) =>
    (regions === null || regions.includes(of.regionId)) &&
    (departmentId === null || of.departmentId === departmentId);
  if (!some.some(isOwn)) return null;
  const until = lastDay(context);
  const { rows, total } = await store.issues.list(
    {
      ...dueBy(until.toString(), context),
      ...(regions === null ? {} : { regions }),
      ...(departmentId === null ? {} : { departmentId }),
    },
    SHOWN,
  );
  if (total === 0) return null;
  const late = rows.filter(({ due }) => due < today.toString());
  const cut = total > rows.length;
  return {
    title: `下周清单 ${scopeName(person, office, today)}（${total}件）`,
    tone: late.length > 0 ? "bad" : "notice",
    blocks: [
      {
        kind: "text",
        text: `已超期${late.length}件${cut ? "以上" : ""}，${shortDate(until)}前到期${rows.length - late.length}件${cut ? "以上" : ""}。`,
      },
      {
        kind: "table",
        columns: [{ title: "编号" }, { title: "问题" }, { title: "状态" }, { title: "期限" }],
        rows: rows.map((issue) => [
          issue.no,
          issue.title,
          stateWords(issue, context),
          `${dateSeenOn(today, issue.due)}${issue.due < today.toString() ? `（超${-today.until(issue.due).days}天）` : ""}`,
        ]),
        opens: rows.map(({ no }) => toIssue("", no).say),
      },
      ...(cut
        ? [{ kind: "note" as const, text: `另有${total - rows.length}件，发送“问题 我的”看全部` }]
        : []),
      ...unknownYearNote(
        rows.map(({ due }) => due),
        office,
      ),
    ],
    buttons: [toToday("今日待办")],
    facts: {
      until: until.toString(),
      late: late.map(({ no }) => no),
      due: rows.filter(({ due }) => due >= today.toString()).map(({ no }) => no),
      total,
    },
  };
}
