import { takeBackDays } from "../../air/take-back-days.ts";
import {
  type Cell,
  column,
  type Entered,
  fault,
  filled,
  type Importing,
  importKind,
  type ReadCell,
} from "../../chat/import.ts";
import type { DataState } from "../../domain/air/data-state.ts";
import { type IsoDate, POLLUTANTS, type Pollutant } from "../../domain/air/day.ts";
import type { Read } from "../../domain/reading.ts";
import { quickConcentration, readConcentration } from "../../intake/concentration.ts";
import { quoted } from "../../intake/refusal.ts";
import { CLEARED, type DayRow, type Merged } from "../../store/air-merge.ts";
import { dataState, namesOfPlaces, stateReport } from "../air-state.ts";
import { COUNTY, county, day, remembered } from "../cells.ts";
import { countyTold, dayTold } from "../told.ts";

/** The pilot year of the present standard; the office has no earlier data. */
const FIRST_YEAR = 2013;

const concentration = (pollutant: Pollutant, heads: string, beside = "") =>
  column(heads, () => concentrationCell(pollutant), {
    unit: pollutant === "CO" ? "mg/m³" : "µg/m³",
    statistic: pollutant === "O3_8h" ? "mda8" : "day",
    beside,
  });

/** A file has up to 1,200,000 of these cells, and few of them differ: nothing is made anew for each. */
function concentrationCell(pollutant: Pollutant): ReadCell<number | null> {
  const known: Read<number>[] = [];
  return (text) => {
    const quick = quickConcentration(pollutant, text);
    if (quick === null) return text.trim() === "清除" ? cleared : readConcentration(pollutant, text);
    known[quick] ??= { value: quick };
    return known[quick];
  };
}

/** 清除: what was wrong is missing from now on; an empty cell never says so. */
const cleared: Read<number> = { value: CLEARED };

const station: Cell<string> = async ({ store }) => {
  const ids = new Map(
    (await store.air.stations()).flatMap(({ name, id }) => [
      [name, id],
      [id, id],
    ]),
  );
  return remembered((text) => {
    const id = ids.get(text.trim());
    return id === undefined
      ? { reason: `没有名为“${quoted(text.trim())}”的站点，请核对名称` }
      : { value: id };
  });
};

/** Daily means of stations and regions. A different value for a known day is a correction. */
export default importKind({
  id: "daily-air",
  title: "日均空气数据",
  who: ["office"],
  columns: {
    date: filled("日期 date 监测日期", day(FIRST_YEAR), { date: "day", told: dayTold }),
    county: column(COUNTY, county({ on: "date", orCity: true }), { told: countyTold({ orCity: true }) }),
    station: column("站点 station 点位 站点名称 点位名称 监测站点 监测点位", station),
    "PM2.5": concentration("PM2.5", "PM2.5 细颗粒物 粒径小于等于2.5μm", "颗粒物"),
    PM10: concentration("PM10", "PM10 可吸入颗粒物 粒径小于等于10μm", "颗粒物"),
    O3_8h: concentration("O3_8h", "O3_8h O3 臭氧"),
    NO2: concentration("NO2", "NO2 二氧化氮"),
    SO2: concentration("SO2", "SO2 二氧化硫"),
    CO: concentration("CO", "CO 一氧化碳"),
    state: column("数据状态 审核状态 数据类型 data_state", dataState),
  },
  needs: ["date", ["county", "station"], "PM2.5", "PM10", "SO2", "NO2", "CO", "O3_8h"],
  alone: POLLUTANTS,
  row(cells) {
    let zeros = 0;
    for (const pollutant of POLLUTANTS) {
      if (cells[pollutant] === null) continue;
      if (cells[pollutant] !== 0) return cells;
      zeros += 1;
    }
    if (zeros > 1)
      return fault(
        POLLUTANTS.find((pollutant) => cells[pollutant] !== null) ?? "PM2.5",
        "一天各项都是0，像是缺测；没有数据请留空",
      );
    return cells;
  },
  once: {
    // A station's day isn't the day of its county.
    key: ({ station, county, date }) =>
      station === null ? ["county", county ?? "", date] : ["station", station, date],
    differs: (a, b) =>
      POLLUTANTS.find((pollutant) => a[pollutant] !== b[pollutant]) ?? (a.state === b.state ? null : "state"),
    reason: "是同一天同一地点但数值不同",
  },
  touches: "air",
  enter: merge,
  takeBack: takeBackDays,
});

type Row = { date: IsoDate; county: string | null; station: string | null; state: boolean | null } & Record<
  Pollutant,
  number | null
>;

async function merge(rows: readonly Row[], file: Importing): Promise<Entered> {
  const { store, office, by, now, batch } = file;
  const stamp = {
    personId: by?.id ?? null,
    at: now.epochMilliseconds,
    batch,
    missing: "stays" as const,
  };
  const regions: DayRow[] = [];
  const heirs: DayRow[] = [];
  const stations: DayRow[] = [];
  for (const row of rows) {
    const { county, station } = row;
    if (station !== null) stations.push(dayOf(station, row));
    else if (county !== null) {
      regions.push(dayOf(county, row));
      // A region that was only renamed hands its days on; of a merged one the heir's days need the stations.
      const heir = office.region(county).successor;
      if (heir !== undefined && office.lineage(heir).length === 2) heirs.push(dayOf(heir, row));
    }
  }
  const ofRegions = await store.air.mergeRegionDays(regions, stamp);
  const ofHeirs = await store.air.mergeRegionDays(heirs, stamp);
  const ofStations = await store.air.mergeStationDays(stations, stamp);
  const report = stateReport([ofRegions, ofStations], await namesOfPlaces(file));
  return {
    added: ofRegions.added + ofStations.added,
    corrected: ofRegions.corrected + ofStations.corrected,
    unchanged: ofRegions.unchanged + ofStations.unchanged,
    correctedDates: ofRegions.correctedDates.union(ofStations.correctedDates),
    touched: spanOf([ofRegions, ofHeirs, ofStations]),
    dataState: stateOf(rows),
    ...(report ? { report } : {}),
  };
}

/** What the rows say of themselves; of whom nothing is said isn't audited. */
function stateOf(rows: readonly Row[]): DataState {
  const audited = rows.filter(({ state }) => state === true).length;
  if (audited === rows.length) return "audited";
  return audited === 0 ? "unaudited" : "mixed";
}

/** First and last day of what has changed; each place's days stand in their order. */
function spanOf(merged: readonly Merged[]): readonly [IsoDate, IsoDate] | null {
  let [first, last] = ["9999", ""];
  for (const { changed, confirmed } of merged)
    for (const rows of [changed, confirmed])
      for (const { date } of rows) {
        if (date < first) first = date;
        if (date > last) last = date;
      }
  return last === "" ? null : [first, last];
}

// Field by field: a copy of all but two fields is slow, and a file has up to 200,000 rows.
const dayOf = (id: string, row: Row): DayRow => ({
  id,
  date: row.date,
  "PM2.5": row["PM2.5"],
  PM10: row.PM10,
  O3_8h: row.O3_8h,
  NO2: row.NO2,
  SO2: row.SO2,
  CO: row.CO,
  audited: row.state,
});
