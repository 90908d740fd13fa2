import type { PlanPack } from "../../src/domain/plan/pack.ts";
import { ALERT_LEVELS, type AlertLevel } from "../../src/domain/responses/levels.ts";
import { demoSeed, randomStream } from "./random.ts";
import { regionsAtStart } from "./stations.ts";

/** A fictional enterprise of the emergency list; `measures` as it has them itself, none where its grade's are enough. */
export interface DemoEnterprise {
  name: string;
  region: string;
  industry: string;
  grade: "A" | "B" | "C";
  contactName: string | null;
  meterNo: string | null;
  measures: readonly { level: AlertLevel; measure: string; indicator: string }[];
  /** Name of the person who speaks for it in the bot. */
  speaker: string | null;
}

/** What each works does at yellow, orange, red, and what of it can be checked. */
const WORKS: readonly {
  called: string;
  industry: string;
  does: readonly [string, string, string];
  by: string;
}[] = [
  {
    ...{ called: "新材料有限公司", industry: "合成树脂", by: "生产线电表读数" },
    does: ["2号聚合线限产20%", "2号聚合线停产", "聚合线全部停产"],
  },
  {
    ...{ called: "铸造有限公司", industry: "铸造", by: "中频炉用电负荷" },
    does: ["停1台中频炉", "停2台中频炉，打磨工序停产", "熔炼、打磨工序停产"],
  },
  {
    ...{ called: "装备制造有限公司", industry: "工业涂装", by: "喷涂线用电和涂料台账" },
    does: ["喷涂线限产30%", "溶剂型喷涂停产", "喷涂工序全部停产"],
  },
  {
    ...{ called: "家具有限公司", industry: "家具制造", by: "喷漆房用电负荷" },
    does: ["喷漆房每日停8小时", "喷漆房停产", "喷漆、打磨工序停产"],
  },
  {
    ...{ called: "包装印刷有限公司", industry: "包装印刷", by: "印刷机台电表读数" },
    does: ["溶剂型印刷限产30%", "溶剂型印刷停产", "印刷、复合工序停产"],
  },
  {
    ...{ called: "混凝土有限公司", industry: "水泥制品", by: "搅拌楼用电和出场车次" },
    does: ["限产20%", "搅拌楼停1条线", "停产"],
  },
];

const COUNT = 40;
const NAMED = ["王厂长", "李主任", "张工", "陈经理"];

/**
 * Forty enterprises over the regions in turn: the first of each region has the name of one of the list of exemptions, the second
 * of each has somebody who speaks for it.
 */
export function demoEnterprises(pack: PlanPack, seed = demoSeed): DemoEnterprise[] {
  const regions = regionsAtStart(pack);
  const random = randomStream(seed, "enterprises");
  return Array.from({ length: regions.length === 0 ? 0 : COUNT }, (_, i): DemoEnterprise => {
    const region = regions[i % regions.length] as (typeof regions)[number];
    const turn = Math.floor(i / regions.length);
    const works = WORKS[turn % WORKS.length] as (typeof WORKS)[number];
    const again = Math.floor(turn / WORKS.length);
    const lot = random.uniform();
    const grade = turn === 0 && i % 4 === 0 ? "A" : lot < 0.15 ? "A" : lot < 0.45 ? "B" : "C";
    const number = random.integer(1000, 9999);
    return {
      name: `演示·${region.short}${again === 0 ? "" : `第${again + 1}`}${works.called}`,
      region: region.id,
      industry: works.industry,
      grade,
      contactName: i % 5 === 4 ? null : (NAMED[i % NAMED.length] as string),
      meterNo: grade === "A" || i % 3 === 0 ? `演示${number}${String(i).padStart(2, "0")}` : null,
      // What is graded A decides itself, and some others have no list of their own yet.
      measures:
        grade === "A" || i % 7 === 6
          ? []
          : ALERT_LEVELS.map((level, at) => ({
              level,
              measure: works.does[at] as string,
              indicator: works.by,
            })),
      speaker: turn === 1 ? `${region.short}企业联系人` : null,
    };
  });
}
