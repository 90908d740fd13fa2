import type { Lantian } from "../../src/bot/lantian.ts";
import type { PlatformName } from "../../src/store/inbox.ts";
import type { AnOffice } from "./office.ts";

/**
 * What the conformance suite asks of a chat provider's local server. People are called by their name in the office (or, as
 * strangers, by any other name); what they read and press is the same everywhere, however the provider draws it.
 */
export type Stage = {
  office: AnOffice;
  bot: Lantian;
  /** A member gets an account here; their pushes go to it. */
  arrives(name: string): Promise<void>;
  /** Somebody whom the bot doesn't know gets an account here. */
  comes(stranger: string): Promise<void>;
  /** What each of these reads then is what is new in this person's private chat. */
  says(name: string, text: string): Promise<Message[]>;
  presses(name: string, button: Button): Promise<Message[]>;
  sends(name: string, file: { name: string; bytes: Uint8Array }, caption: string): Promise<Message[]>;
  /** Opens the form that these words lead to, or that stands behind a button. */
  opens(name: string, from: string | Button): Promise<Form>;
  /** Everything that stands in a person's private chat from the bot, oldest first, as it is by now. */
  stands(name: string): Promise<Message[]>;
  /** Delivers until nothing is left that could go out within an hour. */
  delivers(): Promise<void>;
  /** Stops the bot and starts another one on the same database. */
  restart(): Promise<void>;
  /** What the strict server holds against the bot (limits, markup, calls that came too soon), and faults that it reports. */
  complaints(): string[];
  close(): Promise<void>;

  /** What not every provider has; one that lacks it says so in `lacks`. */
  group?: {
    /** Binds a group to a region as the office does. @returns the chat's id. */
    binds(region: string): Promise<number>;
    stands(): Promise<Message[]>;
    /** Somebody says something to the bot there. What each of these reads then is what is new there for who spoke. */
    asks(name: string, text: string): Promise<Message[]>;
    /** Somebody says something to the others there. */
    talks(name: string, text: string): Promise<Message[]>;
    presses(name: string, button: Button): Promise<Message[]>;
    /** The bot is thrown out. */
    closes(): void;
  };
  /** All that has left for the platform so far: what was called with what, and the files. */
  traffic?(): { calls: string; files: readonly Uint8Array[] };
  /** Somebody changes what they said last in private. What is new there; what was redrawn is not. */
  edits?(name: string, text: string): Promise<Message[]>;
  /** The next message is refused for coming too soon, with a wait that is then demanded. */
  refusesNextForNow?(): void;
  /** The connection breaks as the next message, of words or of a file, is sent, before it is accepted or after. */
  cutsNext?(when: Cut, what?: "words" | "file"): void;
  /** Nothing reaches this person here any more. */
  shutsOut?(name: string): void;
  /** The bot is stopped when the next thing that somebody does has had its effect, before it is answered. */
  stopsUnanswered?(had: () => Promise<boolean>): void;
};

export type Cut = "before" | "after";
/** `handle` is the provider's own, for pressing it. */
export type Button = { label: string; handle: unknown };
export type Message = {
  id: string;
  text: string;
  buttons: readonly Button[];
  files: readonly { sha256: string }[];
  /** What the provider makes of the text besides showing it: mentions, links, calls to a group. */
  alive: readonly string[];
};
/** Values go by the fields' labels; what isn't given is skipped. */
export type Form = {
  /** Hands the form in, or goes on with it. `mistake`: what is said against an answer, which can be corrected then. */
  handsIn(values: Readonly<Record<string, string>>): Promise<{ mistake: string | null; answers: Message[] }>;
  /** Hands the same form in once more, as a second tap does. */
  again(): Promise<Message[]>;
};

/** What a provider may lack, and the part of a stage that it would be. */
export type Ability =
  | "group"
  | "traffic"
  | "edits"
  | "refusesNextForNow"
  | "cutsNext"
  | "shutsOut"
  | "stopsUnanswered";
export type Provider = {
  name: string;
  platform: PlatformName;
  /** Why the provider can't have it: the reason stands beside each promise that is skipped for it. */
  lacks: Partial<Record<Ability, string>>;
  /** Whether a chat can be asked what stands in it. Where it can, no delivery stays in doubt. */
  readsBack: boolean;
  stage(): Promise<Stage>;
};
