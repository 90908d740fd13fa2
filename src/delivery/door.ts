import type { Chat } from "../store/chats.ts";
import type { PlatformName } from "../store/inbox.ts";
import type { Delivery, OutboxRow } from "../store/outbox.ts";
import type { Person } from "../store/people.ts";

/** What came of one delivery. Throwing counts as {@link unreachable}. */
export type Outcome =
  /** The door has settled the row itself, in one transaction with its effect. */
  | { kind: "settled" }
  /** Another worker was faster: nothing was done. */
  | { kind: "taken" }
  /** The platform has accepted it, under its own id of the message. `follow`: what is queued to go after it, in the transaction that says so. */
  | { kind: "accepted"; chat: string; externalId: string; follow?: readonly Delivery[] }
  /** Not tried: the platform's limits ask for patience. No attempt is counted. */
  | { kind: "later"; afterMs: number; why: string }
  /** Certainly not accepted; worth another attempt. */
  | { kind: "unreachable"; why: string }
  /** Certainly not accepted, and never will be: blocked, no account, refused content. `gone`: nor will anything else, since the bot is no longer in the group. `unfit`: it is the content alone, and its reader can be told so. */
  | { kind: "failed"; why: string; gone?: true; unfit?: true }
  /** Certainly not accepted: what was sent to is elsewhere now, a group under another id, or without the topic. It goes there. */
  | { kind: "moved"; to: Pick<Chat, "chatKey" | "topic">; why: string }
  /** The request left and no answer came: nobody knows. */
  | { kind: "unknown"; why: string };

export const unreachable = (error: Error): Outcome => ({ kind: "unreachable", why: error.message });

/** A delivery in doubt that stands in the chat after all, and what goes after it as after one that was accepted at once. */
export type Found = { chat: string; externalId: string; follow?: readonly Delivery[] };

/** Whom a delivery goes to: a person, on the platform of their choice, or a bound group. */
export type Recipient = { kind: "person"; person: Person } | { kind: "chat"; chat: Chat };

/** How one platform takes deliveries. */
export type Door = {
  platform: PlatformName;
  /** The platform is elsewhere: before it is asked the row is marked as being sent, so that a crash leaves doubt, not silence. */
  remote: boolean;
  deliver(row: OutboxRow, to: Recipient): Promise<Outcome>;
  /** Takes many in one transaction of its own, where nothing elsewhere has to be asked: all of them or, when it throws, none. */
  deliverAll?(all: readonly { row: OutboxRow; to: Recipient }[]): Promise<Outcome[]>;
  /** How long (ms) a delivery has to wait by the platform's limits, asked before it is claimed; 0: not at all. */
  wait?(row: OutboxRow, to: Recipient): Promise<number>;
  /** The platform lets the bot in again: nothing is kept back any more because it didn't. */
  goOn?(): void;
  /**
   * Reads back whether a delivery in doubt stands in the chat: its message id, `absent`, or `unsure` where the platform
   * gives no way to look. Only after `absent` is a doubtful delivery sent again by itself.
   */
  find?(row: OutboxRow, to: Recipient): Promise<Found | "absent" | "unsure">;
};
