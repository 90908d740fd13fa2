import sharp from "sharp";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readDocument } from "../output/document.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { readyToTransfer } from "../support/records.ts";

const RUGAO = "NT-2020-000001";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const stateOf = async (no: string) => (await office.bot.store.read((r) => r.issues.byNo(no)))?.state;

test("what a transfer rests on is asked for first: who looked into it, and that its unit was urged", async () => {
  const bare = await office.says("市办", `移送 ${RUGAO} “逾期拒不整改”`);
  expect([bare.code, bare.instead]).toEqual(["usage", [`登记调查 ${RUGAO}`, `催办 ${RUGAO}`]]);
  expect(bare.message).toContain(`${RUGAO}缺调查记录和送达责任单位的督促记录`);

  await office.says("市办", `催办 ${RUGAO} “请今天报进展”`);
  expect((await office.says("市办", `移送 ${RUGAO} “逾期拒不整改”`)).message).toContain(
    `${RUGAO}缺调查记录。`,
  );

  await office.says("督查", `登记调查 ${RUGAO}`);
  const form = { people: "张三、李四", on: "2020-06-12", text: "渣土车仍未密闭" };
  for (const [field, value, says] of [
    ["on", "2020-06-16", "还没有到"],
    ["on", "2020-05-30", "早于交办"],
    ["people", "张", "写明调查人"],
    ["text", "脏", "写明调查情况"],
  ] as const)
    expect((await office.presses("督查", "登记调查", { ...form, [field]: value })).message).toContain(says);
  await office.presses("督查", "登记调查", form);
  expect((await office.says("市办", `问题 ${RUGAO}`)).text).toContain(
    "2020年6月12日，张三、李四：渣土车仍未密闭",
  );
  expect((await office.says("市办", `移送 ${RUGAO} “逾期拒不整改”`)).code).toBeNull();
});

test("what another unit was told before 改派, or what nobody got, is no urging of this one", async () => {
  await readyToTransfer(office, RUGAO);
  await office.advanceTo("2020-06-15T09:30");
  await office.says("市办", `问题 ${RUGAO} 更多`);
  await office.presses("市办", "改派", { county: "海安", due: "5个工作日", text: "属海安" });
  const answer = await office.says("市办", `移送 ${RUGAO} “拒不整改”`);
  expect(answer.message).toContain(`${RUGAO}缺调查记录和送达责任单位的督促记录`);
});

test("the clock's own reminders count as they were delivered, one of a message of several once", async () => {
  const second = (await office.says("市办", "交办 如皋 城管局 渣土车再次抛洒 3日")).facts.issue.no;
  for (const no of [RUGAO, second]) await investigatedBy("市办", no);
  await office.advanceTo("2020-06-16T08:00");
  expect((await office.says("市办", `移送 ${RUGAO} “拒不整改”`)).message).toContain(
    `${RUGAO}缺送达责任单位的督促记录`,
  );
  await office.advanceTo("2020-06-22T12:00");
  await office.says("市办", "移送", { no: RUGAO, others: second, reason: "拒不整改" });
  const letter = readDocument((await office.opens("市办", "移送件2020-1移送函.docx")).bytes).paragraphs;
  const urging = letter.filter((text) => /督促\d+次（/.test(text));
  expect(urging).toHaveLength(2);
  for (const [i, no] of [RUGAO, second].entries()) {
    expect(urging[i]).toMatch(new RegExp(`^${no}：2020年6月\\d+日`));
    expect(urging[i]).toContain("送达如皋联络员（如皋市联络员）");
    // Each reminder is one, however many people it reached and whatever else stood in the message.
    const [, all, each] = /督促(\d+)次（(.*)），送达/.exec(urging[i] ?? "") ?? [];
    const sum = [...(each ?? "").matchAll(/(\d+)次/g)].reduce((total, [, n]) => total + Number(n), 0);
    expect(Number(all)).toBe(sum);
    expect(each).not.toContain("件）");
  }
});

/** 登记调查 by its form. */
async function investigatedBy(who: string, no: string) {
  await office.says(who, `登记调查 ${no}`);
  const form = { people: "张三、李四", on: "2020-06-15", text: "现场仍未整改" };
  expect((await office.presses(who, "登记调查", form)).code).toBeNull();
}

