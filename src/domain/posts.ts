import type { DepartmentId, PersonId, RegionId } from "./ids.ts";
import type { Role } from "./roles.ts";

/** What somebody stands for. */
export type Mandate = { role: Role; regionId: RegionId | null; departmentId: DepartmentId | null };

/** Somebody else, by number and name. */
export type Named = { id: PersonId; name: string };

/** A post that somebody may act in; `behalf`: it is that of a person who is away. */
export type Capacity = Mandate & { behalf?: Named };

/** Somebody in one post; `beside`: in which others they may act, too. */
export type Holder = Capacity & { beside?: readonly Capacity[] };

/**
 * Somebody in each post that they may act in, and in no other one at the time: their own main post first, then what they
 * hold beside it, then the posts of whom they stand in for. What one post gives the right to, no other one does: rules ask
 * each of them alone.
 */
export function inEachPost<H extends Holder>(holder: H): H[] {
  const { beside = [], behalf: _behalf, ...self } = holder;
  const others = beside.map((capacity) => ({ ...(self as H), ...capacity, beside: [] }));
  return [{ ...holder, beside: [] }, ...others];
}

/** Whether one of the posts that somebody may act in is of one of these roles. */
export const holdsRole = (holder: Holder, ...roles: readonly Role[]): boolean =>
  inEachPost(holder).some(({ role }) => roles.includes(role));

/** Somebody with one of their posts first, so that what asks for the main one asks for this. */
export function actingIn<H extends Holder>(holder: H, post: Capacity): H {
  const { role, regionId, departmentId, behalf } = post;
  const others = inEachPost(holder).filter((other) => !isSamePost(other, post));
  const beside = others.map((other) => ({
    role: other.role,
    regionId: other.regionId,
    departmentId: other.departmentId,
    ...(other.behalf ? { behalf: other.behalf } : {}),
  }));
  const { behalf: _behalf, ...rest } = holder;
  return { ...(rest as H), role, regionId, departmentId, beside, ...(behalf ? { behalf } : {}) };
}

export const isSamePost = (a: Capacity, b: Capacity): boolean =>
  a.role === b.role &&
  a.regionId === b.regionId &&
  a.departmentId === b.departmentId &&
  a.behalf?.id === b.behalf?.id;

/** Whoever acts, and whom they stand in for: what one of the two may not do, neither does for the other. */
export const bothOf = ({ id, behalf }: { id: PersonId | null; behalf?: Named }): readonly PersonId[] =>
  [id, behalf?.id].filter((one) => one !== null && one !== undefined);

/**
 * Whether somebody may judge, in one of these roles, what another person has done: in a post in which neither they nor whom they
 * stand in for is that person.
 */
export const judgesFor = (
  holder: Holder & { id: PersonId },
  other: PersonId,
  ...roles: readonly Role[]
): boolean => inEachPost(holder).some((post) => roles.includes(post.role) && !bothOf(post).includes(other));

/** Whose matters somebody sees to: their own, and those of whom they stand in for. */
export const seesToFor = (holder: Holder & { id: PersonId }): readonly PersonId[] => [
  ...new Set([holder.id, ...inEachPost(holder).flatMap(({ behalf }) => behalf?.id ?? [])]),
];

/** A title as whoever stands in for somebody reads it; said once, also where a card is drawn for them and queued for them. */
export function forWhom({ behalf }: Holder, title: string): string {
  const said = behalf ? `代${behalf.name}：` : "";
  return title.startsWith(said) ? title : `${said}${title}`;
}

/** 李四代张三 */
export const nameOfBoth = (name: string, behalf: Named | { name: string } | null | undefined): string =>
  behalf ? `${name}代${behalf.name}` : name;
