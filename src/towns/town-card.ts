import { liveAir } from "../air/live.ts";
import { HOUR_NOTE, hourValueFacts } from "../air/live-words.ts";
import { chiefsOf, stationTable } from "../air/own-stations.ts";
import { pm25Figures } from "../air/period-air.ts";
import type { Block, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { figure, longDate } from "../chat/wording.ts";
import type { Period } from "../domain/period.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { Subunit } from "../domain/plan/subunits.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { townCalled } from "./called.ts";
import { ownCounties } from "./own-counties.ts";
import { type TownRow, townRanking } from "./ranking.ts";

const toTowns = says("镇街");
const toLive = says("实况");
const toIssues = says("问题");

/** The town that a name stands for, with how it is doing. */
export async function townAnswer(
  name: string,
  county: Region | undefined,
  { period, person }: { period: Period; person: Person },
  context: Context<Reader>,
): Promise<Card | Refusal> {
  const town = townCalled(name, county, { person, ...context });
  return isRefusal(town) ? town : townCard(town, period, person, context);
}

/**
 * One town: its place among those of its county and of all, its PM2.5, its stations now and who looks after them. Whoever isn't of
 * its county, nor of the city, sees its place alone.
 */
async function townCard(
  town: Subunit,
  period: Period,
  person: Person,
  context: Context<Reader>,
): Promise<Card | Refusal> {
  const { store, office, now, today } = context;
  const county = office.heirOn(town.county, today);
  const ranking = await townRanking(store, office, period, today);
  if (isRefusal(ranking)) return ranking;
  const own = ownCounties(person, office, today);
  const isOwn = own === null || own.includes(county.short);
  const row = ranking.rows.find((one) => one.town === town.short && one.county === county.short);
  const [mean] = await pm25Figures(store, [town], period, today);
  const [live] = await liveAir(store, office, [county], now);
  const stations = (live?.towns ?? []).filter(
    ({ station }) => office.subunitOn(station.regionId, today)?.id === town.id,
  );
  const from = ranking.later.find((one) => one.county === county.short)?.from;
  const since = from ? `自${longDate(Temporal.PlainDate.from(from))}起` : "没有安排";
  const value =
    mean?.value == null
      ? (mean?.reason ?? "—")
      : `${figure(mean.value)}µg/m³（有效${mean.valid}天${mean.reason === null ? "" : `，${mean.reason}`}）`;
  const blocks: Block[] = [
    {
      kind: "facts",
      items: [
        { label: "地区", value: county.short },
        ...(isOwn ? [{ label: `${ranking.label}PM2.5`, value }] : []),
        row === undefined
          ? { label: "镇街排名", value: since }
          : { label: `${ranking.label}位次`, value: placeWords(row) },
        ...(isOwn
          ? [
              {
                label: "空气站",
                value: stations.map(({ station }) => station.name).join("、") || "还没有建成",
              },
              {
                label: "点位长",
                value:
                  (
                    await chiefsOf(
                      stations.map(({ station }) => station),
                      context,
                    )
                  ).join("、") || "未明确",
              },
            ]
          : []),
      ],
    },
    ...(isOwn && live !== undefined && stations.length > 0
      ? [stationTable(stations.map((one) => ({ live, one }))), HOUR_NOTE]
      : []),
    ...(isOwn ? [] : [{ kind: "note" as const, text: "其他县（市、区）的镇街只列位次" }]),
  ];
  return {
    title: `${county.short}${town.short}`,
    blocks,
    buttons: [
      toTowns(`${county.short}镇街`, county.short),
      ...(isOwn ? [toLive(`${county.short}实况`, county.short), toIssues("问题", `“${town.short}”`)] : []),
    ],
    facts: {
      ...{ town: town.short, county: county.short, ranked: row !== undefined },
      ...{ rank: row?.rank ?? null, countyRank: row?.countyRank ?? null },
      ...(isOwn ? { value: mean?.value ?? null, validDays: mean?.valid ?? null } : {}),
      stations: isOwn
        ? stations.map(({ station, newest, hours }) => ({
            station: station.name,
            hoursToday: hours,
            values: newest && hourValueFacts(newest),
          }))
        : [],
    },
  };
}

/** 海安第2位，全市第5位（并列）; why it has none, where it has none. */
function placeWords({ rank, tied, countyRank, countyTied, county, reason }: TownRow): string {
  if (rank === null || countyRank === null) return `不参与排名（${reason ?? "—"}）`;
  const place = (at: number, isTied: boolean) => `第${at}位${isTied ? "（并列）" : ""}`;
  return `${county}${place(countyRank, countyTied)}，全市${place(rank, tied)}`;
}