test("the office proposes, the city's lead reads the letter and signs: it is frozen at once and ends there", async () => {
  await readyToTransfer(office, RUGAO);
  await office.expectCards([{ to: "如皋联络员", title: /^整改超期提醒/ }]);
  const { facts } = await office.says("市办", `移送 ${RUGAO} “逾期拒不整改”`);
  expect(facts.transfer).toMatchObject({
    no: "移送件2020-1",
    number: null,
    state: "proposed",
    unit: "如皋市人民政府、南通市城市管理局",
    reason: "逾期拒不整改",
    proposedBy: "市办",
    decidedBy: null,
    issues: [RUGAO],
  });
  await office.expectCards([
    { to: "市领导", title: /^提请移送，待审批：如皋市人民政府、南通市城市管理局1件问题$/ },
  ]);
  expect((await office.says("如皋联络员", RUGAO)).labels).toEqual([]);
  expect((await office.says("市领导", "今日")).facts.toDecide).toEqual([RUGAO]);
  const [asked] = (await office.cardsOf("市领导")).reverse();
  const names = asked?.files?.map(({ name }) => name) ?? [];
  expect(names).toEqual([
    "移送件2020-1移送函.docx",
    "移送件2020-1移送函第1页.png",
    "移送件2020-1移送函第2页.png",
    "移送件2020-1移送材料.zip",
  ]);
  const page = await office.opens("市领导", "移送件2020-1移送函第1页.png");
  expect((await sharp(page.bytes).metadata()).format).toBe("png");

  const approved = await office.presses("市领导", "同意移送", { text: "同意" });
  expect(approved.facts.transfer).toMatchObject({
    state: "approved",
    number: "通攻坚办移〔2020〕1号",
    decidedBy: "市领导",
  });
  await office.expectCards(
    ["市办", "督查"].map((to) => ({ to, title: "同意移送：如皋市人民政府、南通市城市管理局1件问题" })),
  );
  expect(await stateOf(RUGAO)).toBe("transferred");
  for (const who of ["市办", "督查", "市领导", "如皋领导"])
    expect((await office.says(who, `问题 ${RUGAO} 更多`)).labels).toEqual(["经过图", "公文"]);
  // Nothing falls due for it any more.
  await office.advanceTo("2020-06-19T12:00");
  const rows = await office.bot.store.read((r) => r.outbox.after(0));
  expect(
    rows.filter(
      ({ row }) =>
        row.job === "issue-deadlines" && row.title.includes("渣土车") && row.key.startsWith("issue"),
    ),
  ).toEqual([]);
});

test("what isn't approved goes on where it stood, and no number was given for it", async () => {
  await readyToTransfer(office, RUGAO);
  await office.says("市办", `移送 ${RUGAO} “逾期拒不整改”`);
  await office.presses("市领导", "不同意移送", { text: "先约谈" });
  expect(await stateOf(RUGAO)).toBe("acknowledged");
  expect((await office.says("如皋联络员", RUGAO)).labels).toContain("提交整改");
  const again = await office.says("市办", `移送 ${RUGAO} “约谈后仍不整改”`);
  expect(again.facts.transfer.no).toBe("移送件2020-2");
  await office.presses("市领导", "同意移送");
  expect((await office.says("市办", "文号 移送")).facts.rows.map(({ no }: { no: string }) => no)).toEqual([
    "通攻坚办移〔2020〕1号",
  ]);
});

test("a card of one issue decides the whole file", async () => {
  const second = (await office.says("市办", "交办 如皋 城管局 渣土车再次抛洒 3日")).facts.issue.no;
  for (const no of [RUGAO, second]) await readyToTransfer(office, no);
  await office.says("市办", "移送", { no: RUGAO, others: second.toLowerCase(), reason: "屡次抛洒" });
  await office.says("市领导", second);
  await office.presses("市领导", "同意移送");
  expect([await stateOf(RUGAO), await stateOf(second)]).toEqual(["transferred", "transferred"]);
  expect((await office.presses("市领导", "同意移送")).code).toBe("already-done");
});

test("one person is never on both sides", async () => {
  await readyToTransfer(office, RUGAO);
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
