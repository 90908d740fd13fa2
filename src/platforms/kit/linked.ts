import type { Lantian, Reply, Speaker } from "../../bot/lantian.ts";
import { isRefusal } from "../../chat/refusal.ts";

/** Whoever links an account is told there from now on, unless they have chosen otherwise; any other answer changes nothing. */
export async function takePushes(bot: Lantian, { identity }: Speaker, reply: Reply): Promise<void> {
  if (reply.command !== "link" || isRefusal(reply.answer)) return;
  const person = await bot.store.read((r) => r.people.byIdentity(identity));
  if (person !== null) await bot.store.write((w) => w.people.pushToFirst(person.id, identity.platform));
}
