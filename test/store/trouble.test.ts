import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { ask } from "../../src/chat/router.ts";
import { anOffice } from "../support/office.ts";

/** Asks as the office would, faults of ours included. */
async function anOfficeInTrouble() {
  const office = await anOffice();
  const faults: string[] = [];
  const bot = { ...office.bot, report: (error: unknown) => faults.push((error as Error).message) };
  const person = await bot.store.read((r) => r.people.byName("市办"));
  const identity = { platform: "terminal", workspace: "", userKey: "office" } as const;
  const says = async (text: string) => (await ask(bot, { identity, person }, text)).answer;
  const issues = async () =>
    (await bot.store.read((r) => r.issues.list({ asOf: Number.MAX_SAFE_INTEGER }, 1))).total;
  const deliveries = () => bot.store.read((r) => r.outbox.newestId());
  return { office, faults, says, issues, deliveries };
}

test("while another program holds the file, reading works, a change is answered with patience, and nothing is half done", async () => {
  const { office, faults, says, issues, deliveries } = await anOfficeInTrouble();
  const before = [await issues(), await deliveries()];
  const other = new Database(office.file);
  other.exec("BEGIN IMMEDIATE");
  expect(await says("交办 海安 工地裸土未覆盖")).toMatchObject({ kind: "refusal", code: "internal" });
  expect(faults).toEqual(["database is locked"]);
  expect(await says("全市")).toMatchObject({ kind: "card" });
  other.exec("COMMIT");
  other.close();
  expect([await issues(), await deliveries()]).toEqual(before);

  expect(await says("交办 海安 工地裸土未覆盖")).toMatchObject({ kind: "card" });
  expect(await issues()).toBe((before[0] as number) + 1);
  office.close();
});
