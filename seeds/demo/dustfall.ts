import type { PlanPack } from "../../src/domain/plan/pack.ts";
import { demoSeed, randomStream } from "./random.ts";
import { regionOn } from "./region-on.ts";
import { storiesOf } from "./stories.ts";

/** A fictional point's month. `value` in hundredths of t/(km²·30 d), null: the jar was lost; `exposure` in tenths of a day. */
export interface DemoDustfall {
  month: string;
  region: string;
  site: string;
  value: number | null;
  exposure: number;
  note: string | null;
}

/** The city's level by month, hundredths of t/(km²·30 d): windy springs, wet summers. */
const LEVELS = [310, 330, 390, 430, 420, 370, 300, 280, 320, 350, 360, 330];
const POINTS = 3;

/**
 * Dustfall of three points a region, for the plan's year and the one before it; a region's particles move its dust. One jar
 * in forty is lost, one in forty stands out too long.
 */
export function demoDustfall(pack: PlanPack, seed: number = demoSeed): DemoDustfall[] {
  const months = Array.from({ length: 24 }, (_, i) =>
    new Temporal.PlainYearMonth(pack.year - 1, 1).add({ months: i }),
  );
  return storiesOf(pack, seed).airs.flatMap(({ region, label, particles, from = "" }) =>
    Array.from({ length: POINTS }, (_, point) => {
      const random = randomStream(seed, `dustfall ${region} ${point}`);
      const site = 92 + random.integer(0, 16);
      return months.flatMap((month): DemoDustfall[] => {
        const noise = 88 + random.integer(0, 24);
        const fate = random.integer(1, 40);
        const exposure = fate === 2 ? 330 : 290 + random.integer(0, 2) * 10;
        const level = ((LEVELS[month.month - 1] ?? 0) * particles * site * noise) / 1_000_000;
        const lost = fate === 1;
        if (`${month}-01` < from) return [];
        return [
          {
            month: month.toString(),
            region: regionOn(pack, region, `${month}-01`),
            site: `演示·${label}降尘${"一二三"[point]}点`,
            value: lost ? null : Math.round(level),
            exposure,
            note: lost ? "瓶破" : null,
          },
        ];
      });
    }).flat(),
  );
}
