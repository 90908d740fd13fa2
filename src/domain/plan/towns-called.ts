import type { Region, Town } from "./pack.ts";

type Named = Pick<Town, "name" | "short" | "aliases">;

/** A town's words without its county's before them: 长江镇 of 如皋市长江镇. */
export const withoutCounty = (said: string, { name, short }: Pick<Region, "name" | "short">): string =>
  said.replace(new RegExp(`^(?:${name}|${short}[市县区]?)(?=.)`), "");

/** Those of a county's towns that are called so by any of their names; 海安街道 is one of 海安 itself. */
export function townsCalled<T extends Named>(
  said: string,
  county: Pick<Region, "name" | "short">,
  towns: readonly T[],
): T[] {
  const own = withoutCounty(said, county);
  return towns.filter((town) =>
    [town.name, town.short, ...town.aliases].some((word) => [said, own].includes(word)),
  );
}
