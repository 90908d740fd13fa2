import type { DrawnCard } from "../chat/card.ts";
import type { ChatHere, ConsoleAddress, Context } from "../chat/command.ts";
import type { DaysAhead, Foreseen } from "../chat/foreseen.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { shortTime } from "../chat/wording.ts";
import type { Clock } from "../clock.ts";
import type { Names } from "../office/names.ts";
import type { Office } from "../office/office.ts";
import type { Identity, Person } from "../store/people.ts";
import type { Store } from "../store/store.ts";
import type { Vault } from "../store/vault.ts";
import type { Connected } from "./connected.ts";
import type { Meanwhile } from "./long-action.ts";
import { presentOffice } from "./present-office.ts";
import type { Registry } from "./registry.ts";
import type { Unkept } from "./unsaved.ts";

/** The running bot: all that an answer, a job or a delivery needs of it. */
export type Lantian = {
  store: Store;
  /** Evidence that officials have sent, outside the database. */
  vault: Vault;
  clock: Clock;
  /** As its plan pack has it: what has been entered since, a context's office knows. */
  office: Office;
  names: Names;
  registry: Registry;
  /** Set on a demonstration database: everything shown says so. */
  demo: boolean;
  /** Where its console is found, where one is served. */
  consoleAt?: ConsoleAddress;
  /** What runs beside it and tells how it is: platforms, clock, backup; absent where nothing does, as for a single answer. */
  connected?(): readonly Connected[];
  /** What would go to whom within a span of days, played on a copy that is thrown away. */
  foresee(bot: Lantian, span: DaysAhead): Promise<readonly Foreseen[]>;
  /** Reports a fault of ours, once, under the id that the person is told. */
  report(error: unknown, id: string): void;
  /** Writes into the log how a request or a delivery goes on; ids only, never a name or a text. Absent outside a running bot. */
  trace?(about: Traced, what: "received" | "answered" | "delivery"): void;
};

/** `request`: the name of the message that brought it about (`requestName`). */
export type Traced = { request?: string | undefined } & Readonly<Record<string, string | number | undefined>>;

/** Who speaks: a person, or an identity that nobody has linked yet. */
export type Speaker = {
  identity: Identity;
  person: Person | null;
  /** Inbox row that this comes from: a change claims its effect in its own transaction, so that a repeat has none. */
  inbound?: number;
  /** The platform's own name of the message that they say it in, which an edit keeps: all that comes of it is one effect. */
  said?: string;
  /** Set where what they say couldn't be kept: it may ask, and has no effect. */
  unkept?: Unkept;
  /** Set where the message said nothing to the bot until it was edited: a change is read back before it is made. */
  addressedLater?: true;
  /** Keys of the form that is handed in, which has one effect as well. */
  keys?: readonly string[];
  /** Chat in which they speak. */
  chat?: ChatHere;
  /** Whether they can be written to in private, where a platform can't take that for granted. */
  privateChat?: () => Promise<boolean>;
  /** Whether the bot may write in the group in which they speak, where a platform can't take that for granted. */
  mayPost?: () => Promise<Granted | Refusal>;
  meanwhile?: Meanwhile;
};

/** The bot may write in a group, which its people call `title`. */
export type Granted = { title?: string };

/** What comes of a message. */
export type Reply = {
  /** Name of the command or action that answered; null when none was reached. */
  command: string | null;
  answer: { kind: "card"; card: DrawnCard } | Refusal;
  /** The card's own `again`. */
  again?: string;
  /** What the answer is, in words, where only whoever asked may read it: it goes to their private chat. */
  privately?: string;
  /** Nothing was done yet: the answer asks for more. */
  asks?: true;
  /** What was queued for other people. */
  deliveries: readonly { audience: string; title: string }[];
};

/** What a stranger is told; in a group also that a code is not to be said there. */
function notLinked({ chat }: Pick<Speaker, "chat">): Refusal {
  const how = chat?.kind === "group" ? "不要发在群里，请与我私聊发送" : "然后发送";
  return refuse(
    "not-linked",
    `您还没有绑定身份。请向市办或本县（市、区）领导索取邀请码，${how}：绑定 邀请码`,
  );
}

/** What somebody is told who is no member: a stranger how to become one, whoever has left that they have. */
export async function stranger(bot: Lantian, speaker: Speaker): Promise<Refusal> {
  const holder = await bot.store.read((reader) => reader.people.holderOf(speaker.identity));
  if (holder === null || holder.active) return notLinked(speaker);
  const at = holder.leftAt;
  const on =
    at === null ? "" : `于${shortTime(bot.office.local(Temporal.Instant.fromEpochMilliseconds(at)))}`;
  return refuse(
    "not-linked",
    `您（${holder.name}）已${on}离任，不能再查看和办理，原来的按钮和表单都已失效。如有误请联系市办。`,
  );
}

/** Where somebody speaks, by one name: the chat, or the platform whose one conversation with them it is. */
const placeOf = ({ chat, identity }: { chat: ChatHere | undefined; identity: Identity }): string =>
  chat === undefined
    ? identity.platform
    : [chat.platform, chat.workspace, chat.chatKey, chat.topic]
        .filter((part) => part !== undefined)
        .join("/");

/** What a command is told, but for the store. */
export type Moment = Omit<Context<never>, "store">;

/**
 * What a command is told of the moment in which it is asked: now, unless it is to see the office as of another instant.
 * `office`: the present one, where the caller has just looked. The one place where a context is made.
 */
export async function contextOf(
  bot: Lantian,
  {
    chat,
    identity,
    now: asOf,
    office: known,
  }: Partial<Pick<Speaker, "chat" | "identity">> & { now?: Temporal.Instant; office?: Office } = {},
): Promise<Moment> {
  const now = asOf ?? (await bot.clock.now());
  const office = known ?? (await presentOffice(bot));
  const today = office.today(now);
  const { names, demo, consoleAt } = bot;
  return {
    office,
    names,
    demo,
    ...(consoleAt ? { consoleAt } : {}),
    now,
    today,
    commands: bot.registry.commands,
    platforms: bot.registry.platforms,
    imports: bot.registry.imports,
    schedules: bot.registry.schedules.filter(({ prepares }) => prepares === undefined),
    officialPapers: bot.registry.officialPapers,
    ...(chat ? { chat } : {}),
    ...(identity ? { identity, place: placeOf({ chat, identity }) } : {}),
  };
}
