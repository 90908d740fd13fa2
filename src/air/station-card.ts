import { anotherCountys, scopeOf } from "../chat/access.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { firstNamed } from "../chat/wording.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { Station } from "../store/air.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { stationsCalled } from "./in-use.ts";
import { liveAir } from "./live.ts";
import { HOUR_NOTE, hourValueFacts } from "./live-words.ts";
import { allOf, chiefsOf, silentBlock, stationTable } from "./own-stations.ts";

/** So many of the stations that share a word are named, and can be pressed. */
const NAMED = 5;

const toLive = says("实况");
const toTown = says("镇街");

/** The station that a name, or a part of one, stands for, with its newest hour beside its county's. */
export async function stationAnswer(
  name: string,
  county: Region | undefined,
  person: Person,
  context: Context<Reader>,
): Promise<Card | Refusal> {
  const { store, office, today } = context;
  const homeOf = ({ regionId }: Station) => office.heirOn(regionId, today);
  const found = stationsCalled(name, await store.air.stations(), today.toString()).filter(
    (one) => county === undefined || homeOf(one).id === county.id,
  );
  const [station, ...others] = found;
  if (station === undefined)
    return refuse("no-data", `没有名称含“${name}”的站点。发送“实况”看各地，加县（市、区）看站点。`, ["实况"]);
  const names = found.map((one) => one.name);
  if (others.length > 0)
    return refuse(
      "usage",
      `有${found.length}个站点的名称含“${name}”：${firstNamed(names, NAMED, "个")}。请选择。`,
      found.slice(0, NAMED).map((one) => toLive("", `“${one.name}”`).say),
    );
  return stationCard(station, homeOf(station), person, context);
}

async function stationCard(
  station: Station,
  county: Region,
  person: Person,
  context: Context<Reader>,
): Promise<Card | Refusal> {
  const { store, office, now, today } = context;
  const town = office.subunitOn(station.regionId, today);
  const own = scopeOf(person, office, today);
  const isOwn = own === null || own.includes(county.id) || own.includes(station.regionId);
  // Of other counties' towns nobody sees more than their place.
  if (town !== undefined && !isOwn) return anotherCountys(`${station.name}的数据`, [county], person, context);
  const [live] = await liveAir(store, office, [county], now);
  const one = live && allOf(live).find((each) => each.station.id === station.id);
  const chiefs = await chiefsOf([station], context);
  const mine = live === undefined || one === undefined ? [] : [{ live, one }];
  return {
    title: station.name,
    blocks: [
      {
        kind: "facts",
        items: [
          { label: "地区", value: `${county.short}${town?.short ?? ""}` },
          ...(station.code === null ? [] : [{ label: "编码", value: station.code }]),
          { label: "类型", value: station.national ? "国控站点" : town ? "镇街站点" : "县（市、区）站点" },
          ...(isOwn ? [{ label: "点位长", value: chiefs.join("、") || "未明确" }] : []),
        ],
      },
      stationTable(mine),
      ...silentBlock(mine),
      HOUR_NOTE,
    ],
    buttons: [
      toLive(`${county.short}实况`, county.short),
      ...(town === undefined ? [] : [toTown(town.short, `${county.short}${town.short}`)]),
    ],
    facts: {
      ...{ station: station.name, code: station.code, county: county.short, town: town?.short ?? null },
      ...{ hoursToday: one?.hours ?? 0, values: one?.newest ? hourValueFacts(one.newest) : null },
      countyValues: live ? hourValueFacts(live.mean) : null,
    },
  };
}
