import { barred } from "../chat/access.ts";
import { buttonsOf } from "../chat/action.ts";
import type { Button, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { withUnknownYears } from "../chat/unknown-years.ts";
import { shortDate } from "../chat/wording.ts";
import { drawLot } from "../domain/issues/draw-spot-checks.ts";
import { inEachPost, seesToFor } from "../domain/posts.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { SpotCheck } from "../store/spot-checks.ts";
import type { Reader, Writer } from "../store/store.ts";
import { type IssueContext, issueCard } from "./card.ts";
import { countyOf } from "./facts.ts";
import { CHECK_FORMS } from "./forms.ts";
import { lineIdOf } from "./history.ts";
import { isOf, relationTo } from "./relation.ts";
import { FOR_SIGNATURE } from "./weight.ts";

const passButton = buttonsOf("check.pass", CHECK_FORMS.pass);
const failButton = buttonsOf("check.fail", CHECK_FORMS.fail);

/**
 * Lets the lot decide whether an issue that has just been closed is looked at again on the spot; if so a checker of another
 * unit is drawn and told. In the transaction of the closing.
 */
export async function drawSpotCheck(issue: Issue, context: Context<Writer>): Promise<void> {
  const { store, office, now, today } = context;
  const { spotCheckPct: pct, spotCheckSeed: seed, decide } = office.pack.settings.issues;
  const lot = drawLot(issue.no, issue.reopenings, { seed, pct });
  if (lot === null) return;
  const able = await checkersOf(issue, context);
  const checker = able[Math.floor(lot * able.length)];
  if (checker === undefined) return;
  const at = now.epochMilliseconds;
  const due = office.calendar.addWorkingDays(today, decide.spotCheck);
  const check = await store.spotChecks.draw({
    issueId: issue.id,
    checkerId: checker.id,
    at,
    due: due.toString(),
  });
  await store.issueClock.add(issue.id, { kind: "spot-check", at: morningOf(due, office) });
  await store.issues.record({
    issueId: issue.id,
    at,
    personId: null,
    step: lineIdOf("spot-check"),
    fromState: issue.state,
    toState: issue.state,
    text: `抽中现场抽查，由${checker.name}核查`,
    due: due.toString(),
  });
  const card = await spotCheckCard(check, issue, checker, context);
  const key = `spot-check/${check.id}/${checker.id}`;
  await store.outbox.queue({ key, to: { personId: checker.id }, ...FOR_SIGNATURE, card }, at);
}

/** A check as its checker sees it: the issue with its pictures, and what can be said of it. */
export async function spotCheckCard(
  check: SpotCheck,
  issue: Issue,
  person: Person,
  context: IssueContext,
): Promise<Card> {
  const card = await issueCard(issue, person, context, {
    title: `现场抽查：${countyOf(issue, context.office, context.today)}“${issue.title}”`,
  });
  const buttons =
    seesToFor(person).includes(check.checkerId) && check.state === "open" ? checkButtons(check.id) : [];
  const looked: Card = {
    ...card,
    subject: `spot-check:${check.id}`,
    blocks: [
      { kind: "text", text: `请于${shortDate(check.due)}前到现场核查整改是否属实。`, tone: "notice" },
      ...card.blocks,
    ],
    buttons,
  };
  return withUnknownYears(looked, [check.due], context.office);
}

export function checkButtons(check: number): Button[] {
  return [
    passButton("抽查合格", { check }, { style: "primary" }),
    failButton("抽查不合格", { check }, { style: "danger" }),
  ];
}

/** People of other units who had no hand in the issue, in the order of their ids. */
export async function checkersOf(issue: Issue, context: CheckContext): Promise<Person[]> {
  const people = await context.store.people.withRoles(CHECKERS);
  const able: Person[] = [];
  // Whoever is away, or only stands in for somebody, is drawn for nothing: it is they who have to go there.
  for (const { id } of people.filter((p) => p.behalf === undefined && p.away === undefined)) {
    const person = await context.store.people.byId(id);
    if (person !== null && !able.some((p) => p.id === id) && (await mayCheck(issue, person, context)))
      able.push(person);
  }
  return able.toSorted((a, b) => a.id - b.id);
}

type CheckContext = Pick<Context<Reader>, "store" | "office" | "today">;

const CHECKERS = ["supervision", "county-liaison", "department-liaison"] as const;

/** Whether somebody had no hand in an issue and is of no unit that has a part in it: they may check it on the spot. */
export async function mayCheck(issue: Issue, person: Person, around: CheckContext): Promise<boolean> {
  const { submittedBy, confirmedBy, closedBy, assignedBy, behalf } = issue;
  const hands = [submittedBy, confirmedBy, closedBy, assignedBy, ...Object.values(behalf ?? {})];
  if (hands.includes(person.id) || barred(person, around) !== null) return false;
  const parts = await around.store.issueUnits.of(issue.id);
  return inEachPost(person)
    .filter((post) => post.behalf === undefined)
    .every(
      (post) =>
        ["stranger", "supervision"].includes(relationTo(issue, post, around.office, around.today)) &&
        !parts.some((part) => isOf(part, post, around)),
    );
}

function morningOf(day: Temporal.PlainDate, { pack }: Context<Writer>["office"]): number {
  const plainTime = new Temporal.PlainTime(pack.settings.issues.reminders.fromHour);
  return day.toZonedDateTime({ timeZone: pack.timeZone, plainTime }).epochMilliseconds;
}
