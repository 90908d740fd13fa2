import { roleNames } from "../chat/access.ts";
import type { Context } from "../chat/command.ts";
import { likenessOf, nameFault } from "../chat/member-name.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import type { Mandate } from "../domain/posts.ts";
import type { Invitation, Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { mandateWords } from "./handover.ts";
import { DECIDING } from "./joined.ts";
import { bareName } from "./names-apart.ts";

type Wanted = Mandate & { name: string };
type Around = Pick<Context<Writer>, "store" | "office" | "now" | "today">;
/** Who comes back under the name, if anybody, and which invitations the new one takes the place of. */
type Place = { returning: Person | null; replaces: readonly Invitation[] };

/**
 * Whether a name is free for somebody: nobody may be taken for a member, or for somebody who has been promised the name.
 * `another`: whoever invites has said that it is another person of the same name; the two are called apart from then on.
 */
export async function placeFor(
  wanted: Wanted,
  inviter: Person,
  another: boolean,
  context: Around,
): Promise<Place | Refusal> {
  const { store, office, now, today } = context;
  const { name, role } = wanted;
  const isAlike = (other: { name: string }) => likenessOf(bareName(other.name)) === likenessOf(name);
  const homeOf = (id: string | null) =>
    id === null || office.subunit(id) ? id : office.heirOn(id, today).id;
  const isSame = (other: Wanted) =>
    bareName(other.name) === name &&
    other.role === role &&
    other.departmentId === wanted.departmentId &&
    homeOf(other.regionId) === homeOf(wanted.regionId);
  const mayBear = (others: readonly Wanted[]) =>
    another && others.every((one) => bareName(one.name) === name && !isSame(one))
      ? mayShare([wanted, ...others], inviter)
      : null;

  const alike = (await store.people.ever()).filter(isAlike);
  const shared = mayBear(alike);
  if (isRefusal(shared)) return shared;
  const known = alike.find(isSame) ?? alike.find(({ active }) => active) ?? alike[0];
  if (known?.active && !shared) return taken(name, known, wanted, context);
  const fault = known ? null : nameFault(name, role);
  if (fault !== null) return fault;
  if (known && !shared && (inviter.role !== "office" || !isSame(known)))
    return refuse(
      "conflict",
      `“${known.name}”曾是成员（${roleNames[known.role]}），只能由市办按原角色、原范围恢复；如是另一个人，请换一个名字，或在后面加“同名”重发。`,
      [again(wanted, context)],
    );
  const promised = (await store.people.openInvitations(now.epochMilliseconds)).filter(isAlike);
  const replaces = promised.filter((i) => isSame(i) && i.createdBy === inviter.id);
  const others = promised.filter((i) => !replaces.includes(i));
  const sharing = others.length === 0 ? true : mayBear(others);
  if (isRefusal(sharing)) return sharing;
  if (!sharing)
    return refuse(
      "conflict",
      `“${name}”已有一个未使用的邀请码，请等它用掉或过期，或换一个名字；如是同名的另一个人，请在后面加“同名”重发。`,
      [again(wanted, context)],
    );
  return { returning: known && !shared ? known : null, replaces };
}

/** People who decide over others share their name with nobody, unless the office says so. */
function mayShare(all: readonly Wanted[], inviter: Person): true | Refusal {
  return all.some(({ role }) => DECIDING.includes(role)) && inviter.role !== "office"
    ? refuse("forbidden", "与市办、督查、市领导同名的成员须由市办邀请。")
    : true;
}

function taken(name: string, known: Person, wanted: Wanted, context: Around): Refusal {
  if (bareName(known.name) !== name)
    return refuse("conflict", `“${name}”与成员“${known.name}”容易混淆，请换一个名字。`);
  const isSamePost = mandateWords(known, context) === mandateWords(wanted, context);
  const other = isSamePost
    ? "如是另一个人，请换一个名字。"
    : "如是同名的另一个人，请在后面加“同名”重发，或换一个名字。";
  return refuse(
    "conflict",
    `“${name}”已是成员（${mandateWords(known, context)}）。本人要加一个账号，请本人从已绑定的账号发送“绑定新账号”；${other}`,
    isSamePost ? [] : [again(wanted, context)],
  );
}

const again = (wanted: Wanted, context: Around) =>
  `邀请 ${wanted.name} ${mandateWords(wanted, context)} 同名`;
