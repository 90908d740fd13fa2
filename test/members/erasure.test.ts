import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { firstMemberCode, secondMemberCode } from "../../src/bot/first-member.ts";
import { receive } from "../../src/delivery/inbound.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const [first, second, wang] = [{ browser: "first" }, { browser: "second" }, { browser: "wang" }];
const PHONE = "13812345678";
const SAID = "我家住人民路八号";

/** A running office of two, and a liaison who has been there and said things. */
let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ demoData: false });
  await office.says(first, `绑定 ${(await firstMemberCode(office.bot))?.code}`);
  await office.says(second, `绑定 ${(await secondMemberCode(office.bot))?.code}`);
  const { facts } = await office.says(first, "邀请 王联络 县区联络员 海安");
  await office.says(wang, `绑定 ${facts.code}`);
  await office.says(wang, "今日");
  const { id } = await member("王联络");
  await office.bot.store.write(async (w) => {
    await w.people.setPhone(id, PHONE);
    const conversation = { personId: id };
    await w.messages.add({ platform: "web", conversation, direction: "in", text: SAID, at: 0 });
    await w.people.bind(id, { platform: "slack", workspace: "T1", userKey: "U0WANG" }, 0);
  });
  const payload = { event: { user: "U0WANG", text: SAID } };
  const row = await receive(office.bot, { platform: "slack", externalId: "m1", payload });
  await office.bot.store.write((w) => w.inbox.finish(row?.id ?? 0, "done", null));
});
afterEach(() => office.close());

const member = async (name: string) => {
  const person = await office.bot.store.read((r) => r.people.byName(name));
  if (person === null) throw new Error(`nobody is called ${name}`);
  return person;
};
/** The tables, the audit apart, in which a text stands. */
const tablesWith = (text: string) => {
  const raw = new Database(office.file, { readonly: true });
  const tables = raw.prepare("select name from sqlite_schema where type = 'table'").pluck().all() as string[];
  const found = tables.filter((table) =>
    JSON.stringify(raw.prepare(`select * from "${table}"`).all()).includes(text),
  );
  raw.close();
  return found.filter((table) => table !== "audit").toSorted();
};
const button = async (name: string, label: string) => {
  const card = (await office.cardsOf(name)).findLast(({ title }) => title.startsWith("请确认删除个人信息"));
  const found = card?.buttons.find((one) => one.label === label);
  return found?.kind === "press" ? found.token : "";
};
const secondName = async () =>
  (await office.bot.store.read((r) => r.people.withRoles(["office"])))[1]?.name ?? "";

test("of somebody who is in office nothing is erased: they leave first, and the refusal says how", async () => {
  expect(await office.says(first, "删除个人信息 王联络")).toMatchObject({
    code: "conflict",
    message: expect.stringContaining("离任 王联络"),
  });
  expect(await office.says(first, "删除个人信息 没有这个人")).toMatchObject({ code: "unknown-person" });
  expect(await office.says(wang, "删除个人信息 王联络")).toMatchObject({ code: "forbidden" });
  expect(tablesWith(PHONE)).not.toEqual([]);
});

test("a second member of the office agrees; then contact, accounts and what was said are gone, histories and the audit whole", async () => {
  await office.says(first, "离任 王联络");
  const asked = await office.says(first, "删除个人信息 王联络");
  expect(asked.text).toContain("审计只增不改");
  expect(tablesWith(SAID)).toEqual(["inbox", "message"]);
  const other = await secondName();
  const token = await button(other, "同意");
  // It waits for their answer, and so for no digest.
  const queued = await office.bot.store.read((r) => r.outbox.after(0));
  expect(queued.at(-1)?.row).toMatchObject({ class: "must-arrive", uncounted: "signature" });
  // Not by who asked for it, whatever they press.
  expect((await office.presses(first, token)).code).toBe("stale-action");
  const done = await office.presses(second, token);
  expect(done.card.title).toBe("已删除个人信息：王联络");
  expect(done.facts.erased).toMatchObject({ phones: 1, accounts: 2, messages: expect.any(Number) });
  for (const text of [PHONE, SAID, "U0WANG"]) expect([text, tablesWith(text)]).toEqual([text, []]);
  expect((await member("王联络")).active).toBe(false);
  expect(await office.bot.store.read((r) => r.audit.firstBroken())).toBeNull();
  expect((await office.says(first, "审计 王联络")).text).toContain("离任");
  expect((await office.presses(second, token)).code).toBe("already-done");
  // Who comes back is invited anew, and is who they were.
  const again = await office.says(first, "邀请 王联络 县区联络员 海安");
  expect(again.code).toBeNull();
});

test("who has come back by then stays as they are, and who has left the office by then can't agree", async () => {
  await office.says(first, "离任 王联络");
  await office.says(first, "删除个人信息 王联络");
  const other = await secondName();
  const [yes, no] = [await button(other, "同意"), await button(other, "不同意")];
  const { facts } = await office.says(first, "邀请 王联络 县区联络员 海安");
  await office.says({ browser: "again" }, `绑定 ${facts.code}`);
  expect(await office.presses(second, yes)).toMatchObject({ code: "conflict" });
  expect(tablesWith(PHONE)).not.toEqual([]);
  await office.says(first, `调岗 ${other} 海安联络员`);
  for (const token of [yes, no])
    expect(await office.presses(second, token)).toMatchObject({ code: "forbidden" });
  expect(tablesWith(SAID)).toEqual(["inbox", "message"]);
});

test("the second member refuses: nothing is erased, and who asked is told", async () => {
  await office.says(first, "离任 王联络");
  await office.says(first, "删除个人信息 王联络");
  const other = await secondName();
  expect((await office.presses(second, await button(other, "不同意"))).card.title).toContain("未同意");
  expect(tablesWith(PHONE)).not.toEqual([]);
  const [firstName] = await office.bot.store.read((r) => r.people.withRoles(["office"]));
  expect((await office.cardsOf(firstName?.name ?? "")).at(-1)?.title).toBe("未同意删除个人信息：王联络");
});

test("whoever is the office's only member is told that it takes two", async () => {
  await office.says(first, "离任 王联络");
  await office.says(first, `离任 ${await secondName()}`);
  expect(await office.says(first, "删除个人信息 王联络")).toMatchObject({
    code: "conflict",
    message: expect.stringContaining("两人"),
  });
});
