import { z } from "zod";
import { asOf } from "../src/air/period-air.ts";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import type { Block, Card } from "../src/chat/card.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal, type Refusal } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { TOWN_RANKING } from "../src/domain/towns/ranked-from.ts";
import { townListCard } from "../src/towns/list-card.ts";
import { ownCounties } from "../src/towns/own-counties.ts";
import { notRankedYet, rankingFor, townRanking } from "../src/towns/ranking.ts";
import {
  laterWords,
  rankingNotes,
  readinessBlocks,
  townEndsWords,
  townFacts,
  townTable,
  unrankedWords,
} from "../src/towns/ranking-card.ts";
import { readinessOf } from "../src/towns/readiness.ts";

const toTowns = says("镇街");
const toPicture = says("图片");

/** 镇街：the towns of a county, or of all, ranked by PM2.5; before the plan's day how far their stations are. */
export default command({
  name: "towns",
  words: ["镇街", "镇街排名", "乡镇排名"],
  hints: [
    "各镇",
    "各镇街",
    "站点建设",
    "建站情况",
    "镇街空气",
    "镇街空气质量",
    "乡镇",
    "乡镇空气质量",
    "排名",
    "位次",
    "名次",
    "哪个镇",
    "哪些镇",
    "哪个镇街",
    "哪些镇街",
    "哪个乡镇",
    "哪些乡镇",
    "哪个街道",
  ],
  help: { does: "看镇街PM2.5排名；开始排名前看站点建设情况", example: "镇街 {county} 上周" },
  impliedBy: ["town"],
  mechanism: TOWN_RANKING,
  who: anyone,
  audience: "scope",
  args: z.object({
    county: arg.maybe.county(),
    town: arg.maybe.subunit("镇街名称", { townsOnly: true, maxLength: 20 }),
    period: arg.period("上周"),
    top: arg.maybe.top(),
    bottom: arg.maybe.bottom(),
    view: arg.maybe.choice(
      "内容",
      { 准备情况: "readiness", 名单: "list" },
      { says: { 建设情况: "readiness", 站点建设: "readiness", 建站情况: "readiness" } },
    ),
  }),

  async answer(
    { args: { county, town, period, view, top, bottom }, person },
    context,
  ): Promise<Card | Refusal> {
    const { store, office, today } = context;
    if (town !== undefined) {
      const region = county && office.heirOf(county, today);
      const { townAnswer } = await import("../src/towns/town-card.ts");
      return townAnswer(town, region, { period, person }, context);
    }
    if (view === "list") return townListCard(county && office.heirOf(county, today), office, today);
    const found = await townRanking(store, office, period, today);
    if (isRefusal(found)) return found;
    const end = asOf(period, today);
    const region = county && office.heirOf(county, end);
    const own = ownCounties(person, office, today);
    const notYet = region ? notRankedYet(found, region.short) : null;
    const isUnlisted = region !== undefined && !found.rows.some((row) => row.county === region.short);
    if (view === "readiness" || notYet !== null || isUnlisted || found.counties.length === 0) {
      const counties = region ? [region] : office.regionsOf({ to: today }, today);
      const rows = await readinessOf(store, office, counties, today);
      const why = notYet?.message ?? (found.counties.length === 0 ? `${laterWords(found) ?? ""}。` : null);
      return {
        title: `${region?.short ?? "各县（市、区）"}镇街空气站建设情况`,
        blocks: [...(why === null ? [] : [{ kind: "text" as const, text: why }]), ...readinessBlocks(rows)],
        buttons: [...(region ? [toTowns("各县（市、区）", "准备情况")] : [])],
        facts: { ranked: false, county: region?.short ?? null, readiness: rows },
      };
    }
    const ranking = rankingFor(found, own);
    const hasHidden = own !== null && ranking.counties.some((one) => !own.includes(one));
    const later = region ? null : laterWords(ranking);
    const unranked = unrankedWords(ranking, region?.short);
    const facts = townFacts(ranking);
    const isOfCounty = (row: { county: string }) => region === undefined || row.county === region.short;
    const ends = townEndsWords(ranking, { top, bottom }, region?.short);
    const blocks: Block[] = [
      ...(ends === null ? [] : [{ kind: "text" as const, text: ends }]),
      townTable(ranking, region?.short),
      ...(unranked === null ? [] : [{ kind: "text" as const, text: unranked, tone: "muted" as const }]),
      ...(later === null ? [] : [{ kind: "text" as const, text: later, tone: "muted" as const }]),
      { kind: "note", text: rankingNotes(ranking, hasHidden && (!region || !own?.includes(region.short))) },
    ];
    const span = `${period.from}..${period.to}`;
    return {
      title: `${region?.short ?? "全市"}镇街PM2.5排名（${ranking.label}）`,
      blocks,
      buttons: [
        ...(region ? [toTowns("全市镇街", span)] : (own ?? []).map((one) => toTowns(one, one, span))),
        toPicture("图片", "镇街", ...(region ? [region.short] : []), span),
        toTowns("站点建设", "准备情况"),
      ],
      facts: {
        ranked: true,
        county: region?.short ?? null,
        ...facts,
        rows: facts.rows.filter(isOfCounty),
        unranked: facts.unranked.filter(isOfCounty),
      },
    };
  },
});
