import type { Card } from "../chat/card.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import type { Person } from "../store/people.ts";
import type { Store, Writer } from "../store/store.ts";

/** Who does what when; `inbound` is the inbox row that asks for it. */
export type Acting = { act: string; at: number; person: Person | null; inbound?: number | undefined };

export type Changed = { card: Card; deliveries: readonly { audience: string; title: string }[] };

/**
 * One transaction for a change: state, audit row and deliveries commit together; a refusal rolls all of it back, unless
 * it is one to be kept. A change asked for by an inbox row claims that row's one effect, so that a redelivery has none.
 */
export async function transact(
  store: Store,
  { act, at, person, inbound }: Acting,
  change: (writer: Writer) => Promise<Card | Refusal>,
): Promise<Changed | Refusal> {
  try {
    return await store.write(async (writer) => {
      if (inbound !== undefined && !(await writer.inbox.takeEffect(inbound))) {
        throw new RolledBack(refuse("already-done", "这条消息已经办理过，不用重复发送。"));
      }
      const before = await writer.outbox.newestId();
      const card = await change(writer);
      const who = { at, personId: person?.id ?? null, actor: person?.name ?? "陌生人", act };
      if (isRefusal(card)) {
        const { audit, ...refusal } = card;
        if (audit === undefined) throw new RolledBack(refusal);
        await writer.audit.append({ ...who, outcome: "denied", ...audit });
        return refusal;
      }
      await writer.audit.append({
        ...who,
        outcome: "done",
        ...(card.subject ? { subject: card.subject } : {}),
        ...(card.audit ? { detail: card.audit } : {}),
      });
      const queued = await writer.outbox.after(before);
      return { card, deliveries: queued.map(({ row, audience }) => ({ audience, title: row.title })) };
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    if (error.refusal.code === "forbidden" && person !== null) {
      await deny(store, { act, at, person }, error.refusal.message);
    }
    return error.refusal;
  }
}

/** Writes down that somebody was refused an act for want of the right to it. */
export async function deny(
  store: Store,
  { act, at, person }: Acting & { person: Person },
  why: string,
): Promise<void> {
  await store.write((writer) =>
    writer.audit.append({
      at,
      personId: person.id,
      actor: person.name,
      act,
      outcome: "denied",
      detail: { why },
    }),
  );
}

class RolledBack extends Error {
  refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}
