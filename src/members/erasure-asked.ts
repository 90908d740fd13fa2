import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { redrawShown } from "../chat/redraw-shown.ts";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { Reader, Writer } from "../store/store.ts";

/** A request that somebody's data be erased, by a member of the office who can't decide it alone. */
export type ErasureAsked = { person: PersonId; by: PersonId };
/** One that nobody has decided yet. */
type OpenErasure = ErasureAsked & { at: EpochMs };

/** After so many days nobody is asked any more. */
export const ERASURE_HOLDS_DAYS = 7;
const DAY_MS = 86_400_000;

/** Whether two are one request: who asks for the same once more asks anew. */
export const isSameErasure = (one: ErasureAsked, other: ErasureAsked): boolean =>
  one.person === other.person && one.by === other.by;

export const askedSubject = ({ person, by }: ErasureAsked): string => `erasure:${person}/${by}`;
/** The key of the delivery that asks one member of the office. */
export const askedKey = ({ person, by, at }: OpenErasure, member: PersonId): string =>
  `erase/${person}/${by}/${at}/${member}`;

async function openErasures({ settings }: Reader): Promise<OpenErasure[]> {
  return JSON.parse((await settings.get("erasures")) ?? "[]") as OpenErasure[];
}

/** The request while it can still be decided; null once it was, or after its days. */
export async function openErasure(
  asked: ErasureAsked,
  { store, now }: Pick<Context<Reader>, "store" | "now">,
): Promise<OpenErasure | null> {
  const open = (await openErasures(store)).find((one) => isSameErasure(one, asked));
  return open === undefined || isOver(open, now) ? null : open;
}

const isOver = ({ at }: OpenErasure, now: Temporal.Instant) =>
  at + ERASURE_HOLDS_DAYS * DAY_MS <= now.epochMilliseconds;

/** Begins a request, in the caller's transaction; an earlier one of the same is taken back. */
export async function beginErasure(asked: ErasureAsked, context: Context<Writer>): Promise<OpenErasure> {
  await endErasures((one) => isSameErasure(one, asked), "提出人已重新提出，以新的一条为准。", context);
  const begun = { ...asked, at: context.now.epochMilliseconds };
  const open = await openErasures(context.store);
  await context.store.settings.set("erasures", JSON.stringify([...open, begun]));
  return begun;
}

/** Ends requests, in the caller's transaction: whoever still has the buttons sees instead what came of it. */
export async function endErasures(
  which: (asked: ErasureAsked) => boolean,
  words: string,
  context: Context<Writer>,
): Promise<void> {
  const { store } = context;
  const open = await openErasures(store);
  const [ended, left] = [open.filter(which), open.filter((one) => !which(one))];
  if (ended.length === 0) return;
  await store.settings.set("erasures", JSON.stringify(left));
  for (const one of ended) {
    const card = await overCard(one, words, store);
    await redrawShown(
      askedSubject(one),
      { revision: "over", everywhere: true, partFor: null, cardFor: async () => card },
      context,
    );
  }
}

/** Ends what nobody has decided in its days, and of whom has come back; whoever asked is told. */
export async function endLapsedErasures(context: Context<Writer>): Promise<void> {
  const { store, now } = context;
  for (const one of await openErasures(store)) {
    const isBack = (await store.people.byId(one.person))?.active === true;
    if (!isBack && !isOver(one, now)) continue;
    const why = isBack
      ? "本人已重新任职，这次申请不再办理，什么也没有删除。"
      : `${ERASURE_HOLDS_DAYS}天内没有同意，这次申请已过期，什么也没有删除。`;
    await endErasures((other) => isSameErasure(other, one), why, context);
    const card = await overCard(one, `${why}仍要删除的，请重新提出。`, store);
    const key = `${askedKey(one, one.by)}/over`;
    await store.outbox.queue(
      { key, to: { personId: one.by }, class: "must-arrive", card },
      now.epochMilliseconds,
    );
  }
}

async function overCard({ person }: ErasureAsked, words: string, store: Reader): Promise<Card> {
  const name = (await store.people.byId(person))?.name ?? "";
  return {
    title: `删除个人信息已办结：${name}`,
    tone: "muted",
    blocks: [{ kind: "text", text: words }],
  };
}
