import { afterEach, beforeEach, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

const RUGAO = "NT-2020-000001";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const stateOf = async (no: string) => (await office.bot.store.read((r) => r.issues.byNo(no)))?.state;

test("the office proposes, the city's lead approves: the issue is frozen at once and ends there", async () => {
  const { facts } = await office.says("市办", `移送 ${RUGAO} “逾期拒不整改”`);
  expect(facts.transfer).toMatchObject({
    no: "移送〔2020〕1号",
    state: "proposed",
    unit: "如皋（城管）",
    reason: "逾期拒不整改",
    proposedBy: "市办",
    decidedBy: null,
    issues: [RUGAO],
  });
  await office.expectCards([{ to: "市领导", title: "提请移送，待审批：移送〔2020〕1号" }]);
  expect((await office.says("如皋联络员", RUGAO)).labels).toEqual([]);
  expect((await office.says("市领导", "今日")).facts.toDecide).toEqual([RUGAO]);

  const approved = await office.presses("市领导", "同意移送", { text: "同意" });
  expect(approved.facts.transfer).toMatchObject({ state: "approved", decidedBy: "市领导" });
  await office.expectCards(["市办", "督查"].map((to) => ({ to, title: "同意移送：移送〔2020〕1号" })));
  expect(await stateOf(RUGAO)).toBe("transferred");
  for (const who of ["市办", "督查", "市领导", "如皋领导"])
    expect((await office.says(who, `问题 ${RUGAO} 更多`)).labels).toEqual(["经过图"]);
  // Nothing falls due for it any more.
  await office.advanceTo("2020-06-19T12:00");
  const rows = await office.bot.store.read((r) => r.outbox.after(0));
  expect(rows.filter(({ row }) => row.job === "issue-deadlines" && row.title.includes("渣土车"))).toEqual([]);
});

test("what isn't approved goes on where it stood", async () => {
  await office.says("市办", `移送 ${RUGAO} “逾期拒不整改”`);
  await office.presses("市领导", "不同意移送", { text: "先约谈" });
  expect(await stateOf(RUGAO)).toBe("acknowledged");
  expect((await office.says("如皋联络员", RUGAO)).labels).toContain("提交整改");
  const again = await office.says("市办", `移送 ${RUGAO} “约谈后仍不整改”`);
  expect(again.facts.transfer.no).toBe("移送〔2020〕2号");
});

test("a card of one issue decides the whole file", async () => {
  const second = (await office.says("市办", "交办 如皋 城管局 渣土车再次抛洒 3日")).facts.issue.no;
  await office.says("市办", "移送", { no: RUGAO, others: second.toLowerCase(), reason: "屡次抛洒" });
  await office.says("市领导", second);
  await office.presses("市领导", "同意移送");
  expect([await stateOf(RUGAO), await stateOf(second)]).toEqual(["transferred", "transferred"]);
  expect((await office.presses("市领导", "同意移送")).code).toBe("already-done");
});

test("one person is never on both sides", async () => {
  const lead = await office.bot.store.read((r) => r.people.byName("市领导"));
  await office.says("市办", `移送 ${RUGAO} “逾期拒不整改”`);
  // As if the proposal had been the lead's own.
  const issue = await office.bot.store.read((r) => r.issues.byNo(RUGAO));
  await office.bot.store.write((w) =>
    w.issues.move(issue?.id ?? 0, issue?.version ?? 0, { proposedBy: lead?.id ?? null }),
  );
  const answer = await office.presses("市领导", "同意移送");
  expect([answer.code, await stateOf(RUGAO)]).toEqual([
    expect.stringMatching(/forbidden|stale-action/),
    "transferring",
  ]);
  expect((await office.says("市领导", RUGAO)).labels).toEqual([]);
});

test.each([
  ["市办", "移送 NT-2020-000099 “不改”", "unknown-issue", "NT-2020-000099"],
  ["如皋领导", `移送 ${RUGAO} “不改”`, "forbidden", "不能提请移送"],
  ["市领导", `移送 ${RUGAO} “不改”`, "forbidden", "不能提请移送"],
])("%s: %s is refused as %s and changes nothing", async (who, phrase, code, says) => {
  const answer = await office.says(who, phrase);
  expect([answer.code, answer.message]).toEqual([code, expect.stringContaining(says)]);
  expect(await stateOf(RUGAO)).toBe("acknowledged");
  await office.expectCards([]);
});

test("issues of two units don't go together: none is frozen", async () => {
  const answer = await office.says("市办", "移送", { no: RUGAO, others: "NT-2020-000003", reason: "不改" });
  expect([answer.code, answer.message]).toEqual(["usage", expect.stringContaining("不是同一责任单位")]);
  expect([await stateOf(RUGAO), await stateOf("NT-2020-000003")]).toEqual(["acknowledged", "acknowledged"]);
});
