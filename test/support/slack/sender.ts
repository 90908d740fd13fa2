import { createHmac } from "node:crypto";
import { BOT, TEAM } from "./memory.ts";
import type { LocalSlack } from "./server.ts";

// biome-ignore lint/suspicious/noExplicitAny: payloads are as free as Slack's
type Any = any;

export type Sent = { status: number; body: string; ms: number };

/** Where somebody sits who writes: the workspace that it happens in, their own one, and the organisation of both. */
export type Place = { team: string; userTeam: string; enterprise: string | null };
/** No two senders give one number to two events. */
let serial = 0;
const HOME: Place = { team: TEAM, userTeam: TEAM, enterprise: null };

/** Slack's side of the wire: signs what it sends as Slack does and watches the three seconds of the acknowledgement. */
export function senderOf(
  slack: LocalSlack,
  options: { url: () => string; secret: string },
  { team, userTeam, enterprise }: Place = HOME,
) {
  const late: number[] = [];

  /** Sends raw bytes with whatever headers a forger would choose. */
  const raw = async (
    body: string | Uint8Array<ArrayBuffer>,
    over: {
      at?: number;
      signature?: string;
      secret?: string;
      type?: string;
      path?: string;
      method?: string;
    } = {},
  ): Promise<Sent> => {
    const at = over.at ?? Math.floor(Date.now() / 1000);
    const base = Buffer.concat([Buffer.from(`v0:${at}:`), Buffer.from(body as Uint8Array)]);
    const digest = createHmac("sha256", over.secret ?? options.secret)
      .update(base)
      .digest("hex");
    const began = performance.now();
    const response = await fetch(over.path ? new URL(over.path, options.url()) : options.url(), {
      method: over.method ?? "POST",
      headers: {
        "content-type": over.type ?? "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": String(at),
        "x-slack-signature": over.signature ?? `v0=${digest}`,
      },
      ...(over.method === "GET" ? {} : { body }),
    });
    const text = await response.text();
    const ms = performance.now() - began;
    if (ms > 3000) late.push(ms);
    return { status: response.status, body: text, ms };
  };

  /** An app that is installed in a whole organisation is told of no workspace, only of the organisation. */
  const placeOf = (user: string) => ({
    team: enterprise ? null : { id: team },
    ...(enterprise ? { enterprise: { id: enterprise, name: "Org" }, is_enterprise_install: true } : {}),
    user: { id: user, team_id: userTeam },
  });
  const authorOf = () => ({ team: userTeam, user_team: userTeam, source_team: userTeam });

  const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
  const interactionBody = (payload: object) => form({ payload: JSON.stringify(payload) });
  const commandBody = (user: string, command: string, text: string, channel: string) =>
    form({
      token: "canary-verification-token",
      team_id: team,
      ...(enterprise ? { enterprise_id: enterprise, is_enterprise_install: "true" } : {}),
      user_id: user,
      command,
      text,
      channel_id: channel,
      channel_name: channel.startsWith("D") ? "directmessage" : "general",
      trigger_id: slack.newTrigger(user),
      response_url: slack.newHook(user, channel),
    });
  const eventBody = (event: Any, id?: string) => {
    serial += 1;
    return JSON.stringify({
      token: "canary-verification-token",
      team_id: team,
      ...(enterprise ? { context_team_id: team, context_enterprise_id: enterprise } : {}),
      type: "event_callback",
      event_id: id ?? `Ev${serial}`,
      event_time: Math.floor(Date.now() / 1000),
      authorizations: [{ team_id: TEAM, enterprise_id: enterprise, user_id: BOT.user, is_bot: true }],
      event,
    });
  };
  /** When a message was written; no two bear the same. */
  const tsOf = () => {
    serial += 1;
    return `1.${serial}`;
  };
  const event = (of: Any, id?: string) => raw(eventBody(of, id), { type: "application/json" });

  const pressBody = (
    user: string,
    blocks: Any[],
    label: string,
    where: { channel?: string; view?: boolean; ephemeral?: boolean } = {},
  ) => {
    const buttons = blocks.flatMap((b) => b.elements ?? []).filter((e: Any) => e.type === "button");
    const button = buttons.find((e) => e.text.text === label);
    if (button === undefined)
      throw new Error(`no button ${label}, only ${buttons.map((e) => e.text.text).join("、")}`);
    const { action_id, value } = button;
    const channel = where.channel ?? "C0GENERAL";
    return interactionBody({
      type: "block_actions",
      token: "canary-verification-token",
      ...placeOf(user),
      trigger_id: slack.newTrigger(user),
      container: where.view
        ? { type: "view" }
        : { type: "message", channel_id: channel, is_ephemeral: where.ephemeral ?? false },
      ...(where.view ? {} : { channel: { id: channel }, response_url: slack.newHook(user, channel) }),
      actions: [{ type: "button", action_id, block_id: "x", value, action_ts: "1.2" }],
    });
  };

  return {
    raw,
    late,
    interactionBody,
    form,
    commandBody,
    eventBody,
    event,
    tsOf,
    command: (user: string, command: string, text = "", channel = "C0GENERAL") =>
      raw(commandBody(user, command, text, channel)),
    message: (user: string, text: string, more: Any = {}) =>
      event({
        type: "message",
        channel_type: "im",
        channel: slack.directId(user),
        user,
        text,
        ts: tsOf(),
        ...authorOf(),
        ...more,
      }),
    mention: (user: string, text: string, channel = "C0GENERAL", more: Any = {}) =>
      event({
        type: "app_mention",
        channel,
        user,
        text: `<@${BOT.user}> ${text}`,
        ts: tsOf(),
        ...authorOf(),
        ...more,
      }),
    /** What people write to each other in a channel that the bot is in. */
    talk: (user: string, text: string, channel = "C0GENERAL", more: Any = {}) =>
      event({
        type: "message",
        channel_type: "channel",
        channel,
        user,
        text,
        ts: tsOf(),
        ...authorOf(),
        ...more,
      }),
    /** Somebody changes what they have written; `ts` is the message's. `more` is what else the message says then. */
    edits: (
      user: string,
      { ts, before, text, channel }: { ts: string; before: string; text: string; channel?: string },
      more: Any = {},
    ) =>
      event({
        type: "message",
        subtype: "message_changed",
        hidden: true,
        channel: channel ?? slack.directId(user),
        channel_type: channel === undefined ? "im" : "channel",
        ts: tsOf(),
        message: {
          type: "message",
          user,
          ts,
          text,
          edited: { user, ts: tsOf() },
          ...authorOf(),
          ...more,
        },
        previous_message: { type: "message", user, ts, text: before },
      }),
    opensHome: (user: string, tab: "home" | "messages" = "home") =>
      event({ type: "app_home_opened", user, tab, channel: slack.directId(user) }),
    /** Presses the button of this label among the given blocks. */
    press: (...how: Parameters<typeof pressBody>) => raw(pressBody(...how)),
    pressBody,
    /** Submits the newest modal with these values. */
    submitBody(user: string, view: Any, values: Record<string, string>) {
      const state: Any = {};
      for (const block of view.blocks) {
        if (block.type !== "input") continue;
        const { type } = block.element;
        const value = values[block.block_id] ?? null;
        const input =
          type === "static_select"
            ? { type, selected_option: value && { value } }
            : type === "datepicker"
              ? { type, selected_date: value }
              : { type, value };
        state[block.block_id] = { [block.element.action_id]: input };
      }
      return form({
        payload: JSON.stringify({
          type: "view_submission",
          token: "canary-verification-token",
          ...placeOf(user),
          trigger_id: slack.newTrigger(user),
          view: { ...view, state: { values: state } },
        }),
      });
    },
    submit(user: string, view: Any, values: Record<string, string>) {
      return raw(this.submitBody(user, view, values));
    },
  };
}
