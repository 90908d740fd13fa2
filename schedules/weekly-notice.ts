import { airOf } from "../src/air/period-air.ts";
import { countyRanking, METRICS } from "../src/air/ranking.ts";
import type { Card } from "../src/chat/card.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { type Slot, schedule } from "../src/chat/schedule.ts";
import { figure } from "../src/chat/wording.ts";
import { changePct, changePoints, changeWords } from "../src/domain/air/change.ts";
import { type Period, periodOf } from "../src/domain/period.ts";
import type { Region } from "../src/domain/plan/pack.ts";

const toCounty = says("县区");
const toRanking = says("排名");

/** 空气质量周通报：last Monday to Sunday of every county, to all county leads and liaisons and the office, Mondays at nine. */
export default schedule({
  name: "weekly-notice",
  title: "空气质量周通报",
  cron: "0 9 * * 1",
  catchUp: "latest-within-3-days",

  publishes: weekBefore,

  async deliver({ at }, { store, office, today }) {
    const week = weekBefore({ at });
    const before = periodOf(week.from.subtract({ days: 7 }), week.to.subtract({ days: 7 }));
    const regions = office.regionsOf(week, today);
    const ranked = await countyRanking(store, regions, week, today, "PM2.5");
    const earlier = await countyRanking(store, regions, before, today, "PM2.5");
    if (isRefusal(ranked) || isRefusal(earlier))
      throw new Error("the week of a weekly notice must be computable");
    const city = await airOf(store, office.city, week, today);

    const lines = new Map<Region, string[]>();
    const order = [
      ...ranked.ranking.ranked.map((r) => ({ region: r.key, rank: `${r.rank}${r.tied ? "（并列）" : ""}` })),
      ...ranked.ranking.unranked.map((r) => ({ region: r.key, rank: "—" })),
    ];
    for (const { region, rank } of order) {
      const now = ranked.airs.get(region.id)?.now;
      const lastYear = ranked.airs.get(region.id)?.then;
      const lastWeek = earlier.airs.get(region.id)?.now;
      const mean = now?.pollutants["PM2.5"].value ?? null;
      lines.set(region, [
        rank,
        region.short,
        figure(mean),
        figure(now?.attainmentRatePct, 1),
        changeWords(changePct(mean, lastWeek?.pollutants["PM2.5"].value ?? null)),
        changeWords(changePct(mean, lastYear?.pollutants["PM2.5"].value ?? null)),
        `${now?.days.valid ?? 0}/7`,
      ]);
    }
    const overall = isRefusal(city)
      ? `上周（${week.label}）全市没有有效监测数据。`
      : `上周（${week.label}）全市PM2.5均值${figure(city.now.pollutants["PM2.5"].value, 0, "微克/立方米")}，优良天数比率${figure(city.now.attainmentRatePct, 1, "%")}，同比${changeWords(changePoints(city.now.attainmentRatePct, city.then?.attainmentRatePct ?? null), "个百分点")}。`;

    const cardFor = (own: Region | null): Card => {
      const mine = own ? lines.get(own) : undefined;
      const text = mine
        ? `${own?.short}：PM2.5 ${mine[2]}微克/立方米，优良率${mine[3]}%，位次${mine[0]}，环比${mine[4]}，同比${mine[5]}。`
        : null;
      return {
        title: `空气质量周通报（${week.label}）`,
        blocks: [
          { kind: "text", text: overall },
          ...(text ? [{ kind: "text" as const, text }] : []),
          {
            kind: "table",
            columns: [
              { title: "位次" },
              { title: "地区" },
              { title: `PM2.5（${METRICS["PM2.5"].unit}）`, align: "end" },
              { title: "优良率（%）", align: "end" },
              { title: "环比", align: "end" },
              { title: "同比", align: "end" },
              { title: "有效天", align: "end" },
            ],
            rows: [...lines.values()],
          },
          {
            kind: "note",
            text: "按PM2.5周均值公布值排列，并列者按行政区划次序；环比为上一周，同比为上年相同日期；未经审核，仅供参考",
          },
        ],
        buttons: own
          ? [toCounty(`看${own.short}`, own.short)]
          : [toRanking("排名", `${week.from}..${week.to}`)],
        facts: { week: { from: week.from.toString(), to: week.to.toString() }, county: own?.short ?? null },
      };
    };
    const kind = "must-not-repeat" as const;
    const ownOf = (regionId: string | null) => (regionId === null ? null : office.heirOn(regionId, week.to));
    const people = await store.people.withRoles(["office", "county-lead", "county-liaison"]);
    // A department's group has no county of its own in it; its members read the notice elsewhere.
    const groups = (await store.chats.bound()).filter((chat) => chat.departmentId === null);
    return [
      ...people.map((person) => ({ to: { person }, card: cardFor(ownOf(person.regionId)), class: kind })),
      ...groups.map((chat) => ({ to: { chat }, card: cardFor(ownOf(chat.regionId)), class: kind })),
    ];
  },
});

/** The Monday to Sunday before a slot. */
function weekBefore({ at }: Slot): Period {
  const monday = at.toPlainDate().subtract({ days: at.dayOfWeek - 1 });
  return periodOf(monday.subtract({ days: 7 }), monday.subtract({ days: 1 }));
}
