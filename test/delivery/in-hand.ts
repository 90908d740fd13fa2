import type { Lantian } from "../../src/bot/lantian.ts";
import type { Door, Found, Outcome } from "../../src/delivery/door.ts";
import { deliverDue, doubtWhatWasUnderWay } from "../../src/delivery/worker.ts";
import type { DeliveryClass, OutboxRow } from "../../src/store/outbox.ts";
import type { AnOffice } from "../support/office.ts";

/** A request that the platform has been sent and hasn't answered yet. */
export type Request = {
  row: OutboxRow;
  /** Asked by a bot that has been stopped since; its answer comes all the same. */
  isLate: boolean;
} & (
  | { asks: "deliver"; answer(outcome: Outcome | Error): Promise<void> }
  | { asks: "find"; answer(found: Found | "absent" | "unsure" | Error): Promise<void> }
);

type Asking<A extends Request["asks"]> = Extract<Request, { asks: A }>;

export type InHand = Awaited<ReturnType<typeof aPlatformInHand>>;

/**
 * A platform elsewhere whose answers the test holds in its hand: rounds of deliveries run side by side, and each request is
 * answered when the test says so.
 */
export async function aPlatformInHand(office: AnOffice) {
  let now = 1_000_000;
  const at = () => Temporal.Instant.fromEpochMilliseconds(1_592_180_000_000 + now);
  const bot: Lantian = { ...office.bot, clock: { now: async () => at() } };
  const personId = (await bot.store.read((r) => r.people.byName("海安联络员")))?.id ?? 0;
  await bot.store.write((w) => w.people.pushTo(personId, "slack"));
  const before = await bot.store.read((r) => r.outbox.newestId());

  const open: Request[] = [];
  const faults: unknown[] = [];
  /** Until every round stands before an answer that it waits for: a store's calls wait for nothing else. */
  const still = () => new Promise<void>((resolve) => setImmediate(resolve));
  const ask = <T>(asks: Request["asks"], row: OutboxRow) =>
    new Promise<T>((resolve, reject) => {
      const request = {
        asks,
        row,
        isLate: false,
        answer(answer: T | Error) {
          open.splice(open.indexOf(request), 1);
          answer instanceof Error ? reject(answer) : resolve(answer);
          return still();
        },
      } as Request;
      open.push(request);
    });
  const door: Door = {
    platform: "slack",
    remote: true,
    deliver: (row) => ask<Outcome>("deliver", row),
    find: (row) => ask<Found | "absent" | "unsure">("find", row),
  };
  /** What is open of one kind, the oldest first. */
  const asked = <A extends Request["asks"]>(asks: A) =>
    open.filter((request): request is Asking<A> => request.asks === asks);

  return {
    bot,
    personId,
    open,
    door,
    faults,
    asked,
    /** The only request that is open. */
    only<A extends Request["asks"]>(asks: A): Asking<A> {
      const [request] = asked(asks);
      if (request === undefined || open.length > 1)
        throw new Error(`open: ${open.map(({ asks, row }) => `${asks} ${row.key}`).join(", ") || "nothing"}`);
      return request;
    },
    async queue(key: string, kind: DeliveryClass = "must-not-repeat"): Promise<number> {
      const card = { title: key, blocks: [] };
      await bot.store.write((w) =>
        w.outbox.queue({ key: `test/${key}`, to: { personId }, class: kind, card }, 1),
      );
      return bot.store.read((r) => r.outbox.newestId());
    },
    /** More rounds of deliveries that begin at once, until each waits for an answer or has ended. */
    async rounds(n: number, through: Partial<Door> = {}): Promise<void> {
      for (let i = 0; i < n; i++)
        void deliverDue(bot, [{ ...door, ...through }], () => now).catch((error: unknown) =>
          faults.push(error),
        );
      await still();
    },
    /** Another start while the requests of the bot before are still under way. */
    async restart(): Promise<void> {
      for (const request of open) request.isLate = true;
      await doubtWhatWasUnderWay(bot, () => now);
    },
    pass(ms: number) {
      now += ms;
    },
    /** The deliveries, without what the office is told of them. */
    async rows(): Promise<OutboxRow[]> {
      const all = await bot.store.read((r) => r.outbox.after(before));
      return all.map(({ row }) => row).filter(({ key }) => key.startsWith("test/"));
    },
    /** Whether anything will be done about a delivery or an edit some day. */
    async waits(): Promise<boolean> {
      const some = await bot.store.read((r) => r.outbox.due(Number.MAX_SAFE_INTEGER - 1, 1, ["slack"]));
      return some.length > 0;
    },
    /** How often the office has been told of a delivery. */
    async told(id: number): Promise<number> {
      const all = await bot.store.read((r) => r.outbox.after(before));
      return all.filter(({ row }) => row.key.startsWith(`trouble/delivery-${id}/`)).length;
    },
  };
}

export const accepted = (externalId = "1"): Outcome => ({ kind: "accepted", chat: "D1", externalId });
export const found = (externalId = "1"): Found => ({ chat: "D1", externalId });
export const unknown: Outcome = { kind: "unknown", why: "no answer" };
