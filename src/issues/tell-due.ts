import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import { unknownYearNote } from "../chat/unknown-years.ts";
import { shortDate } from "../chat/wording.ts";
import type { PersonId } from "../domain/ids.ts";
import {
  CLOCK_KINDS,
  type ClockKind,
  type ClockRule,
  isReminder,
  sameMatter,
} from "../domain/issues/clock.ts";
import type { IssueNotice, NoticeCount } from "../store/issue-notices.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { issueCard, stateWords } from "./card.ts";
import { countyOf } from "./facts.ts";
import { DEADLINES } from "./ladder.ts";
import { kindWords, noticeWords } from "./notice-words.ts";
import { weightOfDue } from "./weight.ts";

const toIssue = says("问题");
const toToday = says("今日");

/** Issues that one list shows; the others are a tap away. */
const SHOWN = 20;
/** Entries of one issue that may fall due for one person at a time. */
const ENTRIES = 5;

/** Where the whole of a list stands, page by page. */
const LISTS = { ack: "待签收", mend: "超期", confirm: "待确认", verify: "待市级复核" } as const;

/**
 * Tells a person all that the issues' clock has for them, in one message: a card of the one issue, or a list. Earlier reminders
 * of the same are folded where they stand. In the caller's transaction.
 */
export async function tellDue(personId: PersonId, context: Context<Writer>): Promise<void> {
  const { store, office, now } = context;
  const { issueNotices: notices } = store;
  const person = await store.people.byId(personId);
  if (person === null || !person.active) return notices.drop(personId);
  const { urgent } = office.pack.settings.issues;
  const counts = await notices.counts(personId);
  const total = await notices.issues(personId);
  const first = await notices.gravest(personId, urgent, SHOWN * ENTRIES);
  const [one] = first;
  if (one === undefined) return;
  const card =
    total === 1
      ? await cardOf(first, person, context)
      : listCard(
          Map.groupBy(first, ({ issue }) => issue.id),
          { counts, total, person },
          context,
        );
  const kinds = counts.map(({ kind }) => kind);
  const key = `${DEADLINES}/${one.row.id}/${personId}`;
  await store.outbox.queue(
    {
      key,
      to: { personId },
      ...weightOfDue(kinds, urgent.includes(one.issue.level)),
      card,
      job: DEADLINES,
      together: true,
      slot: one.row.at,
    },
    now.epochMilliseconds,
  );
  const told = await store.outbox.find(key);
  if (told === null) throw new Error(`${key} was not queued`);
  await notices.tell(personId, told.id);
  for (const matter of new Set(kinds.filter(isReminder).map(sameMatter)))
    for (const messageId of await notices.replace(personId, told.id, matter))
      await fold(messageId, personId, context);
}

/** An earlier reminder of which a newer one says all: a line in its place, which makes no sound. */
async function fold(messageId: number, personId: PersonId, { store, now }: Context<Writer>): Promise<void> {
  await store.messages.release(messageId);
  await store.outbox.queueEdit(
    { messageId, personId, card: FOLDED, version: "folded" },
    now.epochMilliseconds,
  );
}
const FOLDED: Card = { title: "已有新的提醒", tone: "muted", onlyInPlace: true, blocks: [] };

/** Of one issue: what is reported of it goes before what is reminded of. */
async function cardOf(
  entries: readonly IssueNotice[],
  person: Person,
  context: Context<Writer>,
): Promise<Card> {
  const [{ issue }] = entries as [IssueNotice];
  const reports = entries.filter(({ row }) => !isReminder(row.kind));
  const about =
    reports.length > 0 ? `${countyOf(issue, context.office, context.today)}“${issue.title}”` : issue.title;
  const title = `${wordsOf(entries, context)}：${about}`;
  const proposes = entries.some(({ row }) => CLOCK_KINDS[row.kind].class === "proposal");
  return issueCard(issue, person, context, { title, all: proposes, plain: true });
}

function listCard(
  byIssue: ReadonlyMap<number, readonly IssueNotice[]>,
  { counts, total, person }: { counts: readonly NoticeCount[]; total: number; person: Person },
  context: Context<Writer>,
): Card {
  const { office, today } = context;
  const shown = [...byIssue.values()].slice(0, SHOWN) as [IssueNotice, ...IssueNotice[]][];
  const [only] = counts.length === 1 ? counts : [];
  const each = counts.map(({ kind, n }) => `${kindWords(kind)}${n}件`).join("，");
  const lists = total > shown.length ? new Set(counts.flatMap(({ kind }) => listOf(kind) ?? [])) : [];
  return {
    title: only === undefined ? `问题办理提醒（${total}件）` : `${kindWords(only.kind)}：${total}件`,
    tone: counts.every(({ kind }) => isReminder(kind)) ? "notice" : "bad",
    blocks: [
      ...(only === undefined ? [{ kind: "text" as const, text: each }] : []),
      {
        kind: "table",
        columns: [
          { title: "编号" },
          { title: "问题" },
          { title: "提醒" },
          { title: "状态" },
          { title: "期限" },
        ],
        rows: shown.map((entries) => {
          const [{ issue }] = entries;
          const late = today.until(issue.due).days;
          return [
            issue.no,
            person.regionId === null ? `${countyOf(issue, office, today)} ${issue.title}` : issue.title,
            wordsOf(entries, context),
            stateWords(issue, context),
            `${shortDate(issue.due)}${late < 0 ? `（超${-late}天）` : ""}`,
          ];
        }),
        opens: shown.map(([{ issue }]) => toIssue("", issue.no).say),
      },
      ...(total > shown.length
        ? [{ kind: "note" as const, text: `另有${total - shown.length}件，按下面的按钮分页看全部。` }]
        : []),
      ...unknownYearNote(
        shown.map(([{ issue }]) => issue.due),
        office,
      ),
    ],
    buttons: [...[...lists].map((list) => toIssue(`全部${list}`, list)), toToday("今日待办")],
    facts: {
      total,
      issues: shown.flatMap((of) => of.map(({ row, issue }) => ({ no: issue.no, kind: row.kind }))),
    },
  };
}

function listOf(kind: ClockKind): string | null {
  const rule: ClockRule = CLOCK_KINDS[kind];
  const ladder = "ladder" in rule ? rule.ladder : undefined;
  if (ladder === undefined) return null;
  return LISTS[ladder === "decide" ? (kind.startsWith("confirm") ? "confirm" : "verify") : ladder];
}

/** What is said of one issue: reports, where there are any, otherwise reminders. */
function wordsOf(entries: readonly IssueNotice[], context: Context<Writer>): string {
  const reports = entries.filter(({ row }) => !isReminder(row.kind));
  const said = reports.length > 0 ? reports : entries;
  return [...new Set(said.map((entry) => noticeWords(entry, context)))].join("、");
}
