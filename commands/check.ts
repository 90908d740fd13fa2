import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { type Refusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { unknownYearNote } from "../src/chat/unknown-years.ts";
import { counted, listTitle, shortDate } from "../src/chat/wording.ts";
import { holdsRole, inEachPost, seesToFor } from "../src/domain/posts.ts";
import { peopleOf } from "../src/issues/audience.ts";
import { issueCard } from "../src/issues/card.ts";
import { countyOf, issueFacts } from "../src/issues/facts.ts";
import { CHECK_FORMS } from "../src/issues/forms.ts";
import { lineIdOf } from "../src/issues/history.ts";
import { NOTES, type Note } from "../src/issues/notes.ts";
import { checkButtons, mayCheck, spotCheckCard } from "../src/issues/spot-check.ts";
import type { Person } from "../src/store/people.ts";
import type { Writer } from "../src/store/store.ts";

const toIssue = says("问题");

/** 抽查：the looks on the spot that wait for somebody; the office sees all of them. */
export default command({
  name: "check",
  words: ["抽查"],
  hints: ["抽查任务", "任务", "现场抽查", "现场核查"],
  help: { does: "看现场抽查任务", example: "抽查" },
  who: only("办理抽查", "office", "supervision", "county-liaison", "department-liaison"),
  audience: "person",
  args: z.object({}),

  async answer({ person }, { store, office, today }) {
    const all = holdsRole(person, "office");
    const rows = all
      ? await store.spotChecks.inState("open")
      : await store.spotChecks.openOf(seesToFor(person));
    const names = new Map((await store.people.all()).map((p) => [p.id, p.name]));
    return {
      title: listTitle("现场抽查", counted(rows.length, "件")),
      blocks: [
        rows.length === 0
          ? { kind: "text", text: all ? "没有进行中的现场抽查。" : "没有等您核查的抽查任务。" }
          : {
              kind: "table",
              columns: [
                { title: "编号" },
                { title: "问题" },
                { title: "地区" },
                { title: "核查人" },
                { title: "期限" },
              ],
              rows: rows.map(({ check, issue }) => [
                issue.no,
                issue.title,
                countyOf(issue, office, today),
                names.get(check.checkerId) ?? "—",
                shortDate(check.due),
              ]),
              opens: rows.map(({ issue }) => toIssue("", issue.no).say),
            },
        ...unknownYearNote(
          rows.map(({ check }) => check.due),
          office,
        ),
      ],
      buttons: rows
        .slice(0, 5)
        .flatMap(({ check, issue }) => [
          ...(seesToFor(person).includes(check.checkerId)
            ? checkButtons(check.id).map((button) => ({ ...button, label: `${button.label} ${issue.no}` }))
            : []),
        ]),
      facts: {
        rows: rows.map(({ check, issue }) => ({
          ...issueFacts(issue, [], { office, today }),
          checker: names.get(check.checkerId) ?? null,
          checkDue: check.due,
        })),
      },
    };
  },
});

const params = z.object({ check: z.int() });

/** 抽查合格：what was reported is true. */
export const pass = action({
  name: "check.pass",
  label: "抽查合格",
  params,
  fields: CHECK_FORMS.pass,
  press: ({ params, fields, person }, context) =>
    decide(params.check, "passed", fields.text, person, context),
});

/** 抽查不合格：the office is told, and may reopen the issue. */
export const fail = action({
  name: "check.fail",
  label: "抽查不合格",
  params,
  fields: CHECK_FORMS.fail,
  press: ({ params, fields, person }, context) =>
    decide(params.check, "failed", fields.text, person, context),
});

async function decide(
  id: number,
  state: "passed" | "failed",
  text: string | undefined,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, now } = context;
  const check = await store.spotChecks.byId(id);
  const issue = check === null ? null : await store.issues.byId(check.issueId);
  if (check === null || issue === null)
    return refuse("unknown-issue", "没有这项抽查任务，请重新发送“抽查”。", ["抽查"]);
  const absent = inEachPost(person).find(({ behalf }) => behalf?.id === check.checkerId)?.behalf;
  if (check.checkerId !== person.id && absent === undefined)
    return refuse("forbidden", "这项抽查由抽中的核查人办理。");
  if (absent !== undefined && !(await mayCheck(issue, person, context)))
    return refuse("forbidden", "您是这件问题的责任单位，或办理过它，不能代为核查，请市办另派他人。");
  const at = now.epochMilliseconds;
  const decided = await store.spotChecks.decide(id, { state, at, text: text?.trim() || null });
  if (decided === null) return refuse("already-done", `${issue.no}的抽查已经办结，不用重复操作。`, ["抽查"]);
  const note = `spot-check-${state}` as const satisfies Note;
  const { says } = NOTES[note];
  await store.issues.record({
    issueId: issue.id,
    at,
    personId: person.id,
    forId: absent?.id ?? null,
    step: lineIdOf(note),
    fromState: issue.state,
    toState: issue.state,
    text: text?.trim() || null,
  });
  const open = (await store.issueClock.openOf(issue.id)).filter((row) => row.kind === "spot-check");
  await store.issueClock.settle(
    open.map((row) => row.id),
    "done",
    at,
  );
  for (const message of await store.outbox.showing(`spot-check:${id}`))
    await store.outbox.queueEdit(
      {
        messageId: message.id,
        personId: person.id,
        card: await spotCheckCard(decided, issue, person, context),
        version: state,
      },
      at,
    );
  for (const reader of await peopleOf(["office", "assigner"], issue, context)) {
    const title = `${says}：${countyOf(issue, context.office, context.today)}“${issue.title}”`;
    const card = await issueCard(issue, reader, context, { title, all: state === "failed" });
    await store.outbox.queue(
      {
        key: `spot-check/${id}/${state}/${reader.id}`,
        to: { personId: reader.id },
        class: "must-arrive",
        card,
      },
      at,
    );
  }
  const card = await issueCard(issue, person, context, { title: `已报：${says}` });
  return absent === undefined ? card : { ...card, behalf: absent };
}
