import { type Lantian, type Speaker, stranger } from "../bot/lantian.ts";
import { noteStranger } from "../bot/strangers.ts";
import { deny } from "../bot/transaction.ts";
import { only } from "../chat/access.ts";
import type { Refusal } from "../chat/refusal.ts";
import { importingRoles } from "./importers.ts";

/** Whoever drafts problems or has to mend them; what each may add to which issue is decided there. */
const MENDING = [
  "office",
  "supervision",
  "county-lead",
  "county-liaison",
  "department-liaison",
  "station-chief",
  "enterprise-contact",
] as const;

/**
 * Why nothing that somebody sends is even fetched, known before a byte of it is read: they are a stranger, or nothing that
 * they might send has a use. Null when their files are taken.
 */
export async function refuseSender(bot: Lantian, speaker: Speaker): Promise<Refusal | null> {
  const { person } = speaker;
  if (person === null) {
    // Where only a request's head has come there is nothing yet to be noted.
    if (speaker.inbound !== undefined) await noteStranger(bot, speaker);
    return stranger(bot, speaker);
  }
  const now = await bot.clock.now();
  const who = only("发送文件", ...new Set([...MENDING, ...importingRoles(bot.registry)]));
  const refusal = who.check({ person, args: {}, office: bot.office, today: bot.office.today(now) });
  if (refusal !== null)
    await deny(bot.store, { act: "evidence.add", at: now.epochMilliseconds, person }, refusal);
  return refusal;
}
