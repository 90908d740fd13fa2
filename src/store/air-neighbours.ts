import type { Connection } from "./open.ts";

/** Says which county a region's stations belong to: one that is no more belongs to what it became. */
export function countiesOf(connection: Connection): (regionId: string) => string {
  const regions = connection
    .prepare<[], { id: string; successor: string | null }>("select id, successor from region")
    .all();
  const successors = new Map(regions.map(({ id, successor }) => [id, successor]));
  const known = new Map<string, string>();
  const heirOf = (region: string): string => {
    const successor = successors.get(region) ?? null;
    return successor === null ? region : heirOf(successor);
  };
  return (region) => {
    const told = known.get(region);
    if (told !== undefined) return told;
    const county = heirOf(region);
    known.set(region, county);
    return county;
  };
}

/** Says of each station which are its neighbours: the others of its county, and the national ones, which stand for the city. */
export function neighboursAmong(connection: Connection): (id: string) => readonly string[] {
  let stations: ReadonlyMap<string, { county: string; national: number }> | null = null;
  const all = () => {
    const countyOf = countiesOf(connection);
    const rows = connection
      .prepare<[], { id: string; region: string; national: number }>(
        "select id, region_id as region, national from station order by id",
      )
      .all();
    return new Map(rows.map(({ id, region, national }) => [id, { county: countyOf(region), national }]));
  };
  const known = new Map<string, readonly string[]>();
  return (id) => {
    stations ??= all();
    const county = stations.get(id)?.county;
    const own =
      known.get(id) ??
      [...stations].flatMap(([other, one]) =>
        other !== id && (one.national === 1 || one.county === county) ? [other] : [],
      );
    known.set(id, own);
    return own;
  };
}
