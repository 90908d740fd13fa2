import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WEEKLY_READERS } from "../../src/air/week-report.ts";
import type { Lantian } from "../../src/bot/lantian.ts";
import type { CatchUp } from "../../src/chat/command.ts";
import { schedule } from "../../src/chat/schedule.ts";
import { reconcile } from "../../src/scheduler/reconcile.ts";
import { walk } from "../../src/scheduler/walk.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { piecesAfter } from "../support/pieces.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ at: "2020-06-08T08:00" });
});
afterEach(() => office.close());

const none = { due: 0, ran: 0, caughtUp: 0, skipped: 0 };

/** The same bot with one job only, which tells 市办 something each day at ten. */
function withJob(deliver: () => void, catchUp: CatchUp = "all", name = "daily-test"): Lantian {
  const job = schedule({
    name,
    title: "测试",
    when: { cron: "0 10 * * *", dayRule: "as-is" },
    audience: ["office"],
    catchUp,
    async deliver({ at }, { store }) {
      deliver();
      const person = await store.people.byName("市办");
      if (person === null) return [];
      const card = { title: `${name} ${at.toPlainDate()}`, blocks: [] };
      return [{ to: { person }, card, class: "card" as const }];
    },
  });
  return { ...office.bot, registry: { ...office.bot.registry, schedules: [job] } };
}
const at = (bot: Lantian, local: string): Lantian => {
  const instant = Temporal.PlainDateTime.from(local).toZonedDateTime("Asia/Shanghai").toInstant();
  return { ...bot, clock: { now: async () => instant } };
};
const titles = async () =>
  (await piecesAfter(office.bot, 0))
    .map(({ title }) => title)
    .filter((title) => title.startsWith("daily-") || title.startsWith("other-"));

test("a job seen for the first time starts now: its past is not made up for", async () => {
  expect(await office.wakesAt("2020-06-20T12:00")).toEqual(none);
  await office.expectCards([], { job: "weekly-notice" });
  // From then on its slots run, whatever other jobs there are.
  expect((await office.wakesAt("2020-06-22T09:00")).ran).toBeGreaterThan(0);
});

test("a Monday at nine tells counties, departments and the city, once", async () => {
  const count = await office.advanceTo("2020-06-08T09:00");
  // The city lead's brief, the daily sheet and other jobs of that hour are on time, too.
  expect(count).toEqual({ ...none, due: count.due, ran: count.due });
  const people = await office.bot.store.read((r) => r.people.withRoles(WEEKLY_READERS));
  expect(people).toHaveLength(50);
  await office.expectCards(
    people.map(({ name }) => ({ to: name, title: /^空气质量周通报（2020年6月1日至7日）/ })),
    { job: "weekly-notice" },
  );
  // Later on that day it is looked who is to be called in, and what dustfall says.
  const later = await office.advanceTo("2020-06-08T12:00");
  expect(later).toEqual({ ...none, due: later.due, ran: later.due });
  await office.expectCards([]);
});

test("two that work off the same slots at once deliver each once", async () => {
  const bot = withJob(() => {});
  await reconcile(bot);
  const counts = await Promise.all([1, 2, 3].map(() => reconcile(at(bot, "2020-06-11T10:00"))));
  expect(counts.reduce((sum, c) => sum + c.due, 0)).toBe(4);
  expect((await titles()).toSorted()).toEqual(
    ["08", "09", "10", "11"].map((day) => `daily-test 2020-06-${day}`),
  );
});

describe("after downtime", () => {
  const away = async (catchUp: CatchUp) => {
    const bot = withJob(() => {}, catchUp);
    await reconcile(bot);
    return reconcile(at(bot, "2020-06-12T09:00"));
  };

  test("all: each slot is run late, as the office stood at that time", async () => {
    expect(await away("all")).toEqual({ due: 4, ran: 0, caughtUp: 4, skipped: 0 });
    expect(await titles()).toEqual(["08", "09", "10", "11"].map((day) => `daily-test 2020-06-${day}`));
  });

  test("latest-within-1-days: the newest only", async () => {
    expect(await away("latest-within-1-days")).toEqual({ due: 4, ran: 0, caughtUp: 1, skipped: 3 });
    expect(await titles()).toEqual(["daily-test 2020-06-11"]);
  });

  test("skip: none", async () => {
    expect(await away("skip")).toEqual({ due: 4, ran: 0, caughtUp: 0, skipped: 4 });
    expect(await titles()).toEqual([]);
  });

  test("a decided slot stays decided, also when the clock is set back", async () => {
    const bot = withJob(() => {});
    await reconcile(bot);
    await reconcile(at(bot, "2020-06-09T10:00"));
    await reconcile(at(bot, "2020-06-01T10:00"));
    const instant = (local: string) =>
      Temporal.PlainDateTime.from(local).toZonedDateTime("Asia/Shanghai").toInstant();
    const again = await walk(bot, instant("2020-06-08T00:00"), instant("2020-06-10T12:00"), async () => {});
    expect(again).toEqual({ ...none, due: 1, ran: 1 });
    expect(await titles()).toEqual(["08", "09", "10"].map((day) => `daily-test 2020-06-${day}`));
  });
});

describe("a job that fails", () => {
  test("leaves its slot undecided, with nothing delivered, and gets it again", async () => {
    let broken = true;
    const bot = withJob(() => {
      if (broken) throw new Error("the job is broken");
    });
    await reconcile(bot);
    const ten = at(bot, "2020-06-08T10:00");
    await expect(reconcile(ten)).rejects.toThrow("the job is broken");
    expect(await titles()).toEqual([]);
    broken = false;
    expect(await reconcile(ten)).toEqual({ ...none, due: 1, ran: 1 });
    expect(await reconcile(ten)).toEqual(none);
    expect(await titles()).toEqual(["daily-test 2020-06-08"]);
  });

  test("keeps its later slots waiting behind it, so that none is lost", async () => {
    let calls = 0;
    const bot = withJob(() => {
      calls += 1;
      if (calls === 1) throw new Error("only the first time");
    });
    await reconcile(bot);
    await expect(reconcile(at(bot, "2020-06-10T10:00"))).rejects.toThrow();
    expect(await titles()).toEqual([]);
    expect((await reconcile(at(bot, "2020-06-10T10:00"))).due).toBe(3);
  });

  test("doesn't keep another job from running", async () => {
    const bad = withJob(() => {
      throw new Error("broken for good");
    });
    const good = withJob(() => {}, "all", "other-test");
    const schedules = [...bad.registry.schedules, ...good.registry.schedules];
    const bot = { ...office.bot, registry: { ...office.bot.registry, schedules } };
    await reconcile(bot);
    await expect(reconcile(at(bot, "2020-06-09T10:00"))).rejects.toThrow("broken for good");
    expect(await titles()).toEqual(["other-test 2020-06-08", "other-test 2020-06-09"]);
  });
});

test("every run is in the audit log, with what it queued", async () => {
  await office.advanceTo("2020-06-08T09:00");
  const runs = await office.bot.store.read((r) => r.audit.latest(20));
  const newest = runs.find(({ act }) => act === "weekly-notice");
  expect(newest).toMatchObject({ actor: "定时任务", act: "weekly-notice", outcome: "done" });
  expect(JSON.parse(newest?.detail ?? "{}")).toEqual({ state: "ran", queued: 50 });
});
