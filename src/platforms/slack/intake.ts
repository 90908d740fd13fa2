import type { App } from "@slack/bolt";
import { z } from "zod";
import type { Lantian } from "../../bot/lantian.ts";
import { mayMention } from "../../chat/mentions.ts";
import { workOne } from "../../delivery/inbound.ts";
import { startLanes } from "../../delivery/lanes.ts";
import type { Brought } from "../../delivery/lost-answers.ts";
import { masked } from "../../domain/personal-data.ts";
import type { Inbound } from "../../store/inbox.ts";
import { type Arrival, arrivalsOn } from "../kit/arrivals.ts";
import { type Doing, floodGates, TOO_FAST } from "../kit/flood.ts";
import { EDITED, withAuthor } from "./edits.ts";
import { inputsOf } from "./form.ts";
import { isHeardAsMention } from "./subtypes.ts";
import { typed } from "./text.ts";
import { answerUnkeptPayload, type UnkeptPayload } from "./unkept.ts";
import { bare, isUrgent, type Pressing } from "./urgent.ts";
import type { Workspace } from "./workspace.ts";

/** What a receiver hands over: Slack's payload, and the id that a redelivery would bear where the payload has none. */
export type Incoming = { body: unknown; otherwiseId: string };

export type SlackIntake = {
  /**
   * Commits a message, then lets it be worked off. It resolves when Slack may be told that we have it, with what Slack is
   * to be answered: something for a submitted form, otherwise nothing. @throws when it could not be committed.
   */
  take(incoming: Incoming): Promise<unknown>;
  /**
   * From now on messages are worked off by these listeners, first what was accepted before the bot stopped. Until then
   * what comes in is committed and waits, except forms: Slack shows an answer to them at once or never.
   */
  takeUp(listeners: App, ws: Workspace): Promise<void>;
  /** Takes up nothing more and waits for what is being answered; the rest stays in the inbox. */
  stop(): Promise<void>;
};

const id = z.string().min(1).max(200);
const person = z.looseObject({ id });
/**
 * What we know how to read, by the parts that its way depends on. Slack's old verification token is left out: it comes
 * with every payload and is good for nothing but being stolen.
 */
const payloads = z
  .union([
    z.looseObject({ command: z.string(), user_id: id, trigger_id: id.optional() }),
    z.looseObject({
      type: z.literal("block_actions"),
      user: person,
      actions: z.array(z.looseObject({})).min(1),
      trigger_id: id.optional(),
    }),
    z.looseObject({
      type: z.literal("view_submission"),
      user: person,
      view: z.looseObject({ blocks: z.array(z.looseObject({ type: z.string() })).default([]) }),
      trigger_id: id.optional(),
    }),
    z.looseObject({
      type: z.literal("event_callback"),
      event: z.looseObject({ type: z.string(), user: id }),
      event_id: id.optional(),
    }),
  ])
  .transform(({ token: _secret, ...payload }) => payload);

type Payload = Pressing & {
  event_id?: string;
  trigger_id?: string;
  user_id?: string;
  user?: { id?: string };
  event?: {
    type?: string;
    user?: string;
    files?: readonly unknown[];
    channel?: string;
    channel_type?: string;
    ts?: string;
    subtype?: string;
    bot_id?: string;
    text?: string;
    message?: { text?: string };
  };
  view?: Parameters<typeof inputsOf>[0];
};

/** Not accepted, and no fault of ours: a form that comes too early. */
export class NotNow extends Error {}

/** Slack waits three seconds for what a submitted form is answered with. */
const FORM_MS = 2500;
const BUSY = "系统正忙，还没有办完。请过几秒再按一次“提交”，不会重复办理。";

/**
 * The way of a message into the inbox and out of it: one person's in the order of arrival, different people's side by
 * side. What can't wait (`isUrgent`) has a lane of its own, behind nobody's answer.
 */
