import { z } from "zod";
import type { Context } from "../../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../../chat/refusal.ts";
import { figure, longDate } from "../../chat/wording.ts";
import { iaqi } from "../../domain/air/aqi.ts";
import type { HourValues } from "../../domain/air/hours.ts";
import { type LevelName, levelOf } from "../../domain/air/levels.ts";
import type { Item } from "../../domain/air/rules.ts";
import type { RegionId } from "../../domain/ids.ts";
import { periodOf } from "../../domain/period.ts";
import type { MapPlace, StationMapSpec } from "../../output/charts/station-map.ts";
import type { Station } from "../../store/air.ts";
import type { Reader } from "../../store/store.ts";
import { hourWords, type LiveAir, liveAir } from "../live.ts";
import { HOUR_LABELS } from "../live-words.ts";
import { ruledParts } from "../period-air.ts";
import { chartPaper } from "./chart-paper.ts";

/** What a map shows, and which column of the table of sub-indices judges an hour of it: particles have none by the hour. */
export const MAPPED = { "PM2.5": "PM2.5_24h", PM10: "PM10_24h", O3: "O3_1h" } as const satisfies Partial<
  Record<keyof HourValues, Item>
>;
type Mapped = keyof typeof MAPPED;

/** 实况图: the newest hour of the counties, or of one county's stations, where they lie. */
export const liveMap = chartPaper({
  name: "chart.live",
  params: z.object({ region: z.string(), item: z.enum(["PM2.5", "PM10", "O3"]) }),
  spec: async ({ params: { region, item } }, context): Promise<StationMapSpec | Refusal> =>
    mapOf(region as RegionId, item, context),
});

async function mapOf(
  id: RegionId,
  item: Mapped,
  { store, office, now, today }: Context<Reader>,
): Promise<StationMapSpec | Refusal> {
  const region = office.region(id);
  const isCity = region.kind === "city";
  const places = isCity ? office.regionsOf({ to: today }, today) : [region];
  const lives = await liveAir(store, office, places, now);
  const hours = lives.flatMap(({ hour }) => hour ?? []);
  const hour = Math.max(...hours);
  if (hours.length === 0) return refuse("no-data", `${region.short}最近七天没有小时数据。`, ["实况"]);
  const levelAt = judging(item, today);
  if (isRefusal(levelAt)) return levelAt;
  const found = isCity
    ? lives.map((live) => countyPlace(live, item, hour))
    : stationPlaces(lives, item, hour);
  const mapped = found.filter((one) => one !== null);
  const left = found.length - mapped.length;
  if (mapped.length === 0)
    return refuse("no-data", `${region.short}的站点没有经纬度，画不了图。请市办导入带经度、纬度的站点表。`, [
      `实况 ${region.short}`,
    ]);
  return {
    kind: "station-map",
    title: `${region.name}${HOUR_LABELS[item]}实况`,
    subtitle: `${hourWords(hour)}，小时均值（µg/m³）`,
    item: HOUR_LABELS[item],
    source: "自动监测小时值",
    dataStatus: "未经审核，仅供参考",
    date: longDate(today),
    marks: [],
    notes: [
      ...(item === "O3" ? [] : ["颗粒物小时值按日均限值折算级别"]),
      "位置按站点经纬度示意，不是地图",
      ...(left === 0 ? [] : [`${left}个${isCity ? "地区" : "站点"}没有经纬度，没有画出`]),
    ],
    places: mapped.map(({ value, ...place }) => ({
      ...place,
      value: figure(value),
      level: value === null ? null : levelAt(value),
    })),
  };
}

type Placed = Omit<MapPlace, "value" | "level"> & { value: number | null };

/** A county lies in the middle of its stations. */
function countyPlace(
  { region, stations, mean, hour: own }: LiveAir,
  item: Mapped,
  hour: number,
): Placed | null {
  const known = stations.flatMap(({ station }) => coordinatesOf(station) ?? []);
  if (known.length === 0) return null;
  const middle = (of: (one: { longitude: number; latitude: number }) => number) =>
    known.reduce((sum, one) => sum + of(one), 0) / known.length;
  return {
    name: region.short,
    longitude: middle(({ longitude }) => longitude),
    latitude: middle(({ latitude }) => latitude),
    value: own === hour ? mean[item] : null,
  };
}

const stationPlaces = (lives: readonly LiveAir[], item: Mapped, hour: number): (Placed | null)[] =>
  lives
    .flatMap(({ stations, towns }) => [...stations, ...towns])
    .map(({ station, newest }) => {
      const where = coordinatesOf(station);
      const value = newest?.hour === hour ? newest[item] : null;
      return where === null ? null : { name: station.name, ...where, value };
    });

const coordinatesOf = ({ longitude, latitude }: Station) =>
  longitude === null || latitude === null ? null : { longitude, latitude };

function judging(item: Mapped, today: Temporal.PlainDate): ((value: number) => LevelName | null) | Refusal {
  const parts = ruledParts(periodOf(today, today), today.add({ days: 1 }));
  if (isRefusal(parts)) return parts;
  const [{ ruleSet }] = parts;
  return (value) => {
    const index = iaqi(ruleSet, MAPPED[item], value);
    return index === null ? null : levelOf(index).name;
  };
}
