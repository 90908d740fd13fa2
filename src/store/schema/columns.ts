import { sql } from "drizzle-orm";
import { integer, text } from "drizzle-orm/sqlite-core";
import type { DepartmentId, EnterpriseId, EpochMs, IssueId, PersonId, RegionId } from "../../domain/ids.ts";

// What the store's tables share. Lists that grow (roles, kinds, states) are checked by types and at the border, never by
// SQL: a CHECK makes every addition rebuild tables. A CHECK is for what will never have one more, such as in and out.
// Dates are ISO text of the office's calendar, instants integer milliseconds UTC.
// The migration adds what drizzle cannot say: STRICT, WITHOUT ROWID and the audit log's triggers.

/** The console's name as a platform: everybody has it, so notices go there until somebody chooses otherwise. */
export const CONSOLE = "web";
export const EVIDENCE_KINDS = ["before", "after", "document", "other"] as const;
export const CLOCK_STATES = ["open", "done", "dropped"] as const;
export const SPOT_CHECK_STATES = ["open", "passed", "failed"] as const;
/** The parts that units have in an issue beside the one that answers for it: 协办, 抄送, and 转办 from that one. */
export const UNIT_ROLES = ["helping", "copied", "handed-down"] as const;
export const TRANSFER_STATES = ["proposed", "approved", "refused"] as const;
/** A post, or a stand-in's time, from its first day to its last. */
export const TERM_STATES = ["planned", "holding", "ended"] as const;
/** Why somebody's work passes to others: they leave, change their post, or are away. */
export const HANDOVER_KINDS = ["left", "moved", "away"] as const;
/**
 * waiting: for what goes with it in one message, until `fold_at`. folded: went out as a part of another row. settled: a human
 * has said what became of it.
 */
export const OUTBOX_STATES = [
  "waiting",
  "pending",
  "sending",
  "sent",
  "failed",
  "ambiguous",
  "folded",
  "settled",
] as const;
/**
 * What has become of a job's slot. ran: on time; caught-up: late by the job's policy; skipped: dropped by it; paused: it came due
 * while the job was paused; resent: dropped or paused, and sent all the same because somebody of the office said so; by-hand:
 * before its time, for the same reason.
 */
export const SLOT_STATES = ["ran", "caught-up", "skipped", "paused", "resent", "by-hand"] as const;
/** How a human settles a delivery that nobody knows the end of: it arrived after all, they were telephoned, or it is let be. */
export const SETTLEMENTS = ["arrived", "phoned", "dropped"] as const;
/** Why a message doesn't count against what one person may be sent in a week. */
export const UNCOUNTED = [
  "urgent",
  "top-rung",
  "response",
  "asked",
  "signature",
  "alarm",
  "attachment",
] as const;

/** For what will never have one more value. */
export const oneOf = (column: { name: string }, values: readonly string[]) =>
  sql.raw(`"${column.name}" in (${values.map((v) => `'${v}'`).join(", ")})`);
/** A table's own number, in the type of what it numbers. */
export const id = <Id extends number = number>() => integer().primaryKey({ autoIncrement: true }).$type<Id>();
export const instant = (name?: string) => (name ? integer(name) : integer()).$type<EpochMs>();

// Columns that name a row of another table, in the type of its id.
export const personId = (name: string) => integer(name).$type<PersonId>();
export const issueId = (name: string) => integer(name).$type<IssueId>();
export const regionId = (name: string) => text(name).$type<RegionId>();
export const departmentId = (name: string) => text(name).$type<DepartmentId>();
export const enterpriseId = (name: string) => integer(name).$type<EnterpriseId>();
