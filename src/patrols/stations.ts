import { scopeOf } from "../chat/access.ts";
import type { Context } from "../chat/command.ts";
import type { IsoDate } from "../domain/air/day.ts";
import type { PersonId } from "../domain/ids.ts";
import type { Region } from "../domain/plan/pack.ts";
import { inEachPost } from "../domain/posts.ts";
import type { Station } from "../store/air.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/** A station that has a chief. */
export type ChiefsStation = {
  station: Station;
  county: Region;
  chiefs: readonly { id: PersonId; name: string }[];
  /** The day since when it has had one and been in use. */
  since: IsoDate;
};

/** The stations in use that have a chief, in the order of the city's tables; a chief who has left, or holds the post no more, is none. */
export async function chiefsStations({ store, office, today }: Around): Promise<ChiefsStation[]> {
  const chiefs = new Map(
    (await store.people.withRoles(["station-chief"]))
      .filter(({ behalf }) => behalf === undefined)
      .map(({ id, name }) => [id, name]),
  );
  const stations = new Map((await store.air.stations()).map((station) => [station.id, station]));
  const found: ChiefsStation[] = [];
  for (const [id, own] of Map.groupBy(await store.ownStations.all(), ({ stationId }) => stationId)) {
    const station = stations.get(id);
    const holding = own.filter(({ personId }) => chiefs.has(personId));
    const [first] = holding;
    if (station === undefined || first === undefined || !isInUse(station, today)) continue;
    const at = Math.min(...holding.map((one) => one.at));
    const appointed = office.today(Temporal.Instant.fromEpochMilliseconds(at)).toString();
    found.push({
      station,
      county: office.heirOn(station.regionId, today),
      chiefs: holding.map(({ personId }) => ({ id: personId, name: chiefs.get(personId) ?? "" })),
      since: [appointed, station.validFrom ?? ""].toSorted().at(-1) as IsoDate,
    });
  }
  return found.toSorted(
    (a, b) => a.county.order - b.county.order || a.station.id.localeCompare(b.station.id),
  );
}

/** Those of them that somebody may see: a chief their own and those of whom they stand in for, anybody else those of their scope. */
export async function stationsSeen(person: Person, around: Around): Promise<ChiefsStation[]> {
  const all = await chiefsStations(around);
  const own = new Set((await ownOf(person, around)).map(({ station }) => station.id));
  const others = inEachPost(person).filter(({ role }) => role !== "station-chief");
  const scopes = others.map((post) => scopeOf(post, around.office, around.today));
  const isWithin = ({ station, county }: ChiefsStation) =>
    scopes.some((scope) => scope === null || scope.includes(station.regionId) || scope.includes(county.id));
  return all.filter((one) => own.has(one.station.id) || isWithin(one));
}

/** A station that somebody patrols; `forId` as whom, where they stand in for its chief; `called` how they name it. */
export type OwnPatrolStation = { station: Station; forId: PersonId | null; called: readonly string[] };

/** The stations that somebody looks after as a chief, and those of the chiefs whom they stand in for. */
export async function ownOf(person: Person, { store, office, today }: Around): Promise<OwnPatrolStation[]> {
  const stations = new Map((await store.air.stations()).map((station) => [station.id, station]));
  const found = new Map<string, OwnPatrolStation>();
  for (const { role, behalf } of inEachPost(person)) {
    if (role !== "station-chief") continue;
    for (const id of await store.ownStations.of(behalf?.id ?? person.id)) {
      const station = stations.get(id);
      if (station === undefined || found.has(id) || !isInUse(station, today)) continue;
      const bare = station.name.split("·").at(-1) ?? station.name;
      const town = office.subunitOn(station.regionId, today)?.short;
      const called = [...new Set([station.name, bare, bare.replace(/站$/, ""), ...(town ? [town] : [])])];
      found.set(id, { station, forId: behalf?.id ?? null, called });
    }
  }
  return [...found.values()];
}

const isInUse = ({ validFrom, validTo }: Station, today: Temporal.PlainDate) =>
  (validFrom ?? "") <= today.toString() && today.toString() <= (validTo ?? "9999");
