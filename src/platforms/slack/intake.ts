import type { App } from "@slack/bolt";
import { z } from "zod";
import type { Lantian } from "../../bot/router.ts";
import { receive, workOne } from "../../delivery/inbound.ts";
import { startLanes } from "../../delivery/lanes.ts";
import type { Inbound } from "../../store/inbox.ts";

/** What a receiver hands over: Slack's payload, and the id that a redelivery would bear where the payload has none. */
export type Incoming = { body: unknown; otherwiseId: string };

export type Intake = {
  /**
   * Commits a message, then lets it be worked off. It resolves when Slack may be told that we have it, with what Slack is
   * to be answered: something for a submitted form, otherwise nothing. @throws when it could not be committed.
   */
  take(incoming: Incoming): Promise<unknown>;
  /**
   * From now on messages are worked off by these listeners, first what was accepted before the bot stopped. Until then
   * what comes in is committed and waits, except forms: Slack shows an answer to them at once or never.
   */
  takeUp(listeners: App): Promise<void>;
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
      view: z.looseObject({}),
      trigger_id: id.optional(),
    }),
    z.looseObject({
      type: z.literal("event_callback"),
      event: z.looseObject({ type: z.string(), user: id }),
      event_id: id.optional(),
    }),
  ])
  .transform(({ token: _secret, ...payload }) => payload);

type Payload = {
  type?: string;
  event_id?: string;
  trigger_id?: string;
  user_id?: string;
  user?: { id?: string };
  event?: { user?: string };
};

/** Not accepted, and no fault of ours: somebody sends faster than they can be answered, or a form comes too early. */
export class NotNow extends Error {}

/** Messages of one person that may wait to be answered. */
const MOST_WAITING = 20;
const slower = { response_type: "ephemeral", text: "您发得太快，前面的还没有办完，请稍候再发。" } as const;

/** A submitted form's answer that Slack is waiting for. */
type Waiting = { resolve: (response: unknown) => void; reject: (error: unknown) => void };

/** The way of a message into the inbox and out of it: one person's in the order of arrival, different people's side by side. */
export function intakeOf(bot: Lantian, afterwards: () => void): Intake {
  let listeners: App | null = null;
  let awake = false;
  const waiting = new Map<string, Waiting>();
  const underWay = new Map<string, number>();
  const count = (user: string, by: 1 | -1) => {
    const n = (underWay.get(user) ?? 0) + by;
    if (n > 0) underWay.set(user, n);
    else underWay.delete(user);
  };

  const handle = async (row: Inbound): Promise<void> => {
    if (listeners === null) throw new Error("Slack has not said yet who the bot is");
    const body = JSON.parse(row.payload) as Payload;
    const slack = waiting.get(row.externalId);
    waiting.delete(row.externalId);
    // A form that Slack no longer waits for: its sender was told long ago that it failed.
    const late = body.type === "view_submission" && slack === undefined ? { late: row.state } : {};
    try {
      await listeners.processEvent({
        body: body as never,
        ack: async (response) => slack?.resolve(response),
        customProperties: { inbound: row.id, ...late },
      });
    } finally {
      slack?.reject(new Error("a form was not answered"));
      count(userOf(body), -1);
      afterwards();
    }
  };
  const answerTo = (externalId: string): Promise<unknown> => {
    const answer = new Promise((resolve, reject) => waiting.set(externalId, { resolve, reject }));
    // Whoever awaits it hears of a failure; whoever was sent away meanwhile needn't.
    answer.catch(() => undefined);
    return answer;
  };
  const lanes = startLanes(bot, "slack", {
    laneOf: (row) => userOf(JSON.parse(row.payload) as Payload),
    handle,
  });

  return {
    async take({ body, otherwiseId }) {
      // Anything else is acknowledged and forgotten: Slack would only send it again.
      const known = payloads.safeParse(body);
      if (!known.success) return undefined;
      const payload = known.data as Payload;
      const externalId = payload.event_id ?? payload.trigger_id ?? otherwiseId;
      const message = { platform: "slack" as const, externalId, payload };
      const user = userOf(payload);
      if ((underWay.get(user) ?? 0) >= MOST_WAITING) {
        if ("command" in payload) return slower;
        throw new NotNow("too many messages of one person");
      }
      const isForm = payload.type === "view_submission";
      if (isForm && !awake) throw new NotNow("Slack has not been reached yet");
      if (isForm && waiting.has(externalId)) return undefined;
      // Known before the row is: a lane may take it up at once.
      const answer = isForm ? answerTo(externalId) : undefined;
      count(user, 1);
      const forget = () => {
        count(user, -1);
        if (isForm) waiting.delete(externalId);
      };
      const row = await receive(bot, message).catch((error: unknown) => {
        forget();
        throw error;
      });
      if (row === null) {
        forget();
        return undefined;
      }
      if (awake) lanes.wake();
      return answer;
    },
    async takeUp(those) {
      listeners = those;
      for (const row of await bot.store.read((r) => r.inbox.unanswered("slack")))
        await workOne(bot, row, handle);
      awake = true;
      lanes.wake();
    },
    stop: () => lanes.stop(),
  };
}

function userOf({ user_id, user, event }: Payload): string {
  return user_id ?? user?.id ?? event?.user ?? "";
}
