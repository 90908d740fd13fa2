import { scopeOf } from "../chat/access.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import type { RegionId } from "../domain/ids.ts";
import { bothOf, holdsRole, inEachPost, judgesFor } from "../domain/posts.ts";
import { codeMakersOf } from "../office/code-makers.ts";
import type { Exemption } from "../store/exemptions.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";

type Around = Pick<Context<Reader>, "store" | "office" | "today" | "now" | "identity">;

/** Who signs second, by word. */
export const SECOND = ["office", "city-lead"] as const;

/** Who proposes, by word; a county its own alone. */
export const PROPOSERS = ["office", "department-liaison", "county-liaison"] as const;

/** Whether somebody may propose for a county: the office, departments, and the county itself. */
export function proposesFor(
  person: Person,
  regionId: RegionId,
  { office, today }: Pick<Around, "office" | "today">,
) {
  return inEachPost(person).some(
    (post) =>
      post.role === "office" ||
      post.role === "department-liaison" ||
      (post.role === "county-liaison" && scopeOf(post, office, today)?.includes(regionId) === true),
  );
}

/** Why somebody can't give the second signature; null where they can: of the office or the city's lead, and not who proposed it. */
export async function notSecondFor(
  { proposedBy }: Pick<Exemption, "proposedBy">,
  person: Person,
  context: Around,
): Promise<Refusal | null> {
  if (!holdsRole(person, ...SECOND)) return refuse("forbidden", "列入豁免清单须由市办或市领导同意。");
  if (proposedBy === null) return null;
  if (!judgesFor(person, proposedBy, ...SECOND))
    return refuse("forbidden", "这是您自己或您代理的人提出的，须由另一人同意。");
  if ((await codeMakersOf(person, context.identity, context)).includes(proposedBy))
    return refuse("forbidden", "您的账号是由提出的人一人开通的，须由其他人同意。");
  return null;
}

/** Who is asked for the second signature: the others of the office, and where there are none the city's lead. */
export async function secondsFor(
  { proposedBy }: Pick<Exemption, "proposedBy">,
  { store }: Pick<Around, "store">,
): Promise<Person[]> {
  const others = (people: readonly Person[]) =>
    people.filter((person) => proposedBy === null || !bothOf(person).includes(proposedBy));
  const office = others(await store.people.withRoles(["office"]));
  return office.length > 0 ? office : others(await store.people.withRoles(["city-lead"]));
}
