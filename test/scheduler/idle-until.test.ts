import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { dueSlots, idleUntil } from "../../src/runs/slots.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice | undefined;
afterAll(() => office?.close());

const HOUR_MS = 3_600_000;

test("until then no job has anything to do, and then it has, or it is a month later", async () => {
  office = await anOffice();
  const { office: plan, registry } = office.bot;
  const start = Date.parse("2019-12-20T00:00:00+08:00");
  fc.assert(
    fc.property(
      fc.constantFrom(...registry.schedules),
      fc.nat(400 * 24),
      fc.nat(40 * 24),
      (job, hours, later) => {
        const mark = start + hours * HOUR_MS;
        const until = idleUntil(job, plan, mark);
        expect(until).toBeGreaterThan(mark);
        const now = mark + later * HOUR_MS;
        if (now < until) expect(dueSlots(job, plan, mark, now)).toEqual([]);
        expect(dueSlots(job, plan, mark, until - 1)).toEqual([]);
        if (until < mark + 32 * 24 * HOUR_MS) expect(dueSlots(job, plan, mark, until)).not.toEqual([]);
        // Asked again it says the same, also of another mark in between.
        idleUntil(job, plan, now);
        expect(idleUntil(job, plan, mark)).toBe(until);
      },
    ),
    { numRuns: 500, seed: 20200615 },
  );
});
