import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, unique } from "drizzle-orm/sqlite-core";
import type { PersonId } from "../../domain/ids.ts";
import { ROLES } from "../../domain/roles.ts";
import { CONSOLE, departmentId, id, instant, personId, regionId } from "./columns.ts";
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
    active: integer({ mode: "boolean" }).notNull().default(true),
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
  },
  (t) => [
    unique("account_identity").on(t.platform, t.workspace, t.userKey),
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
    regionId: regionId("region_id").references(() => region.id),
    departmentId: departmentId("department_id").references(() => department.id),
    /** Neither region nor department: the office's own group. */
    active: integer({ mode: "boolean" }).notNull().default(true),
    boundBy: personId("bound_by").references(() => person.id),
    boundAt: instant("bound_at").notNull(),
  },
  (t) => [unique("chat_identity").on(t.platform, t.workspace, t.chatKey)],
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
  /** The member whom the code gives an account: their own further one, or one to come back with. Null: a new member. */
  personId: personId("person_id").references(() => person.id),
  /** Null: whoever started the bot. */
  createdBy: personId("created_by").references(() => person.id),
  createdAt: instant("created_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
  usedAt: instant("used_at"),
  usedBy: personId("used_by").references(() => person.id),
});
