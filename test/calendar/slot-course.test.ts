import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { CatchUp } from "../../src/chat/command.ts";
import { schedule } from "../../src/chat/schedule.ts";
import { playedAhead } from "../../src/ops/foresee.ts";
import { reconcile } from "../../src/scheduler/reconcile.ts";
import { walk } from "../../src/scheduler/walk.ts";
import { openConnection } from "../../src/store/open.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

/*
 * Whatever the office does with a job (pauses it, resumes it, moves slots, runs one now, sends a dropped one after all) and
 * whatever happens to the bot (stops, a clock set back, a period played again, a preview): every slot is decided exactly once,
 * as and when the calculation below says, which knows nothing of the scheduler.
 */

let office: AnOffice;
beforeEach(async () => {
  // A real office: its clock isn't set by hand.
  office = await anOffice({ at: "2020-09-10T08:00", demoData: false });
  const member = { name: "市办", role: "office", regionId: null, departmentId: null, createdAt: 0 } as const;
  await office.bot.store.write(({ people }) => people.add(member));
});
afterEach(() => office.close());

const ZONE = "Asia/Shanghai";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ms = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime(ZONE).epochMilliseconds;
const localOf = (at: number) =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(ZONE).toPlainDateTime();
const START = ms("2020-09-10T08:00");

/** The Mondays at nine of that autumn, and when each goes out: the eight days of the National Day holiday move one. */
const MONDAYS = Array.from({ length: 16 }, (_, i) => ms("2020-09-14T09:00") + i * 7 * DAY);
const regular = (slot: number) => (slot === ms("2020-10-05T09:00") ? ms("2020-10-09T09:00") : slot);

type Run = { state: string; at: number };

/** The calculation: what should have become of each slot. */
class Expected {
  runs = new Map<number, Run>();
  moved = new Map<number, number>();
  pauses: { from: number; to: number }[] = [];
  policy: CatchUp;
  constructor(policy: CatchUp) {
    this.policy = policy;
  }
  due(slot: number): number {
    return this.moved.get(slot) ?? regular(slot);
  }
  open(): number[] {
    return MONDAYS.filter((slot) => !this.runs.has(slot)).sort((a, b) => this.due(a) - this.due(b) || a - b);
  }
  pausedAt(at: number) {
    return this.pauses.toSorted((a, b) => a.from - b.from).find(({ from, to }) => from <= at && at < to);
  }
  beat(now: number): void {
    const due = this.open().filter((slot) => this.due(slot) <= now);
    const isHeld = (slot: number) => (this.pausedAt(this.due(slot)) ?? this.pausedAt(now)) !== undefined;
    const newest = due.findLast((slot) => !isHeld(slot));
    for (const slot of due) {
      const age = now - this.due(slot);
      const isLate = age > 120_000;
      const isCaught =
        this.policy === "all" ||
        (this.policy !== "skip" &&
          newest !== undefined &&
          this.due(slot) === this.due(newest) &&
          age <= 3 * DAY);
      const state = isHeld(slot) ? "paused" : !isLate ? "ran" : isCaught ? "caught-up" : "skipped";
      this.runs.set(slot, { state, at: now });
    }
  }
  setBack(now: number): void {
    for (const [slot, { state }] of this.runs)
      if ((state === "skipped" || state === "paused") && this.due(slot) > now) this.runs.delete(slot);
  }
}

type Act =
  | { does: "goes on" | "stops"; hours: number }
  | { does: "is set back"; hours: number }
  | { does: "is paused"; days: number | null }
  | { does: "is resumed" | "runs now" | "resends" | "is played again" | "is previewed" }
  | { does: "is moved"; which: number; hours: number };

const hours = fc.integer({ min: 1, max: 20 * 24 });
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constant("goes on" as const), hours }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant("stops" as const), hours }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant("is set back" as const),
      hours: fc.integer({ min: 1, max: 300 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant("is paused" as const),
      days: fc.option(fc.integer({ min: 0, max: 15 })),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constantFrom(
        "is resumed" as const,
        "runs now" as const,
        "resends" as const,
        "is played again" as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("is previewed" as const) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant("is moved" as const),
      which: fc.integer({ min: 0, max: 2 }),
      hours: fc.integer({ min: -8 * 24, max: 8 * 24 }),
    }),
  },
);

