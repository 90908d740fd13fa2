import { z } from "zod";
import { chartCard } from "../src/air/charts/chart-card.ts";
import { liveMap } from "../src/air/charts/live-map.ts";
import { stationsCalled } from "../src/air/in-use.ts";
import { hourWords, isoHour, type LiveAir, liveAir } from "../src/air/live.ts";
import {
  FRESH_HOURS,
  HOUR_NOTE,
  hourCells,
  hourTable,
  hourValueFacts,
  meanCells,
  stationCells,
} from "../src/air/live-words.ts";
import { ownStationsCard } from "../src/air/own-stations.ts";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import type { Block, Card } from "../src/chat/card.ts";
import { command } from "../src/chat/command.ts";
import { refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { holdsRole } from "../src/domain/posts.ts";

const toLive = says("实况");
const toDays = says("日报");

export { liveMap } from "../src/air/charts/live-map.ts";

/** 实况：the newest hour of every county, or of one with its stations. */
export default command({
  name: "live",
  words: ["实况"],
  hints: [
    "实时",
    "实时数据",
    "实时空气",
    "实时空气质量",
    "小时值",
    "小时数据",
    "小时浓度",
    "最新小时",
    "现在空气",
    "现在空气质量",
    "现在的空气",
    "当前空气质量",
    "空气怎么样",
    "现在PM2.5",
    "站点",
    "站点数据",
    "监测站点",
    "分布图",
    "实况图",
  ],
  help: { does: "看最近一小时的空气质量，可加县（市、区）看站点，加“图”看分布", example: "实况 {county}" },
  audience: "anyone",
  who: anyone,
  args: z.object({
    county: arg.maybe.county(),
    picture: arg.maybe.choice("形式", { 图: "map" }, { says: { 实况图: "map", 分布图: "map", 地图: "map" } }),
    station: arg.maybe.text("站点", { prefix: "站点", maxLength: 40 }),
    item: arg.maybe.choice("污染物", { "PM2.5": "PM2.5", PM10: "PM10", 臭氧: "O3" }, { says: { O3: "O3" } }),
  }),

  shows: async (name, _person, { store, today }) =>
    stationsCalled(name, await store.air.stations(), today.toString()).map((station) => ({
      ...{ name: station.name, what: "站点" },
      say: toLive("", `“${station.name}”`).say,
    })),

  async answer({ args: { county, station, picture, item }, person }, context) {
    const { store, office, now, today } = context;
    if (station !== undefined) {
      const { stationAnswer } = await import("../src/air/station-card.ts");
      return stationAnswer(station, county && office.heirOf(county, today), person, context);
    }
    if (picture !== undefined || item !== undefined) {
      const region = county === undefined ? office.city : office.heirOf(county, today);
      const params = { region: region.id, item: item ?? "PM2.5" } as const;
      return chartCard(liveMap, params, person, context, [toLive("数值", ...(county ? [region.short] : []))]);
    }
    // A chief asks for the stations that are theirs.
    if (county === undefined && holdsRole(person, "station-chief")) {
      const own = await ownStationsCard(person, context);
      if (own !== null) return own;
    }
    if (county !== undefined) {
      const region = office.heirOf(county, today);
      const [live] = await liveAir(store, office, [region], now);
      return live === undefined || live.hour === null ? noHours(region.short) : countyCard(live, live.hour);
    }
    const all = await liveAir(store, office, [office.city, ...office.regionsOf({ to: today }, today)], now);
    const known = all.filter(({ hour }) => hour !== null);
    if (known.length === 0) return noHours("");
    const home = person.regionId === null ? undefined : office.heirOn(person.regionId, today).short;
    return cityCard(all, home);
  },
});

function noHours(name: string) {
  return refuse(
    "no-data",
    `${name}最近七天没有小时数据。市办可以发送小时数据表格（时间、站点、PM2.5、PM10、SO2、NO2、CO、O3）导入。`,
    ["日报 昨天"],
  );
}

function cityCard(all: readonly LiveAir[], home: string | undefined): Card {
  const without = all.filter(({ hour }) => hour === null);
  const late = all.filter(({ hour, age }) => hour !== null && age > FRESH_HOURS);
  return {
    title: "空气质量实况",
    blocks: [
      ...staleBlock(late.map((one) => `${one.region.short}${ageWords(one)}`)),
      hourTable(
        "地区",
        "有效站点",
        all
          .filter(({ hour }) => hour !== null)
          .map((one) => [one.region.short, ...hourCells(one.hour, one.mean, "—"), stationWords(one)]),
      ),
      ...(without.length === 0
        ? []
        : [
            {
              kind: "text" as const,
              text: `最近七天没有小时数据：${without.map(({ region }) => region.short).join("、")}。`,
              tone: "muted" as const,
            },
          ]),
      HOUR_NOTE,
    ],
    buttons: [
      ...(home === undefined ? [] : [toLive(home, home)]),
      toLive("分布图", "图"),
      toDays("昨日日报", "昨天"),
    ],
    facts: { rows: all.map(liveFacts) },
  };
}

function countyCard(live: LiveAir, hour: number): Card {
  const late = live.age > FRESH_HOURS;
  return {
    title: `${live.region.short}空气质量实况`,
    blocks: [
      { kind: "text", text: `${hourWords(hour)}，${ageWords(live)}；有效站点${stationWords(live)}个。` },
      ...staleBlock(late ? [`${live.region.short}${ageWords(live)}`] : []),
      hourTable("站点", "当日小时", [
        meanCells(live),
        ...live.stations.map((one) => stationCells(one, live)),
      ]),
      { ...HOUR_NOTE, text: `${HOUR_NOTE.text}；一天至少20个有效小时才有日均值` },
    ],
    buttons: [toLive("分布图", live.region.short, "图"), toLive("各县（市、区）")],
    facts: {
      ...liveFacts(live),
      hoursOver: live.hoursOver,
      stations: live.stations.map(({ station, newest, hours }) => ({
        station: station.name,
        code: station.code,
        hoursToday: hours,
        hour: newest && isoHour(newest.hour),
        ...(newest === null ? {} : { values: hourValueFacts(newest) }),
      })),
    },
  };
}

const staleBlock = (late: readonly string[]): Block[] =>
  late.length === 0 ? [] : [{ kind: "text", text: `数据没有更新：${late.join("、")}。`, tone: "notice" }];

const ageWords = ({ age }: LiveAir) => (age === 0 ? "最新" : `${age}小时前`);
const stationWords = ({ valid, stations }: LiveAir) => `${valid}/${stations.length}`;

const liveFacts = (live: LiveAir) => ({
  county: live.region.short,
  hour: live.hour === null ? null : isoHour(live.hour),
  ageHours: live.hour === null ? null : live.age,
  fresh: live.hour !== null && live.age <= FRESH_HOURS,
  values: hourValueFacts(live.mean),
  validStations: live.valid,
  stationCount: live.stations.length,
});
