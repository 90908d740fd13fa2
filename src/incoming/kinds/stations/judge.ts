import { type Faults, fault, type Importing } from "../../../chat/import.ts";
import type { PersonId, RegionId } from "../../../domain/ids.ts";
import type { Subunit } from "../../../domain/plan/subunits.ts";
import { townsCalled, withoutCounty } from "../../../domain/plan/towns-called.ts";
import { quoted } from "../../../intake/refusal.ts";
import type { Station } from "../../../store/air.ts";

/** What a row says; null where it says nothing. */
export type StationRow = Omit<Station, "id" | "national" | "name"> & {
  /** Null: the station of its town. */
  name: string | null;
  town: string | null;
  national: boolean | null;
  chiefs: readonly PersonId[] | null;
};
/** A station as it is to stand; `chiefs` null: they stay who they are. */
export type StationPut = Station & { chiefs: readonly PersonId[] | null };
type StationColumn = "station" | "town" | "code" | "county" | "national" | "from" | "to" | "longitude";

/**
 * The station that a row is about, as it is to stand. One of a town belongs to the town and not to the county, whose figures
 * it never enters; where a station belongs can't be changed once it has data.
 */
export async function judgeStation(
  row: StationRow,
  file: Importing,
): Promise<StationPut | Faults<StationColumn>> {
  const { store, office, today } = file;
  const town = row.town === null ? null : townCalled(row.town, row.regionId, file);
  if (town !== null && "faults" in town) return town;
  if (town !== null && row.national === true)
    return fault("national", "镇街站点不是国控站点，请填“否”，或把镇街留空");
  const name = row.name ?? `${office.region(row.regionId).short}${town?.short ?? ""}站`;
  const stations = await store.air.stations();
  const named = stations.find((one) => one.name === name);
  const coded = row.code === null ? undefined : stations.find(({ code }) => code === row.code);
  if (named && coded && named.id !== coded.id)
    return fault("code", `编码${row.code}是“${coded.name}”的，请核对`);
  const known = named ?? coded;
  const { chiefs } = row;
  if (known === undefined) {
    // Without it the days before would seem to lack a station that wasn't there.
    if (row.validFrom === null) return fault("from", "新站点请写明启用日期");
    const id = row.code ?? name;
    if (stations.some((one) => one.id === id)) return fault("code", `编号${id}已被别的站点使用，请核对`);
    const { town: _, ...said } = row;
    return { ...said, id, name, regionId: town?.id ?? row.regionId, national: row.national ?? false, chiefs };
  }
  const county = office.heirOn(known.regionId, today).id;
  const place = office.subunitOn(known.regionId, today)?.id ?? county;
  // A row that names no town leaves the station where it is in its county.
  const isMoved = county !== row.regionId || (town !== null && town.id !== place);
  if (isMoved && (await store.air.hasDays(known.id)))
    return fault(
      county === row.regionId ? "town" : "county",
      `站点已有${placeName(known.regionId, file)}的数据，不能改${county === row.regionId ? "镇街" : "县区"}；请停用后另建站点`,
    );
  const validFrom = row.validFrom ?? known.validFrom;
  const validTo = row.validTo ?? known.validTo;
  if (validFrom !== null && validTo !== null && validTo < validFrom)
    return fault("to", `早于启用日期${validFrom}，请核对`);
  return {
    id: known.id,
    name,
    code: row.code ?? known.code,
    regionId: isMoved ? (town?.id ?? row.regionId) : known.regionId,
    national: row.national ?? known.national,
    validFrom,
    validTo,
    longitude: row.longitude ?? known.longitude,
    latitude: row.latitude ?? known.latitude,
    chiefs,
  };
}

/** A county's town by any of its names. */
function townCalled(
  said: string,
  county: RegionId,
  { office, names, today }: Importing,
): Subunit | Faults<"town"> {
  const region = office.region(county);
  const { short } = region;
  const towns = office.subunitsOf(county, today).filter(({ kind }) => kind === "town");
  const [found] = townsCalled(said, region, towns);
  if (found !== undefined) return found;
  const [near] = names.nearest(
    withoutCounty(said, region),
    towns.map((town) => town.short),
  );
  const mend = near === undefined ? "请先发送镇街名单表增补" : `您要找的是“${near}”吗？`;
  return fault("town", `${short}没有名为“${quoted(said)}”的镇街，${mend}`);
}

const placeName = (id: RegionId, { office }: Importing): string =>
  office.subunit(id)?.short ?? office.region(id).short;
