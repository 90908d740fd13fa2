import type { App } from "@slack/bolt";
import type { Lantian } from "../../bot/lantian.ts";
import { workOne } from "../../delivery/inbound.ts";
import { startLanes } from "../../delivery/lanes.ts";
import { masked } from "../../domain/personal-data.ts";
import type { Inbound } from "../../store/inbox.ts";
import { type Arrival, arrivalsOn } from "../kit/arrivals.ts";
import { floodGates, TOO_FAST } from "../kit/flood.ts";
import { inputsOf } from "./form.ts";
import { doingIn, mentionIn, readPayload, type SlackPayload, userOf } from "./payload.ts";
import { answerUnkeptPayload } from "./unkept.ts";
import { isUrgent } from "./urgent.ts";
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
   * From now on messages are worked off by these listeners, and answers that were missing when the bot stopped are made up
   * for beside them. Until then what comes in is committed and waits, except forms: Slack shows an answer to them at once
   * or never.
   */
  takeUp(listeners: App, ws: Workspace): Promise<void>;
  /** Takes up nothing more and waits for what is being answered; the rest stays in the inbox. */
  stop(): Promise<void>;
};

/** Not accepted, and no fault of ours: a form that comes too early. */
export class NotNow extends Error {}

/** Slack waits three seconds for what a submitted form is answered with. */
const FORM_MS = 2500;
const BUSY = "系统正忙，还没有办完。请过几秒再按一次“提交”，不会重复办理。";

/**
 * The way of a message into the inbox and out of it: one person's in the order of arrival, different people's side by
 * side. What can't wait (`isUrgent`) goes before all of them.
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
    here === null ? "comes again" : answerUnkeptPayload(here, payload as SlackPayload, fault),
  );
  let awake = false;
  /** Submitted forms whose answer Slack is waiting for. */
  const waiting = new Map<string, PromiseWithResolvers<unknown>>();
  const handle = async (row: Inbound): Promise<void> => {
    if (listeners === null) throw new Error("Slack has not said yet who the bot is");
    const body = JSON.parse(row.payload) as SlackPayload;
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
  const senderOf = (row: Inbound) => userOf(JSON.parse(row.payload) as SlackPayload);
  const lanes = startLanes(bot, "slack", {
    laneOf: (row) =>
      isUrgent(JSON.parse(row.payload) as SlackPayload, bot.registry.commands) ? null : senderOf(row),
    handle,
    onLost,
  });
  let isStopped = false;
  let madeUp: Promise<unknown> = Promise.resolve();
  /** Answers what one person still has to be answered. What the bot doesn't come to, the next start does. */
  const makeUp = async (rows: readonly Inbound[]) => {
    for (const row of rows)
      if (!isStopped)
        await workOne(bot, row, handle, onLost).catch((error: unknown) =>
          bot.report(error, "slack-unanswered"),
        );
  };

  /** Commits a message. @returns false for one that isn't to be worked on: known already, or too much. */
  const keep = async (
    externalId: string,
    payload: SlackPayload,
    admit: Arrival["admit"],
  ): Promise<boolean> => {
    const isKept = (await arrivals.keep([{ externalId, payload, admit }])) > 0;
    if (isKept && awake) lanes.wake();
    return isKept;
  };

  /** Takes a submitted form. @returns what Slack is to be answered: errors beside its fields, or that it may close. */
  const takeForm = async (externalId: string, payload: SlackPayload): Promise<unknown> => {
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
  const takeFormInTime = async (externalId: string, payload: SlackPayload): Promise<unknown> => {
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
      const payload = readPayload(body);
      if (payload === null) return undefined;
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
      // Before anything new is worked on: what is under way then would look the same.
      const unanswered = await bot.store.read((r) => r.inbox.unanswered("slack"));
      awake = true;
      lanes.wake();
      madeUp = Promise.all([...Map.groupBy(unanswered, senderOf).values()].map(makeUp));
    },
    async stop() {
      isStopped = true;
      await lanes.stop();
      await madeUp;
    },
  };
}

/** Answers a submitted form so that its view stays open and says why. */
function stillOpen({ view }: SlackPayload, why: string): object {
  const [block = "form"] = view ? inputsOf(view) : [];
  return { response_action: "errors", errors: { [block]: why } };
}
