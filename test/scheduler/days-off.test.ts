import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Lantian } from "../../src/bot/lantian.ts";
import type { CatchUp } from "../../src/chat/command.ts";
import { schedule } from "../../src/chat/schedule.ts";
import type { When } from "../../src/domain/day-rule.ts";
import { reconcile } from "../../src/scheduler/reconcile.ts";
import { walk } from "../../src/scheduler/walk.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { piecesAfter } from "../support/pieces.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ at: "2020-09-01T08:00" });
});
afterEach(() => office.close());

const instant = (local: string) =>
  Temporal.PlainDateTime.from(local).toZonedDateTime("Asia/Shanghai").toInstant();

const JOB = "moved-test";

/** The same bot with one job only, which tells 市办 which slot of which day it is. */
function withJob(when: When, catchUp: CatchUp = "all"): Lantian {
  const job = schedule({
    name: JOB,
    title: "测试",
    when,
    audience: ["office"],
    catchUp,
    async deliver({ at }, { store, today }) {
      const person = await store.people.byName("市办");
      if (person === null) return [];
      const card = { title: `${at.toPlainDate()} on ${today}`, blocks: [] };
      return [{ to: { person }, card, class: "card" as const }];
    },
  });
  return { ...office.bot, registry: { ...office.bot.registry, schedules: [job] } };
}
const at = (bot: Lantian, local: string): Lantian => ({
  ...bot,
  clock: { now: async () => instant(local) },
});
const titles = async () =>
  (await piecesAfter(office.bot, 0)).filter(({ job }) => job?.startsWith(JOB)).map(({ title }) => title);

const MONDAYS = { cron: "0 9 * * 1", dayRule: "next-working-day" } as const;

describe("a slot on a day off", () => {
  test("goes out on the next working day, with the week that it was planned for", async () => {
    const bot = withJob(MONDAYS);
    await walk(bot, instant("2020-09-28T00:00"), instant("2020-10-13T00:00"), async () => {});
    expect(await titles()).toEqual([
      "2020-09-28 on 2020-09-28",
      "2020-10-05 on 2020-10-09",
      "2020-10-12 on 2020-10-12",
    ]);
  });

  test("two that move to one day are two slots: neither is lost", async () => {
    const bot = withJob(MONDAYS);
    // The spring festival of 2026 ran from Sunday, 15 February, to Monday, 23 February.
    await walk(bot, instant("2026-02-09T00:00"), instant("2026-02-25T00:00"), async () => {});
    expect(await titles()).toEqual([
      "2026-02-09 on 2026-02-09",
      "2026-02-16 on 2026-02-24",
      "2026-02-23 on 2026-02-24",
    ]);
  });

  test("isn't late before its own day: the holiday is no downtime", async () => {
    const bot = withJob(MONDAYS, "skip");
    await reconcile(at(bot, "2020-09-29T09:00"));
    for (const moment of ["2020-10-05T09:00", "2020-10-08T23:59", "2020-10-09T08:59"])
      expect((await reconcile(at(bot, moment))).due, moment).toBe(0);
    expect(await reconcile(at(bot, "2020-10-09T09:00"))).toMatchObject({ ran: 1, skipped: 0 });
    expect((await reconcile(at(bot, "2020-10-09T09:01"))).due).toBe(0);
  });

  test("a bot that begins in the holiday still has the slot before it", async () => {
    const bot = withJob(MONDAYS);
    await reconcile(at(bot, "2020-10-07T12:00"));
    await reconcile(at(bot, "2020-10-09T09:00"));
    expect(await titles()).toEqual(["2020-10-05 on 2020-10-09"]);
  });

  test("by the other rule it goes out before the holiday, once", async () => {
    const bot = withJob({ cron: "0 9 1 * *", dayRule: "previous-working-day" });
    await walk(bot, instant("2020-09-02T00:00"), instant("2020-11-03T00:00"), async () => {});
    // 1 November was a Sunday.
    expect(await titles()).toEqual(["2020-10-01 on 2020-09-30", "2020-11-01 on 2020-10-30"]);
  });

  test("a bot that begins behind a slot that was moved ahead doesn't make up for it", async () => {
    const bot = withJob({ cron: "0 9 1 * *", dayRule: "previous-working-day" });
    await reconcile(at(bot, "2020-09-30T12:00"));
    await reconcile(at(bot, "2020-10-30T09:00"));
    expect(await titles()).toEqual(["2020-11-01 on 2020-10-30"]);
  });
});

test("a working day of the month, of the quarter, and every working day", async () => {
  const play = async (when: When, name: string) => {
    const before = (await titles()).length;
    const bot = withJob(when);
    const jobs = bot.registry.schedules.map((job) => ({ ...job, name: `${JOB}-${name}` }));
    const named = { ...bot, registry: { ...bot.registry, schedules: jobs } };
    await walk(named, instant("2020-09-25T00:00"), instant("2020-10-31T00:00"), async () => {});
    return (await titles()).slice(before).map((title) => title.slice(-5));
  };
  expect(await play({ workingDay: 5, of: "month", at: "09:00" }, "month")).toEqual(["10-14"]);
  expect(await play({ workingDay: 10, of: "quarter", at: "09:00" }, "quarter")).toEqual(["10-21"]);
  expect((await play({ workingDay: "every", at: "08:15" }, "daily")).slice(0, 6)).toEqual(
    ["09-25", "09-27", "09-28", "09-29", "09-30", "10-09"], // Sunday the 27th was worked
  );
});

test("a holiday entered later moves what hasn't gone out, and repeats nothing that has", async () => {
  const bot = withJob(MONDAYS);
  await reconcile(at(bot, "2027-02-01T10:00"));
  // Nobody has entered 2027: Monday the 8th is taken for a working day, and the notice goes out.
  expect((await reconcile(at(bot, "2027-02-08T09:00"))).ran).toBe(1);
  await bot.store.write(async ({ holidays }) => {
    for (const date of ["08", "09", "10", "11", "12", "15"])
      await holidays.put({ date: `2027-02-${date}`, kind: "off", name: "春节" });
  });
  expect((await reconcile(at(bot, "2027-02-15T09:00"))).due).toBe(0);
  expect((await reconcile(at(bot, "2027-02-16T09:00"))).ran).toBe(1);
  expect(await titles()).toEqual(["2027-02-08 on 2027-02-08", "2027-02-15 on 2027-02-16"]);
});

test.each([
  [16, "month"],
  [0, "month"],
  [21, "quarter"],
] as const)("no job can ask for working day %i of a %s: not every one has it", (workingDay, of) => {
  expect(() => withJob({ workingDay, of, at: "09:00" })).toThrow("has a working day no.");
});
