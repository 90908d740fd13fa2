import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import {
  id,
  instant,
  OUTBOX_STATES,
  oneOf,
  personId,
  SETTLEMENTS,
  SLOT_STATES,
  UNCOUNTED,
} from "./columns.ts";
import { account, chat, person } from "./people.ts";

// What comes in and goes out, what was done, and which slots ran.

/** Append-only, hash-chained: `hash = sha256(previous hash ‖ row)`. */
export const audit = sqliteTable(
  "audit",
  {
    id: id(),
    at: instant().notNull(),
    personId: personId("person_id").references(() => person.id),
    actor: text().notNull(),
    act: text().notNull(),
    subject: text(),
    outcome: text({ enum: ["done", "denied"] }).notNull(),
    detail: text().notNull(),
    previousHash: text("previous_hash").notNull(),
    hash: text().notNull().unique(),
  },
  (t) => [
    index("audit_by_person").on(t.personId, t.id),
    index("audit_by_subject").on(t.subject, t.id),
    index("audit_denied").on(t.act, t.at).where(sql.raw(`"outcome" = 'denied'`)),
    check("audit_outcome", oneOf(t.outcome, ["done", "denied"])),
  ],
);

/** Everything that came in, committed before it is acknowledged; one inbound id has at most one effect. */
export const inbox = sqliteTable(
  "inbox",
  {
    id: id(),
    platform: text().notNull(),
    externalId: text("external_id").notNull(),
    payload: text().notNull(),
    receivedAt: instant("received_at").notNull(),
    state: text({ enum: ["received", "done", "failed"] })
      .notNull()
      .default("received"),
    attempts: integer().notNull().default(0),
    /** Id of the reply's message row, so that a repeated request is answered with the first answer. */
    replyId: integer("reply_id"),
    /** A stranger's, one of a flood, or a group's own talk: emptied once it is answered, and gone once no platform repeats it. */
    passing: integer({ mode: "boolean" }).notNull().default(false),
  },
  (t) => [unique("inbox_once").on(t.platform, t.externalId), index("inbox_waiting").on(t.state, t.id)],
);

/**
 * What was done, under each key that may have one effect only: the message that asked for it, the form that was handed
 * in. Written with the change itself, so that whoever asks again is told what came of it.
 */
export const effect = sqliteTable("effect", {
  key: text().primaryKey(),
  personId: personId("person_id").references(() => person.id),
  act: text().notNull(),
  /** What its answer was called; the answer itself isn't kept. */
  title: text().notNull(),
  subject: text(),
  at: instant().notNull(),
});

/** How a message that somebody said was answered, by the platform's own name of it, for when its text is edited. */
export const heard = sqliteTable("heard", {
  said: text().primaryKey(),
  /** `open`: by a refusal or a question. `told`: that an edit changes nothing has been said. */
  state: text({ enum: ["open", "final", "told"] }).notNull(),
  /** Of its text: what a platform calls an edit may be none. */
  digest: text().notNull(),
  /** Where the answer stands, where that is known. */
  chat: text(),
  externalId: text("external_id"),
  at: instant().notNull(),
});

/** Everything that is to go out: written in the transaction that causes it, sent by the delivery worker. */
export const outbox = sqliteTable(
  "outbox",
  {
    id: id(),
    /** What makes a delivery the same delivery: `weekly-notice/2020-06-15T09:00/海安领导`. */
    key: text().notNull().unique(),
    kind: text({ enum: ["post", "edit"] })
      .notNull()
      .default("post"),
    /** The recipient: a person, on the platform of their choice, or a bound group. */
    personId: personId("person_id").references(() => person.id),
    /** The one account of theirs that it goes to, whatever platform they have chosen; null: the chosen one. */
    accountId: integer("account_id").references(() => account.id),
    chatId: integer("chat_id").references(() => chat.id),
    /** Set where a delivery goes to a person on this platform and no other, whatever they have chosen. */
    via: text(),
    class: text({ enum: ["card", "must-arrive", "must-not-repeat"] }).notNull(),
    title: text().notNull(),
    /** For edits: the message to draw again. */
    messageId: integer("message_id"),
    job: text(),
    slot: instant(),
    /** The message of the inbox that brought it about, also where that is gone by now: the log is followed by it. */
    causedBy: integer("caused_by"),
    createdAt: instant("created_at").notNull(),
    state: text({ enum: OUTBOX_STATES }).notNull().default("pending"),
    attempts: integer().notNull().default(0),
    /** Number of its newest sending. It only grows: what is said of an earlier sending is known by it. */
    claim: integer().notNull().default(0),
    nextAttemptAt: instant("next_attempt_at").notNull().default(0),
    sentAt: instant("sent_at"),
    lastError: text("last_error"),
    /** What its card shows, as the card says: a part of another message is found by it when that changes. */
    subject: text(),
    /** When what waits goes out, together with what else waits for the same person; office time. */
    foldAt: instant("fold_at"),
    /** The row that it went out as a part of. */
    foldedInto: integer("folded_into"),
    uncounted: text({ enum: UNCOUNTED }),
    /** When it is looked whether its reader has seen it, and how often that has been done; office time. */
    chaseAt: instant("chase_at"),
    chased: integer().notNull().default(0),
    settledAs: text("settled_as", { enum: SETTLEMENTS }),
    settledBy: personId("settled_by").references(() => person.id),
    settledAt: instant("settled_at"),
  },
  (t) => [
    index("outbox_waiting").on(t.state, t.nextAttemptAt, t.id),
    index("outbox_by_slot").on(t.job, t.slot),
    index("outbox_by_person").on(t.personId, t.createdAt),
    index("outbox_by_fold").on(t.foldedInto).where(sql.raw(`"folded_into" is not null`)),
    index("outbox_parts").on(t.subject).where(sql.raw(`"state" in ('waiting', 'folded')`)),
    index("outbox_unsent")
      .on(t.subject)
      .where(sql.raw(`"state" in ('waiting', 'pending') and "subject" is not null`)),
    index("outbox_chased").on(t.chaseAt).where(sql.raw(`"chase_at" is not null`)),
    check("outbox_recipient", sql.raw(`("person_id" is null) <> ("chat_id" is null)`)),
  ],
);

