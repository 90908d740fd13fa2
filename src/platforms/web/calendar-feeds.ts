import { contextOf, type Lantian } from "../../bot/lantian.ts";
import { memberNow } from "../../bot/member-now.ts";
import { feedOf } from "../../calendar/feed.ts";
import { isRefusal } from "../../chat/refusal.ts";
import { hashOfSecret } from "../../office/secret.ts";
import { floodGate } from "../kit/flood.ts";
import type { Console } from "./console.ts";

/** Programmes of a whole office may sit behind one address, each asking once an hour or so; guessing is slower than that. */
const PACE = { each: { burst: 60, perSecond: 1 / 5 }, all: { burst: 300, perSecond: 5 } };

/** Subscribed calendars: what their holder may see at the moment in which it is asked. */
export function calendarFeeds(bot: Lantian, machineNow: () => number): Console["calendar"] {
  const gate = floodGate(machineNow, PACE);
  return async (secret, address) => {
    if (gate.admit(address) !== "work") return "too-many";
    const moment = await contextOf(bot);
    return bot.store.read(async (store) => {
      const held = await store.calendarFeeds.holder(hashOfSecret(secret));
      const person = held === null ? null : await memberNow(store, held.personId, moment);
      if (held === null || person === null || isRefusal(person)) return null;
      return feedOf(person, held.createdAt, { ...moment, store });
    });
  };
}
