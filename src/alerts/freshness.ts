import { isInUse } from "../air/in-use.ts";
import { hourWords } from "../air/live.ts";
import { FRESH_HOURS } from "../air/live-words.ts";
import type { Block } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { firstNamed } from "../chat/wording.ts";
import { type HourNumber, lastHour } from "../domain/air/hour-number.ts";
import type { Reader } from "../store/store.ts";

/** A station in use and its newest hour with any value; `age`: whole hours that have ended since, null where it never sent one. */
export type StationFreshness = { station: string; hour: HourNumber | null; age: number | null };

/** Late stations that a card names; the rest is counted. */
const NAMED = 15;
/** One that has sent nothing for so long isn't one of those that send hours. */
const SENDS_HOURS = 72;

/** Every station in use by how old its newest hour is, the oldest first. */
export async function freshnessOf({
  store,
  office,
  now,
  today,
}: Pick<Context<Reader>, "store" | "office" | "now" | "today">): Promise<StationFreshness[]> {
  const until = lastHour(office.local(now));
  const stations = (await store.air.stations()).filter((station) => isInUse(station, today.toString()));
  const measured = await store.air.newestMeasured(
    stations.map(({ id }) => id),
    until,
  );
  const newest = new Map(measured.map(({ id, hour }) => [id, hour]));
  return stations
    .map(({ id, name }) => {
      const hour = newest.get(id) ?? null;
      return { station: name, hour, age: hour === null ? null : until - hour };
    })
    .sort((a, b) => (b.age ?? Number.POSITIVE_INFINITY) - (a.age ?? Number.POSITIVE_INFINITY));
}

/** How many stations are up to date, which are late and by how much, and how many send no hours at all. */
export function freshnessBlocks(all: readonly StationFreshness[]): Block[] {
  const { sends, fresh, late } = freshnessCounts(all);
  const silent = all.length - sends.length;
  const line = [
    ...(sends.length === 0
      ? []
      : [`报送小时数据的站点${sends.length}个，最新${fresh}个，迟报${late.length}个`]),
    ...(silent === 0 ? [] : [`${sends.length === 0 ? "" : "另有"}${silent}个站点近三天没有小时数据`]),
  ].join("；");
  if (line === "") return [];
  return [
    { kind: "text", text: `${line}。`, ...(late.length > 0 ? { tone: "notice" as const } : {}) },
    ...(late.length === 0
      ? []
      : [
          {
            kind: "table" as const,
            columns: [
              { title: "迟报站点" },
              { title: "最近一小时" },
              { title: "已过", align: "end" as const },
            ],
            rows: late
              .slice(0, NAMED)
              .map(({ station, hour, age }) => [
                station,
                hour === null ? "—" : hourWords(hour),
                `${age}小时`,
              ]),
          },
        ]),
    ...(late.length > NAMED ? [{ kind: "note" as const, text: `列出前${NAMED}个，共${late.length}个` }] : []),
  ];
}

/**
 * Stations whose newest hour is one behind that of others, once what usually comes in time is there: that may be usual (HJ 633-2012
 * cl. 5.1.3) or a clock that is an hour slow, whose hours bear the wrong name; only who sends them can tell.
 */
export function anHourBehind(
  all: readonly StationFreshness[],
  { office, now }: Pick<Context<Reader>, "office" | "now">,
): string[] {
  const { judgeAtMinute } = office.pack.settings.alerts;
  const isThere = office.local(now).minute >= judgeAtMinute && all.some(({ age }) => age === 0);
  return isThere ? all.flatMap(({ station, age }) => (age === 1 ? [station] : [])) : [];
}

/** What is said of them. */
export function behindBlocks(behind: readonly string[], operator: string): Block[] {
  if (behind.length === 0) return [];
  const text = `${firstNamed(behind, NAMED, "个站点")}的最新一小时比其他站点晚一小时。如每小时都这样，可能是报送方时钟慢了一小时、数据记错了钟点，请${operator}核对。`;
  return [{ kind: "text", text, tone: "notice" }];
}

export function freshnessCounts(all: readonly StationFreshness[]) {
  const sends = all.filter(({ age }) => age !== null && age <= SENDS_HOURS);
  const late = sends.filter(({ age }) => (age ?? 0) > FRESH_HOURS);
  return { sends, late, fresh: sends.length - late.length };
}
