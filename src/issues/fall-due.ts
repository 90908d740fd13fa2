import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { shortDate } from "../chat/wording.ts";
import { again, CLOCK_KINDS, type ClockRule, helpReminderAt } from "../domain/issues/clock.ts";
import { bothOf } from "../domain/posts.ts";
import { listsByPerson } from "../office/lists.ts";
import type { ClockRow, DueEntry } from "../store/issue-clock.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { officeConfirms, peopleOf, peopleOfParts } from "./audience.ts";
import { issueCard, stateWords } from "./card.ts";
import { mayConsent } from "./consent.ts";
import { countyOf } from "./facts.ts";
import { lineIdOf } from "./history.ts";
import { DEADLINES, RUNGS } from "./ladder.ts";
import { stepOf } from "./loop.ts";
import { helpDue } from "./parts.ts";
import { performStep } from "./perform-step.ts";
import { redraw } from "./tell.ts";
import { clockRulesOf } from "./terms.ts";

const toIssue = says("问题");
const toToday = says("今日");

export const isReminder = ({ kind }: ClockRow): boolean => CLOCK_KINDS[kind].class === "reminder";

/**
 * What falls due for one issue and is no reminder: rungs of the ladder, proposals, the end of a suspension. Each has its
 * effect however late it is. In the caller's transaction.
 */
export async function climb({ row, issue }: DueEntry, context: Context<Writer>): Promise<void> {
  const { store, now } = context;
  const at = now.epochMilliseconds;
  const rule: ClockRule = CLOCK_KINDS[row.kind];
  await store.issueClock.settle([row.id], "done", at);
  switch (rule.class) {
    case "rung": {
      // Another entry of the same rung may have been there first.
      if (issue.escalation >= rule.rung) return;
      const { to, name } = RUNGS[rule.rung];
      await store.issues.mark(issue.id, { escalation: rule.rung });
      await store.issues.record({
        issueId: issue.id,
        at,
        personId: null,
        step: lineIdOf(row.kind),
        fromState: issue.state,
        toState: issue.state,
        text: null,
      });
      const risen = { ...issue, escalation: rule.rung };
      await send(row, risen, await peopleOf(to, issue, context), `${rule.says}（报${name}）`, context);
      await redraw(risen, context, { revision: `r${row.id}` });
      return;
    }
    case "proposal":
      await send(
        row,
        issue,
        await peopleOf(["city-lead", "office"], issue, context),
        rule.says,
        context,
        true,
      );
      return;
    case "step": {
      const moved = await performStep(
        stepOf(rule.step),
        { issue: issue.id, version: issue.version },
        null,
        context,
        {
          note: rule.says,
        },
      );
      if (isRefusal(moved))
        throw new Error(`the clock could not take ${rule.step} of ${issue.no}: ${moved.message}`);
      return;
    }
    case "reminder":
      return;
    default:
      rule satisfies never;
  }
}

/**
 * Reminders, all together: of several that are late for one issue and the same people only the newest speaks, and who has
 * several issues gets one list. In the caller's transaction.
 */
export async function remind(entries: readonly DueEntry[], context: Context<Writer>): Promise<void> {
  const { store, now, office } = context;
  const at = now.epochMilliseconds;
  const newest = new Map(
    entries.map((entry) => [`${entry.issue.id}/${recipientsOf(CLOCK_KINDS[entry.row.kind])}`, entry]),
  );
  const speaking = [...newest.values()];
  const spoken = new Set(speaking.map(({ row }) => row.id));
  await store.issueClock.settle(
    entries.map(({ row }) => row.id).filter((id) => !spoken.has(id)),
    "dropped",
    at,
  );
  await store.issueClock.settle([...spoken], "done", at);

  const lists = listsByPerson<DueEntry>();
  const repeated = new Set<string>();
  for (const entry of entries) {
    const rule: ClockRule = CLOCK_KINDS[entry.row.kind];
    if (rule.class !== "reminder") continue;
    const people = await remindedOf(rule.to, entry, context);
    // One that another speaks for this time speaks again next time.
    const once = `${entry.issue.id}/${entry.row.kind}`;
    if (rule.repeats && !repeated.has(once) && (rule.to !== "checker" || people.length > 0))
      await store.issueClock.add(entry.issue.id, {
        kind: entry.row.kind,
        at: again(at, entry.issue.level, clockRulesOf(office)),
      });
    repeated.add(once);
    if (!spoken.has(entry.row.id)) continue;
    for (const person of people) lists.add(person, entry);
  }
  for (const { person, items } of lists.all()) await sendList(items, person, context);
}

const recipientsOf = (rule: ClockRule): string => ("to" in rule ? rule.to : rule.class);

