import { afterAll, beforeAll, expect, test } from "vitest";
import { aStage, type Stage } from "./stage.ts";

// 港闸区 became part of 崇川区 on 28 July 2020: what it owed passes on, with the old name kept in the record.

const GANGZHA = "NT-2020-000004";
let stage: Stage;
beforeAll(async () => {
  stage = await aStage("2020-07-27T10:00");
});
afterAll(() => stage.close());

test("until the merger 崇川's people have no part in 港闸's issues, afterwards they see them with the old name", async () => {
  const { says } = stage.office;
  expect((await says("崇川联络员", `问题 ${GANGZHA}`)).code).toBe("forbidden");
  await stage.office.advanceTo("2020-07-28T10:00");
  for (const who of ["崇川联络员", "崇川领导"]) {
    const { facts, text } = await says(who, `问题 ${GANGZHA}`);
    expect(facts.issue.county, who).toBe("崇川（原港闸）");
    expect(text).toContain("属地已变更");
  }
  for (const who of ["如东联络员", "港闸联络员"])
    expect((await says(who, `问题 ${GANGZHA}`)).code, who).toBe("forbidden");
});

test("崇川's people mend and confirm it, the city closes it, and the row keeps the region it was given to", async () => {
  const { says, presses, photographs, expectCards } = stage.office;
  await photographs("崇川联络员", GANGZHA);
  await says("崇川联络员", `问题 ${GANGZHA}`);
  await expectCards([], { job: "nothing" });
  await presses("崇川联络员", "提交整改", { measures: "已更换集气罩" });
  await expectCards(["崇川领导", "市办"].map((to) => ({ to, title: /^崇川（原港闸）已提交整改/ })));
  await says("崇川领导", `问题 ${GANGZHA}`);
  await presses("崇川领导", "县级确认");
  await says("督查", `问题 ${GANGZHA}`);
  expect((await presses("督查", "复核通过")).facts.issue.state).toBe("closed");
  const { region_id: region } = stage.raw
    .prepare("select region_id from issue where no = ?")
    .get(GANGZHA) as { region_id: string };
  expect(region).toBe("gangzha");
});

test("reminders and rungs of what 港闸 still owes reach 崇川's people", async () => {
  const issue = await stage.issueIn("rectifying", {
    title: "喷漆作业未密闭",
    regionId: "gangzha",
    departmentId: null,
    due: "2020-07-28",
    firstDue: "2020-07-28",
  });
  await stage.office.expectCards([], { job: "nothing" });
  // Its first reminder comes that morning; the lead hears of it four office hours later.
  await stage.office.advanceTo("2020-07-29T13:00");
  const sent = stage.raw
    .prepare(
      `select person.name, outbox.title from outbox join person on person.id = outbox.person_id
       where outbox.job = 'issue-deadlines' and outbox.title like ? order by outbox.id`,
    )
    .all(`%${issue.title}%`) as { name: string; title: string }[];
  const names = (title: RegExp) => new Set(sent.filter((s) => title.test(s.title)).map((s) => s.name));
  expect(names(/^整改超期提醒/)).toEqual(new Set(["崇川联络员"]));
  expect(names(/^整改超期（报县区领导）：崇川（原港闸）/)).toEqual(new Set(["崇川领导"]));
});

test("a new issue can't be given to a region that is no more: its name leads to the heir", async () => {
  const { facts } = await stage.office.says("市办", "交办 港闸 “裸土未覆盖” 5个工作日");
  expect(facts.issue.county).toBe("崇川");
  const issue = await stage.issueIn("assigned");
  const fill = { county: "港闸", due: "2020-08-20", text: "属地核实" };
  expect(await stage.presses("市办", "reassign", issue, fill)).toBeNull();
  expect(stage.issue(issue.id).region_id).toBe("chongchuan");
});
