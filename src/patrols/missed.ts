import type { Card } from "../chat/card.ts";
import type { Context, SlotDelivery } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import type { Period } from "../domain/period.ts";
import type { Reader } from "../store/store.ts";
import { patrolsOver, type StationPatrols } from "./sheet.ts";
import { chiefsStations } from "./stations.ts";

const toPatrols = says("巡查");

/** The stations that a week's patrols were missed at, told once: to the liaisons of each county its own, to the office all of them. */
export async function missedIn(
  week: Period,
  context: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<SlotDelivery[]> {
  const { store, office, today } = context;
  const rows = (await patrolsOver(await chiefsStations(context), week, context)).filter(
    ({ missed }) => missed > 0,
  );
  if (rows.length === 0) return [];
  const readers = await store.people.withRoles(["office", "county-liaison"]);
  return readers.flatMap((person): SlotDelivery[] => {
    const county = person.regionId === null ? null : office.heirOn(person.regionId, today).short;
    const own = county === null ? rows : rows.filter(({ of }) => of.county.short === county);
    if (own.length === 0) return [];
    return [{ to: { person }, card: missedCard(own, week, county), class: "card" }];
  });
}

function missedCard(rows: readonly StationPatrols[], week: Period, county: string | null): Card {
  return {
    title: `点位巡查 ${county ?? "全市"}：${week.label}${rows.length}个点位没有巡查到位`,
    tone: "notice",
    blocks: [
      {
        kind: "table",
        columns: [
          ...(county === null ? [{ title: "地区" }] : []),
          { title: "点位" },
          { title: "点位长" },
          { title: "巡查/应巡", align: "end" },
        ],
        rows: rows.map(({ of, owed, missed }) => [
          ...(county === null ? [of.county.short] : []),
          of.station.name,
          of.chiefs.map(({ name }) => name).join("、"),
          `${owed - missed}/${owed}`,
        ]),
      },
      { kind: "note", text: "每周通报一次，不逐日催；有请假代理的由代理人巡查" },
    ],
    buttons: [toPatrols("巡查记录", ...(county === null ? [] : [county]))],
    facts: {
      week: { from: week.from.toString(), to: week.to.toString() },
      missed: rows.map(({ of, owed, missed }) => ({
        ...{ county: of.county.short, station: of.station.name, owed, missed },
      })),
    },
  };
}
