import { afterEach, beforeEach, expect, test } from "vitest";
import { firstMemberCode, furtherMemberCode, secondMemberCode } from "../../src/bot/first-member.ts";
import { leaves } from "../support/leaves.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ demoData: false });
});
afterEach(() => office.close());

const start = async () => (await firstMemberCode(office.bot))?.code ?? null;
const pc = { browser: "pc" };

test("each start of an office without anybody gives a new code, and the one before is void", async () => {
  const [first, second] = [await start(), await start()];
  expect((await office.says(pc, `绑定 ${first}`)).code).toBe("bad-code");
  expect((await office.says(pc, `绑定 ${second}`)).facts).toEqual({ person: "市办", role: "office" });
  expect(await start()).toBeNull();
});

test("a code that nobody used in time is followed by another", async () => {
  await start();
  await office.advanceTo("2020-06-16T08:30");
  expect((await office.says(pc, `绑定 ${await start()}`)).code).toBeNull();
});

test("when everybody of the office has left, a new member comes in under a name of their own", async () => {
  await office.says(pc, `绑定 ${await start()}`);
  leaves(office, "市办");
  expect((await office.says({ browser: "new" }, `绑定 ${await start()}`)).facts.person).toBe("市办2");
  expect((await office.says(pc, "今日")).code).toBe("not-linked");
});

test("a member who only ever sat at the machine's terminal leaves the way in open", async () => {
  await office.says(null, `绑定 ${await start()}`);
  expect(await start()).not.toBeNull();
});

test("other members are no office", async () => {
  await office.says(pc, `绑定 ${await start()}`);
  const { code } = (await office.says(pc, "邀请 赵市长 市领导")).facts;
  await office.says({ browser: "lead" }, `绑定 ${code}`);
  leaves(office, "市办");
  expect(await start()).not.toBeNull();
});

test("on an administrator's word an office of any size gets one more, which is written down and told", async () => {
  await office.says(pc, `绑定 ${await start()}`);
  await office.says({ browser: "second" }, `绑定 ${(await secondMemberCode(office.bot))?.code}`);
  expect([await start(), await secondMemberCode(office.bot)]).toEqual([null, null]);
  const further = await furtherMemberCode(office.bot);
  const [row] = await office.bot.store.read((r) => r.audit.latest(1));
  expect(row).toMatchObject({ act: "invite", actor: "系统管理员", subject: "invitation:市办3" });
  await office.expectCards([{ to: "市办", title: /^新成员：市办2/ }]);
  expect((await office.says({ browser: "third" }, `绑定 ${further?.code}`)).facts.person).toBe("市办3");
  await office.expectCards(["市办", "市办2"].map((to) => ({ to, title: /^新成员：市办3/ })));
});

test("a demonstration needs none", async () => {
  const demonstration = await anOffice();
  expect(await firstMemberCode(demonstration.bot)).toBeNull();
  expect(await furtherMemberCode(demonstration.bot)).toBeNull();
  demonstration.close();
});
