import { scopeOf } from "../chat/access.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { holdsRole, inEachPost, isSamePost } from "../domain/posts.ts";
import type { Role } from "../domain/roles.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { redrawDissolved } from "./dissolved.ts";
import { handoverCard, mandateWords, passOn } from "./handover.ts";
import { DECIDING } from "./joined.ts";
import { lastOfOffice } from "./last-of-office.ts";
import { passChecks } from "./pass-checks.ts";
import { endStandIns } from "./stand-in.ts";
import { whatWaits } from "./waiting.ts";

type Leaving = { person: Person; heir: Person | null; by: Person };

/**
 * 离任: from this transaction on somebody has no right, gets nothing, and nobody stands in for them; what waited for them
 * passes to whoever has the post, or to the heir, and is listed. Who they were stays in every history.
 */
export async function leaveOffice(
  { person, heir, by }: Leaving,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, now, today } = context;
  const at = now.epochMilliseconds;
  const refusal =
    foreign({ person, heir, by }, context) ??
    (await lastOfOffice(person, context)) ??
    heirFault(person, heir);
  if (refusal !== null) return refusal;
  const waiting = await whatWaits(person, context);
  const post = mandateWords(person, context);
  if (!(await store.people.leave(person.id, at))) return refuse("already-done", `${person.name}已经离任。`);
  const posts = await store.posts.of(person.id);
  await store.posts.end(
    posts.filter(({ state }) => state !== "ended").map(({ id }) => id),
    today.toString(),
  );
  await endStandIns(person, `${person.name}已离任`, context);
  await store.chats.endDialog(person.id);
  await store.outbox.dropFor(person.id, at);
  await store.signIns.endAll({ personId: person.id }, at);
  await store.calendarFeeds.endAll(person.id, at);
  if (heir !== null) await inherit(person, heir, by, context);
  await passChecks(person, heir, context);
  await redrawDissolved(person, context);
  const handover = await passOn({ person, kind: "left", waiting, heir, by }, context);
  const card = await handoverCard(handover, context, `${person.name}（${post}）已离任`);
  return {
    ...card,
    subject: `person:${person.id}`,
    audit: {
      person: { id: person.id, name: person.name },
      was: { role: person.role, regionId: person.regionId, departmentId: person.departmentId },
      heir: heir && { id: heir.id, name: heir.name },
      handover: handover.id,
      open: handover.items.filter(({ to }) => to === "").length,
    },
    blocks: [
      {
        kind: "text",
        text: "从现在起不能再查看和办理，不再收到通知；历史记录保留姓名。恢复请重新邀请。",
      },
      ...card.blocks,
    ],
  };
}

/** Posts whose holders a county's lead lets in, and so lets go. */
const OF_THE_COUNTY: readonly Role[] = ["county-liaison", "town-liaison", "bureau-liaison", "station-chief"];

/** Whether somebody may end a membership: the office anybody's, a county's lead that of who serves this county and no other. */
export function mayEnd(person: Person, by: Person, { office, today }: Around): boolean {
  if (holdsRole(by, "office")) return true;
  const lead = inEachPost(by).find(({ role }) => role === "county-lead");
  const own = lead === undefined ? [] : (scopeOf({ ...lead, beside: [] }, office, today) ?? []);
  return ownPosts(person).every(
    ({ role, regionId }) =>
      OF_THE_COUNTY.includes(role) &&
      regionId !== null &&
      own.includes(office.subunit(regionId) ? office.heirOn(regionId, today).id : regionId),
  );
}

const ownPosts = (person: Person) => inEachPost(person).filter(({ behalf }) => behalf === undefined);
type Around = Pick<Context<Writer>, "office" | "today">;

/** What the office alone may do. */
function foreign({ person, heir, by }: Leaving, context: Around): Refusal | null {
  if (!mayEnd(person, by, context))
    return refuse("forbidden", "县区领导只能办理本县（市、区）联络员和点位长的离任，其他成员请市办办理。");
  return heir === null || holdsRole(by, "office") || servesCountyOf(by, heir, context)
    ? null
    : refuse("forbidden", `${heir.name}不是本县（市、区）的成员，接任请市办办理。`);
}

/** Who takes over from a lead's own people serves the county too, or is that lead. */
const servesCountyOf = (by: Person, heir: Person, context: Around): boolean =>
  heir.id === by.id || mayEnd(heir, by, context);

function heirFault(person: Person, heir: Person | null): Refusal | null {
  if (heir === null) return null;
  if (heir.id === person.id) return refuse("conflict", "接任人不能是本人，请写另一位成员。");
  return DECIDING.includes(person.role) && !holdsRole({ ...heir, beside: [] }, person.role)
    ? refuse(
        "conflict",
        `${heir.name}还不是${person.role === "office" ? "市办成员" : "同一职务"}，不能直接接任。请先用“邀请”授予该职务，再办理离任。`,
      )
    : null;
}

/** The heir holds, beside their own, each post that the one who leaves held and they don't. */
async function inherit(
  person: Person,
  heir: Person,
  by: Person,
  { store, now, today }: Context<Writer>,
): Promise<void> {
  const own = [heir, ...(heir.beside ?? [])].filter(({ behalf }) => behalf === undefined);
  const held = [person, ...(person.beside ?? [])].filter(({ behalf }) => behalf === undefined);
  for (const { role, regionId, departmentId } of held) {
    const mandate = { role, regionId, departmentId };
    if (own.some((one) => isSamePost(one, mandate))) continue;
    const row = await store.posts.plan({
      ...mandate,
      personId: heir.id,
      main: false,
      from: today.toString(),
      createdBy: by.id,
      createdAt: now.epochMilliseconds,
    });
    await store.posts.begin(row.id);
  }
}
