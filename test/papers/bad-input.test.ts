import { once } from "node:events";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { Door } from "../../src/delivery/door.ts";
import { deliverDue } from "../../src/delivery/worker.ts";
import { webDoor } from "../../src/platforms/web/door.ts";
import { bulletin, issues } from "../support/bulletin.ts";
import { startChild } from "../support/child.ts";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { piecesAfter } from "../support/pieces.ts";

// What goes wrong between a draft and its readers, each as an office meets it.

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ at: "2020-06-16T10:00" });
});
afterEach(() => office.close());

const EARLY = { draftedAt: "08:00" } as const;
const stands = async (no: string, who = "市办") => (await office.says(who, `文件 ${no}`)).facts;
const correctAir = (date: string, value: number) =>
  importText(office, ["日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h", `${date},海安,${value},110,8,30,0.7,90`]);
const signed = async (no: string) => {
  await office.says("市办", `审核 ${no}`);
  return office.says("市领导", `签发 ${no}`);
};
/** Who was sent the bulletin of a day. */
const readersOf = async (day: string) => {
  const all = await piecesAfter(office.bot, 0);
  return all.filter(({ title }) => title === `每日快讯（${day}）`).map(({ to }) => to);
};

describe("a value that is corrected between the signature and the sending", () => {
  test("has to be signed again: nothing goes out at the slot, and whoever checks sees what is other", async () => {
    issues(office, bulletin(EARLY));
    await office.advanceTo("2020-06-17T08:10");
    expect((await signed("1号")).text).toContain("09:00发出，发出前再核对一次数据");
    const { number } = await stands("1号");
    await correctAir("2020-06-16", 99);
    await office.advanceTo("2020-06-17T09:00");
    expect(await readersOf("2020-06-16")).toEqual([]);
    expect(await stands("1号")).toMatchObject({ state: "draft", version: 2, signed: null, issued: null });
    const asked = (await office.cardsOf("市办")).findLast(({ title }) => title.startsWith("待审核"));
    expect(JSON.stringify(asked)).toContain("与上一稿相比有1处变化");
    await office.says("市办", "审核 1号");
    await office.presses("市领导", "签发");
    // It keeps the number that it was given with the first signature.
    expect(await stands("1号")).toMatchObject({ state: "issued", number, figures: { pm25: 99 } });
    expect(await readersOf("2020-06-16")).toHaveLength(11);
  });

  test("of what goes out unchecked as 快报: the check was of other figures, and doesn't count", async () => {
    issues(office, bulletin({ ...EARLY, signing: "check", unattended: "quick" }));
    await office.advanceTo("2020-06-17T08:10");
    await office.says("市办", "审核 1号");
    await correctAir("2020-06-16", 99);
    await office.advanceTo("2020-06-17T09:00");
    expect(await stands("1号")).toMatchObject({
      state: "issued",
      quick: true,
      figures: { pm25: 99 },
      checked: null,
    });
  });
});

