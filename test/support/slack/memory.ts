import { faultOfBlocks, specialsIn } from "./limits.ts";

// biome-ignore lint/suspicious/noExplicitAny: a server is given whatever a client sends
type Any = any;

export const TEAM = "T0HOME";
export const BOT = { user: "U0BOT", id: "B0BOT" };

export type User = {
  id: string;
  name: string;
  team_id: string;
  is_bot: boolean;
  deleted: boolean;
  is_stranger: boolean;
  /** Guests: of several channels, of one. */
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  /** In an organisation of several workspaces. */
  enterprise_user?: { enterprise_id: string; teams: readonly string[] };
};
export type Message = {
  ts: string;
  user?: string;
  bot_id?: string;
  text: string;
  blocks: Any[];
  metadata?: Any;
  thread_ts?: string;
  frozen?: boolean;
  files?: readonly Uploaded[];
};
/** A file of the app's: announced, then brought, then shown in a message. `key`: the secret part of its address. */
export type Uploaded = {
  id: string;
  key: string;
  name: string;
  title: string;
  length: number;
  bytes: Uint8Array | null;
  shown: boolean;
};
export type Channel = {
  id: string;
  members: Set<string>;
  direct: boolean;
  archived: boolean;
  /** Public: whoever likes may go in. */
  open?: boolean;
  messages: Message[];
};
export type Answered = {
  ts: string;
  to: string;
  channel: string | null;
  via: "response_url" | "postEphemeral";
  text: string;
  blocks: Any[];
};
type Hook = { until: number; uses: number; user: string; channel: string | null; last?: Answered };
export type StoredFile = { bytes: Uint8Array; type: string; name?: string; announced?: number };

/** Slack says no, under a name of its own; `detail` is for whoever reads a test's failure. */
export class Refusal extends Error {
  detail: string;
  constructor(name: string, detail = "") {
    super(name);
    this.detail = detail;
  }
}

export const refuse = (name: string, detail = ""): never => {
  throw new Refusal(name, detail);
};

export type Memory = ReturnType<typeof memoryOf>;

/** What a workspace consists of and remembers, with the rules that several methods share. */
export function memoryOf(now: () => number) {
  const users = new Map<string, User>();
  const channels = new Map<string, Channel>();
  const ephemeral: Answered[] = [];
  const views: { user: string | null; view: Any }[] = [];
  const homes = new Map<string, Any>();
  const triggers = new Map<string, { until: number; used: boolean; user: string }>();
  const hooks = new Map<string, Hook>();
  const lastPost = new Map<string, number>();
  const recent: number[] = [];
  const uploads = new Map<string, Uploaded>();
  const shared = new Map<string, { file: StoredFile; url: string }>();
  /** Scopes of the token that something depends on here. */
  const granted = new Set(["files:read", "files:write"]);
  let serial = 0;

  users.set(BOT.user, {
    id: BOT.user,
    name: "lantian",
    team_id: TEAM,
    is_bot: true,
    deleted: false,
    is_stranger: false,
  });

  const nextTs = () => {
    serial += 1;
    return `${Math.floor(now() / 1000)}.${String(serial).padStart(6, "0")}`;
  };
  const channelFor = (id: string): Channel => {
    const channel = channels.get(id) ?? refuse("channel_not_found");
    if (!channel.direct && !channel.members.has(BOT.user)) refuse("not_in_channel");
    if (channel.archived) refuse("is_archived");
    return channel;
  };
  const directWith = (user: string): Channel => {
    const known = [...channels.values()].find((c) => c.direct && c.members.has(user));
    if (known) return known;
    const id = `D0${user.slice(1)}`;
    const channel = { id, members: new Set([user, BOT.user]), direct: true, archived: false, messages: [] };
    channels.set(id, channel);
    return channel;
  };
  const checkMessage = (args: Any) => {
    if ((args.text ?? "") === "" && !args.blocks?.length) refuse("no_text");
    if ([...(args.text ?? "")].length > 4000) refuse("msg_too_long", "Slack would split this text");
    const fault = args.blocks === undefined ? null : faultOfBlocks(args.blocks, "message");
    if (fault !== null) refuse("invalid_blocks", fault);
    const specials = specialsIn(args);
    if (specials.length > 0) refuse("local_special_mention", specials.join(" "));
    if (args.metadata !== undefined) {
      if (typeof args.metadata.event_type !== "string" || typeof args.metadata.event_payload !== "object")
        refuse("invalid_metadata_format");
      if (JSON.stringify(args.metadata).length > 8000) refuse("metadata_too_large");
    }
  };
  const checkComment = (text: string) => {
    if ([...text].length > 4000) refuse("msg_too_long", "Slack would split this text");
    const specials = specialsIn({ text });
    if (specials.length > 0) refuse("local_special_mention", specials.join(" "));
  };
  const pace = (channel: string) => {
    const at = now();
    while ((recent[0] ?? at) < at - 60_000) recent.shift();
    if (at - (lastPost.get(channel) ?? Number.NEGATIVE_INFINITY) < 1000 || recent.length >= 300)
      throw Object.assign(new Error("429"), { retryAfter: 1 });
    lastPost.set(channel, at);
    recent.push(at);
  };
  const edits: number[] = [];
  const paceEdits = () => {
    const at = now();
    while ((edits[0] ?? at) < at - 60_000) edits.shift();
    if (edits.length >= 60) throw Object.assign(new Error("429"), { retryAfter: 1 });
    edits.push(at);
  };
  const takeTrigger = (id: string) => {
    const trigger = triggers.get(id) ?? refuse("invalid_trigger_id");
    if (trigger.used) refuse("exchanged_trigger_id");
    if (trigger.until < now()) refuse("expired_trigger_id");
    trigger.used = true;
    return trigger;
  };

  return {
    users,
    channels,
    ephemeral,
    views,
    homes,
    triggers,
    hooks,
    uploads,
    shared,
    granted,
    /** The organisation that the workspace belongs to; null: it stands alone. */
    enterprise: null as string | null,
    /** The app is installed in the whole organisation: no workspace is its own. */
    orgWide: false,
    /** Where this Slack stands; set when it listens. */
    origin: "",
    nextTs,
    nextSerial: () => {
      serial += 1;
      return serial;
    },
    channelFor,
    directWith,
    checkMessage,
    checkComment,
    pace,
    paceEdits,
    takeTrigger,
  };
}
