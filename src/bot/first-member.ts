import { roleNames } from "../chat/access.ts";
import { likenessOf } from "../chat/member-name.ts";
import type { Platforms } from "../chat/platform.ts";
import { CODE_HOURS, invite } from "../office/invitation.ts";
import type { Writer } from "../store/store.ts";
import type { Lantian } from "./lantian.ts";

type Started = Pick<Lantian, "store" | "clock" | "demo" | "registry">;
type StartCode = { code: string; hours: number };

/**
 * A code for a first member of the office, for whoever starts the bot: without one nobody could invite anybody. What was
 * printed before and never used is good for nothing from then on. Null: the office has a member with an account, or it is
 * a demonstration, where whoever looks picks a person.
 */
export const firstMemberCode = (bot: Started): Promise<StartCode | null> => officeCode(bot, 0);

/** The same for the second member: whom the first invites alone could be the first under another name. */
export const secondMemberCode = (bot: Started): Promise<StartCode | null> => officeCode(bot, 1);

/**
 * The same on an administrator's word, however many there are: nobody of the office may be left who can get in. Who is of the
 * office still is told when it is used. Null in a demonstration.
 */
export const furtherMemberCode = (bot: Started): Promise<StartCode | null> => officeCode(bot, null);

/** A code for one more member of an office of so many; null: of any. */
async function officeCode(
  { store, clock, demo, registry }: Started,
  members: number | null,
): Promise<StartCode | null> {
  if (demo) return null;
  const now = await clock.now();
  return store.write(async (writer) => {
    if (members !== null && (await manned(writer, registry.platforms)) !== members) return null;
    const { people, audit } = writer;
    const at = now.epochMilliseconds;
    const name = await freeName(writer);
    const expires = now.add({ hours: CODE_HOURS });
    const replaces = (await people.openInvitations(at)).filter((i) => i.createdBy === null);
    const { code, invitation } = await invite(writer, { name, role: "office" }, { now, expires, replaces });
    await audit.append({
      at,
      personId: null,
      actor: members === null ? "系统管理员" : "系统",
      act: "invite",
      subject: `invitation:${name}`,
      outcome: "done",
      detail: { invitation: invitation.id, name, role: "office", expiresAt: `${expires}` },
    });
    return { code, hours: CODE_HOURS };
  });
}

/** How many are of the office. Where nothing can be pushed sits whoever is at the machine: no way back into the office for anybody else. */
async function manned({ people }: Writer, platforms: Platforms): Promise<number> {
  let members = 0;
  for (const { id } of await people.withRoles(["office"]))
    if ((await people.platformsOf(id)).some((name) => platforms.get(name)?.pushes !== "nobody")) members += 1;
  return members;
}

/** 市办, or with a number where somebody is or was called so: nobody gets another's name. */
async function freeName({ people }: Writer): Promise<string> {
  const taken = new Set((await people.ever()).map((person) => likenessOf(person.name)));
  for (let no = 1; ; no += 1) {
    const name = no === 1 ? roleNames.office : `${roleNames.office}${no}`;
    if (!taken.has(likenessOf(name))) return name;
  }
}
