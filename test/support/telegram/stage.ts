import type { Door } from "../../../src/delivery/door.ts";
import { deliverDue, doubtWhatWasUnderWay } from "../../../src/delivery/worker.ts";
import { startTelegram } from "../../../src/platforms/telegram/start.ts";
import type { Delivery } from "../../../src/store/outbox.ts";
import { type AnOffice, anOffice } from "../office.ts";
import { until as wait } from "../until.ts";
import { type Sent, startTelegramServer } from "./server.ts";

export type Stage = Awaited<ReturnType<typeof aStage>>;
type Knobs = Partial<{
  at: string;
  second: number;
  seed: number;
  /** Short only where a request that hangs is the story: elsewhere a slow machine must not bring one about. */
  timeoutMs: number;
  /** Set only where it is the story that nothing gets through. */
  awayMs: number;
  start: boolean;
  office: AnOffice;
  /** The machine's clock moves only by `pass`. */
  frozen: boolean;
}>;

/** A demonstration office that stands in Telegram: the real client and the whole bot, before a strict local Telegram. */
export async function aStage({
  at = "2020-06-15T10:00",
  second = 20,
  seed = 1,
  timeoutMs = 60_000,
  start = true,
  office: given,
  frozen = false,
  awayMs,
}: Knobs = {}) {
  const server = await startTelegramServer({ second, seed });
  const office = given ?? (await anOffice({ at }));
  const { bot } = office;
  const logged: string[] = [];
  bot.report = (error, id) => {
    const { message, stack } = error as Error;
    logged.push(`${id} ${message} ${stack}`);
  };
  const config = { token: server.token, apiRoot: server.apiRoot, webhook: null };
  let clock = 0;
  let calm = 0;
  const begin = Date.now();
  const machineNow = () => (frozen ? begin : Date.now()) + clock;
  const away = awayMs === undefined ? {} : { awayMs };
  const open = () =>
    startTelegram(bot, config, { second, timeoutMs, machineNow, ticks: () => calm, ...away });
  let running = start ? await open() : null;
  let nextUser = 4_000;
  let nextKey = 0;
  const brought: string[] = [];

  const until = (what: string, holds: () => Promise<boolean> | boolean) =>
    wait(holds, () => `${what}\n${logged.join("\n")}`);
  const isDone = async (id: string) => {
    const row = await bot.store.read((r) => r.inbox.find("telegram", id));
    return row !== null && row.state !== "received" && row.attempts > 0;
  };
  /** Until everything brought so far has been answered. */
  const settled = () =>
    until("every update answered", async () => {
      for (const id of brought.splice(0)) if (!(await isDone(id))) brought.push(id);
      return brought.length === 0;
    });
  const noting = (update: { update_id?: unknown }) => {
    brought.push(String(update.update_id));
    return update;
  };
  /** What the bot has sent to a chat while `act` was worked off. */
  const answers = async (chat: number, act: () => unknown): Promise<Sent[]> => {
    const before = server.to(chat).length;
    noting((await act()) as { update_id?: unknown });
    await settled();
    return server.to(chat).slice(before);
  };

  return {
    server,
    office,
    bot,
    logged,
    until,
    settled,
    noting,
    answers,
    door: (): Door => (running as NonNullable<typeof running>).door,
    running: () => running as NonNullable<typeof running>,
    /** A member's Telegram account; their pushes go there. */
    async member(name: string, user = nextUser++): Promise<number> {
      const person = await bot.store.read((r) => r.people.byName(name));
      if (person === null) throw new Error(`nobody is called ${name}`);
      const identity = { platform: "telegram" as const, workspace: "", userKey: String(user) };
      await bot.store.write(async ({ people }) => {
        await people.bind(person.id, identity, 0);
        await people.pushTo(person.id, "telegram");
      });
      return user;
    },
    stranger: () => nextUser++,
    /** Binds a group as the office does; without a scope it is the city's own. */
    async binds(
      chat: number,
      scope: { regionId?: string; departmentId?: string; topic?: string } = {},
    ): Promise<void> {
      const row = { platform: "telegram", chatKey: String(chat), boundAt: 0, ...scope } as const;
      await bot.store.write((w) => w.chats.bind(row));
    },
    /** Somebody says something; what they are answered in that chat. */
    says: (user: number, text: string, more: { chat?: number } & Record<string, unknown> = {}) =>
      answers(more.chat ?? user, () => server.says(user, text, more)),
    presses: (user: number, message: Pick<Sent, "chat" | "id">, label: string) =>
      answers(message.chat, () => server.presses(user, message, label)),
    /** Queues a delivery, as a change or a job would. */
    async queue(to: Delivery["to"], more: Partial<Delivery> = {}): Promise<string> {
      const key = `test/${nextKey++}`;
      const card = { title: `通知 ${key}`, blocks: [] };
      await bot.store.write((w) => w.outbox.queue({ key, to, class: "must-arrive", card, ...more }, 0));
      return key;
    },
    async personId(name: string): Promise<number> {
      return (await bot.store.read((r) => r.people.byName(name)))?.id ?? 0;
    },
    machineNow,
    deliver: () => deliverDue(bot, [(running as NonNullable<typeof running>).door], machineNow),
    /** State and reason of every delivery. */
    async outbox() {
      return (await bot.store.read((r) => r.outbox.after(0))).map(({ row }) => row);
    },
    /** Lets so many ms of the machine's clock pass for the outbox. */
    pass(ms: number) {
      clock += ms;
    },
    /** Lets the two minutes pass after which a trouble that is gone counts as over; nothing else passes them. */
    calmsDown() {
      calm += 120_000;
    },
    async stop() {
      await running?.stop();
      running = null;
    },
    async restart() {
      await running?.stop();
      await doubtWhatWasUnderWay(bot, machineNow);
      running = await open();
    },
    async close() {
      await running?.stop();
      await server.close();
      office.close();
    },
  };
}