describe("a signer who leaves", () => {
  test("what waited for them is on the list of what passes on, and whoever comes signs it", async () => {
    issues(office, bulletin());
    await office.advanceTo("2020-06-17T09:00");
    await office.says("市办", "审核 1号");
    await office.bot.store.write(({ people }) =>
      people.add({ name: "新市领导", role: "city-lead", regionId: null, departmentId: null, createdAt: 0 }),
    );
    const left = await office.says("市办", "离任 市领导 接任新市领导");
    expect(left.facts.handover.items).toContainEqual(
      expect.objectContaining({ kind: "paper", no: "1号", what: "签发", to: "新市领导" }),
    );
    expect((await office.says("市领导", "签发 1号")).code).toBe("forbidden");
    // They have seen no draft yet: the word shows it, the button signs it.
    expect((await office.says("新市领导", "签发 1号")).card.title).toContain("请先看1号");
    await office.presses("新市领导", "签发");
    expect(await stands("1号")).toMatchObject({ state: "issued", signed: { by: "新市领导" } });
  });

  test("with nobody after them the office is told that nobody signs, and what is drafted next is asked of the office", async () => {
    issues(office, bulletin());
    await office.advanceTo("2020-06-17T09:00");
    await office.says("市办", "审核 1号");
    const left = await office.says("市办", "离任 市领导");
    expect(left.facts.handover.items).toContainEqual(expect.objectContaining({ no: "1号", to: "" }));
    expect((await office.says("市办", "签发 1号")).message).toContain("须由市领导签发");
    expect((await office.says("市办", "待审签")).facts.others).toMatchObject([{ no: "1号" }]);
    await office.advanceTo("2020-06-18T09:00");
    await office.says("市办", "审核 2号");
    const asked = (await office.cardsOf("市办")).findLast(({ title }) => title.startsWith("待签发"));
    expect(asked?.title).toBe("待签发：每日快讯（2020-06-17）");
    expect(JSON.stringify(asked)).toContain("现在没有市领导，请邀请或任命后签发。");
  });

  test("whoever stands in has it on their list, and signs for them", async () => {
    issues(office, bulletin());
    await office.advanceTo("2020-06-17T09:00");
    await office.says("市办", "审核 1号");
    await office.says("市领导", "请假 6月17日到6月19日 由督查代理");
    const list = (await office.cardsOf("督查")).find(({ title }) => title.includes("由您代理市领导"));
    expect(JSON.stringify(list)).toContain("每日快讯（2020-06-16）");
    await office.says("督查", "签发 1号");
    expect(await stands("1号")).toMatchObject({ state: "issued", signed: { by: "督查代市领导" } });
  });
});

describe("a slot that isn't the planned one", () => {
  const NEXT = {
    when: { cron: "0 9 * * *", dayRule: "next-working-day" },
    catchUp: "latest-within-3-days",
  } as const;
  const { clock } = bulletin();
  const moving = () =>
    bulletin(
      { ...EARLY, signing: "check", unattended: "quick" },
      { clock: { ...clock, ...NEXT } as typeof clock & {} },
    );

  test("a holiday that is entered moves the draft with it; each paper goes out once", async () => {
    issues(office, moving());
    await importText(office, ["日期,类型,名称", "2020-06-17,休,放假"], { by: "市办" });
    await office.advanceTo("2020-06-17T23:00");
    expect(await office.bot.store.read((r) => r.officialPapers.ofKey("bulletin", "2020-06-16"))).toBeNull();
    await office.advanceTo("2020-06-18T08:30");
    expect(await stands("1号")).toMatchObject({
      state: "draft",
      drafted: { at: "2020-06-18T08:00:00+08:00" },
    });
    await office.advanceTo("2020-06-19T12:00");
    for (const day of ["2020-06-16", "2020-06-17", "2020-06-18"])
      expect(await readersOf(day)).toHaveLength(11);
  });

  test("a job that is paused across its slot drafts nothing, and issues nothing", async () => {
    issues(office, bulletin({ ...EARLY, signing: "check", unattended: "quick" }));
    await office.says("市办", "暂停 每日快讯 到6月17日 “数据复核”");
    await office.advanceTo("2020-06-17T12:00");
    expect(await office.bot.store.read((r) => r.officialPapers.ofKey("bulletin", "2020-06-16"))).toBeNull();
    await office.advanceTo("2020-06-18T09:00");
    expect(await readersOf("2020-06-16")).toEqual([]);
    expect(await readersOf("2020-06-17")).toHaveLength(11);
  });

  test("what was drafted before the pause, or before its slot was moved, waits for it though it is checked after nine", async () => {
    issues(office, bulletin({ ...EARLY, signing: "check", unattended: "quick" }));
    await office.advanceTo("2020-06-17T08:10");
    await office.says("市办", "改期 每日快讯 6月17日 到 6月17日15时 “等领导审阅”");
    await office.advanceTo("2020-06-17T10:00");
    await office.says("市办", "审核 1号");
    expect(await readersOf("2020-06-16")).toEqual([]);
    await office.advanceTo("2020-06-17T15:00");
    expect(await readersOf("2020-06-16")).toHaveLength(11);
    expect(await stands("1号")).toMatchObject({ state: "issued", quick: false });
    await office.advanceTo("2020-06-18T08:10");
    await office.says("市办", "暂停 每日快讯 到6月18日 “数据复核”");
    await office.advanceTo("2020-06-18T10:00");
    expect((await office.says("市办", "审核 2号")).text).toContain("任务已暂停，恢复后由市办补发");
    await office.advanceTo("2020-06-18T12:00");
    expect(await readersOf("2020-06-17")).toEqual([]);
    await office.says("市办", "恢复 每日快讯");
    await office.says("市办", "立即执行 每日快讯 6月18日 “补上”");
    expect(await stands("2号")).toMatchObject({ state: "issued", quick: false, recipients: 11 });
  });
});

