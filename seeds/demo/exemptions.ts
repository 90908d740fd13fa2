import type { ExemptionBasis } from "../../src/domain/enterprises/exemption.ts";
import type { PlanPack } from "../../src/domain/plan/pack.ts";
import { regionsAtStart } from "./stations.ts";

/** A fictional entry of the list of exemptions; `listed` has both signatures. */
export interface DemoExemption {
  name: string;
  region: string;
  basis: ExemptionBasis;
  grade: string | null;
  measures: string;
  approvedBy: string;
  from: string;
  to: string;
}

const KINDS: readonly { name: string; basis: ExemptionBasis; grade: string | null; measures: string }[] = [
  { name: "新材料有限公司", basis: "grade-a", grade: "A", measures: "自主采取减排措施" },
  { name: "集中供热中心", basis: "livelihood", grade: null, measures: "供热机组不停不限" },
  { name: "装备制造有限公司", basis: "strategic", grade: "B", measures: "橙色以下不限产" },
  { name: "高铁站配套工程", basis: "construction", grade: null, measures: "红色以下不停土石方以外工序" },
];

/** An entry of each of the first regions, until the end of the plan's year or before. */
export function demoExemptions(pack: PlanPack): DemoExemption[] {
  return regionsAtStart(pack)
    .slice(0, 6)
    .map(({ id, short }, i) => {
      const { name, ...kind } = KINDS[i % KINDS.length] as (typeof KINDS)[number];
      return {
        ...kind,
        name: `演示·${short}${name}`,
        region: id,
        approvedBy: pack.office,
        from: `${pack.year}-01-01`,
        to: i % 3 === 2 ? `${pack.year}-09-30` : `${pack.year}-12-31`,
      };
    });
}
