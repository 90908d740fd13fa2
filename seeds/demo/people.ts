import type { PlanPack } from "../../src/domain/plan/pack.ts";

export interface DemoPerson {
  name: string;
  role:
    | "office"
    | "city-lead"
    | "supervision"
    | "county-lead"
    | "county-liaison"
    | "department-liaison"
    | "station-chief";
  region: string | null;
  department: string | null;
  /** Another name that finds the person. */
  handle?: string;
}

/** The regions are those of this day: people keep their names when a region is merged later. */
const asOf = "2020-01-01";
/** Counties that start town rankings first, and so have a chief of a town's station (support system 4). */
const pilots = ["海安", "海门", "通州"] as const;

/**
 * One fictional person per role: the office, a lead and a liaison of each county-level region by short name,
 * a liaison of each department by short name, a chief of a station in each pilot county. Names are unique.
 */
export function demoPeople(pack: PlanPack): DemoPerson[] {
  const regions = pack.regions
    .filter(
      (region) => region.kind !== "city" && (region.from ?? asOf) <= asOf && asOf <= (region.to ?? asOf),
    )
    .toSorted((one, other) => one.order - other.order);
  const people: DemoPerson[] = [
    { name: "市办", role: "office", region: null, department: null },
    { name: "市领导", role: "city-lead", region: null, department: null },
    { name: "督查", role: "supervision", region: null, department: null },
    ...regions.flatMap(({ id, short }): DemoPerson[] => [
      { name: `${short}领导`, role: "county-lead", region: id, department: null },
      { name: `${short}联络员`, role: "county-liaison", region: id, department: null },
    ]),
  ];
  const shorts = new Set(regions.map((region) => region.short));
  for (const { id, short } of pack.departments) {
    const name = shorts.has(short) ? `${short}部门联络员` : `${short}联络员`;
    people.push({ name, role: "department-liaison", region: null, department: id });
  }
  for (const short of pilots) {
    const region = regions.find((candidate) => candidate.short === short);
    if (!region) throw new Error(`方案包没有试点地区“${short}”，不能设点位长。`);
    const chief: DemoPerson = {
      name: `${short}点位长`,
      role: "station-chief",
      region: region.id,
      department: null,
    };
    people.push(short === "海安" ? { ...chief, handle: "点位长" } : chief);
  }
  refuseDoubles(people.flatMap(({ name, handle }) => (handle ? [name, handle] : [name])));
  return people;
}

function refuseDoubles(names: readonly string[]): void {
  const doubles = names.filter((name, i) => names.indexOf(name) !== i);
  if (doubles.length > 0) throw new Error(`演示人员重名：${doubles.join("、")}。`);
}
