import { column, type Faults, fault, filled, importKind, type RowsContext } from "../../chat/import.ts";
import type { Station } from "../../store/air.ts";
import { COUNTY, county, day, degrees, plainText } from "../cells.ts";
import { enterEach } from "../enter-each.ts";
import { chiefs, code, national } from "./stations/cells.ts";
import { judgeStation, type StationPut, type StationRow } from "./stations/judge.ts";

const FIRST_YEAR = 1990;

/** Codes of a file's rows, with the station of each. */
const codesOf = new WeakMap<RowsContext, Map<string, string>>();

/**
 * Monitoring stations of counties and of their towns: their names, codes in national files, places, chiefs, and the days on
 * which they count. What a row leaves out of a known station stays as it was. A place's days are reckoned anew where its
 * stations are others now.
 */
export default importKind({
  id: "stations",
  title: "监测站点",
  who: ["office"],
  columns: {
    station: column("站点 station 站点名称 点位 点位名称", plainText(50)),
    town: column("镇街 town 乡镇 街道 镇街道 乡镇街道 所属镇街", plainText(20)),
    code: column("编码 code 站点编码 点位编码 stationcode", code),
    county: filled(COUNTY, county()),
    longitude: column("经度 longitude lng", degrees("longitude")),
    latitude: column("纬度 latitude lat", degrees("latitude")),
    national: column("国控 national 级别 站点级别", national),
    chiefs: column("点位长 chief", chiefs),
    from: column("启用日期 from 启用时间", day(FIRST_YEAR)),
    to: column("停用日期 to 停用时间", day(FIRST_YEAR)),
  },
  needs: [["station", "town"], "code", "county"],
  // The days of all of its region are reckoned anew for a station.
  mostRows: 500,
  row(cells, file): StationRow | Faults<"to" | "code" | "longitude" | "latitude"> {
    const { station, town, code, county, longitude, latitude, national, chiefs, from, to } = cells;
    if (from !== null && to !== null && to < from) return fault("to", "早于启用日期，请核对");
    if (longitude === null && latitude !== null) return fault("longitude", "只有纬度，请补上经度");
    if (latitude === null && longitude !== null) return fault("latitude", "只有经度，请补上纬度");
    const codes = codesOf.get(file) ?? new Map<string, string>();
    codesOf.set(file, codes);
    const called = station ?? town ?? "";
    const other = code === null ? undefined : codes.get(code);
    if (other !== undefined && other !== called) return fault("code", `与“${other}”的编码相同，请核对`);
    if (code !== null) codes.set(code, called);
    return {
      ...{ name: station, town, code, regionId: county, longitude, latitude, national, chiefs },
      ...{ validFrom: from, validTo: to },
    };
  },
  once: {
    key: ({ name, town, regionId }) => (name === null ? ["town", regionId, town ?? ""] : ["station", name]),
    differs: (a, b) => (JSON.stringify(a) === JSON.stringify(b) ? null : "station"),
    reason: "是同一站点但内容不同",
  },
  judge: judgeStation,
  touches: "air",
  async enter(rows: readonly StationPut[], file) {
    const { store, by, now } = file;
    const changed: Station[] = [];
    const at = now.epochMilliseconds;
    const entered = await enterEach<StationPut>({
      subject: ({ id }) => `station/${id}`,
      value: inOrder,
      async known({ id, chiefs }) {
        const before = await store.air.station(id);
        // Chiefs whom nobody names stay, and are no difference.
        if (before === null) return undefined;
        return inOrder({ ...before, chiefs: chiefs && (await store.ownStations.chiefsOf(id)) });
      },
      put: async ({ chiefs: _, ...row }) => void changed.push(row),
    })(rows, file);
    // All at once: a region's days are those of all its stations.
    const correctedDates = await store.air.putStations(changed, { personId: by?.id ?? null, at });
    for (const { id, chiefs } of rows) if (chiefs !== null) await store.ownStations.appoint(id, chiefs, at);
    return { ...entered, correctedDates };
  },
});

/** What is kept of a station, in one order; its chiefs where they are named. */
function inOrder(station: StationPut) {
  const { name, code, regionId, national, validFrom, validTo, longitude, latitude, chiefs } = station;
  const all = { name, code, regionId, national, validFrom, validTo, longitude, latitude };
  return chiefs === null ? all : { ...all, chiefs: chiefs.toSorted((a, b) => a - b) };
}
