import type { Lantian } from "../../src/bot/lantian.ts";
import type { Door, Outcome } from "../../src/delivery/door.ts";
import { deliverDue, doubtWhatWasUnderWay } from "../../src/delivery/worker.ts";
import type { DeliveryClass, OutboxRow } from "../../src/store/outbox.ts";
import type { AnOffice } from "../support/office.ts";

/**
 * What happens to one request. `arrived`/`lost`: no answer came, and it stands in the chat or doesn't. `killed …`: the bot
 * dies before it hears the answer.
 */
export const EVENTS = [
  "accepted",
  "arrived",
  "lost",
  "killed after arrival",
  "killed before arrival",
  "unreachable",
  "throws",
  "failed",
  "later",
] as const;
export type Event = (typeof EVENTS)[number];

export type Unsteady = Awaited<ReturnType<typeof anUnsteadyPlatform>>;

/**
 * A platform elsewhere that does to each request what `next` says, and keeps the truth: how often each delivery stands in
 * the chats. `readsBack`: whether it lets the bot look there, as Slack does and Telegram doesn't; "fitfully" fails at it
 * every other time.
 */
export async function anUnsteadyPlatform(
  office: AnOffice,
  next: () => Event,
  readsBack: "always" | "fitfully" | "never",
) {
  const { bot } = office;
  const person = await bot.store.read((r) => r.people.byName("海安联络员"));
  const personId = person?.id ?? 0;
  const standing = new Map<number, number>();
  const posts = new Map<number, number>();
  /** Deliveries of which the bot could not know at some time whether they had arrived. */
  const doubted = new Set<number>();
  let now = 1_000_000;
  let die: () => void = () => undefined;
  let looks = 0;

  const arrive = (id: number) => standing.set(id, (standing.get(id) ?? 0) + 1);
  const door: Door = {
    platform: "slack",
    remote: true,
    async deliver(row): Promise<Outcome> {
      posts.set(row.id, (posts.get(row.id) ?? 0) + 1);
      const event = next();
      if (event === "accepted") {
        arrive(row.id);
        return { kind: "accepted", chat: "D1", externalId: `${row.id}/${posts.get(row.id)}` };
      }
      if (event === "arrived" || event === "killed after arrival") arrive(row.id);
      if (event !== "unreachable" && event !== "throws" && event !== "failed" && event !== "later")
        doubted.add(row.id);
      if (event.startsWith("killed")) {
        die();
        return new Promise(() => undefined);
      }
      if (event === "throws") throw new Error("connection refused");
      if (event === "later") return { kind: "later", afterMs: 1000, why: "slow down" };
      if (event === "unreachable" || event === "failed") return { kind: event, why: event };
      return { kind: "unknown", why: "no answer" };
    },
    ...(readsBack === "never"
      ? {}
      : {
          async find(row: OutboxRow) {
            looks += 1;
            if (readsBack === "fitfully" && looks % 2 === 0) throw new Error("could not look");
            return standing.has(row.id) ? { chat: "D1", externalId: `${row.id}/found` } : "absent";
          },
        }),
  };
  const mine = () => bot.store.read(async (r) => (await r.outbox.after(0)).map(({ row }) => row));
  const ours = new Set<number>();

  return {
    standing,
    posts,
    doubted,
    async queue(key: string, kind: DeliveryClass): Promise<number> {
      const card = { title: key, blocks: [] };
      return bot.store.write(async (w) => {
        await w.people.pushTo(personId, "slack");
        await w.outbox.queue({ key: `test/${key}`, to: { personId }, class: kind, card }, 1);
        const id = await w.outbox.newestId();
        ours.add(id);
        return id;
      });
    },
    rows: async () => (await mine()).filter(({ id }) => ours.has(id)),
    /** One round of deliveries, and where it died the start after it. @returns how many were sent. */
    async round(there: Lantian = bot): Promise<number> {
      const death = new Promise<"dead">((resolve) => {
        die = () => resolve("dead");
      });
      // A door of its own for each: of a bot that has died nothing goes on.
      const ended = await Promise.race([deliverDue(there, [{ ...door }], () => now), death]);
      if (ended !== "dead") return ended;
      await doubtWhatWasUnderWay(bot, () => now);
      return 0;
    },
    /** Lets time pass. */
    pass(ms: number) {
      now += ms;
    },
    /** Rounds at ever later times, until nothing waits any more. @returns how many rounds that took. */
    async toTheEnd(most = 2_000): Promise<number> {
      for (let rounds = 0; rounds < most; rounds++) {
        await this.round();
        const open = (await this.rows()).filter(
          ({ state, nextAttemptAt }) =>
            state === "pending" ||
            state === "sending" ||
            (state === "ambiguous" && nextAttemptAt < Number.MAX_SAFE_INTEGER),
        );
        if (open.length === 0) return rounds;
        now = Math.max(now + 1, Math.min(...open.map((row) => row.nextAttemptAt)));
      }
      throw new Error("deliveries don't come to an end");
    },
  };
}
