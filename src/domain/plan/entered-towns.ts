import type { RegionId } from "../ids.ts";
import type { Town } from "./pack.ts";

/** A town as the office has entered it, from its first day to its last; `successor`: what it has become. */
export type EnteredTown = {
  id: RegionId;
  name: string;
  county: RegionId;
  from: string | null;
  to: string | null;
  successor: RegionId | null;
};

/** The towns of a pack with those that the office has entered since: what it says of one of the pack's stands in its place. */
export function townsWith(towns: readonly Town[], entered: readonly EnteredTown[]): Town[] {
  const said = new Map(entered.map((one) => [one.id, one]));
  const known = new Set<string>(towns.map(({ id }) => id));
  const asEntered = ({ from, to, successor, ...town }: EnteredTown, aliases: string[]): Town => ({
    ...town,
    ...{ short: town.name, aliases },
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    ...(successor === null ? {} : { successor }),
  });
  return [
    ...towns.map((town) => {
      const one = said.get(town.id);
      return one === undefined ? town : { ...asEntered(one, town.aliases), short: town.short };
    }),
    ...entered.filter(({ id }) => !known.has(id)).map((one) => asEntered(one, [])),
  ];
}
