import { afterEach, beforeEach, expect, test } from "vitest";
import { hashOfCode } from "../../src/office/invitation.ts";
import { leaves } from "../support/leaves.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const visitor = { browser: "visitor-1" };

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const invited = async (phrase = "邀请 王联络 县区联络员 海安") =>
  (await office.says("市办", phrase)).facts.code as string;

test.each(["海安", "帮助", "今日", "交办 海安 裸土 3日", "胡说八道", "", "/people"])(
  "a stranger who says “%s” is told how to link, and nothing else",
  async (said) => {
    const answer = await office.says(null, said);
    expect(answer.code).toBe("not-linked");
    expect(answer.message).toContain("绑定 邀请码");
    expect(answer.deliveries).toEqual([]);
  },
);

test("a code makes a stranger the person that the invitation names, with role and scope", async () => {
  const code = await invited();
  expect((await office.says(visitor, `绑定 ${code}`)).facts).toEqual({
    person: "王联络",
    role: "county-liaison",
  });
  expect((await office.says(visitor, "海安")).facts.county).toBe("海安");
  expect((await office.says(visitor, "如东")).code).toBe("forbidden");
});

test("whoever has joined gets what the role gets from then on", async () => {
  await office.says(visitor, `绑定 ${await invited()}`);
  await office.says("市办", "交办 海安 裸土未覆盖 3个工作日");
  await office.expectCards(["海安联络员", "王联络"].map((to) => ({ to, title: /^新的交办/ })));
});

test("case, blanks and hyphens of a code don't matter", async () => {
  const code = await invited();
  const typed = `${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase();
  expect((await office.says(visitor, `绑定 ${typed}`)).code).toBeNull();
});

test("a code works once", async () => {
  const code = await invited();
  await office.says(visitor, `绑定 ${code}`);
  const second = await office.says({ browser: "visitor-2" }, `绑定 ${code}`);
  expect(second.code).toBe("bad-code");
  expect(second.message).toContain("已经用过");
  expect((await office.says({ browser: "visitor-2" }, "海安")).code).toBe("not-linked");
});

test("of two who redeem it at once one joins", async () => {
  const code = await invited();
  const answers = await Promise.all(
    ["a", "b", "c"].map((browser) => office.says({ browser }, `绑定 ${code}`)),
  );
  expect(answers.map((a) => a.code).toSorted()).toEqual(["bad-code", "bad-code", null].toSorted());
});

test("a code expires after a day", async () => {
  const code = await invited();
  await office.advanceTo("2020-06-16T08:30");
  const late = await office.says(visitor, `绑定 ${code}`);
  expect(late.code).toBe("bad-code");
  expect(late.message).toContain("过期");
});

test.each(["绑定 AAAAAAAA", "绑定 000", "绑定 1 or 1=1", "link ABCDEFGH"])(
  "%s is a wrong code",
  async (said) => {
    const answer = await office.says(visitor, said);
    expect(answer.code).toBe("bad-code");
    expect((await office.says(visitor, "海安")).code).toBe("not-linked");
  },
);

test("no code at all says how it is written; a member is told how a further account is made", async () => {
  expect((await office.says(visitor, "绑定")).code).toBe("usage");
  await office.says(visitor, `绑定 ${await invited()}`);
  const answer = await office.says(visitor, "绑定");
  expect(answer).toMatchObject({ code: "already-done", instead: ["绑定新账号"] });
});

test("who is linked already need not do it again, and the code stays good", async () => {
  await office.says(visitor, `绑定 ${await invited()}`);
  const other = await invited("邀请 李联络 县区联络员 如东");
  expect((await office.says(visitor, `绑定 ${other}`)).code).toBe("already-done");
  expect((await office.says({ browser: "visitor-2" }, `绑定 ${other}`)).code).toBeNull();
});

test("the audit says which account it was, by which invitation and whose, and never the code", async () => {
  const code = await invited();
  await office.says(visitor, `绑定 ${code}`);
  const [linked, made] = (await office.bot.store.read((r) => r.audit.latest(2))).map((row) => ({
    ...row,
    detail: JSON.parse(row.detail),
  }));
  expect(linked).toMatchObject({ act: "link", outcome: "done" });
  expect(linked?.detail).toMatchObject({
    account: { platform: "web", workspace: "", userKey: "visitor-1" },
    invitation: made?.detail.invitation,
    inviter: { name: "市办" },
  });
  expect(made).toMatchObject({ act: "invite", subject: "invitation:王联络" });
  expect(made?.detail).toMatchObject({
    name: "王联络",
    role: "county-liaison",
    regionId: "haian",
    expiresAt: "2020-06-16T00:30:00Z",
  });
  expect(JSON.stringify([linked, made])).not.toContain(code);
  expect(JSON.stringify([linked, made])).not.toContain(hashOfCode(code));
});

test("of somebody who is to decide over others the office and the city's leads hear when they join", async () => {
  await office.says(visitor, `绑定 ${await invited("邀请 赵市长 市领导")}`);
  await office.expectCards(["市办", "市领导"].map((to) => ({ to, title: "新成员：赵市长（市领导）" })));
  await office.says({ browser: "visitor-2" }, `绑定 ${await invited()}`);
  await office.expectCards([]);
});

test("a code of an inviter who has left since is good for nothing", async () => {
  const first = await invited("邀请 李主任 市办");
  await office.says(visitor, `绑定 ${first}`);
  const { facts } = await office.says(visitor, "邀请 钱主任 市办");
  leaves(office, "李主任");
  const answer = await office.says({ browser: "visitor-2" }, `绑定 ${facts.code}`);
  expect(answer.code).toBe("bad-code");
  expect(answer.message).toContain("邀请人已停用");
});
