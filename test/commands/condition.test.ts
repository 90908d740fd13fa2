import { afterAll, beforeAll, expect, test } from "vitest";
import { healthOf } from "../../src/bot/health.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
const platform = { ok: true };
const backup = { hours: 3, ok: true };
beforeAll(async () => {
  office = await anOffice();
  office.bot.connected = () => [
    {
      name: "slack",
      health: () => ({ ok: platform.ok, detail: platform.ok ? "connected" : "token_revoked" }),
    },
    {
      name: "backup",
      health: () => ({ ok: true, detail: "newest" }),
      state: () => ({ ok: backup.ok, detail: "old" }),
      gauges: () => [{ name: "backup_age_seconds", help: "", value: backup.hours * 3600 }],
    },
  ];
});
afterAll(() => office.close());

type Part = { name: string; ok: boolean; says: string };
const partsIn = (facts: Record<string, unknown>) => facts.parts as Part[];

test("the office reads in the chat what /health says, in its own words", async () => {
  const { facts, text } = await office.says("市办", "运维");
  const { parts } = await healthOf(
    office.bot,
    Temporal.PlainDate.from("2020-06-15"),
    office.bot.connected?.(),
  );
  expect(partsIn(facts).map(({ name, ok }) => ({ name, ok }))).toEqual([
    ...parts.map(({ name, ok }) => ({ name, ok })),
    { name: "messages", ok: true },
  ]);
  expect(facts).toMatchObject({ ok: true });
  expect(text).toMatch(/运维.*都正常/);
  expect(text).toMatch(/备份.*最新一份3小时前/);
  expect(text).toMatch(/监测数据.*最新2020-06-15/);
  expect(text).toMatch(/收到的消息.*都已答复/);
});

test("a message counts as waiting from a minute on, by the clock of a demonstration as well", async () => {
  const { store, clock } = office.bot;
  const now = (await clock.now()).epochMilliseconds;
  const waits = async (seconds: number) => {
    const message = { platform: "slack", externalId: `m${seconds}`, payload: "{}" };
    const row = await store.write((w) => w.inbox.receive({ ...message, receivedAt: now - seconds * 1000 }));
    const { facts } = await office.says("市办", "运维");
    await store.write((w) => w.inbox.finish(row?.id ?? 0, "done", null));
    return partsIn(facts).at(-1);
  };
  expect(await waits(59)).toEqual({ name: "messages", ok: true, says: "都已答复" });
  expect(await waits(299)).toEqual({ name: "messages", ok: true, says: "最早一条等了4分钟" });
  expect(await waits(301)).toEqual({ name: "messages", ok: false, says: "最早一条等了5分钟" });
});

test("a platform that is down and a backup that is old are told, with the figure", async () => {
  Object.assign(platform, { ok: false });
  Object.assign(backup, { hours: 40, ok: false });
  const { facts, text } = await office.says("市办", "运维");
  expect(facts).toMatchObject({ ok: false });
  expect(text).toMatch(/2项异常/);
  expect(text).toMatch(/Slack.*异常：token_revoked/);
  expect(text).toMatch(/备份.*40小时前/);
  Object.assign(platform, { ok: true });
  Object.assign(backup, { hours: 3, ok: true });
});

test("a message that nobody has answered for minutes is told, and members whom nothing can reach", async () => {
  const { facts: before } = await office.says("市办", "运维");
  const now = (await office.bot.clock.now()).epochMilliseconds;
  await office.bot.store.write(async ({ inbox, people }) => {
    await inbox.receive({
      platform: "slack",
      externalId: "1",
      payload: "{}",
      receivedAt: now - 600_000,
    });
    const person = await people.byName("海安联络员");
    await people.bind(person?.id ?? (0 as never), { platform: "slack", workspace: "T1", userKey: "U1" }, 0);
  });
  const { facts, text } = await office.says("市办", "运维");
  expect(partsIn(facts).find(({ name }) => name === "messages")).toMatchObject({ ok: false });
  expect(text).toContain("最早一条等了10分钟");
  expect(facts.withoutAccount).toBe((before.withoutAccount as number) - 1);
  expect(text).toMatch(/没有账号的成员.*等\d+人/);
});

test.each(["海安联络员", "市领导", "督查"])("%s is refused", async (who) => {
  expect((await office.says(who, "运维")).code).toBe("forbidden");
});
