import type { Lantian } from "../../bot/lantian.ts";
import type { Delivery, DeliveryClass, OutboxRow } from "../../store/outbox.ts";
import type { Person } from "../../store/people.ts";
import { digestWait } from "../digest-wait.ts";
import type { Door, Outcome } from "../door.ts";
import { quietFor } from "../quiet.ts";
import { deliverDue, doubtWhatWasUnderWay } from "../worker.ts";

/** How a platform stands to the office's database: in it, or elsewhere and able or not to say what a chat holds. */
export const WAYS = ["near", "readsBack", "blind"] as const;
export type Way = (typeof WAYS)[number];
/** The classes of messages, and the redrawing of one that stands in a chat. */
export const SORTS = ["card", "must-arrive", "must-not-repeat", "edit"] as const;
export type Sort = (typeof SORTS)[number];

/** What a delivery meets: the outcome of its nth try, from 0, and whether the message then stands in the chat. */
type Fate = { outcome(n: number): Outcome; arrives(n: number): boolean; stopped?: true };

const accepted: Outcome = { kind: "accepted", chat: "chat", externalId: "1" };
const outcomes = {
  later: { kind: "later", afterMs: 30_000, why: "the platform's limits" },
  unreachable: { kind: "unreachable", why: "no connection" },
  failed: { kind: "failed", why: "blocked" },
  unknown: { kind: "unknown", why: "no answer" },
} as const satisfies Record<string, Outcome>;
/** `first` is how the first `times` tries end; after them the platform takes the message. */
const at = (first: Outcome, times: number, arrives: boolean): Fate => ({
  outcome: (n) => (n < times ? first : accepted),
  arrives: (n) => n >= times || arrives,
});
const always = Number.POSITIVE_INFINITY;

/** What may happen to a delivery, in words; `elsewhere`: only where the platform isn't in the office's database. */
export const FATES: readonly { says: string; fate: Fate; elsewhere?: true }[] = [
  { says: "taken at once", fate: at(accepted, 0, true) },
  { says: "the platform's limits ask for patience", fate: at(outcomes.later, 1, false), elsewhere: true },
  { says: "not reached twice, then reached", fate: at(outcomes.unreachable, 2, false) },
  { says: "never reached", fate: at(outcomes.unreachable, always, false) },
  { says: "refused for good", fate: at(outcomes.failed, always, false) },
  { says: "the answer is lost, the message arrived", fate: at(outcomes.unknown, 1, true), elsewhere: true },
  {
    says: "the answer is lost, and so is the message",
    fate: at(outcomes.unknown, 1, false),
    elsewhere: true,
  },
  { says: "no answer ever, nothing arrives", fate: at(outcomes.unknown, always, false), elsewhere: true },
  {
    says: "the bot stops while sending, the message arrived",
    fate: { ...at(outcomes.unknown, 1, true), stopped: true },
    elsewhere: true,
  },
];

/** What came of a delivery: how often it was sent and stands in the chat, when (ms) that was settled, and whether the office is told. */
export type Promised = {
  tries: number;
  stands: number;
  afterMs: number;
  state: OutboxRow["state"];
  told: boolean;
};

/** Sends one message through the real worker before a platform on which all of it goes as `fate` says. */
export async function promised(
  bot: Lantian,
  person: Person,
  { way, sort, fate }: { way: Way; sort: Sort; fate: Fate },
): Promise<Promised> {
  let clock = 0;
  let watched = -1;
  let tries = 0;
  let stands = 0;
  const attempt = (): Outcome => {
    const n = tries++;
    // Redrawing a message twice draws it once.
    if (fate.arrives(n)) stands = sort === "edit" ? 1 : stands + 1;
    return fate.outcome(n);
  };
  const door: Door = {
    platform: "web",
    remote: way !== "near",
    deliver: async ({ id }) => (id === watched ? attempt() : accepted),
    ...(way === "readsBack" && {
      find: async () => (stands > 0 ? { chat: "chat", externalId: "1" } : ("absent" as const)),
    }),
  };
  const send = () => deliverDue(bot, [door], () => clock);
  const rowOf = async (key: string) => {
    const row = await bot.store.read((r) => r.outbox.find(key));
    if (row === null) throw new Error(`${key} isn't in the outbox`);
    return row;
  };
  const key = await queued(bot, person, sort, send);
  const row = await rowOf(key);
  watched = row.id;
  if (fate.stopped) {
    attempt();
    await bot.store.write((w) => w.outbox.claim(row));
    await doubtWhatWasUnderWay(bot, () => clock);
  }
  for (;;) {
    await send();
    const { state, nextAttemptAt } = await rowOf(key);
    if (state === "sent" || state === "failed" || nextAttemptAt === Number.MAX_SAFE_INTEGER) {
      const notes = await bot.store.read((r) => r.outbox.after(watched));
      return {
        tries,
        stands,
        afterMs: clock,
        state,
        told: notes.some(({ row: note }) => note.key.startsWith(`trouble/delivery-${watched}/`)),
      };
    }
    clock = Math.max(clock + 1, nextAttemptAt);
  }
}

let keys = 0;

/** Queues a message, or for an edit the redrawing of one that stands there. @returns its key. */
async function queued(
  bot: Lantian,
  person: Person,
  sort: Sort,
  send: () => Promise<number>,
): Promise<string> {
  const key = `promise/${keys++}`;
  const card = { title: key, blocks: [] };
  const post = (kind: DeliveryClass): Delivery => ({
    key,
    to: { personId: person.id },
    via: "web",
    class: kind,
    card,
  });
  await bot.store.write((w) => w.outbox.queue(post(sort === "edit" ? "card" : sort), 0));
  if (sort !== "edit") return key;
  await send();
  const [message] = await bot.store.read((r) => r.messages.history("web", { personId: person.id }, 1));
  const messageId = message?.id ?? 0;
  await bot.store.write((w) => w.outbox.queueEdit({ messageId, personId: person.id, card, version: 1 }, 0));
  return `edit/${messageId}/1`;
}

/** Whether the quiet hours of its reader hold a message back. */
export async function waitsForQuiet(bot: Lantian, person: Person, sort: Sort): Promise<boolean> {
  const { hour } = bot.office.local(await bot.clock.now());
  const quiet = { ...person, quietFrom: hour, quietTo: (hour + 1) % 24 };
  const row =
    sort === "edit" ? ({ kind: "edit", class: "card" } as const) : ({ kind: "post", class: sort } as const);
  return (await quietFor(bot, row, { kind: "person", person: quiet })) > 0;
}

/** Whether a message that counts waits for its reader's digest when the week has no more room. */
export async function waitsForRoom(bot: Lantian, person: Person, sort: Sort): Promise<boolean> {
  const { pack } = bot.office;
  const noise = { ...pack.settings.noise, perWeek: 0 };
  const full = {
    ...bot,
    office: { ...bot.office, pack: { ...pack, settings: { ...pack.settings, noise } } },
  };
  const createdAt = (await bot.clock.now()).epochMilliseconds;
  const row = { createdAt, uncounted: null, foldAt: null, accountId: null, via: null };
  const sorted =
    sort === "edit" ? ({ kind: "edit", class: "card" } as const) : ({ kind: "post", class: sort } as const);
  return (await digestWait(full, { ...row, ...sorted }, { kind: "person", person })) !== null;
}
