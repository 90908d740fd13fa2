import type { Card } from "../chat/card.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import type { EpochMs } from "../domain/ids.ts";
import { nameOfBoth } from "../domain/posts.ts";
import { fromWhere } from "../office/invitation.ts";
import type { Identity, Person } from "../store/people.ts";
import type { Store, Writer } from "../store/store.ts";
import { earlierCard, keysOf } from "./earlier.ts";
import type { Lantian } from "./lantian.ts";
import { ifSaved } from "./unsaved.ts";

/** Who does what when. */
export type Acting = { act: string; at: EpochMs; person: Person | null; identity?: Identity | undefined };
/** What may have one effect only: the message that asks for it, and the keys of what is handed in (`keysOf`). */
export type Once = { inbound?: number | undefined; said?: string | undefined; keys?: readonly string[] };

export type Changed = { card: Card; deliveries: readonly { audience: string; title: string }[] };

/**
 * One transaction for a change: state, audit row, deliveries and what is kept of the answer commit together; a refusal
 * rolls all of it back, unless it is one to be kept. Whoever asks again for what has had its effect is told what came of it.
 */
export async function transact(
  bot: Pick<Lantian, "store" | "office" | "registry">,
  { act, at, person, identity, inbound, said, keys = [] }: Acting & Once,
  change: (writer: Writer) => Promise<Card | Refusal>,
): Promise<Changed | Refusal> {
  const once = [...new Set([...keys, ...keysOf({ inbound, person, said })])];
  try {
    return await bot.store.write(async (writer) => {
      const before = await writer.effects.of(once);
      if (before !== null)
        throw new RolledBack({ card: await earlierCard(bot, before, writer), deliveries: [] });
      if (inbound !== undefined && !(await writer.inbox.takeEffect(inbound))) {
        throw new RolledBack(refuse("already-done", "这条消息已经办理过，不用重复发送。"));
      }
      const newest = await writer.outbox.newestId();
      const card = await change(writer);
      const who = { at, personId: person?.id ?? null, actor: person?.name ?? "陌生人", act };
      if (isRefusal(card)) {
        const { audit, ...refusal } = card;
        if (audit === undefined) throw new RolledBack(refusal);
        const detail = { ...audit.detail, ...fromWhere(identity) };
        await writer.audit.append({ ...who, outcome: "denied", ...audit, detail });
        return refusal;
      }
      const { behalf } = card;
      await writer.audit.append({
        ...who,
        actor: nameOfBoth(who.actor, behalf),
        outcome: "done",
        ...(card.subject ? { subject: card.subject } : {}),
        detail: { ...card.audit, ...(behalf ? { for: behalf.id } : {}), ...fromWhere(identity) },
      });
      const { title, receipt = title, subject = null } = card;
      await writer.effects.record(once, { personId: who.personId, act, title: receipt, subject, at });
      if (inbound !== undefined) await writer.outbox.causedBy(newest, inbound);
      const queued = await writer.outbox.after(newest);
      return { card, deliveries: queued.map(({ row, audience }) => ({ audience, title: row.title })) };
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    const { result } = error;
    if (isRefusal(result) && result.code === "forbidden" && person !== null) {
      await deny(bot.store, { act, at, person, identity }, result);
    }
    return result;
  }
}

/** Writes down that somebody was refused an act, or a look, for want of the right to it; refused it is in any case. */
export async function deny(
  store: Store,
  { act, at, person, identity }: Acting & { person: Person },
  { message: why, on }: Pick<Refusal, "message" | "on">,
): Promise<void> {
  await ifSaved(store, () =>
    store.write((writer) =>
      writer.audit.append({
        at,
        personId: person.id,
        actor: person.name,
        act,
        ...(on ? { subject: on } : {}),
        outcome: "denied",
        detail: { why, ...fromWhere(identity) },
      }),
    ),
  );
}

class RolledBack extends Error {
  result: Changed | Refusal;
  constructor(result: Changed | Refusal) {
    super("nothing was changed");
    this.result = result;
  }
}
