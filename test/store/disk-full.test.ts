import Database from "better-sqlite3";
import { expect, onTestFinished, test, vi } from "vitest";
import { healthOf } from "../../src/bot/health.ts";
import { ask } from "../../src/bot/router.ts";
import type { DrawnCard } from "../../src/chat/card.ts";
import type { Door } from "../../src/delivery/door.ts";
import { receive } from "../../src/delivery/inbound.ts";
import { deliverDue } from "../../src/delivery/worker.ts";
import { importFile } from "../../src/incoming/import-file.ts";
import { receiveFile } from "../../src/incoming/received-file.ts";
import { type Connection, openConnection } from "../../src/store/open.ts";
import { openStore } from "../../src/store/store.ts";
import { anOffice } from "../support/office.ts";

/** An office whose disk can be filled up and freed while it runs: the writing connection may add no page. */
async function anOfficeOnASmallDisk() {
  const office = await anOffice();
  const opened: Connection[] = [];
  const store = openStore(office.file, (file) => {
    const connection = openConnection(file);
    opened.push(connection);
    return connection;
  });
  onTestFinished(() => {
    store.close();
    office.close();
  });
  const writing = opened[0] as Connection;
  const faults: string[] = [];
  const bot = { ...office.bot, store, report: (error: unknown) => faults.push((error as Error).message) };
  const person = await store.read((r) => r.people.byName("市办"));
  const identity = { platform: "terminal", workspace: "", userKey: "office" } as const;
  const today = office.bot.office.today(await office.bot.clock.now());
  return {
    bot,
    faults,
    /** The disk has room for so many more pages. */
    room(pages: number) {
      const used = writing.pragma("page_count", { simple: true }) as number;
      writing.pragma(`max_page_count = ${used + pages}`);
    },
    free: () => writing.pragma("max_page_count = 1073741823"),
    says: async (text: string) => (await ask(bot, { identity, person }, text)).answer,
    issues: async () => (await store.read((r) => r.issues.list({ asOf: Number.MAX_SAFE_INTEGER }, 1))).total,
    health: () => healthOf(bot, today),
    /** Takes a message in; whether it was acknowledged. */
    takes: (externalId: string) =>
      receive(bot, { platform: "slack", externalId, payload: { text: "海安".repeat(2000) } }).then(
        (row) => row !== null,
        () => false,
      ),
    kept: async (externalId: string) => (await store.read((r) => r.inbox.find("slack", externalId))) !== null,
  };
}