let courses = 0;

/** A job of its own on the office's real bot, and the hands that do something with it. */
function aJob(catchUp: CatchUp) {
  courses += 1;
  const name = `course-${courses}`;
  const job = schedule({
    name,
    title: `第${courses}项测试通报`,
    when: { cron: "0 9 * * 1", dayRule: "next-working-day" },
    audience: ["office"],
    catchUp,
    async deliver({ at }, { store }) {
      const person = await store.people.byName("市办");
      const card = { title: `${name} ${at.toPlainDate()}`, blocks: [] };
      // Each by itself, however many the week has had: when slots go out is the story, not what folds them.
      const each = { card, class: "must-arrive" as const, uncounted: "asked" as const };
      return person === null ? [] : [{ to: { person }, ...each }];
    },
  });
  let now = START;
  const registry = { ...office.bot.registry, schedules: [job] };
  const clock = { now: async () => Temporal.Instant.fromEpochMilliseconds(now) };
  Object.assign(office.bot, { registry, clock });
  return {
    job,
    beat: (at: number) => {
      now = at;
      return reconcile(office.bot);
    },
    says: (text: string) => office.says("市办", text.replace("$", job.title)),
    async runs() {
      const rows = await office.bot.store.read((r) => r.ledger.decided(name, START, START + 365 * DAY));
      return new Map(rows.map(({ slot, state, at }) => [slot, { state: state as string, at }]));
    },
    sent(): unknown[][] {
      const connection = openConnection(office.file);
      const rows = connection
        .prepare("select slot, created_at from outbox where key like ? order by slot")
        .raw();
      const sent = rows.all(`${name}/%`) as unknown[][];
      connection.close();
      return sent;
    },
  };
}

const stamp = (at: number) => {
  const { month, day, hour, minute } = localOf(at);
  return `${month}月${day}日${hour}时${minute === 0 ? "" : `${minute}分`}`;
};