export function slackIntake(
  bot: Lantian,
  {
    afterwards,
    machineNow,
    onLost,
    formMs = FORM_MS,
  }: {
    afterwards: () => void;
    machineNow: () => number;
    onLost: (inbound: number) => Promise<void>;
    formMs?: number | undefined;
  },
): SlackIntake {
  const gates = floodGates(machineNow);
  let listeners: App | null = null;
  let here: Workspace | null = null;
  const arrivals = arrivalsOn(bot, "slack", async (payload, fault) =>
    here === null ? "comes again" : answerUnkeptPayload(here, payload as UnkeptPayload, fault),
  );
  let awake = false;
  /** Submitted forms whose answer Slack is waiting for. */
  const waiting = new Map<string, PromiseWithResolvers<unknown>>();
  const handle = async (row: Inbound): Promise<void> => {
    if (listeners === null) throw new Error("Slack has not said yet who the bot is");
    const body = JSON.parse(row.payload) as Payload;
    const slack = waiting.get(row.externalId);
    waiting.delete(row.externalId);
    // A form that Slack no longer waits for: its sender was told long ago that it failed.
    const late = body.type === "view_submission" && slack === undefined ? { late: row.state } : {};
    const tooFast = arrivals.isTooFast(row);
    try {
      await listeners.processEvent({
        body: body as never,
        // A refusal may quote what was typed.
        ack: async (response) => slack?.resolve(masked(response)),
        customProperties: { inbound: row.id, tooFast, ...late },
      });
      arrivals.told(row);
    } finally {
      slack?.reject(new Error("a form was not answered"));
      afterwards();
    }
  };
  const lanes = startLanes(bot, "slack", {
    laneOf(row) {
      const payload = JSON.parse(row.payload) as Payload;
      return isUrgent(payload, bot.registry.commands) ? `row/${row.id}` : userOf(payload);
    },
    handle,
    onLost,
  });

  /** Commits a message. @returns false for one that isn't to be worked on: known already, or too much. */
  const keep = async (externalId: string, payload: Payload, admit: Arrival["admit"]): Promise<boolean> => {
    const isKept = (await arrivals.keep([{ externalId, payload, admit }])) > 0;
    if (isKept && awake) lanes.wake();
    return isKept;
  };

  /** Takes a submitted form. @returns what Slack is to be answered: errors beside its fields, or that it may close. */
  const takeForm = async (externalId: string, payload: Payload): Promise<unknown> => {
    if (!awake) throw new NotNow("Slack has not been reached yet");
    const same = waiting.get(externalId);
    if (same !== undefined) return same.promise;
    // Known before the row is: a lane may take it up at once.
    const taken = Promise.withResolvers<unknown>();
    waiting.set(externalId, taken);
    // Whoever awaits it hears of a failure; whoever was sent away meanwhile needn't.
    taken.promise.catch(() => undefined);
    try {
      if (await keep(externalId, payload, () => "work")) return await taken.promise;
      taken.resolve(undefined);
    } catch (error) {
      taken.reject(error);
      throw error;
    } finally {
      waiting.delete(externalId);
    }
  };
  /** A form that takes too long, or can't be taken, stays open and says so. Submitted again it still has one effect. */
  const takeFormInTime = async (externalId: string, payload: Payload): Promise<unknown> => {
    const late = Promise.withResolvers<unknown>();
    const timer = setTimeout(() => late.resolve(stillOpen(payload, BUSY)), formMs);
    try {
      return await Promise.race([takeForm(externalId, payload), late.promise]);
    } catch (error) {
      if (error instanceof NotNow) throw error;
      bot.report(error, "slack-form");
      return stillOpen(payload, BUSY);
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    async take({ body, otherwiseId }) {
      // Anything else is acknowledged and forgotten: Slack would only send it again.
      const known = payloads.safeParse(withAuthor(body));
      if (!known.success || isIdleTalk(known.data as Payload)) return undefined;
      const payload = known.data as Payload;
      const externalId = mentionIn(payload) ?? payload.event_id ?? payload.trigger_id ?? otherwiseId;
      const doing = doingIn(payload);
      const admit = () => (doing === null ? "work" : gates.admit(userOf(payload), doing));
      if (payload.type !== "view_submission" && !("command" in payload)) {
        await keep(externalId, payload, admit);
        return undefined;
      }
      // Whoever waits for an answer anyway is told in it, each time.
      const isTooFast = admit() !== "work";
      if (payload.type === "view_submission")
        return isTooFast ? stillOpen(payload, TOO_FAST) : takeFormInTime(externalId, payload);
      if (isTooFast) return { response_type: "ephemeral", text: TOO_FAST };
      await keep(externalId, payload, () => "work");
      return undefined;
    },
    async takeUp(those, ws) {
      listeners = those;
      here = ws;
      for (const row of await bot.store.read((r) => r.inbox.unanswered("slack")))
        await workOne(bot, row, handle, onLost);
      awake = true;
      lanes.wake();
    },
    stop: () => lanes.stop(),
  };
}

/**
 * The name of a message in a channel that may mention the bot: Slack may tell of it by two events, as a mention and as a
 * message, and the second is a redelivery.
 */
function mentionIn({ event }: Payload): string | null {
  if (typeof event?.ts !== "string" || typeof event.channel !== "string") return null;
  const { type, subtype, text = "", channel_type } = event;
  const isTold =
    type === "message" && channel_type !== "im" && isHeardAsMention(subtype) && text.includes("<@");
  return type === "app_mention" || isTold ? `mention/${event.channel}/${event.ts}` : null;
}

/** Talk in a channel that isn't the bot's to hear; it is kept nowhere. A mention comes as an event of its own. */
function isIdleTalk({ event }: Payload): boolean {
  if (event?.type !== "message" || event.channel_type === "im") return false;
  const { subtype, text = "", message, bot_id } = event;
  if (subtype === EDITED) return !message?.text?.includes("<@");
  const isTalk = bot_id === undefined && (subtype === undefined || isHeardAsMention(subtype));
  return !isTalk || !(mayMention(text) || (subtype !== undefined && text.includes("<@")));
}

/** Which user has sent a message that they got no answer to, and what it brought; `botUser` is the bot's own id. */
export function askedIn({ payload }: Inbound, botUser: string): { user: string; brought: Brought } {
  const sent = JSON.parse(payload) as Payload & { text?: string };
  const { type, command, event, view, text = "" } = sent;
  const brought = (): Brought => {
    if (command !== undefined) return { said: `/${bare(command)} ${text}`.trim() };
    if (type === "block_actions") return { did: "press" };
    if (view !== undefined) return { did: "form" };
    if ((event?.files ?? []).length > 0) return { did: "file" };
    return { said: typed(event?.text ?? event?.message?.text ?? "", botUser) || "帮助" };
  };
  return { user: userOf(sent), brought: brought() };
}

/** Answers a submitted form so that its view stays open and says why. */
function stillOpen({ view }: Payload, why: string): object {
  const [block = "form"] = view ? inputsOf(view) : [];
  return { response_action: "errors", errors: { [block]: why } };
}

/** What a payload counts as; null for what nobody says or does to the bot. */
function doingIn({ event }: Payload): Doing | null {
  if (event === undefined) return "words";
  if (event.type !== "message" && event.type !== "app_mention") return null;
  return (event.files?.length ?? 0) > 0 ? "file" : "words";
}

function userOf({ user_id, user, event }: Payload): string {
  return user_id ?? user?.id ?? event?.user ?? "";
}
