import { expect, test } from "vitest";
import { type Tellable, type Telling, tellingOf } from "../../../src/domain/alerts/telling.ts";
import { alertsSchema } from "../../../src/domain/plan/pack-alerts.ts";

const settings = alertsSchema.parse({});
/** One of the first class that goes on in the hour that has just ended, of which nobody has heard. */
const fresh: Tellable = { state: "on", lastHour: 100, rung: 1, told: 0, toldHour: null, settled: false };
const heard: Tellable = { ...fresh, told: 1, toldHour: 99 };
const DAY = { hour: 100, clock: 14 };
const NIGHT = { hour: 100, clock: 23 };
const before = (lastHour: number, told: number) => ({ lastHour, told });

test.each<[string, Tellable, { hour: number; clock: number }, ReturnType<typeof before> | null, Telling]>([
  ["it is told once", fresh, DAY, null, "begin"],
  ["and not again", heard, DAY, null, null],
  ["but when its class rises", { ...heard, rung: 2 }, DAY, null, "rise"],
  ["not when it falls", { ...heard, told: 2 }, DAY, null, null],
  ["after six hours, if it is still there", { ...heard, toldHour: 94 }, DAY, null, "still"],
  ["not after five", { ...heard, toldHour: 95 }, DAY, null, null],
  ["by night it waits", fresh, NIGHT, null, null],
  ["by night 中度 waits", { ...fresh, rung: 2 }, NIGHT, null, null],
  ["by night 重度 doesn't", { ...fresh, rung: 3 }, NIGHT, null, "begin"],
  ["at 22:00 it is night", fresh, { ...DAY, clock: 22 }, null, null],
  ["at 21:00 it isn't", fresh, { ...DAY, clock: 21 }, null, "begin"],
  ["at 07:00 it is day", fresh, { ...DAY, clock: 7 }, null, "begin"],
  ["at 06:00 it isn't", fresh, { ...DAY, clock: 6 }, null, null],
  ["of what is six hours old people hear", { ...fresh, lastHour: 94 }, DAY, null, "begin"],
  ["of what is older they don't", { ...fresh, lastHour: 93 }, DAY, null, null],
  ["its end is told", { ...heard, state: "over" }, DAY, null, "clear"],
  ["and so is that it never was", { ...heard, state: "withdrawn" }, DAY, null, "clear"],
  ["its end waits for the morning, even of 重度", { ...heard, told: 3, state: "over" }, NIGHT, null, null],
  ["the end of what nobody heard of is told to nobody", { ...fresh, state: "over" }, NIGHT, null, "settle"],
  ["nothing follows its end", { ...heard, state: "over", settled: true }, DAY, null, null],
  ["what comes back at once isn't told anew", fresh, DAY, before(95, 1), null],
  ["but when it is worse", { ...fresh, rung: 2 }, DAY, before(95, 1), "begin"],
  ["or comes back later", fresh, DAY, before(94, 1), "begin"],
])("%s", (_rule, one, now, last, telling) => {
  expect(tellingOf(one, last, now, settings)).toBe(telling);
});
