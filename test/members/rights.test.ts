import { afterAll, beforeAll, expect, test } from "vitest";
import type { Relation, State } from "../../src/domain/issues/states.ts";
import type { Issue, NewIssueRow } from "../../src/store/issues.ts";
import type { Person } from "../../src/store/people.ts";
import { expectedOf, LINES, NOT_BY, type Step } from "../issues/loop/rules.ts";
import { aStage, completeForm, type Stage } from "../issues/loop/stage.ts";

// Every act of the loop by people whose rights have changed: who has left, who stands in for somebody, who holds two posts,
// whose region is no more. What is to come of it, the hand-written rules of the loop say.

let stage: Stage;
let leaver: Person;
beforeAll(async () => {
  stage = await aStage();
  leaver = await stage.bot.store.write(async (w) =>
    w.people.add({
      name: "王联络",
      role: "county-liaison",
      regionId: "haian",
      departmentId: null,
      createdAt: 0,
    }),
  );
  for (const phrase of [
    "离任 王联络",
    "请假 海安联络员 今天到7月31日 由如东领导代理",
    "兼任 启东联络员 海安领导",
    "请假 海安领导 今天到7月31日 由通州领导代理",
  ])
    expect((await stage.office.says("市办", phrase)).code, phrase).toBeNull();
});
afterAll(() => stage.close());

/** What stands in the ledger of an issue in this state: others have taken the steps before. */
async function before(state: State, step: Step): Promise<Partial<NewIssueRow>> {
  const [submittedBy, confirmedBy, proposedBy] = await Promise.all(
    ["通州联络员", "通州领导", "通州点位长"].map(stage.id),
  );
  const cancel = step === "approve-cancel" || step === "refuse-cancel" ? { cancelBy: submittedBy } : {};
  const asked = /extension$/.test(step) && step !== "request-extension";
  const handedIn = { submittedAt: 1, submittedBy, ...cancel };
  if (state === "submitted") return handedIn;
  if (state === "reviewing") return { ...handedIn, confirmedAt: 2, confirmedBy };
  if (state === "displayed")
    return { ...handedIn, confirmedAt: 2, confirmedBy, displayedUntil: "2020-06-12" };
  if (state === "suspended")
    return {
      resumeState: "acknowledged",
      suspendedOn: "2020-06-15",
      suspendedUntil: "2020-06-30",
      ...cancel,
    };
  if (state === "transferring") return { resumeState: "rectifying", proposedBy };
  return asked ? { extensionDue: "2020-07-20", extensionBy: submittedBy, ...cancel } : cancel;
}

async function issueFor(step: Step, state: State, more: Partial<NewIssueRow> = {}): Promise<Issue> {
  const issue = await stage.issueIn(state, { ...(await before(state, step)), ...more });
  await stage.helps(issue.id, "city-management", {
    handedIn: step === "accept-part" || step === "return-part",
  });
  if (step === "submit") await stage.office.photographs("海安联络员", issue.no);
  if (step === "propose-transfer") {
    await stage.investigates(issue);
    await stage.urges(issue);
  }
  return issue;
}

/** Presses each step wherever it leads on. @returns what is wrong: who may and was refused, who may not and did. */
async function wrongFor(
  who: string | Person,
  may: (step: Step, state: State) => boolean,
  more: Partial<NewIssueRow> = {},
): Promise<string[]> {
  const wrong: string[] = [];
  for (const [step, [state = "draft"]] of LINES) {
    // Its form names a town of the usual county.
    if (step === "hand-down" && more.regionId !== undefined) continue;
    const issue = await issueFor(step, state, more);
    const [traces, person] = [
      stage.traces(issue.id),
      typeof who === "string" ? await stage.personOf(who) : who,
    ];
    const refusal = await stage.presses(person, step, issue, completeForm(step));
    const changed = stage.traces(issue.id) !== traces;
    const allowed = may(step, state);
    if (allowed && refusal !== null) wrong.push(`${step} on ${state}: refused (${refusal.message})`);
    if (!allowed && (refusal === null || changed)) wrong.push(`${step} on ${state}: done`);
  }
  return wrong;
}
const allows = (step: Step, state: State, ...relations: Relation[]) =>
  relations.some((relation) => expectedOf(step, state, relation).kind === "allowed");

test("who has left takes no step, with whatever button", async () => {
  expect(await wrongFor(leaver, () => false)).toEqual([]);
});

test("a stand-in takes the steps of whom they stand in for, and no others, and the history names both", async () => {
  expect(await wrongFor("如东领导", (step, state) => allows(step, state, "liaison"))).toEqual([]);
  const issue = await issueFor("acknowledge", "assigned");
  await stage.presses("如东领导", "acknowledge", issue);
  const history = await stage.bot.store.read((r) => r.issues.history(issue.id));
  expect(history.at(-1)?.by).toBe("如东领导代海安联络员");
});

test("with two posts somebody takes the steps of both, and none that neither has", async () => {
  expect(await wrongFor("启东联络员", (step, state) => allows(step, state, "lead"))).toEqual([]);
  const ofOwn = { regionId: "qidong", departmentId: null };
  expect(await wrongFor("启东联络员", (step, state) => allows(step, state, "liaison"), ofOwn)).toEqual([]);
});

test("what either of the two has taken, neither judges; what two others have, the stand-in does", async () => {
  const judges = ["confirm", "reject", "approve-cancel", "refuse-cancel"];
  const wrong: string[] = [];
  for (const [of, [state = "draft"]] of LINES.filter(
    ([step, [state = "draft"]]) => judges.includes(step) && allows(step, state, "lead"),
  ))
    for (const did of NOT_BY[of] ?? [])
      for (const [name, code] of [
        ["海安领导", "forbidden"],
        ["通州领导", "forbidden"],
        ["通州联络员", null],
      ] as const) {
        const issue = await issueFor(of, state, { [did]: await stage.id(name) });
        const refusal = await stage.presses("通州领导", of, issue, completeForm(of));
        if ((refusal?.code ?? null) !== code)
          wrong.push(`${of} after ${name}: ${refusal?.message ?? "done"}`);
      }
  expect(wrong).toEqual([]);
});

test("people of a region that is no more take no step until the office has said where they belong", async () => {
  const august = await aStage("2020-08-03T10:00");
  const issue = await august.issueIn("assigned", { regionId: "chongchuan", departmentId: null });
  for (const name of ["港闸联络员", "港闸领导"])
    for (const step of ["acknowledge", "return"] as const)
      expect((await august.presses(name, step, issue, completeForm(step)))?.code, name).toBe("forbidden");
  await august.office.says("市办", "今日");
  await august.office.advanceTo("2020-08-04T09:01");
  await august.office.presses("市办", "并入崇川 港闸联络员");
  expect((await august.presses("港闸联络员", "acknowledge", issue))?.code ?? null).toBeNull();
  august.close();
});
