import type { DepartmentId, RegionId } from "../ids.ts";
import type { Department, PlanPack, Region, Town } from "./pack.ts";

/** What a county hands its matters down to: its towns, and its bureaus (the county's own of a department of the city). */
export type Subunit = Town & { kind: "town" | "bureau"; order: number } & { department?: DepartmentId };

/**
 * What lies below the counties: the towns of the pack, and of each county a bureau for each department of the city's own
 * (海安市住房和城乡建设局, 海安住建局). Bureaus have ids of their own, which no file of a pack can have.
 */
export function subunitsIn({
  towns,
  regions,
  departments,
  city,
}: Pick<PlanPack, "towns" | "regions" | "departments" | "city">): Subunit[] {
  const counties = regions.filter(({ kind }) => kind !== "city");
  // What isn't called by the city's name (a port authority, an airport) has no counterpart in its counties.
  const own = departments.filter(({ name }) => name.startsWith(city.name));
  return [
    ...towns.map((town, i): Subunit => ({ ...town, kind: "town", order: i })),
    ...counties.flatMap((county) => own.map((one, i) => bureauOf(county, one, city.name, i))),
  ];
}

function bureauOf(county: Region, department: Department, city: string, order: number): Subunit {
  const { id, name, short, aliases } = department;
  const own = name.slice(city.length);
  const called = [...aliases, own].filter((word) => !/^[市县区]/.test(word));
  // 住建局 rather than 住房城乡建设局, 生态环境局 rather than 环保局: its short name with what kind of office it is.
  const shortest = called.find(
    (word) => word.startsWith(short) && /^(局|委|办|大队|支队)$/.test(word.slice(short.length)),
  );
  return {
    id: `${county.id}.${id}` as RegionId,
    kind: "bureau",
    name: `${county.name}${own}`,
    short: `${county.short}${shortest ?? short}`,
    aliases: [...new Set([...called, short])],
    county: county.id,
    department: id,
    order,
    ...(county.from === undefined ? {} : { from: county.from }),
    ...(county.to === undefined ? {} : { to: county.to }),
  };
}
