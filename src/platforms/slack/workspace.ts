import type { webApi } from "@slack/bolt";
import type { Lantian, Speaker } from "../../bot/lantian.ts";
import { ifSaved } from "../../bot/unsaved.ts";
import type { Outages } from "../../delivery/outages.ts";
import { noLongerMember } from "../../delivery/trouble.ts";
import type { Person } from "../../store/people.ts";
import type { Timing } from "../kit/pace.ts";
import { bringTo } from "./bring.ts";
import { type Called, called, slackClient } from "./calls.ts";
import { mayPostIn } from "./may-post.ts";
import { type Home, membershipOf } from "./members.ts";
import { type SlackPace, slackPace } from "./pace.ts";
import { respondAt } from "./respond.ts";

/** The office's own workspace: everything that the adapter's parts share. */
export type Workspace = Home & {
  bot: Lantian;
  client: webApi.WebClient;
  botUser: string;
  botId: string;
  pace: SlackPace;
  timing: Timing;
  /** The channel of the direct messages with a user. */
  directChannel(user: string): Promise<Called<string>>;
  /** How long (ms) Slack wants no more such channels opened; 0: it may be asked. */
  patience(): number;
  /** Whether this channel is where the bot and that user write to each other. */
  isDirect(channel: string, user: string): Promise<boolean>;
  /** Remembers what an event of a direct message has told. */
  noteDirect(channel: string, user: string): void;
  /** Who a user is; null for everybody but full members, linked or not: they aren't heard. */
  speaker(user: string, channel: string | undefined, inbound?: number): Promise<Speaker | null>;
  /** Whether somebody is a full member, as far as Slack says. */
  isMember(user: string): Promise<boolean>;
  /** Answers through a response_url that came in. */
  respond(url: string, body: object): Promise<Called<null>>;
  /** The answer to a message may not have arrived, and is tried no more. */
  lost(inbound: number): Promise<void>;
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
  settings: {
    botToken: string;
    apiUrl: string | null;
    timeoutMs: number;
    timing: Timing;
    lost?: Workspace["lost"];
  },
  outages?: Outages,
): Promise<Workspace> {
  const me = await called(slackClient(settings.botToken, settings).auth.test());
  if (me.kind === "refused") throw new NotLetIn(whyOf(me));
  if (me.kind !== "done") throw new NotReached(`Slack isn't reached yet: ${whyOf(me)}`);
  const { enterprise_id: enterprise = null, user_id: botUser, bot_id: botId } = me.value;
  // An app that is installed in a whole organisation may be at home in no workspace, but in the organisation.
  const team = me.value.team_id ?? enterprise;
  if (!team || !botUser || !botId)
    throw new Error(
      "SLACK_BOT_TOKEN is no bot token (auth.test names no bot); take the one that begins xoxb-",
    );
  const client = slackClient(settings.botToken, settings, outages);
  const direct = new Map<string, string>();
  let openAgainAt = 0;
  const membership = membershipOf(client, { team, enterprise }, settings.timing.now);
  /** Somebody who is linked was a member when they were: as long as Slack can't be asked they remain one. */
  const isHeard = async (user: string, person: Person | null): Promise<boolean> => {
    const is = await membership(user);
    if (is === "unsure" && person === null) throw new Error("Slack doesn't say who somebody is");
    if (is === "stranger" && person !== null) await noLongerMember(bot, "slack", person);
    return is !== "stranger";
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
    enterprise,
    botUser,
    botId,
    pace: slackPace(settings.timing),
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
      const isKnown = await isHeard(userKey, person);
      if (inbound !== undefined && (!isKnown || person === null))
        await ifSaved(bot.store, () => bot.store.write((w) => w.inbox.letPass(inbound)));
      if (!isKnown) return null;
      const from = inbound === undefined ? {} : { inbound };
      if (channel === undefined) return { identity, person, ...from };
      const kind = channel.startsWith("D") ? ("private" as const) : ("group" as const);
      return {
        identity,
        person,
        ...from,
        mayPost: () => mayPostIn(client, channel),
        chat: { platform: "slack", workspace: team, chatKey: channel, kind },
      };
    },
    isMember: async (user) => (await membership(user)) !== "stranger",
    lost: settings.lost ?? (async () => undefined),
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
