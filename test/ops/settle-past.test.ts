import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { settlePast } from "../../src/ops/settle-past.ts";
import { copyDatabase } from "../../src/store/inspection.ts";
import type { Reader } from "../../src/store/store.ts";
import { aFolder } from "../support/folder.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const BACKUP = "2020-06-15T08:40";

/** An office as it stood at the time of its backup, and what it sent until it was lost. */
async function anOfficeLostAt(lostAt: string) {
  const lost = await anOffice();
  onTestFinished(() => lost.close());
  await lost.advanceTo(BACKUP);
  await lost.says("市办", "交办 海安 裸土未覆盖 1个工作日");
  const copy = join(aFolder(), "lantian.db");
  await copyDatabase(lost.file, copy);
  const before = await newest(lost);
  await lost.advanceTo(lostAt);
  return { copy, sent: await sentSince(lost, before) };
}

const newest = ({ bot }: AnOffice) => bot.store.read((r) => r.outbox.newestId());
/** What has gone out after row `before`: which job, for which moment, to whom. */
async function sentSince({ bot }: AnOffice, before: number, read = (r: Reader) => r.outbox.after(before)) {
  const rows = await bot.store.read(read);
  const sent = rows.filter(({ row }) => row.state === "sent");
  const pieces = await bot.store.read((r) =>
    Promise.all(
      sent.map(async ({ row, audience }) => {
        const parts = await r.outbox.partsOf(row.id);
        return (parts.length > 0 ? parts : [row]).map((piece) => ({ row: piece, audience }));
      }),
    ),
  );
  return pieces.flat().map(({ row: { job, slot, title }, audience }) =>
    // A rung of the ladder is told once, whenever.
    title.includes("（报") ? `${audience} ${title}` : `${job} ${slot} ${audience} ${title}`,
  );
}

async function restoredAt(copy: string, at: string) {
  const office = await anOffice({ database: copy, at });
  onTestFinished(() => office.close());
  return office;
}

test.each([
  ["the same day", "2020-06-15T15:00", "2020-06-15T16:00"],
  ["at night, when what is late is left for the morning", "2020-06-17T18:00", "2020-06-17T23:30"],
  ["days later", "2020-06-17T17:00", "2020-06-18T08:30"],
])("restored %s: nothing that was sent since the backup is sent again", async (_when, lostAt, restored) => {
  const { copy, sent } = await anOfficeLostAt(lostAt);
  expect(sent.join("\n")).toContain("空气质量周通报");
  const office = await restoredAt(copy, restored);
  const before = await newest(office);
  const findings = await settlePast(office.bot, { at: BACKUP });
  expect(findings.every(({ ok }) => ok)).toBe(true);
  await office.wakesAt(restored);
  await office.advanceTo("2020-06-19T12:00");
  const again = new Set(await sentSince(office, before));
  expect(sent.filter((delivery) => again.has(delivery))).toEqual([]);

  // The office finds all of it in 投递, and decides.
  const inDoubt = await office.bot.store.read((r) => r.outbox.troubled(1000));
  expect(inDoubt.filter(({ row }) => row.title.startsWith("空气质量周通报"))).toHaveLength(50);
  const shown = await office.says("市办", "投递");
  expect(shown.text).toContain("系统从备份恢复，备份之后可能已经送达");
  expect(shown.labels.some((label) => label.startsWith("重发"))).toBe(true);
});

test("what falls due after the restore goes out as ever: the next notice, the next reminder, the next rung", async () => {
  const { copy } = await anOfficeLostAt("2020-06-16T18:00");
  const office = await restoredAt(copy, "2020-06-16T23:30");
  await settlePast(office.bot, { at: BACKUP });
  await office.advanceTo("2020-06-22T09:00");
  const since = await sentSince(office, 0);
  expect(since.filter((sent) => sent.includes(" 空气质量周通报"))).toHaveLength(50);
  const reminders = since.filter((sent) => sent.includes("海安联络员 整改超期提醒"));
  expect(reminders.map((sent) => sent.split("海安联络员 ")[1])).toEqual(
    // The 1st, 2nd and 4th day of work after the deadline.
    [1, 2, 6].map((days) => `整改超期提醒（已超期${days}天）：裸土未覆盖`),
  );
  expect(since).toContain("市办 逾期未签收（报市攻坚办）：海安“裸土未覆盖”");
});

test("a job that fails keeps nobody from being restored, and is told", async () => {
  const { copy } = await anOfficeLostAt("2020-06-15T10:00");
  const office = await restoredAt(copy, "2020-06-15T11:00");
  const schedules = office.bot.registry.schedules.map((job) => ({
    ...job,
    deliver: () => Promise.reject(new Error("it can't be made")),
  }));
  const bot = { ...office.bot, registry: { ...office.bot.registry, schedules } };
  expect((await settlePast(bot, { at: BACKUP })).filter(({ ok }) => !ok)).toEqual([
    { name: "what fell due", ok: false, detail: "it can't be made" },
  ]);
  const [last] = await office.bot.store.read((r) => r.audit.latest(1));
  expect(last).toMatchObject({ act: "restore" });
});
