import { z } from "zod";
import { buttonsOf } from "../chat/action.ts";
import type { Block, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import { inEachPost } from "../domain/posts.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { type LiveAir, type LiveStation, liveAir } from "./live.ts";
import { FRESH_HOURS, HOUR_NOTE, hourTable, hourValueFacts, meanCells, stationCells } from "./live-words.ts";

const toLive = says("实况");
const toFound = says("问题");
const noFields = z.object({});
const takeButton = buttonsOf("mystations.take", noFields);
const leaveButton = buttonsOf("mystations.leave", noFields);
const changeButton = buttonsOf("mystations.change", noFields);

type Around = Pick<Context<Reader>, "store" | "office" | "now" | "today">;

/** The stations that a chief has taken on, beside their county's mean; null where they have taken on none. */
export async function ownStationsCard(
  person: Person,
  around: Around,
  title = "我的点位",
): Promise<Card | null> {
  const own = await around.store.ownStations.of(person.id);
  if (own.length === 0) return null;
  const lives = await placesOf(person, around);
  const mine = lives.flatMap((live) =>
    allOf(live).flatMap((one) => (own.includes(one.station.id) ? [{ live, one }] : [])),
  );
  if (mine.length === 0) return null;
  return {
    title,
    blocks: [stationTable(mine), ...silentBlock(mine), HOUR_NOTE],
    buttons: [
      ...placesAmong(mine).map(({ region }) => toLive(`${region.short}实况`, region.short)),
      toFound("我的发现", "我发现的"),
      changeButton("增减点位", {}),
    ],
    facts: {
      stations: mine.map(({ live, one: { station, newest, hours } }) => ({
        station: station.name,
        county: live.region.short,
        hoursToday: hours,
        values: newest && hourValueFacts(newest),
        countyValues: hourValueFacts(live.mean),
      })),
    },
  };
}

/** A station with the place that it is looked at beside. */
export type StationOfPlace = { live: LiveAir; one: LiveStation };

const placesAmong = (mine: readonly StationOfPlace[]) => [...new Set(mine.map(({ live }) => live))];

/** The newest hour of some stations, beside the means of their places. */
export function stationTable(mine: readonly StationOfPlace[]): Block {
  return hourTable("站点", "当日小时", [
    ...mine.map(({ live, one }) => stationCells(one, live)),
    ...placesAmong(mine).map(meanCells),
  ]);
}

/** The stations of a place, and of its towns. */
export const allOf = ({ stations, towns }: LiveAir): readonly LiveStation[] => [...stations, ...towns];

/** Who looks after stations, by name, each once. */
export async function chiefsOf(
  stations: readonly { id: string }[],
  { store }: Pick<Around, "store">,
): Promise<string[]> {
  const names = new Set<string>();
  for (const { id } of stations)
    for (const personId of await store.ownStations.chiefsOf(id)) {
      const chief = await store.people.byId(personId);
      if (chief?.active) names.add(chief.name);
    }
  return [...names];
}

/** A station that has fallen silent is what its chief has to know first. */
export function silentBlock(mine: readonly StationOfPlace[]): Card["blocks"] {
  const silent = mine.filter(({ live, one }) => (live.hour ?? 0) - (one.newest?.hour ?? 0) > FRESH_HOURS);
  if (silent.length === 0) return [];
  const names = silent.map(({ one }) => one.station.name).join("、");
  return [{ kind: "text", tone: "notice", text: `数据没有更新：${names}，请核实设备和网络。` }];
}

/** Asked of a chief: which of the stations of their places are theirs. */
export async function chooseStations(person: Person, around: Around): Promise<Card> {
  const stations = (await placesOf(person, around)).flatMap(allOf);
  const own = await around.store.ownStations.of(person.id);
  return {
    title: "我的点位",
    blocks: [
      {
        kind: "text",
        text:
          stations.length === 0 ? "您的地区还没有登记站点，请联系市办导入站点表。" : "请选择您负责的点位：",
      },
    ],
    buttons: stations.map(({ station: { id, name } }) =>
      own.includes(id) ? leaveButton(`不再负责${name}`, { station: id }) : takeButton(name, { station: id }),
    ),
    facts: { choices: stations.map(({ station }) => station.name) },
  };
}

/** The places of which somebody is chief, with their stations. */
export async function placesOf(person: Person, { store, office, now, today }: Around): Promise<LiveAir[]> {
  const regions = inEachPost(person).flatMap(({ role, regionId }) =>
    role === "station-chief" && regionId !== null ? [office.heirOn(regionId, today)] : [],
  );
  return liveAir(store, office, [...new Map(regions.map((region) => [region.id, region])).values()], now);
}
