import type { PlanPack } from "../../src/domain/plan/pack.ts";
import { regionsAtStart } from "./stations.ts";

/** A fictional permit to build at night; `by` is who of the county has applied for it. */
export interface DemoNightPermit {
  region: string;
  site: string;
  basis: string;
  from: string;
  to: string;
  state: "applied" | "granted";
  appliedAt: string;
  by: string;
}

const WORKS = [
  { site: "商务区地块工地", basis: "混凝土连续浇筑" },
  { site: "跨河桥工地", basis: "桥梁合龙须夜间低温施工" },
  { site: "主干路管网工地", basis: "交通繁忙，白天不能占道" },
];

/** A permit of each of the first regions around the demonstration's start, in force or waiting by turns. */
export function demoNightPermits(pack: PlanPack): DemoNightPermit[] {
  const june = new Temporal.PlainDate(pack.year, 6, 1);
  return regionsAtStart(pack)
    .slice(0, 6)
    .map(({ id, short }, i) => {
      const work = WORKS[i % WORKS.length] as (typeof WORKS)[number];
      const from = june.add({ days: i % 2 === 0 ? 8 + i : 18 + i });
      return {
        region: id,
        site: `演示·${short}${work.site}`,
        basis: work.basis,
        from: from.toString(),
        to: from.add({ days: 9 }).toString(),
        state: i % 2 === 0 ? ("granted" as const) : ("applied" as const),
        appliedAt: `${june.add({ days: 4 + (i % 3) })}T10:00`,
        by: `${short}联络员`,
      };
    });
}
