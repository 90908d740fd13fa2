import type { PlanPack } from "../../src/domain/plan/pack.ts";
import { subunitsIn } from "../../src/domain/plan/subunits.ts";
import type { Role } from "../../src/domain/roles.ts";
import { demoSeed } from "./random.ts";
import { regionsAtStart } from "./stations.ts";
import { storiesOf } from "./stories.ts";

export interface DemoPerson {
  name: string;
  role: Role;
  region: string | null;
  department: string | null;
  /** Another name that finds the person. */
  handle?: string;
}

/**
 * One fictional person per role: the office, a lead and a liaison of each county-level region by short name,
 * a liaison of each department by short name, and in each pilot county a chief of a station and, where the pack has towns,
 * the liaisons of one town and one bureau. Names are unique.
 */
export function demoPeople(pack: PlanPack): DemoPerson[] {
  const regions = regionsAtStart(pack);
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
  const { chiefs } = storiesOf(pack, demoSeed);
  chiefs.forEach((short, i) => {
    const region = regions.find((candidate) => candidate.short === short);
    if (!region) throw new Error(`方案包没有试点地区“${short}”，不能设点位长。`);
    people.push({
      name: `${short}点位长`,
      role: "station-chief",
      region: region.id,
      department: null,
      ...(i === 0 ? { handle: "点位长" } : {}),
    });
  });
  const below = subunitsIn(pack);
  for (const short of chiefs) {
    const county = regions.find((candidate) => candidate.short === short)?.id;
    const town = below.find((unit) => unit.kind === "town" && unit.county === county);
    const bureau = below.find((unit) => unit.kind === "bureau" && unit.county === county);
    if (town === undefined || bureau === undefined) continue;
    people.push(
      { name: `${town.short}联络员`, role: "town-liaison", region: town.id, department: null },
      { name: `${bureau.short}联络员`, role: "bureau-liaison", region: bureau.id, department: null },
    );
  }
  refuseDoubles(people.flatMap(({ name, handle }) => (handle ? [name, handle] : [name])));
  return people;
}

function refuseDoubles(names: readonly string[]): void {
  const doubles = names.filter((name, i) => names.indexOf(name) !== i);
  if (doubles.length > 0) throw new Error(`演示人员重名：${doubles.join("、")}。`);
}
