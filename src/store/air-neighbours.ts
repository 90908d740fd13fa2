import type { Connection } from "./open.ts";

/** Says of each station which are its neighbours: the others of its county, and the national ones, which stand for the city. */
export function neighboursAmong(connection: Connection): (id: string) => readonly string[] {
  let stations: readonly { id: string; county: string; national: number }[] | null = null;
  const all = () => {
    // A station of a region that is no more belongs to the one that this became.
    stations ??= connection
      .prepare<[], { id: string; county: string; national: number }>(
        `with recursive became(id, county) as (
           select id, id from region
           union all select became.id, region.successor from became join region on region.id = became.county
           where region.successor is not null)
         select station.id, station.national,
           (select county from became join region on region.id = became.county
            where became.id = station.region_id and region.successor is null) as county
         from station order by station.id`,
      )
      .all();
    return stations;
  };
  const known = new Map<string, readonly string[]>();
  return (id) => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const county = all().find((one) => one.id === id)?.county;
    const own = all().flatMap((one) =>
      one.id !== id && (one.national === 1 || one.county === county) ? [one.id] : [],
    );
    known.set(id, own);
    return own;
  };
}