test.each([0, 1, 2, 5, 11])(
  "a disk that is full after %i pages: nothing is acknowledged that isn't kept, reading works, it is told, and all goes on when there is room",
  async (pages) => {
    const office = await anOfficeOnASmallDisk();
    const before = await office.issues();
    expect((await office.health()).ok).toBe(true);
    office.room(pages);
    const acknowledged: string[] = [];
    const refused: string[] = [];
    let assigned = 0;
    for (let i = 0; i < 12; i++) {
      (await office.takes(`m${i}`)) ? acknowledged.push(`m${i}`) : refused.push(`m${i}`);
      const answer = await office.says(`交办 海安 工地裸土未覆盖${i}`);
      if (answer.kind === "card") assigned += 1;
      else
        expect(answer).toMatchObject({ code: "not-saved", message: expect.stringContaining("10分钟后再试") });
    }
    expect(refused).not.toEqual([]);
    expect(new Set(office.faults)).toEqual(new Set(["database or disk is full"]));
    expect(await office.says("全市")).toMatchObject({ kind: "card" });
    const ill = await office.health();
    expect(ill.ok).toBe(false);
    expect(ill.parts.find((part) => part.name === "database")?.detail).toContain("disk is full");

    office.free();
    // The platform brings what was not acknowledged again.
    for (const id of refused) expect(await office.takes(id)).toBe(true);
    for (const id of [...acknowledged, ...refused]) expect(await office.kept(id)).toBe(true);
    expect(await office.says("交办 海安 工地裸土未覆盖")).toMatchObject({ kind: "card" });
    expect(await office.issues()).toBe(before + assigned + 1);
    const raw = new Database(office.bot.store.file, { readonly: true });
    expect(raw.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(raw.pragma("foreign_key_check")).toEqual([]);
    raw.close();
    expect(await office.bot.store.read((r) => r.audit.firstBroken())).toBeNull();
    const later = vi.spyOn(performance, "now").mockReturnValue(performance.now() + 120_000);
    onTestFinished(() => later.mockRestore());
    expect((await office.health()).ok).toBe(true);
  },
);

test.each([0, 3, 12])(
  "a disk that is full after %i pages of an import: nothing of it is in, and all of it is when there is room",
  async (pages) => {
    const office = await anOfficeOnASmallDisk();
    const lines = ["日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h"];
    for (let i = 0; i < 3000; i++)
      lines.push(
        `${Temporal.PlainDate.from("2013-01-01").add({ days: i % 1500 })},${i < 1500 ? "海安" : "启东"},35,60,9,30,1.0,90`,
      );
    const file = { name: "历年.csv", bytes: new TextEncoder().encode(lines.join("\n")) };
    const brings = () => importFile(office.bot, file, { person: null, partial: false });
    const days = () => office.bot.store.read((r) => r.air.days("haian", "2013-01-01", "2017-12-31"));
    office.room(pages);
    await expect(brings()).rejects.toThrow(/full/);
    expect(await days()).toEqual([]);
    expect(await office.bot.store.read((r) => r.batches.latest(5))).toEqual([]);
    office.free();
    expect(await brings()).toMatchObject({ added: 3000, batch: 1, sameAs: null });
    expect(await days()).toHaveLength(1500);
  },
);

test("whoever sends a table to a full disk is told so, and can send it again when there is room", async () => {
  const office = await anOfficeOnASmallDisk();
  const bytes = new TextEncoder().encode(
    "日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h\n2013-06-14,海安,31,55,8,20,0.7,120\n",
  );
  const person = await office.bot.store.read((r) => r.people.byName("市办"));
  const identity = { platform: "terminal", workspace: "", userKey: "office" } as const;
  const name = `${"历年".repeat(90)}.csv`;
  const sends = () => receiveFile(office.bot, { identity, person }, { name }, async () => bytes);
  // The page that notes what is imported has no room for a name as long as this one.
  await office.bot.store.write((w) =>
    w.importRuns.begin({ personId: person?.id ?? 0, name: "x".repeat(4000), inboxId: null, at: 0 }),
  );
  office.room(0);
  const [told] = ((await sends()) as DrawnCard).blocks;
  expect(told).toMatchObject({
    text: expect.stringMatching(/^服务器磁盘已满，现在不能保存，还没有办理。请告诉系统管理员清理磁盘/),
  });
  expect(new Set(office.faults)).toEqual(new Set(["database or disk is full"]));
  expect((await office.health()).ok).toBe(false);
  office.free();
  expect(await sends()).toMatchObject({ title: `已导入：${name}` });
});

test("what a platform accepted just before the disk was full is written down later, and not sent again", async () => {
  const office = await anOfficeOnASmallDisk();
  const person = await office.bot.store.read((r) => r.people.byName("海安联络员"));
  const personId = person?.id ?? 0;
  await office.bot.store.write(async (w) => {
    await w.people.pushTo(personId, "slack");
    for (const key of ["a", "b"]) {
      const card = { title: key, text: "通报".repeat(3000) };
      await w.outbox.queue({ key, to: { personId }, class: "must-not-repeat", card }, 1);
    }
  });
  const sent: string[] = [];
  const door: Door = {
    platform: "slack",
    remote: true,
    async deliver({ key }) {
      sent.push(key);
      office.room(0);
      // No page has room for so long a receipt.
      return { kind: "accepted", chat: "D1", externalId: key.padEnd(5000) };
    },
  };
  const round = () => deliverDue(office.bot, [door], () => 0);
  await expect(round()).rejects.toThrow(/full/);
  await expect(round()).rejects.toThrow(/full/);
  expect(sent).toEqual(["a"]);
  office.free();
  await round().catch(() => undefined);
  office.free();
  await round();
  expect(sent).toEqual(["a", "b"]);
  expect(await office.bot.store.read((r) => r.outbox.countByState())).toMatchObject({ sent: 2, sending: 0 });
});