async function follow(policy: CatchUp, acts: readonly Act[]): Promise<void> {
  const subject = aJob(policy);
  const expected = new Expected(policy);
  let now = START;
  const goTo = async (to: number) => {
    for (const due of expected.open().map((slot) => expected.due(slot))) {
      if (due <= now || due > to) continue;
      await subject.beat(due);
      expected.beat(due);
    }
    await subject.beat(to);
    expected.beat(to);
    now = to;
  };
  await goTo(START);
  for (const one of acts) {
    // The calculation knows the slots of this year.
    if (now > ms("2020-12-10T00:00")) break;
    switch (one.does) {
      case "goes on":
        await goTo(now + one.hours * HOUR);
        break;
      case "stops":
        now += one.hours * HOUR;
        await Promise.all([subject.beat(now), reconcile(office.bot)]);
        expected.beat(now);
        break;
      case "is set back":
        now = Math.max(START, now - one.hours * HOUR);
        expected.setBack(now);
        await subject.beat(now);
        expected.beat(now);
        break;
      case "is paused": {
        const until = one.days === null ? null : localOf(now).toPlainDate().add({ days: one.days });
        const answer = await subject.says(`暂停 $${until === null ? "" : ` 到${until}`} “试”`);
        expect(answer.code).toBeNull();
        const to = until === null ? Number.POSITIVE_INFINITY : ms(`${until.add({ days: 1 })}T00:00`);
        const held = expected.pausedAt(now);
        if (held === undefined) expected.pauses.push({ from: now, to });
        else held.to = to;
        break;
      }
      case "is resumed": {
        const held = expected.pausedAt(now);
        expect((await subject.says("恢复 $")).code).toBe(held === undefined ? "already-done" : null);
        if (held !== undefined) held.to = now;
        break;
      }
      case "is moved": {
        const slot = expected.open()[one.which];
        if (slot === undefined) break;
        const to = expected.due(slot) + one.hours * HOUR;
        const [before, after] = [
          expected.open().findLast((other) => other < slot),
          MONDAYS.find((other) => other > slot && !expected.runs.has(other)),
        ];
        const mayBe =
          to > now &&
          one.hours !== 0 &&
          (before === undefined || to > expected.due(before)) &&
          (after === undefined || to < expected.due(after)) &&
          expected.pausedAt(to) === undefined;
        const answer = await subject.says(`改期 $ ${localOf(slot).toPlainDate()} 到 ${stamp(to)} “试”`);
        expect([answer.message, answer.code === null]).toEqual([answer.message, mayBe]);
        if (mayBe) expected.moved.set(slot, to);
        break;
      }
      case "runs now": {
        const slot = expected.open()[0];
        if (slot === undefined) break;
        const answer = await subject.says(`立即执行 $ ${localOf(slot).toPlainDate()} “试”`);
        expect(answer.message).toBeNull();
        expected.runs.set(slot, { state: "by-hand", at: now });
        break;
      }
      case "resends": {
        const [slot] =
          [...expected.runs].find(([, { state }]) => state === "skipped" || state === "paused") ?? [];
        if (slot === undefined) break;
        const again = `立即执行 $ ${localOf(slot).toPlainDate()} “试”`;
        expect((await subject.says(again)).message).toBeNull();
        expect((await subject.says(again)).code).toBe("already-done");
        expected.runs.set(slot, { state: "resent", at: now });
        break;
      }
      case "is played again": {
        const instant = (at: number) => Temporal.Instant.fromEpochMilliseconds(at);
        // Only a demonstration is played.
        const count = await walk(
          { ...office.bot, demo: true },
          instant(Math.max(START, now - 30 * DAY)),
          instant(now),
          async () => {},
        );
        expect(count).toEqual({ due: 0, ran: 0, caughtUp: 0, skipped: 0 });
        break;
      }
      case "is previewed": {
        const instant = (at: number) => Temporal.Instant.fromEpochMilliseconds(at);
        const { deliveries } = await playedAhead(office.bot, instant(now), instant(now + 14 * DAY));
        const coming = expected
          .open()
          .filter((slot) => expected.due(slot) <= now + 14 * DAY && !expected.pausedAt(expected.due(slot)));
        const foreseen = deliveries.flatMap(({ title, pieces }) =>
          pieces === undefined ? [title] : (pieces as { title: string }[]).map((piece) => piece.title),
        );
        const titles = coming.map((slot) => `${subject.job.name} ${localOf(slot).toPlainDate()}`);
        expect(foreseen.filter((title) => title.startsWith(`${subject.job.name} `))).toEqual(titles);
        break;
      }
      default:
        one satisfies never;
    }
  }
  await goTo(ms("2020-12-31T12:00"));
  const sorted = <T>(entries: Iterable<[number, T]>) => [...entries].sort(([a], [b]) => a - b);
  expect(sorted(await subject.runs())).toEqual(sorted(expected.runs));
  const unsent = ["skipped", "paused"];
  expect(subject.sent()).toEqual(
    sorted(expected.runs)
      .filter(([, { state }]) => !unsent.includes(state))
      .map(([slot, { at }]) => [slot, at]),
  );
}

const examples: [CatchUp, Act[]][] = [
  // The last day of a pause is a Monday, and belongs to it.
  [
    "all",
    [
      { does: "is paused", days: 4 },
      { does: "goes on", hours: 100 },
    ],
  ],
  // A clock that ran ahead found a slot paused that is to come after all.
  [
    "all",
    [
      { does: "is paused", days: null },
      { does: "goes on", hours: 100 },
      { does: "is set back", hours: 90 },
      { does: "is resumed" },
    ],
  ],
];

// Many in one office would each walk through what the ones before have left.
const seeds = process.env.TEST_FULL === "1" ? Array.from({ length: 20 }, (_, i) => 2020 + i) : [2020];

test.each(seeds)(
  "every slot is decided exactly once, as and when the calculation says (%i)",
  async (seed) => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<CatchUp>("all", "skip", "latest-within-3-days"),
        fc.array(act, { minLength: 5, maxLength: 25 }),
        follow,
      ),
      { numRuns: 10, seed, endOnFailure: true, examples },
    );
  },
  120_000,
);
