import { sql } from "drizzle-orm";
import {
  type AnySQLiteColumn,
  check,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import type { PersonId } from "../../domain/ids.ts";
import { ROLES } from "../../domain/roles.ts";
import {
  CONSOLE,
  departmentId,
  enterpriseId,
  HANDOVER_KINDS,
  id,
  instant,
  personId,
  regionId,
  TERM_STATES,
} from "./columns.ts";
import { enterprise } from "./enterprises.ts";
import { department, region } from "./plan.ts";

// People, their identities on platforms, groups, forms under way, invitations.

export const person = sqliteTable(
  "person",
  {
    id: id<PersonId>(),
    name: text().notNull().unique(),
    role: text({ enum: ROLES }).notNull(),
    regionId: regionId("region_id").references(() => region.id),
    departmentId: departmentId("department_id").references(() => department.id),
    /** Whom a contact of an enterprise speaks for; null for everybody else. */
    enterpriseId: enterpriseId("enterprise_id").references(() => enterprise.id),
    active: integer({ mode: "boolean" }).notNull().default(true),
    /** When they left last; null for whoever never did. */
    leftAt: instant("left_at"),
    /** Digits alone; shown in full to the office only. */
    phone: text(),
    pushPlatform: text("push_platform").notNull().default(CONSOLE),
    /** Hours of the day (office time) within which nothing but urgent notices is pushed; null: always. */
    quietFrom: integer("quiet_from"),
    quietTo: integer("quiet_to"),
    /** Hour of the day (office time) at which everything that can wait comes as one message; null: each when it arises. */
    digestHour: integer("digest_hour"),
    createdAt: instant("created_at").notNull(),
  },
  (_t) => [
    // Which role stands for what may grow; that nobody stands for both may not.
    check("person_scope", sql.raw(`"region_id" is null or "department_id" is null`)),
  ],
);

/**
 * Posts beside the present main one, which stands in `person`: held at the same time, planned, or held before. Dates are the
 * first and the last day; the office's clock begins and ends them.
 */
export const post = sqliteTable(
  "post",
  {
    id: id(),
    personId: personId("person_id")
      .notNull()
      .references(() => person.id),
    role: text({ enum: ROLES }).notNull(),
    regionId: regionId("region_id").references(() => region.id),
    departmentId: departmentId("department_id").references(() => department.id),
    /** Takes, or took, the place of the main one. */
    main: integer({ mode: "boolean" }).notNull(),
    from: text("from_date").notNull(),
    to: text("to_date"),
    state: text({ enum: TERM_STATES }).notNull(),
    createdBy: personId("created_by").references(() => person.id),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [index("post_by_person").on(t.personId, t.state), index("post_by_state").on(t.state, t.from)],
);

/** Somebody acts for another person, who is away, from the first day to the last. */
export const standIn = sqliteTable(
  "stand_in",
  {
    id: id(),
    /** Whoever is away. */
    personId: personId("person_id")
      .notNull()
      .references(() => person.id),
    byId: personId("by_id")
      .notNull()
      .references(() => person.id),
    from: text("from_date").notNull(),
    to: text("to_date").notNull(),
    state: text({ enum: TERM_STATES }).notNull(),
    createdBy: personId("created_by").references(() => person.id),
    createdAt: instant("created_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (t) => [index("stand_in_by_state").on(t.state, t.personId, t.byId)],
);

/** What passed from somebody to others when they left, changed their post or went away: the 交接单 is drawn from it. */
export const handover = sqliteTable(
  "handover",
  {
    id: id(),
    personId: personId("person_id")
      .notNull()
      .references(() => person.id),
    kind: text({ enum: HANDOVER_KINDS }).notNull(),
    /** Whom it passes to by name, where somebody was named. */
    heirId: personId("heir_id").references(() => person.id),
    byId: personId("by_id").references(() => person.id),
    at: instant().notNull(),
    /** What passes to whom, as JSON: words and numbers as they stood then. */
    items: text().notNull(),
  },
  (t) => [index("handover_by_person").on(t.personId, t.id)],
);

/** A person's identity on a platform: the platform's own user key, never a display name. */
export const account = sqliteTable(
  "account",
  {
    id: id(),
    platform: text().notNull(),
    workspace: text().notNull().default(""),
    userKey: text("user_key").notNull(),
    personId: personId("person_id")
      .notNull()
      .references(() => person.id),
    createdAt: instant("created_at").notNull(),
    /** The code that made it; null where none did, as in a demonstration. */
    invitationId: integer("invitation_id").references((): AnySQLiteColumn => invitation.id),
    /** A member of the office who has looked into whose it is, beside whoever made the code. */
    vouchedBy: personId("vouched_by").references(() => person.id),
    /** Since then it is nobody's: the same identity may be bound anew. */
    endedAt: instant("ended_at"),
  },
  (t) => [
    uniqueIndex("account_identity")
      .on(t.platform, t.workspace, t.userKey)
      .where(sql.raw(`"ended_at" is null`)),
    index("account_by_person").on(t.personId),
  ],
);

/** A group or channel that the office has bound to what it is about; its notices go there too. */
export const chat = sqliteTable(
  "chat",
  {
    id: id(),
    platform: text().notNull(),
    workspace: text().notNull().default(""),
    /** The platform's id of the group; a platform may give a group a new one. */
    chatKey: text("chat_key").notNull(),
    /** The topic of the group, where a platform has topics; empty: the group as a whole. */
    topic: text().notNull().default(""),
    /** What its people call it, as the platform told it when it was bound. */
    title: text(),
    regionId: regionId("region_id").references(() => region.id),
    departmentId: departmentId("department_id").references(() => department.id),
    /** Neither region nor department: the office's own group. */
    active: integer({ mode: "boolean" }).notNull().default(true),
    boundBy: personId("bound_by").references(() => person.id),
    boundAt: instant("bound_at").notNull(),
  },
  (t) => [unique("chat_identity").on(t.platform, t.workspace, t.chatKey, t.topic)],
);

/** A form being filled question by question, where a platform has no forms; it survives a restart. */
export const dialog = sqliteTable("dialog", {
  personId: personId("person_id")
    .primaryKey()
    .references(() => person.id),
  platform: text().notNull(),
  /** Token of the button whose form is being filled. */
  token: text().notNull(),
  /** The form's fields, and the answers so far, as JSON. */
  fields: text().notNull(),
  answers: text().notNull(),
  at: instant().notNull(),
});

export const invitation = sqliteTable("invitation", {
  id: id(),
  codeHash: text("code_hash").notNull().unique(),
  name: text().notNull(),
  role: text({ enum: ROLES }).notNull(),
  regionId: regionId("region_id").references(() => region.id),
  departmentId: departmentId("department_id").references(() => department.id),
  /** Whom a contact of an enterprise speaks for; null for everybody else. */
  enterpriseId: enterpriseId("enterprise_id").references(() => enterprise.id),
  phone: text(),
  /** The member whom the code gives an account: their own further one, or one to come back with. Null: a new member. */
  personId: personId("person_id").references(() => person.id),
  /** Null: whoever started the bot. */
  createdBy: personId("created_by").references(() => person.id),
  createdAt: instant("created_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
  usedAt: instant("used_at"),
  usedBy: personId("used_by").references(() => person.id),
  /** The account from which it was made; null where there was none. */
  createdFrom: integer("created_from").references((): AnySQLiteColumn => account.id),
  /** It is good for nothing until a second member of the office has agreed. */
  needsSecond: integer("needs_second", { mode: "boolean" }).notNull().default(false),
  secondBy: personId("second_by").references(() => person.id),
  secondAt: instant("second_at"),
});

/** A code by which somebody signs in to the console on a network; kept as its hash, sent to an account of theirs. */
export const signInCode = sqliteTable(
  "sign_in_code",
  {
    id: id(),
    personId: personId("person_id")
      .notNull()
      .references(() => person.id),
    /** The account that it was sent to. */
    accountId: integer("account_id")
      .notNull()
      .references(() => account.id),
    codeHash: text("code_hash").notNull(),
    /** Of the key that the asking browser holds: the code is good in no other. */
    browserHash: text("browser_hash").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    tries: integer().notNull().default(0),
    usedAt: instant("used_at"),
  },
  (t) => [
    index("sign_in_code_by_person").on(t.personId, t.createdAt),
    index("sign_in_code_by_browser").on(t.browserHash),
  ],
);

/** A browser that somebody has signed in with. */
export const signIn = sqliteTable(
  "sign_in",
  {
    id: id(),
    personId: personId("person_id")
      .notNull()
      .references(() => person.id),
    /** The account whose owner has signed in. */
    accountId: integer("account_id")
      .notNull()
      .references(() => account.id),
    /** Of the cookie's key, which is kept nowhere. */
    keyHash: text("key_hash").notNull().unique(),
    /** What the browser calls itself. */
    browser: text().notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (t) => [index("sign_in_by_person").on(t.personId, t.expiresAt)],
);

/** What strangers have tried, counted by the day: their number would fill any table of single tries. */
export const strangerDay = sqliteTable(
  "stranger_day",
  {
    /** ISO, office calendar. */
    day: text().notNull(),
    platform: text().notNull(),
    tries: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.platform] })],
);