/**
 * What a delivery says, beside how it goes: a card is many times as long as the rest of its row, which is written anew with each
 * move. One that is too old is gone; what it was called stays.
 */
export const outboxCard = sqliteTable("outbox_card", {
  outboxId: integer("outbox_id")
    .primaryKey()
    .references(() => outbox.id),
  card: text().notNull(),
});

/** What stands in people's chats: receipts of deliveries and, for the console, the conversation itself. */
export const message = sqliteTable(
  "message",
  {
    id: id(),
    platform: text().notNull(),
    personId: personId("person_id").references(() => person.id),
    /** Conversation of an unlinked visitor: the platform's own key. */
    chat: text(),
    /** The platform's id of the message; text, since some platforms' are. */
    externalId: text("external_id"),
    direction: text({ enum: ["in", "out"] }).notNull(),
    text: text(),
    card: text(),
    subject: text(),
    outboxId: integer("outbox_id")
      .unique()
      .references(() => outbox.id),
    at: instant().notNull(),
    /** Grows with every insert and edit of any message, so that a reader can ask what is new. */
    revision: integer().notNull(),
  },
  (t) => [
    index("message_by_person").on(t.personId, t.id),
    index("message_by_chat").on(t.chat, t.id),
    index("message_by_subject").on(t.subject),
    uniqueIndex("message_by_revision").on(t.revision),
    check("message_direction", oneOf(t.direction, ["in", "out"])),
  ],
);

/** What each person did with the bot on a day, counted: whoever has done something has seen what came before. */
export const activity = sqliteTable(
  "activity",
  {
    personId: personId("person_id")
      .notNull()
      .references(() => person.id),
    platform: text().notNull(),
    /** A day of the office's calendar. */
    day: text().notNull(),
    what: text({ enum: ["said", "pressed", "read"] }).notNull(),
    /** The command or action that answered; empty where none did. */
    act: text().notNull(),
    times: integer().notNull(),
    lastAt: instant("last_at").notNull(),
    /** The newest delivery at that time: a demonstration's clock may stand still, and what came later wasn't seen. */
    newest: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.personId, t.platform, t.day, t.what, t.act] })],
);

/** What somebody asked last in a chat and was answered with figures: 导出 alone means that. */
export const lastQuestion = sqliteTable(
  "last_question",
  {
    personId: integer("person_id")
      .notNull()
      .references(() => person.id),
    /** The chat, by the platform's own name for it. */
    place: text().notNull(),
    phrase: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.place] })],
);

/** A button as drawn for one person: the token is opaque, everything it means stands here. */
export const buttonToken = sqliteTable(
  "button_token",
  {
    token: text().primaryKey(),
    personId: personId("person_id")
      .notNull()
      .references(() => person.id),
    action: text().notNull(),
    params: text().notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [unique("button_token_once").on(t.personId, t.action, t.params)],
);

/** How far each job's schedule has been worked off. */
export const jobLedger = sqliteTable("job_ledger", {
  job: text().primaryKey(),
  lastSlot: instant("last_slot").notNull(),
});

/** One row for each slot that was decided: run on time, caught up, dropped by the policy, or by the office's will. */
export const jobRun = sqliteTable(
  "job_run",
  {
    job: text().notNull(),
    slot: instant().notNull(),
    state: text({ enum: SLOT_STATES }).notNull(),
    at: instant().notNull(),
    deliveries: integer().notNull(),
    /** When it was to go out by what was known then: a holiday that is entered later doesn't change it. */
    due: instant(),
    /** Who of the office had it run, and why. */
    byId: personId("by_id").references(() => person.id),
    reason: text(),
  },
  (t) => [primaryKey({ columns: [t.job, t.slot] })],
);
