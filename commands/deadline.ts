import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { dateSeenOn } from "../src/chat/wording.ts";
import { howItCameAbout } from "../src/domain/how-due.ts";
import type { EpochMs } from "../src/domain/ids.ts";
import { extensionsGranted } from "../src/issues/deadlines.ts";
import { issueSeen } from "../src/issues/sees.ts";
import resume from "../src/issues/steps/resume.ts";
import type { Office } from "../src/office/office.ts";
import type { Issue } from "../src/store/issues.ts";

const toIssue = says("问题");
const toHolidays = says("放假");

/** 期限：how an issue's deadline came about: the term, the holidays between, what was granted beside. */
export default command({
  name: "deadline",
  words: ["期限"],
  hints: ["期限怎么算的", "期限怎么算", "期限怎么来的", "怎么算的", "整改期限怎么算的", "为什么是这个期限"],
  help: { does: "看一件问题的期限是怎么算出来的", example: "期限 {issue}" },
  who: anyone,
  audience: "scope",
  args: z.object({ no: arg.issue() }),

  async answer({ args: { no }, person }, context) {
    const issue = await issueSeen(no, person, context);
    if (isRefusal(issue)) return issue;
    const { store, office, today } = context;
    const [from, due, present] = [issue.termFrom, issue.firstDue, issue.due].map((day) =>
      Temporal.PlainDate.from(day),
    ) as [Temporal.PlainDate, Temporal.PlainDate, Temporal.PlainDate];
    const history = await store.issues.history(issue.id);
    const extensions = extensionsGranted(issue, history, office);
    const how = howItCameAbout({ term: issue.term, from, due, present, extensions }, office.calendar);
    const notes = notesOn(issue, history, office);
    return {
      title: `${no}期限：${dateSeenOn(today, issue.due)}`,
      blocks: [{ kind: "text", text: how }, ...notes.map((text) => ({ kind: "note" as const, text }))],
      buttons: [toIssue(`看 ${no}`, no), toHolidays("放假")],
      facts: {
        ...{ no, due: issue.due, firstDue: issue.firstDue, from: issue.termFrom, term: issue.term, how },
        extensions: extensions.map((one) => ({ ...one, from: `${one.from}`, due: `${one.due}` })),
      },
    };
  },
});

/** What else moves its deadline, has moved it, or will. */
function notesOn(
  { state, termFrom }: Issue,
  history: readonly { step: string; at: EpochMs }[],
  office: Office,
): string[] {
  if (state === "draft") return ["还没有交办，期限从交办那天重新起算。"];
  const dayOf = (at: EpochMs) => office.today(Temporal.Instant.fromEpochMilliseconds(at)).toString();
  const resumed = history.some(({ step, at }) => step === resume.id && dayOf(at) >= termFrom);
  return [
    ...(resumed ? ["中止的日子已经扣除，起算日相应推后。"] : []),
    ...(state === "suspended" ? ["现在依法中止，恢复办理后期限相应推后。"] : []),
  ];
}