test("two papers that are signed at once have two numbers, one after the other", async () => {
  issues(office, bulletin());
  await office.advanceTo("2020-06-18T09:00");
  for (const no of ["1号", "2号"]) await office.says("市办", `审核 ${no}`);
  const both = await Promise.all(["1号", "2号"].map((no) => office.says("市领导", `签发 ${no}`)));
  expect(both.map(({ facts }) => facts.number).toSorted()).toEqual(["快讯〔2020〕1号", "快讯〔2020〕2号"]);
});

test("of 300 recipients 20 can't be reached: the others have it once, and the office is told of each of the 20", async () => {
  const added = await office.bot.store.write(async ({ people }) => {
    const ids: number[] = [];
    for (let n = 0; n < 300; n += 1) {
      const post = { role: "county-lead", regionId: "haian", departmentId: null } as const;
      ids.push((await people.add({ name: `县领导${n}`, ...post, createdAt: 0 })).id);
    }
    for (const id of ids.slice(0, 20)) await people.pushTo(id, "slack");
    return new Set(ids);
  });
  issues(
    office,
    bulletin(
      { signing: "none" },
      {
        async to(_about, _facts, { store }) {
          const all = await store.people.withRoles(["county-lead"]);
          return all.filter(({ id }) => added.has(id)).map((person) => ({ to: { person } }));
        },
      },
    ),
  );
  await office.advanceTo("2020-06-17T09:00");
  const elsewhere: Door = {
    platform: "slack",
    remote: true,
    deliver: async () => ({ kind: "unreachable", why: "account_inactive" }),
  };
  const { bot } = office;
  // Tried again and again, ever later, until it is given up.
  let later = Date.parse("2020-06-17T01:00:30Z");
  for (let round = 0; round < 40; round += 1) {
    await deliverDue(bot, [webDoor(bot), elsewhere], () => later);
    later += 3_600_000;
  }
  const rows = (await bot.store.read((r) => r.outbox.after(0))).filter(
    ({ row }) => row.subject === "paper:1",
  );
  const ofState = Map.groupBy(rows, ({ row }) => row.state);
  expect([...ofState].map(([state, own]) => [state, own.length]).toSorted()).toEqual([
    ["failed", 20],
    ["sent", 280],
  ]);
  expect(new Set(rows.map(({ row }) => row.personId)).size).toBe(300);
  expect(await stands("1号")).toMatchObject({ state: "issued", recipients: 300 });
  // 投递 lists each of them, ten on a page, beside what else they weren't given.
  const listed = new Set<string>();
  for (let page = 1; page <= 4; page += 1)
    for (const [line] of (await office.says("市办", `投递 第${page}页`)).text.matchAll(
      /县领导\d+\s+每日快讯.*/g,
    ))
      listed.add(line);
  expect(listed.size).toBe(20);
});

test("killed between its number and its issue, a paper has neither: it is signed again with the same number", async () => {
  issues(office, bulletin());
  await office.advanceTo("2020-06-17T09:00");
  await office.says("市办", "审核 1号");
  const child = startChild(join(import.meta.dirname, "killed-signing-child.ts"), office.file, "签发 1号");
  onTestFinished(() => void child.kill("SIGKILL"));
  const [, signal] = await once(child, "exit");
  expect(signal).toBe("SIGKILL");
  expect(await stands("1号")).toMatchObject({ state: "checked", number: null, issued: null });
  const raw = new Database(office.file, { readonly: true });
  expect(raw.prepare("select no from document_number where kind = 'bulletin'").all()).toEqual([]);
  raw.close();
  await office.says("市领导", "签发 1号");
  expect(await stands("1号")).toMatchObject({ state: "issued", number: "快讯〔2020〕1号" });
});
