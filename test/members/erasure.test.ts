import { readFileSync } from "node:fs";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
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
const rowsOf = (table: string) => {
  const raw = new Database(office.file, { readonly: true });
  const rows = JSON.stringify(raw.prepare(`select * from "${table}"`).all());
  raw.close();
  return rows;
};
const button = async (name: string, label: string, of = /^请确认删除个人信息/) => {
  const card = (await office.cardsOf(name)).findLast(({ title }) => of.test(title));
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

test("what they were sent goes as well; that they were sent it stays", async () => {
  const { id } = await member("王联络");
  const card = { title: "家访通知", blocks: [{ kind: "text", text: "青年路七号" }] };
  await office.bot.store.write((w) =>
    w.outbox.queue({ key: "told", to: { personId: id }, class: "must-arrive", card }, 0 as never),
  );
  await office.says(first, "离任 王联络");
  await office.says(first, "删除个人信息 王联络");
  expect(tablesWith("青年路七号")).toContain("outbox_card");
  await office.presses(second, await button(await secondName(), "同意"));
  expect(tablesWith("青年路七号")).toEqual([]);
  expect(await office.bot.store.read((r) => r.outbox.find("told"))).toMatchObject({
    ...{ personId: id, title: "家访通知" },
    card: JSON.stringify({ title: "家访通知", blocks: [] }),
  });
});

test("what is erased stands in no free page of the file either", async () => {
  const holds = (text: string) => readFileSync(office.file).includes(text);
  const settled = () => {
    const raw = new Database(office.file);
    raw.pragma("wal_checkpoint(TRUNCATE)");
    raw.close();
  };
  settled();
  expect([holds(SAID), holds("U0WANG")]).toEqual([true, true]);
  await office.says(first, "离任 王联络");
  await office.says(first, "删除个人信息 王联络");
  await office.presses(second, await button(await secondName(), "同意"));
  settled();
  expect([holds(SAID), holds("U0WANG")]).toEqual([false, false]);
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

describe("of three of the office", () => {
  const third = { browser: "third" };
  let others: string[];
  beforeEach(async () => {
    const { facts } = await office.says(first, "邀请 李三办 市办");
    await office.presses(second, await button(await secondName(), "同意", /^请确认授权/));
    await office.says(third, `绑定 ${facts.code}`);
    others = [await secondName(), "李三办"];
    await office.says(first, "离任 王联络");
    await office.says(first, "删除个人信息 王联络");
  });
  /** What each of the two who are asked sees of it now. */
  const seen = async () => {
    const cards = await Promise.all(others.map((name) => office.cardsOf(name)));
    return cards.map((all) => {
      const card = all.findLast(({ title }) => /删除个人信息/.test(title) && title.includes("王联络"));
      return [card?.title, card?.buttons.map(({ label }) => label)];
    });
  };

  test("one agrees: the other's buttons are gone, and the old one decides nothing", async () => {
    const late = await button("李三办", "不同意");
    expect(await seen()).toEqual(others.map(() => ["请确认删除个人信息：王联络", ["同意", "不同意"]]));
    // What asks them once more, as on another platform, is the same question.
    const asking = (await office.cardsOf("李三办")).findLast(({ title }) => /^请确认删除/.test(title));
    const again = { title: asking?.title ?? "", subject: asking?.subject ?? "", blocks: [] };
    const { id } = await member("李三办");
    await office.bot.store.write((w) =>
      w.outbox.queue({ key: "again", to: { personId: id }, class: "must-arrive", card: again }, 0 as never),
    );
    await office.says(first, "今日");
    await office.presses(second, await button(others[0] ?? "", "同意"));
    expect((await seen())[1]).toEqual(["删除个人信息已办结：王联络", []]);
    const left = (await office.cardsOf("李三办")).filter(({ title }) => /^请确认删除/.test(title));
    expect(left).toEqual([]);
    expect(await office.presses(third, late)).toMatchObject({ code: "already-done" });
  });

  test("one refuses: nobody can agree any more, until it is asked for anew", async () => {
    const late = await button("李三办", "同意");
    await office.presses(second, await button(others[0] ?? "", "不同意"));
    expect((await seen())[1]).toEqual(["删除个人信息已办结：王联络", []]);
    expect(await office.presses(third, late)).toMatchObject({
      code: "already-done",
      message: expect.stringContaining("重新提出"),
    });
    expect(tablesWith(PHONE)).not.toEqual([]);
    await office.wakesAt("2020-06-15T09:00");
    await office.says(first, "删除个人信息 王联络");
    await office.presses(third, await button("李三办", "同意"));
    expect(tablesWith(PHONE)).toEqual([]);
  });

  test("nobody decides for a week: it is over for everybody, and whoever asked is told", async () => {
    const late = await button("李三办", "同意");
    await office.wakesAt("2020-06-22T08:00");
    expect(await seen()).toEqual(others.map(() => ["请确认删除个人信息：王联络", ["同意", "不同意"]]));
    await office.wakesAt("2020-06-23T08:00");
    expect(await seen()).toEqual(others.map(() => ["删除个人信息已办结：王联络", []]));
    expect(await office.presses(third, late)).toMatchObject({ code: "already-done" });
    const [firstName] = await office.bot.store.read((r) => r.people.withRoles(["office"]));
    expect((await office.cardsOf(firstName?.name ?? "")).map(({ title }) => title)).toContain(
      "删除个人信息已办结：王联络",
    );
  });

  test("who comes back meanwhile ends it on the next day", async () => {
    const { facts } = await office.says(first, "邀请 王联络 县区联络员 海安");
    await office.says({ browser: "again" }, `绑定 ${facts.code}`);
    await office.wakesAt("2020-06-16T08:00");
    expect(await seen()).toEqual(others.map(() => ["删除个人信息已办结：王联络", []]));
  });
});

test("their name and number go from what was written freely, and stay in the file of a case and in the audit", async () => {
  await office.bot.store.write(async (w) => {
    const { id } = await member("王联络");
    await w.people.add({
      name: "王联络员",
      createdAt: 0,
      role: "county-liaison",
      regionId: "haian" as never,
    });
    const said = "王联络与王联络员到场，电话138 1234 5678";
    await w.jobPauses.begin({
      job: "weekly-notice",
      pausedAt: 0,
      until: null,
      pausedBy: id,
      reason: said,
    } as never);
    await w.progress.report({
      ...{ indicatorId: "m24-road-dust", regionId: "haian" as never, date: "2020-06-01", value: "1" },
      ...{ note: said, personId: id, reportedAt: 0 as never },
    });
    await w.progress.report({
      ...{ indicatorId: "m24-road-dust", regionId: "haian" as never, date: "2020-06-02", value: "1" },
      ...{ note: "电话１３８１２３４５６７８", personId: id, reportedAt: 0 as never },
    });
  });
  const { facts } = await office.says(first, "交办", {
    county: "海安",
    title: "王联络反映的裸土",
    due: "30日",
  });
  await office.says(first, "离任 王联络");
  await office.says(first, "删除个人信息 王联络");
  const done = await office.presses(second, await button(await secondName(), "同意"));
  expect(done.facts.erased).toMatchObject({ texts: 3 });
  expect(done.text).toContain("文字记录3处");
  for (const table of ["job_pause", "progress"])
    expect(rowsOf(table)).toContain("〔已删除〕与王联络员到场，电话〔已删除〕");
  expect(rowsOf("progress")).not.toContain("５６７８");
  expect((await office.says(first, `问题 ${facts.issue.no}`)).text).toContain("王联络反映的裸土");
  expect((await office.says(first, "审计 王联络")).text).toContain("离任");
});
