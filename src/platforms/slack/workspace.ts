import type { webApi } from "@slack/bolt";
import type { Lantian, Speaker } from "../../bot/router.ts";
import type { Outages } from "../../delivery/outages.ts";
import { type Called, called, slackClient, type Timing } from "./calls.ts";
import { type Pace, paceOf } from "./pace.ts";
import { respondAt } from "./respond.ts";
import { bringTo } from "./upload.ts";

/** The office's own workspace: everything that the adapter's parts share. */
export type Workspace = {
  bot: Lantian;
  client: webApi.WebClient;
  /** The home workspace: whoever belongs to another one isn't heard. */
  team: string;
  botUser: string;
  botId: string;
  pace: Pace;
  timing: Timing;
  /** The channel of the direct messages with a user. */
  directChannel(user: string): Promise<Called<string>>;
  /** How long (ms) Slack wants no more such channels opened; 0: it may be asked. */
  patience(): number;
  /** Whether this channel is where the bot and that user write to each other. */
  isDirect(channel: string, user: string): Promise<boolean>;
  /** Remembers what an event of a direct message has told. */
  noteDirect(channel: string, user: string): void;
  /** Who a user is; null for a bot, a guest of another workspace or somebody who has left: they aren't heard. */
  speaker(user: string, channel: string | undefined, inbound: number): Promise<Speaker | null>;
  /** Answers through a response_url that came in. */
  respond(url: string, body: object): Promise<Called<null>>;
  /** Brings a file's bytes to the address that Slack has named for them. */
  bring(url: string, bytes: Uint8Array): Promise<Called<null>>;
};

/** Slack can't be reached now; later it may be. */
export class NotReached extends Error {}

/** Slack doesn't know the token; `why` is its own word. */
export class NotLetIn extends Error {
  why: string;
  constructor(why: string) {
    super(`Slack doesn't let the bot in: ${why}; check SLACK_BOT_TOKEN`);
    this.why = why;
  }
}

/**
 * Asks Slack who the bot is. From then on `outages` hears whether the token is any good.
 * @throws NotReached when Slack can't be reached, NotLetIn when it doesn't know the token, Error in one line otherwise.
 */
export async function openWorkspace(
  bot: Lantian,
  settings: { botToken: string; apiUrl: string | null; timeoutMs: number; timing: Timing },
  outages?: Outages,
): Promise<Workspace> {
  const me = await called(slackClient(settings.botToken, settings).auth.test());
  if (me.kind === "refused") throw new NotLetIn(whyOf(me));
  if (me.kind !== "done") throw new NotReached(`Slack isn't reached yet: ${whyOf(me)}`);
  const { team_id: team, user_id: botUser, bot_id: botId } = me.value;
  if (!team || !botUser || !botId)
    throw new Error(
      "SLACK_BOT_TOKEN is no bot token (auth.test names no bot); take the one that begins xoxb-",
    );
  const client = slackClient(settings.botToken, settings, outages);
  const direct = new Map<string, string>();
  let openAgainAt = 0;
  const members = new Set<string>();
  /** Only who isn't linked yet has to be looked up: an account is bound to nobody but a member. */
  const isMember = async (user: string): Promise<boolean> => {
    if (members.has(user)) return true;
    const info = await called(client.users.info({ user }));
    if (info.kind === "refused") return false;
    if (info.kind !== "done") throw new Error(`users.info: ${whyOf(info)}`);
    const { is_bot, deleted, is_stranger, team_id } = info.value.user ?? {};
    if (is_bot || deleted || is_stranger || team_id !== team) return false;
    if (members.size > 10_000) members.clear();
    members.add(user);
    return true;
  };
  const patience = () => Math.max(0, openAgainAt - settings.timing.now());
  const directChannel = async (user: string): Promise<Called<string>> => {
    const known = direct.get(user);
    if (known !== undefined) return { kind: "done", value: known };
    // One limit for all users: while Slack asks for patience nobody's channel is asked for.
    if (patience() > 0) return { kind: "limited", afterMs: patience() };
    const opened = await called(client.conversations.open({ users: user }));
    if (opened.kind === "limited") openAgainAt = settings.timing.now() + opened.afterMs;
    if (opened.kind !== "done") return opened;
    const channel = opened.value.channel?.id;
    if (channel === undefined) return { kind: "unknown", why: "conversations.open named no channel" };
    direct.set(user, channel);
    return { kind: "done", value: channel };
  };
  return {
    bot,
    client,
    team,
    botUser,
    botId,
    pace: paceOf(settings.timing),
    timing: settings.timing,
    directChannel,
    patience,
    async isDirect(channel, user) {
      // Direct messages between two people begin with D as well.
      if (!channel.startsWith("D")) return false;
      const opened = await directChannel(user);
      return opened.kind === "done" && opened.value === channel;
    },
    noteDirect: (channel, user) => direct.set(user, channel),
    async speaker(userKey, channel, inbound) {
      const identity = { platform: "slack" as const, workspace: team, userKey };
      const person = await bot.store.read((r) => r.people.byIdentity(identity));
      if (person === null && !(await isMember(userKey))) return null;
      if (channel === undefined) return { identity, person, inbound };
      const kind = channel.startsWith("D") ? ("private" as const) : ("group" as const);
      return {
        identity,
        person,
        inbound,
        chat: { platform: "slack", workspace: team, chatKey: channel, kind },
      };
    },
    respond: (url, body) => respondAt(url, body, settings),
    bring: (url, bytes) => bringTo(url, bytes, settings),
  };
}

export function whyOf(outcome: Exclude<Called<unknown>, { kind: "done" }>): string {
  switch (outcome.kind) {
    case "limited":
      return `Slack asks for ${Math.ceil(outcome.afterMs / 1000)} s of patience`;
    case "refused":
      return outcome.error;
    case "unreachable":
    case "unknown":
      return outcome.why;
    default:
      return outcome satisfies never;
  }
}
