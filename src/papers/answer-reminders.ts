import type { Card } from "../chat/card.ts";
import type { Context, SlotDelivery } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import { dateSeenOn } from "../chat/wording.ts";
import { answerRemindersBy } from "../domain/papers/answer-reminders.ts";
import type { OwedAnswer } from "../store/paper-answers.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { noOf } from "./kind-of.ts";
import { tellRollCall } from "./roll-call.ts";
import { isOfUnit } from "./units.ts";

const toReply = says("回复");

/** `isNewlyLate`: reminded for the first time since its day is over. */
type Reminded = OwedAnswer & { isLate: boolean; isNewlyLate: boolean };

/**
 * Who is reminded today of papers that their unit hasn't answered, each of all of them at once: its liaisons, and its lead on
 * the first reminder after the due day, or always where it has no liaison. How often a unit was reminded is kept, so that a
 * stop is made up for by one reminder.
 */
export async function answerReminders(context: Context<Writer>): Promise<SlotDelivery[]> {
  const { store, today } = context;
  const reminded = await remindedToday(context);
  if (reminded.length === 0) return [];
  for (const { paper } of reminded.filter(({ isNewlyLate }) => isNewlyLate))
    await tellRollCall(paper, `late-${paper.id}`, context);
  const liaisons = await store.people.withRoles(["county-liaison", "department-liaison"]);
  const leads = await store.people.withRoles(["county-lead"]);
  const isTheirs = (person: Person, { answer }: Reminded) => isOfUnit(person, answer, context);
  const toLead = (one: Reminded) => one.isNewlyLate || !liaisons.some((person) => isTheirs(person, one));
  const of = (people: readonly Person[], which: readonly Reminded[]) =>
    people.flatMap((person): SlotDelivery[] => {
      const own = which.filter((one) => isTheirs(person, one));
      return own.length === 0 ? [] : [{ to: { person }, card: reminderCard(own, today), class: "card" }];
    });
  return [...of(liaisons, reminded), ...of(leads, reminded.filter(toLead))];
}

async function remindedToday({ store, office, today }: Context<Writer>): Promise<Reminded[]> {
  const reminded: Reminded[] = [];
  for (const owed of await store.paperAnswers.owed()) {
    const { answer, paper, due } = owed;
    const issued = office.today(Temporal.Instant.fromEpochMilliseconds(paper.issuedAt ?? paper.draftedAt));
    const { ahead, late } = answerRemindersBy(
      today,
      { issued, due: Temporal.PlainDate.from(due) },
      office.calendar,
    );
    if (ahead + late <= answer.reminded) continue;
    await store.paperAnswers.change(answer.id, { reminded: ahead + late });
    reminded.push({ ...owed, isLate: late > 0, isNewlyLate: late > 0 && answer.reminded <= ahead });
  }
  return reminded;
}

function reminderCard(reminded: readonly Reminded[], today: Temporal.PlainDate): Card {
  const late = reminded.filter(({ isLate }) => isLate).length;
  const some = reminded.slice(0, 5);
  return {
    title:
      late === 0
        ? `待回复文件：${reminded.length}件`
        : `逾期未回复文件：${late}件${late < reminded.length ? `，待回复${reminded.length - late}件` : ""}`,
    tone: late === 0 ? "notice" : "bad",
    blocks: [
      {
        kind: "table",
        columns: [{ title: "编号" }, { title: "文件" }, { title: "期限" }],
        rows: reminded.map(({ paper, due, isLate }) => [
          noOf(paper),
          paper.title,
          `${dateSeenOn(today, due)}${isLate ? "（逾期）" : ""}`,
        ]),
        opens: reminded.map(({ paper }) => toReply("", noOf(paper)).say),
      },
    ],
    buttons: some.map(({ paper }) => toReply(`回复${noOf(paper)}`, noOf(paper))),
    facts: { papers: reminded.map(({ paper }) => paper.id), late },
  };
}
