import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { State } from "../../../src/domain/issues/states.ts";
import type { Step } from "./rules.ts";
import { aStage, completeForm, type Stage } from "./stage.ts";

const full = process.env.TEST_FULL === "1";
const ISSUES = full ? 200 : 5;

let stage: Stage;
beforeAll(async () => {
  stage = await aStage();
});
afterAll(() => stage.close());

const POLITE = ["already-done", "stale-action", "conflict"];

test(`of fifty presses of one button, on each of ${ISSUES} issues, one has an effect and the others are told why not`, async () => {
  const steps: readonly (readonly [Step, State, string])[] = [
    ["acknowledge", "assigned", "海安联络员"],
    ["submit", "rectifying", "住建联络员"],
    ["verify", "reviewing", "督查"],
    ["request-extension", "acknowledged", "海安领导"],
    ["reopen", "closed", "市办"],
  ];
  for (let i = 0; i < ISSUES; i++) {
    const [step, state, who] = steps[i % steps.length] as (typeof steps)[number];
    const issue = await stage.issueIn(state);
    await stage.office.photographs("海安联络员", issue.no);
    const [audit, outbox] = [stage.newest("audit"), stage.newest("outbox")];
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => stage.presses(who, step, issue, completeForm(step))),
    );
    const refusals = answers.filter((refusal) => refusal !== null);
    expect(refusals).toHaveLength(49);
    for (const { code, message } of refusals) {
      expect(POLITE).toContain(code);
      expect(message).toContain(issue.no);
    }
    expect(stage.issue(issue.id).version).toBe(issue.version + 1);
    expect(stage.eventsOf(issue.id).filter((e) => e.step !== "spot-check")).toHaveLength(1);
    expect(stage.auditAfter(audit).map((a) => a.outcome)).toEqual(["done"]);
    const told = stage.toldAfter(outbox);
    expect(new Set(told).size).toBe(told.length);
  }
});

test("whose step it is is said before what is wrong with its form, and kept as denied", async () => {
  const [order, draft] = [await stage.issueIn("assigned"), await stage.issueIn("draft")];
  const audit = stage.newest("audit");
  const same = { title: order.title };
  const grave = { county: "海安", level: "重大" };
  expect((await stage.presses("督查", "amend", order, same))?.code).toBe("forbidden");
  expect((await stage.presses("海安联络员", "assign", draft, grave))?.code).toBe("forbidden");
  expect(stage.auditAfter(audit).map(({ outcome }) => outcome)).toEqual(["denied", "denied"]);
  expect((await stage.presses("市办", "amend", order, same))?.message).toContain("没有要更正的内容");
  expect((await stage.presses("市办", "assign", draft, grave))?.message).toContain("没有默认期限");
});

test("the store itself moves an issue on from a version once, whoever judged it", async () => {
  const issue = await stage.issueIn("assigned");
  const moves = await Promise.all(
    ["acknowledged", "returned"].map((state) =>
      stage.bot.store.write((w) => w.issues.move(issue.id, issue.version, { state: state as State })),
    ),
  );
  expect(moves.map((moved) => moved?.state ?? null)).toEqual(["acknowledged", null]);
  expect(stage.issue(issue.id)).toMatchObject({ state: "acknowledged", version: 2 });
});

describe("of two people who press different buttons at once one is heard, and the other told where it stands", () => {
  test.each<[State, [string, Step], [string, Step]]>([
    ["assigned", ["海安联络员", "acknowledge"], ["海安领导", "return"]],
    ["assigned", ["住建联络员", "acknowledge"], ["市办", "reassign"]],
    ["rectifying", ["海安联络员", "submit"], ["督查", "suspend"]],
    ["submitted", ["海安领导", "confirm"], ["市办", "reject"]],
    ["reviewing", ["市办", "verify"], ["督查", "reject"]],
    ["reviewing", ["督查", "verify"], ["市领导", "supervise"]],
    ["reviewing", ["市办", "verify"], ["督查", "propose-transfer"]],
    ["returned", ["市办", "uphold"], ["督查", "cancel"]],
    ["closed", ["市办", "reopen"], ["督查", "reopen"]],
  ])("%s: %s and %s", async (state, ...both) => {
    const others = { submittedBy: await stage.id("通州联络员"), confirmedBy: await stage.id("通州领导") };
    for (const presses of [both, both.toReversed()]) {
      const issue = await stage.issueIn(state, state === "submitted" || state === "reviewing" ? others : {});
      await stage.office.photographs("海安联络员", issue.no);
      await stage.investigates(issue);
      await stage.urges(issue);
      const answers = await Promise.all(
        presses.map(([who, step]) => stage.presses(who, step, issue, completeForm(step))),
      );
      const refused = answers.filter((refusal) => refusal !== null);
      expect(refused).toHaveLength(1);
      expect(POLITE).toContain(refused[0]?.code);
      expect(stage.issue(issue.id).version).toBe(issue.version + 1);
      const beside = ["spot-check", "investigate"];
      expect(stage.eventsOf(issue.id).filter((e) => !beside.includes(e.step))).toHaveLength(1);
    }
  });

  test("two who decide one extension: it is either granted or refused", async () => {
    const asked = { extensionDue: "2020-07-20", extensionBy: await stage.id("海安联络员") };
    const issue = await stage.issueIn("rectifying", asked);
    const answers = await Promise.all([
      stage.presses("市办", "grant-extension", issue, { text: "同意" }),
      stage.presses("督查", "refuse-extension", issue, { text: "不同意" }),
    ]);
    expect(answers.filter((refusal) => refusal === null)).toHaveLength(1);
    const { due, extension_due: open } = stage.issue(issue.id);
    expect([due === "2020-07-20", open]).toEqual([answers[0] === null, null]);
  });
});

