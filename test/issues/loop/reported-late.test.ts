import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { at, dayOf, HOUR, local, officeHours } from "./days.ts";
import { aStage, type Stage } from "./stage.ts";

// Whenever an order is given out, whatever its level, and however often the bot is switched off: nobody above the unit hears of
// it before the unit does, nor within four office hours of it, unless it is grave; and each rung is told once.

const runs = process.env.TEST_FULL === "1" ? 300 : 12;
const seed = Number(process.env.TEST_SEED ?? 20200615);

let stage: Stage;
beforeAll(async () => {
  stage = await aStage("2020-01-02T09:00");
  stage.emptied();
});
afterAll(() => stage.close());

/** Hours that the bot is off, again and again. */
const stops = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 4, maxLength: 10 });
// An order of the eve of each holiday of the year, as often as one of any other day.
const start = fc.oneof(
  fc
    .integer({ min: at("2020-01-03T00:00") / HOUR, max: at("2020-10-20T00:00") / HOUR })
    .map((hours) => hours * HOUR),
  fc
    .constantFrom(
      "2020-01-23T17:30",
      "2020-04-03T17:30",
      "2020-04-30T17:30",
      "2020-06-24T17:00",
      "2020-09-30T17:30",
    )
    .map(at),
);

type Told = { title: string; at: number; role: string };

test(`the unit first, the others four office hours later (seed ${seed})`, async () => {
  const { office, raw } = stage;
  let n = 0;
  await fc.assert(
    fc.asyncProperty(
      start,
      stops,
      fc.constantFrom("一般", "较大", "重大"),
      fc.integer({ min: 0, max: 9 }),
      async (begin, off, level, days) => {
        n += 1;
        await office.wakesAt(local(begin));
        raw.exec(
          "update issue_clock set state = 'dropped' where state = 'open'; update issue set state = 'closed'",
        );
        const due = dayOf(begin + days * 24 * HOUR);
        const title = `问题第${n}件`;
        const { id } = await stage.issueIn("assigned", {
          title,
          level,
          due,
          firstDue: due,
          departmentId: null,
        });
        let now = begin;
        for (const hours of off) {
          now += hours * HOUR;
          await office.wakesAt(local(now));
        }
        const told = raw
          .prepare(
            `select outbox.title, outbox.created_at as at, person.role from outbox join person on person.id = person_id
           where job = 'issue-deadlines' and kind = 'post' and outbox.title like ? order by outbox.id`,
          )
          .all(`%${title}%`) as Told[];
        const first = told.find(({ title }) => title.includes("提醒"));
        for (const report of told.filter(({ title }) => title.includes("（报") || title.includes("建议"))) {
          expect(first, report.title).toBeDefined();
          if (level !== "重大")
            expect(officeHours(first?.at ?? 0, report.at), report.title).toBeGreaterThanOrEqual(4);
          else expect(report.at).toBeGreaterThanOrEqual(first?.at ?? 0);
        }
        const rungs = stage.eventsOf(id).map(({ step }) => step);
        expect(new Set(rungs).size).toBe(rungs.length);
        // What is still to come has a time, and the issue an owner.
        expect(stage.openClockOf(id).length).toBeGreaterThan(0);
      },
    ),
    { numRuns: runs, seed },
  );
});