async function remindedOf(
  to: Extract<ClockRule, { class: "reminder" }>["to"],
  { row, issue }: DueEntry,
  context: Context<Writer>,
): Promise<Person[]> {
  switch (to) {
    case "unit":
      return peopleOf(["unit"], issue, context);
    case "helpers":
      return helpersDue(row, issue, context);
    case "drafter":
      return peopleOf(["drafter", "office"], issue, context);
    case "county-lead":
      return peopleOf((await officeConfirms(issue, context)) ? ["office"] : ["lead"], issue, context);
    case "office": {
      const people = await peopleOf(
        issue.state === "reviewing" || issue.state === "displayed" ? ["office", "supervision"] : ["office"],
        issue,
        context,
      );
      return people.filter((p) => !bothOf(p).some((id) => id === issue.confirmedBy));
    }
    case "city-lead":
      return peopleOf(["city-lead"], issue, context);
    case "consenter": {
      const people = await peopleOf(["lead", "unit", "city-lead"], issue, context);
      return people.filter((p) => mayConsent(issue, p, context.office, context.today));
    }
    case "checker": {
      const open = (await context.store.spotChecks.ofIssue(issue.id)).filter(
        (check) => check.state === "open",
      );
      const checkers = await Promise.all(open.map((check) => context.store.people.reaching(check.checkerId)));
      return checkers.flat();
    }
    default:
      return to satisfies never;
  }
}

/** Of the units that help those whose own deadline is near, or has passed. */
async function helpersDue(row: ClockRow, issue: Issue, context: Context<Writer>): Promise<Person[]> {
  const { store, office, today } = context;
  const helping = (await store.issueUnits.of(issue.id)).filter(({ role }) => role === "helping");
  const isMeant = (due: string) =>
    row.kind === "help-overdue"
      ? due < today.toString()
      : due >= today.toString() && helpReminderAt(due, issue.level, clockRulesOf(office)) <= row.at;
  return peopleOfParts(
    helping.filter((part) => isMeant(helpDue(part, issue))),
    context,
  );
}

async function send(
  row: ClockRow,
  issue: Issue,
  people: readonly Person[],
  says: string,
  context: Context<Writer>,
  all = false,
): Promise<void> {
  const title = `${says}：${countyOf(issue, context.office, context.today)}“${issue.title}”`;
  for (const person of people) {
    const card = await issueCard(issue, person, context, { title, all, plain: true });
    await queue(row, person, card, "must-arrive", context);
  }
}

async function sendList(
  entries: readonly DueEntry[],
  person: Person,
  context: Context<Writer>,
): Promise<void> {
  const [first] = entries;
  if (first === undefined) return;
  const { office } = context;
  const urgent = entries.some(({ issue }) => office.pack.settings.issues.urgent.includes(issue.level));
  const { says } = CLOCK_KINDS[first.row.kind];
  const card =
    entries.length === 1
      ? await issueCard(first.issue, person, context, { title: `${says}：${first.issue.title}`, plain: true })
      : listCard(entries, context);
  // A reminder keeps its reader's quiet hours, unless it is about something grave.
  await queue(first.row, person, card, urgent ? "must-arrive" : "card", context);
}

function listCard(entries: readonly DueEntry[], context: Context<Writer>): Card {
  const { today } = context;
  return {
    title: `问题办理提醒（${entries.length}件）`,
    tone: "notice",
    blocks: [
      {
        kind: "table",
        columns: [
          { title: "编号" },
          { title: "问题" },
          { title: "提醒" },
          { title: "状态" },
          { title: "期限" },
        ],
        rows: entries.map(({ row, issue }) => [
          issue.no,
          issue.title,
          CLOCK_KINDS[row.kind].says.replace("提醒", ""),
          stateWords(issue, context),
          `${shortDate(issue.due)}${issue.due < today.toString() ? `（超${-today.until(issue.due).days}天）` : ""}`,
        ]),
        opens: entries.map(({ issue }) => toIssue("", issue.no).say),
      },
    ],
    buttons: [toToday("今日待办")],
    facts: { issues: entries.map(({ row, issue }) => ({ no: issue.no, kind: row.kind })) },
  };
}

async function queue(
  row: ClockRow,
  person: Person,
  card: Card,
  kind: "must-arrive" | "card",
  { store, now }: Context<Writer>,
): Promise<void> {
  await store.outbox.queue(
    {
      key: `${DEADLINES}/${row.id}/${person.id}`,
      to: { personId: person.id },
      class: kind,
      card,
      job: DEADLINES,
      slot: row.at,
      together: true,
    },
    now.epochMilliseconds,
  );
}
