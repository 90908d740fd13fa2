import { afterEach, beforeEach, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const invited = async (name = "王联络") =>
  (await office.says("市办", `邀请 ${name} 县区联络员 海安`)).facts.code as string;
const types = async (browser: string, code: string) => office.says({ browser }, `绑定 ${code}`);
/** So many codes that nobody has made. */
const wrong = async (browser: string, times: number) => {
  for (let i = 0; i < times; i++) expect((await types(browser, `WRONG22${i}`)).code).toBe("bad-code");
};

test("after five wrong codes an account waits, with a right code as well, until the hour is over", async () => {
  const code = await invited();
  await wrong("visitor", 4);
  await office.advanceTo("2020-06-15T08:45");
  await wrong("visitor", 1);
  const locked = await types("visitor", code);
  expect(locked.code).toBe("too-many");
  // The first of the five is an hour old then.
  expect(locked.message).toContain("6月15日 09:30");
  expect((await types("visitor", "WRONG222")).code).toBe("too-many");
  await office.advanceTo("2020-06-15T09:30");
  expect((await types("visitor", code)).code).toBeNull();
});

test("one who waits keeps nobody else waiting, and a member's work goes on", async () => {
  await wrong("visitor", 5);
  expect((await types("other", await invited())).code).toBeNull();
  expect((await office.says({ browser: "other" }, "海安")).code).toBeNull();
});

test("many accounts that try together are stopped together, and the office hears of it once", async () => {
  const code = await invited();
  for (let i = 0; i < 13; i++) await wrong(`stranger-${i}`, i < 12 ? 4 : 2);
  expect((await types("newcomer", code)).code).toBe("too-many");
  for (let i = 0; i < 20; i++) expect((await types(`stranger-${20 + i}`, "WRONG222")).code).toBe("too-many");
  await office.expectCards([{ to: "市办", title: "暂停绑定新账号" }]);
  await office.advanceTo("2020-06-15T09:30");
  expect((await types("newcomer", code)).code).toBeNull();
});

test("those who try at the same moment are counted one after the other", async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => types("visitor", `WRONG2${i}`)));
  expect(answers.filter((a) => a.code === "bad-code")).toHaveLength(5);
  expect(answers.filter((a) => a.code === "too-many")).toHaveLength(25);
});

test("a wrong code is written down as denied, with the account and without the code; a restart forgets nothing", async () => {
  const code = await invited();
  await wrong("visitor", 5);
  const rows = (await office.bot.store.read((r) => r.audit.latest(5))).map((row) => ({
    ...row,
    detail: JSON.parse(row.detail),
  }));
  for (const row of rows)
    expect(row).toMatchObject({
      act: "link",
      outcome: "denied",
      actor: "陌生人",
      subject: "account:web//visitor",
      detail: { why: "unknown", account: { platform: "web", workspace: "", userKey: "visitor" } },
    });
  expect(JSON.stringify(rows)).not.toContain("WRONG22");
  expect(await office.bot.store.read((r) => r.audit.firstBroken())).toBeNull();

  const again = await anOffice({ database: office.file });
  expect((await again.says({ browser: "visitor" }, `绑定 ${code}`)).code).toBe("too-many");
  again.bot.store.close();
});

test("used and expired codes count as wrong ones; a right one for somebody who is a member is not looked at", async () => {
  const [used, open] = [await invited("甲联络"), await invited("乙联络")];
  await types("member", used);
  for (let i = 0; i < 8; i++) expect((await types("member", `WRONG22${i}`)).code).toBe("already-done");
  for (let i = 0; i < 5; i++) expect((await types("visitor", used)).code).toBe("bad-code");
  expect((await types("visitor", open)).code).toBe("too-many");
});
