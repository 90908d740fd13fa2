import type { DrawnCard } from "../../chat/card.ts";
import type { Hint } from "../../chat/hint.ts";
import type { Made } from "../../chat/paper.ts";
import type { Ingested } from "../../incoming/ingest.ts";
import type { IngestSource } from "../../store/ingest-sources.ts";
import type { Person } from "../../store/people.ts";

/** What the web console asks of the bot. The server in this folder speaks HTTP and knows nothing of the store. */
export interface Console {
  /** Asked before anything else is done for a page; throws `ConsoleRefusal` for one that asks faster than any page does. */
  look(v: Visitor): void;
  /** Who is looking and at what. `people` is empty outside a demonstration. */
  session(v: Visitor): Promise<Session>;
  /**
   * What the browser's next new tab begins as. Demonstration only; throws `ConsoleRefusal` otherwise. `null` looks at the
   * console as a stranger does.
   */
  choosePersona(v: Visitor, id: number | null): Promise<void>;
  /** Oldest first, 50 at most; `before` is a message's id. */
  history(v: Visitor, before?: number): Promise<ConsoleMessage[]>;
  /** Answers with the person's own message as kept, then the bot's answers. The same `id` again changes nothing. */
  say(v: Visitor, m: { id: string; text: string; fill?: Record<string, string> }): Promise<ConsoleMessage[]>;
  /**
   * Answers with what is new and with the cards that changed, under the ids they had.
   * A refused press is a card whose `facts.error` holds `{ code, message }`: the page shows it at the form. `form` names
   * this one time that the button's form was opened: handed in under however many ids, it has one effect.
   */
  press(
    v: Visitor,
    m: { id: string; token: string; fill: Record<string, string>; form?: string | undefined },
  ): Promise<ConsoleMessage[]>;
  /** How what is being typed reads so far, and how it may go on; nothing of it is kept. */
  hint(v: Visitor, text: string): Promise<Hint>;
  /** Asked before anything of a file is read; throws `ConsoleRefusal` for whoever has nothing to send, or sends too fast. */
  admitFile(v: Visitor): Promise<void>;
  /** Takes a file that the person sends; otherwise as `say`. Files sent together share an `album`. */
  file(v: Visitor, m: SentFile): Promise<ConsoleMessage[]>;
  /** A file of a card that was drawn for this person; throws `ConsoleRefusal` when they may not, or no longer, see it. */
  open(v: Visitor, token: string): Promise<Made>;
  /** Demonstration only. */
  clock(v: Visitor, move: ClockMove): Promise<{ now: string; slots: number; deliveries: number }>;
  /** Calls back with messages that are new or changed for this visitor since it subscribed, until the signal aborts. */
  subscribe(v: Visitor, onMessages: (m: ConsoleMessage[]) => void, signal: AbortSignal): void;
  /**
   * Somebody's dates as iCalendar text, for whoever has the address's secret; null where it opens nothing, or no longer.
   * `address`: from where it is asked.
   */
  calendar(secret: string, address: string): Promise<string | "too-many" | null>;
  /** Hours that machines send. */
  ingest: {
    /** Which source has this secret; null: none that may send. */
    admit(secret: string | null, address: string): Promise<IngestSource | "too-many" | null>;
    enter(source: IngestSource, sent: { json: unknown } | { csv: Uint8Array }): Promise<Ingested>;
  };
  health(): Promise<{ ok: boolean; parts: { name: string; ok: boolean; detail: string }[] }>;
  /** Prometheus text format. */
  metrics(): Promise<string>;
}

export type CodeAsked = "asked" | "too-many";
export type CodeRedeemed = { kind: "signed-in"; key: string } | { kind: "wrong" } | { kind: "too-many" };

/** Sign-ins to a console on a network. Keys are bearer secrets: a browser's while it asks, and its sign-in's afterwards. */
export interface SignIns {
  /** Sends a code where the name is a member's who can be reached in a chat; the answer is the same where it isn't. */
  ask(name: string, browserKey: string, address: string): Promise<CodeAsked>;
  redeem(typed: string, browserKey: string, by: { address: string; browser: string }): Promise<CodeRedeemed>;
  /** Who is signed in under a key; null for a stranger. */
  holder(key: string): Promise<Person | null>;
  end(key: string): Promise<void>;
  /** Waits for codes that are being sent. */
  settled(): Promise<void>;
  /** Where codes go, in words. */
  where: string;
}

/**
 * `key` comes from the cookie: random, and the only thing that tells one browser from another. `persona` is whom this tab
 * of a demonstration has chosen, null a stranger; a tab that says nothing is whoever the browser chose last.
 */
export type Visitor = { key: string; persona?: number | null | undefined };

/** `role` and `scope` are Chinese labels: 县区联络员, 海安. */
export type Persona = { id: number; name: string; role: string; scope: string };

export type Session = {
  persona: Persona | null;
  demo: boolean;
  /** On a network: signed in, and able to sign out. */
  signedIn?: true;
  /** Office local time: `2020-06-15 09:00`. */
  now: string;
  weekday: string;
  /** The plan's title. */
  plan: string;
  people: Persona[];
  /** What the person may use; a stranger only what makes them known. */
  commands: ConsoleCommand[];
  /** What the person most often says, most common first. */
  phrases: string[];
};

export type SentFile = {
  id: string;
  name: string;
  bytes: Uint8Array;
  caption: string;
  album?: string | undefined;
};

export type ConsoleCommand = { name: string; title: string; does: string; example: string };

export type ConsoleMessage = {
  id: number;
  /** Office local time: `2020-06-15 09:00`. */
  at: string;
  from: "me" | "bot";
  text?: string;
  card?: DrawnCard;
  push: boolean;
};

/** `set` is office local time (`2020-06-22T09:00`), `advance` an ISO 8601 duration (`PT1H`, `P1D`, `P7D`). */
export type ClockMove = { set: string } | { advance: string };
