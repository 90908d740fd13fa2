import type { Update } from "grammy/types";
import type { Lantian } from "../../bot/lantian.ts";
import { startLanes } from "../../delivery/lanes.ts";
import type { Inbound } from "../../store/inbox.ts";
import { arrivalsOn } from "../kit/arrivals.ts";
import { admissionOf } from "./admission.ts";
import { handleUpdate, laneOf, makeUpFor, seatOfUpdate, tellToSlowDown } from "./handle.ts";
import type { PersonalMenus } from "./menu.ts";
import type { Insist } from "./retry.ts";
import type { ChatConnection } from "./say.ts";
import { answerUnkeptUpdate } from "./unkept.ts";

/** An answer that Telegram doesn't take is tried for so long before it counts as one failed attempt, seconds. */
const PATIENCE = 1_200;

export type TelegramIntake = {
  /** Commits updates, all in one transaction: after it, and not before, Telegram may forget them. */
  keep(updates: readonly Update[]): Promise<void>;
  /** Lets what is kept be worked off, from now on. */
  open(connection: ChatConnection): void;
  /** Takes up nothing more and waits for what is being answered; the rest stays in the inbox. */
  stop(): Promise<void>;
};

/** The way of an update into the inbox and out of it: a chat's in the order of arrival, different chats' side by side. */
export function telegramIntake(
  bot: Lantian,
  options: {
    second: number;
    machineNow: () => number;
    retry: Insist;
    onLost: (inbound: number) => Promise<void>;
    menus: PersonalMenus;
  },
): TelegramIntake {
  const { second, machineNow, retry, onLost, menus } = options;
  const admit = admissionOf({ commands: bot.registry.commands, machineNow, second });
  let connection: ChatConnection | null = null;
  const arrivals = arrivalsOn(bot, "telegram", async (update, fault) =>
    connection === null ? "comes again" : answerUnkeptUpdate(connection, update as Update, fault),
  );

  const answer = async (at: ChatConnection, row: Inbound) => {
    if (!arrivals.isTooFast(row)) return handleUpdate(at, row);
    await tellToSlowDown(at, row);
    arrivals.told(row);
  };
  const handle = async (row: Inbound) => {
    const at = connection;
    if (at === null) throw new Error("Telegram has not said yet who the bot is");
    const hasEffect = () => bot.store.read((r) => r.inbox.settled(row.id));
    let isDone = await hasEffect();
    await retry(
      async () => {
        if (isDone) return makeUpFor(at, row);
        try {
          await answer(at, row);
        } catch (error) {
          // Done, and not to be done again: only the answer is missing.
          isDone = await hasEffect();
          throw error;
        }
      },
      { seconds: PATIENCE },
    );
    const sender = seatOfUpdate(JSON.parse(row.payload) as Update);
    // Whoever has just been linked, or has another post, sees it in the menu.
    if (sender !== null) await menus.bringUpToDate(sender);
  };
  const lanes = startLanes(bot, "telegram", { laneOf, second, handle, onLost });

  return {
    async keep(updates) {
      const me = connection?.me ?? null;
      await arrivals.keep(
        updates.map((update) => ({
          externalId: String(update.update_id),
          payload: update,
          admit: () => admit(update, me),
        })),
      );
      if (connection !== null) lanes.wake();
    },
    open(at) {
      connection = at;
      lanes.wake();
    },
    stop: () => lanes.stop(),
  };
}
