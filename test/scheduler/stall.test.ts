import { expect, test } from "vitest";
import { startTicking } from "../../src/scheduler/tick.ts";
import { anOffice } from "../support/office.ts";
import { until } from "../support/until.ts";

// Three beats of ten seconds each: in the large run only.
const full = process.env.TEST_FULL === "1";
const STALL_MS = 5_000;

test.runIf(full)(
  "a slot that falls due while the process stands still is run, late and once",
  async ({ annotate }) => {
    const office = await anOffice({ at: "2020-06-15T08:59:50" });
    const { store } = office.bot;
    const faults: unknown[] = [];
    let beats = 0;
    let time = Temporal.PlainDateTime.from("2020-06-15T08:59:50")
      .toZonedDateTime("Asia/Shanghai")
      .toInstant();
    const bot = { ...office.bot, clock: { now: async () => time } };
    const beaten = async () => {
      beats++;
    };
    const ticking = startTicking(bot, beaten, (fault) => faults.push(fault));
    const runs = async () =>
      (await store.read((r) => r.ledger.run("weekly-notice", 0, Number.MAX_SAFE_INTEGER))).length;
    try {
      await until(() => beats === 1);
      const before = await runs();
      time = time.add({ seconds: 10 });
      const end = performance.now() + STALL_MS;
      while (performance.now() < end);
      const at = beats;
      await until(() => beats >= at + 2);
      expect(await runs()).toBe(before + 1);
      time = time.add({ seconds: 10 });
      await until(() => beats >= at + 3);
      expect(await runs()).toBe(before + 1);
      expect(faults).toEqual([]);
      await annotate(`${STALL_MS / 1000} s`);
    } finally {
      await ticking.stop();
      office.close();
    }
  },
);
