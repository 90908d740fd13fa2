import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { aStage } from "../../support/telegram/stage.ts";

const full = process.env.TEST_FULL === "1";
const script = join(import.meta.dirname, "../../support/telegram/child.ts");

test(
  "killed at any moment, it loses no message, does nothing twice, and accounts for every delivery",
  async () => {
    const [kills, each] = full ? [60, 2] : [4, 5];
    const stage = await aStage({ start: false, second: 4, seed: 11 });
    const { server, bot } = stage;
    const user = await stage.member("市办");
    const personId = await stage.personId("市办");
    const start = () =>
      spawn(process.execPath, [script, stage.office.file, server.apiRoot, server.token, "4"], {
        stdio: ["ignore", "pipe", "inherit"],
      });
    const isUp = (child: ChildProcess) =>
      new Promise<void>((resolve) => child.stdout?.once("data", () => resolve()));
    const ended = (child: ChildProcess) =>
      new Promise<void>((resolve) => child.once("exit", () => resolve()));

    const orders: string[] = [];
    const pushes: string[] = [];
    let child = start();
    onTestFinished(async () => {
      child.kill("SIGKILL");
      await stage.close();
    });
    for (let round = 0; round < kills; round += 1) {
      await isUp(child);
      for (let i = 0; i < each; i += 1) {
        orders.push(`强杀${round}之${i}`);
        server.says(user, `交办 海安 “${orders.at(-1)}”`);
        pushes.push(await stage.queue({ personId }, { class: "must-not-repeat" }));
      }
      await new Promise((resolve) => setTimeout(resolve, Math.floor(server.random() * 60)));
      const gone = ended(child);
      child.kill("SIGKILL");
      await gone;
      child = start();
    }
    const rowsOf = async () => (await stage.outbox()).filter((row) => pushes.includes(row.key));
    await stage.until("everything is worked off", async () => {
      const waiting = await bot.store.read((r) => r.inbox.waiting("telegram"));
      const open = (await rowsOf()).filter((row) => ["pending", "sending"].includes(row.state));
      return server.unconfirmed() === 0 && waiting.length === 0 && open.length === 0;
    });
    const gone = ended(child);
    child.kill("SIGKILL");
    await gone;

    const { rows } = await bot.store.read((r) => r.issues.list({ asOf: Number.MAX_SAFE_INTEGER }, 5_000));
    expect(
      rows
        .map((row) => row.title)
        .filter((t) => t.startsWith("强杀"))
        .toSorted(),
    ).toEqual(orders.toSorted());
    for (const row of await rowsOf()) {
      const times = server.sent.filter((m) => new RegExp(`${row.key}(?!\\d)`).test(m.text)).length;
      expect(["sent", "ambiguous"]).toContain(row.state);
      expect(times).toBeLessThanOrEqual(1);
      if (row.state === "sent") expect(times).toBe(1);
    }
    expect(await bot.store.read((r) => r.audit.firstBroken())).toBeNull();
  },
  full ? 240_000 : 60_000,
);
