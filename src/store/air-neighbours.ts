import type { Connection } from "./open.ts";

/**
 * Says of each station which are neighbours of one another around it, itself among them: those of its county, and the national
 * ones, which stand for the city. Of all stations of a county it is the same list.
 */
export function neighboursAmong(connection: Connection): (id: string) => readonly string[] {
  let around: ReadonlyMap<string, readonly string[]> | null = null;
  return (id) => {
    around ??= neighboursOfAll(connection);
    return around.get(id) ?? [];
  };
}

function neighboursOfAll(connection: Connection): ReadonlyMap<string, readonly string[]> {
  const regions = connection
    .prepare<[], { id: string; successor: string | null }>("select id, successor from region")
    .all();
  const successors = new Map(regions.map(({ id, successor }) => [id, successor]));
  const stations = connection
    .prepare<[], { id: string; region: string; national: number }>(
      "select id, region_id as region, national from station order by id",
    )
    .all();
  // A station of a region that is no more belongs to the one that this became.
  const heirOf = (region: string): string => {
    const successor = successors.get(region) ?? null;
    return successor === null ? region : heirOf(successor);
  };
  const heirs = new Map(regions.map(({ id }) => [id, heirOf(id)]));
  const national = stations.filter((one) => one.national === 1).map(({ id }) => id);
  const around = new Map<string, readonly string[]>();
  for (const own of Map.groupBy(stations, ({ region }) => heirs.get(region)).values()) {
    const ids = [...new Set([...own.map(({ id }) => id), ...national])];
    for (const { id } of own) around.set(id, ids);
  }
  return around;
}
