import { afterEach, expect, test, vi } from "vitest";
import { startTicking } from "../../src/scheduler/tick.ts";
import { anOffice } from "../support/office.ts";
import { until } from "../support/until.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

test("a beat that has been stuck for two minutes is no good sign, one that comes back is", async () => {
  const office = await anOffice();
  let isStuck = true;
  let goesOn = () => {};
  const delivered = () =>
    isStuck
      ? new Promise<void>((resolve) => {
          goesOn = resolve;
        })
      : Promise.resolve();
  const began = performance.now();
  const ticking = startTicking(office.bot, delivered, () => undefined);
  const after = (seconds: number) => vi.spyOn(performance, "now").mockReturnValue(began + seconds * 1000);
  after(119);
  expect(ticking.health().ok).toBe(true);
  after(121);
  expect(ticking.health().ok).toBe(false);
  expect(ticking.health().detail).toBe("last beat 121 s ago");
  expect(ticking.gauges?.()[0]?.value).toBeCloseTo(121, 0);
  isStuck = false;
  await until(() => {
    goesOn();
    return ticking.health().ok;
  });
  vi.restoreAllMocks();
  await ticking.stop();
  office.close();
});
