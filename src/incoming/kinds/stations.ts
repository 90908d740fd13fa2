import {
  type Cell,
  column,
  type Faults,
  fault,
  filled,
  type Importing,
  importKind,
  type RowsContext,
} from "../../chat/import.ts";
import type { Station } from "../../store/air.ts";
import { COUNTY, county, day, decimal, plainText } from "../cells.ts";
import { enterEach } from "../enter-each.ts";

const FIRST_YEAR = 1990;
const degrees = (least: number, most: number) => decimal({ decimals: 6, least, most });

/** As networks number their stations: 1001A, 320600051. */
const code: Cell<string> = () => (text) => {
  const found = text.normalize("NFKC").trim();
  return /^[A-Za-z0-9_-]{1,20}$/.test(found)
    ? { value: found.toUpperCase() }
    : { reason: "编码应由字母和数字组成，例如 1001A" };
};

const national: Cell<boolean> = () => (text) => {
  const word = text.normalize("NFKC").trim();
  if (/^(是|国控|国控站点?|√|1|y|yes)$/i.test(word)) return { value: true };
  if (/^(否|省控|市控|县控|省控站点?|×|0|n|no)$/i.test(word)) return { value: false };
  return { reason: "请填“是”（国控）或“否”" };
};

/** Codes of a file's rows, with the station of each. */
const codesOf = new WeakMap<RowsContext, Map<string, string>>();

/** What a row says; null where it says nothing. */
type Row = Omit<Station, "id" | "national"> & { national: boolean | null };

/**
 * Monitoring stations: their names, codes in national files, counties, and the days on which they count. What a row leaves
 * out of a known station stays as it was. A region's days are reckoned anew where its stations are others now.
 */
export default importKind({
  id: "stations",
  title: "监测站点",
  who: ["office"],
  columns: {
    station: filled("站点 station 站点名称 点位 点位名称", plainText(50)),
    code: column("编码 code 站点编码 点位编码 stationcode", code),
    county: filled(COUNTY, county()),
    longitude: column("经度 longitude lng", degrees(73, 136)),
    latitude: column("纬度 latitude lat", degrees(3, 54)),
    national: column("国控 national 级别 站点级别", national),
    from: column("启用日期 from 启用时间", day(FIRST_YEAR)),
    to: column("停用日期 to 停用时间", day(FIRST_YEAR)),
  },
  needs: ["station", "code", "county"],
  // The days of all of its region are reckoned anew for a station.
  mostRows: 500,
  row({ station, code, county, longitude, latitude, national, from, to }, file): Row | Faults<"to" | "code"> {
    if (from !== null && to !== null && to < from) return fault("to", "早于启用日期，请核对");
    const codes = codesOf.get(file) ?? new Map<string, string>();
    codesOf.set(file, codes);
    const other = code === null ? undefined : codes.get(code);
    if (other !== undefined && other !== station) return fault("code", `与“${other}”的编码相同，请核对`);
    if (code !== null) codes.set(code, station);
    return {
      name: station,
      code,
      regionId: county,
      longitude,
      latitude,
      national,
      validFrom: from,
      validTo: to,
    };
  },
  once: {
    key: ({ name }) => [name],
    differs: (a, b) => (JSON.stringify(a) === JSON.stringify(b) ? null : "station"),
    reason: "是同一站点但内容不同",
  },
  judge: judgeStation,
  touches: "air",
  async enter(rows: readonly Station[], file) {
    const { store, by, now } = file;
    const changed: Station[] = [];
    const entered = await enterEach<Station>({
      subject: ({ id }) => `station/${id}`,
      value: inOrder,
      async known({ id }) {
        const before = (await store.air.stations()).find((one) => one.id === id);
        return before && inOrder(before);
      },
      put: async (row) => void changed.push(row),
    })(rows, file);
    // All at once: a region's days are those of all its stations.
    const stamp = { personId: by?.id ?? null, at: now.epochMilliseconds };
    return { ...entered, correctedDates: await store.air.putStations(changed, stamp) };
  },
});

async function judgeStation(
  row: Row,
  { store, office, today }: Importing,
): Promise<Station | Faults<"station" | "code" | "county" | "from" | "to">> {
  const stations = await store.air.stations();
  const named = stations.find(({ name }) => name === row.name);
  const coded = row.code === null ? undefined : stations.find(({ code }) => code === row.code);
  if (named && coded && named.id !== coded.id)
    return fault("code", `编码${row.code}是“${coded.name}”的，请核对`);
  const known = named ?? coded;
  if (known === undefined) {
    // Without it the days before would seem to lack a station that wasn't there.
    if (row.validFrom === null) return fault("from", "新站点请写明启用日期");
    const id = row.code ?? row.name;
    if (stations.some((one) => one.id === id)) return fault("code", `编号${id}已被别的站点使用，请核对`);
    return { ...row, id, national: row.national ?? false };
  }
  const isMoved = office.heirOn(known.regionId, today).id !== row.regionId;
  if (isMoved && (await store.air.hasDays(known.id)))
    return fault(
      "county",
      `站点已有${office.region(known.regionId).short}的数据，不能改县区；请停用后另建站点`,
    );
  const validFrom = row.validFrom ?? known.validFrom;
  const validTo = row.validTo ?? known.validTo;
  if (validFrom !== null && validTo !== null && validTo < validFrom)
    return fault("to", `早于启用日期${validFrom}，请核对`);
  return {
    id: known.id,
    name: row.name,
    code: row.code ?? known.code,
    regionId: isMoved ? row.regionId : known.regionId,
    national: row.national ?? known.national,
    validFrom,
    validTo,
    longitude: row.longitude ?? known.longitude,
    latitude: row.latitude ?? known.latitude,
  };
}

/** What is kept of a station, in one order. */
function inOrder({ name, code, regionId, national, validFrom, validTo, longitude, latitude }: Station) {
  return { name, code, regionId, national, validFrom, validTo, longitude, latitude };
}
