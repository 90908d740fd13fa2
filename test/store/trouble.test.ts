import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import Database from "better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";
import { ask } from "../../src/bot/router.ts";
import { receive } from "../../src/delivery/inbound.ts";
import { anOffice } from "../support/office.ts";

const root = join(import.meta.dirname, "../..");

/** Asks as the office would, faults of ours included. */
async function anOfficeInTrouble() {
  const office = await anOffice();
  onTestFinished(() => office.close());
  const faults: string[] = [];
  const bot = { ...office.bot, report: (error: unknown) => faults.push((error as Error).message) };
  const person = await bot.store.read((r) => r.people.byName("市办"));
  const identity = { platform: "terminal", workspace: "", userKey: "office" } as const;
  const says = async (text: string) => (await ask(bot, { identity, person }, text)).answer;
  const issues = async () =>
    (await bot.store.read((r) => r.issues.list({ asOf: Number.MAX_SAFE_INTEGER }, 1))).total;
  const deliveries = () => bot.store.read((r) => r.outbox.newestId());
  return { office, bot, faults, says, issues, deliveries };
}

test("while another program holds the file, reading works, a change is answered with patience, and nothing is half done", async () => {
  const { office, faults, says, issues, deliveries } = await anOfficeInTrouble();
  const before = [await issues(), await deliveries()];
  const other = new Database(office.file);
  other.exec("BEGIN IMMEDIATE");
  expect(await says("交办 海安 工地裸土未覆盖")).toMatchObject({ kind: "refusal", code: "not-saved" });
  expect(faults).toEqual(["database is locked"]);
  expect(await says("全市")).toMatchObject({ kind: "card" });
  other.exec("COMMIT");
  other.close();
  expect([await issues(), await deliveries()]).toEqual(before);

  expect(await says("交办 海安 工地裸土未覆盖")).toMatchObject({ kind: "card" });
  expect(await issues()).toBe((before[0] as number) + 1);
});

describe("another process that holds the file", () => {
  /** Another process keeps the file to itself until it is told to let go. Resolves once it has it. */
  async function hold(file: string) {
    const code = `import Database from "better-sqlite3";
      const other = new Database(${JSON.stringify(file)}, { timeout: 10_000 });
      other.exec("BEGIN IMMEDIATE");
      console.log("held");
      process.stdin.once("data", () => { other.exec("COMMIT"); process.exit(); });`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", code], { cwd: root });
    const gone = once(child, "exit");
    onTestFinished(() => void child.kill());
    await once(child.stdout, "data");
    return () => {
      child.stdin.write("go");
      return gone;
    };
  }

  /** Ten changes and ten messages at once while the file is held, which ends after so many ms, or when all have been told. */
  async function busyWhileHeld(ms: number | "all told") {
    const trouble = await anOfficeInTrouble();
    const { office, bot, says, issues } = trouble;
    const before = await issues();
    const delay = monitorEventLoopDelay({ resolution: 5 });
    const letGo = await hold(office.file);
    delay.enable();
    const numbers = Array.from({ length: 10 }, (_, i) => i);
    const told = Promise.all([
      Promise.all(numbers.map((i) => says(`交办 海安 工地裸土未覆盖${i}`))),
      Promise.all(
        numbers.map((i) =>
          receive(bot, { platform: "slack", externalId: `m${i}`, payload: {} }).then(
            (row) => row !== null,
            () => false,
          ),
        ),
      ),
    ]);
    await (ms === "all told" ? told : new Promise((resolve) => setTimeout(resolve, ms)));
    const gone = letGo();
    const [answers, messages] = await told;
    delay.disable();
    await gone;
    const done = answers.filter(({ kind }) => kind === "card").length;
    expect(await issues()).toBe(before + done);
    for (const i of numbers) {
      const row = await bot.store.read((r) => r.inbox.find("slack", `m${i}`));
      expect(row !== null).toBe(messages[i]);
    }
    return { ...trouble, answers, messages, longestBlock: delay.max / 1e6 };
  }

  test("for a moment costs patience only: everything waits and is done", async () => {
    const { answers, messages, longestBlock } = await busyWhileHeld(200);
    expect(answers.filter(({ kind }) => kind !== "card")).toEqual([]);
    expect(messages).not.toContain(false);
    expect(longestBlock).toBeLessThan(1000);
  });

  test("for long: everybody is told to try again while it is still held, and what was refused is simply not there", async () => {
    const { answers, messages, longestBlock, says, issues } = await busyWhileHeld("all told");
    for (const answer of answers)
      expect(answer).toMatchObject({ code: "not-saved", message: expect.stringContaining("再试") });
    expect(messages).not.toContain(true);
    expect(longestBlock).toBeLessThan(1000);
    const before = await issues();
    expect(await says("交办 海安 工地裸土未覆盖")).toMatchObject({ kind: "card" });
    expect(await issues()).toBe(before + 1);
  });
});