describe("an officer whose post is taken away between form and submission", () => {
  const submitAs = async (name: string, step: Step, state: State, change: string, ...values: unknown[]) => {
    const issue = await stage.issueIn(state);
    const person = await stage.personOf(name);
    const audit = stage.newest("audit");
    const traces = () => JSON.stringify([stage.issue(issue.id), stage.eventsOf(issue.id)]);
    const before = traces();
    stage.raw.prepare(`update person set ${change} where id = ?`).run(...values, person.id);
    // The form was opened by the officer that they were.
    const refusal = await stage.presses(person, step, issue, completeForm(step));
    stage.raw
      .prepare("update person set role = ?, region_id = ?, department_id = ?, active = 1 where id = ?")
      .run(person.role, person.regionId, person.departmentId, person.id);
    expect(traces()).toBe(before);
    expect(stage.auditAfter(audit)).toEqual([
      { outcome: "denied", act: `issue.${step}`, personId: person.id },
    ]);
    return refusal;
  };

  test("who has left is told so", async () => {
    const refusal = await submitAs("海安联络员", "acknowledge", "assigned", "active = 0");
    expect(refusal).toMatchObject({ code: "forbidden", message: "您的身份已停用，请联系市办。" });
  });
  test.each<[string, Step, State, string, unknown]>([
    ["市办", "verify", "reviewing", "role = 'station-chief', region_id = ?", "haian"],
    ["市领导", "supervise", "rectifying", "role = ?", "office"],
    ["海安领导", "confirm", "submitted", "region_id = ?", "rudong"],
    ["住建联络员", "acknowledge", "assigned", "department_id = ?", "transport"],
    ["督查", "reopen", "closed", "role = ?", "city-lead"],
  ])("%s, whose new post has no right to %s", async (name, step, state, change, value) => {
    const refusal = await submitAs(name, step, state, change, value);
    expect(refusal?.code).toBe("forbidden");
    expect(refusal?.message).toMatch(/须由.*办理/);
  });
});

describe("a deadline that doesn't suit", () => {
  test.each<[Step, State, string, string, RegExp]>([
    ["reassign", "assigned", "市办", "2020-06-14", /已经过去/],
    ["reassign", "assigned", "市办", "昨天", /已经过去/],
    ["suspend", "rectifying", "督查", "2020-06-15", /已经过去/],
    ["reopen", "closed", "市办", "2019-12-31", /已经过去/],
    ["request-extension", "rectifying", "海安联络员", "2020-07-05", /须晚于/],
    ["request-extension", "rectifying", "海安联络员", "2020-12-31", /不能超过原定期限/],
    ["request-extension", "rectifying", "海安联络员", "不知道", /看不懂/],
    ["assign", "draft", "市办", "2020-06-01", /已经过去/],
  ])(
    "%s on %s by %s until %s changes nothing and says what would do",
    async (step, state, who, due, says) => {
      const issue = await stage.issueIn(state);
      const traces = stage.traces(issue.id);
      const refusal = await stage.presses(who, step, issue, { ...completeForm(step), due });
      expect(refusal?.code).toBe("bad-date");
      expect(refusal?.message).toMatch(says);
      expect(stage.traces(issue.id)).toBe(traces);
    },
  );

  test("the county's lead sends a late unit back, and gives it no new deadline", async () => {
    const late = { due: "2020-06-10", firstDue: "2020-06-10", termFrom: "2020-06-01" };
    const issue = await stage.issueIn("submitted", { ...late, submittedBy: await stage.id("海安联络员") });
    const text = "照片看不清";
    const refusal = await stage.presses("海安领导", "reject", issue, { text, due: "2020-12-31" });
    expect(refusal).toMatchObject({ code: "bad-date", message: expect.stringContaining("市办或督查") });
    expect(await stage.presses("海安领导", "reject", issue, { text })).toBeNull();
    expect(stage.issue(issue.id)).toMatchObject({ state: "rectifying", due: "2020-06-10" });
  });

  test("in days it ends on a working day, as a date it stands as it was said, and the card says that it is a day off", async () => {
    const { says } = stage.office;
    // Ten calendar days from 15 June are 25 June, the first day of 端午.
    const counted = await says("市办", "交办 海安 “扬尘” 10日");
    expect(counted.facts.issue.due).toBe("2020-06-28");
    expect(counted.text).toContain("“10日”到6月25日，是休息日，顺延到6月28日");
    const named = await says("市办", "交办 海安 “扬尘” 2020-06-25");
    expect(named.facts.issue.due).toBe("2020-06-25");
    expect(named.text).toContain("6月25日是休息日");
    expect((await says("市办", "交办 海安 “扬尘” 2020-06-14")).code).toBe("bad-date");
    const far = await says("市办", "交办 海安 “扬尘” 2031-03-03");
    expect(far.text).toContain("未录入2031年放假安排，按周末推算");
  });

  test("whatever step sets it, the answer says that it is a day off; the last day of a suspension is none of its kind", async () => {
    const { says, presses } = stage.office;
    const { no } = (await says("市办", "交办 海安 “积尘” 2020-06-30")).facts.issue;
    await says("市办", `问题 ${no} 更多`);
    const given = await presses("市办", "改派", { county: "如皋", due: "2020-06-26", text: "属如皋" });
    expect(given.text).toContain("期限6月26日是休息日");
    await says("市办", `问题 ${no} 更多`);
    const held = await presses("市办", "依法中止", { due: "2020-06-26", text: "诉讼" });
    expect(held.text).not.toContain("是休息日");
  });
});
