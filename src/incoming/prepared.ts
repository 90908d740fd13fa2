import type { Context } from "../chat/command.ts";
import type { Rejected } from "../intake/refusal.ts";
import type { Sheet } from "../intake/table.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";

export type Counts = { added: number; corrected: number; unchanged: number };

/** What entering has done. */
export type Entered = Counts & {
  /** Days of air that were corrected, ISO. */
  correctedDates?: ReadonlySet<string>;
  /** What the audit row says beside the counts: old values, for instance. */
  detail?: Readonly<Record<string, unknown>>;
  issues?: EnteredIssues;
};

/** Issues that a ledger has brought. */
export type EnteredIssues = {
  /** Numbers of the new ones, in the order of the file. */
  numbers: readonly string[];
  /** New ones that may be the same as an earlier one. */
  suspected: readonly Suspected[];
  /** How many people have been told. */
  told: number;
  /** How many new rows name pictures, which have to be sent by themselves. */
  withPhotos: number;
};
export type Suspected = Pick<Issue, "id" | "version" | "no" | "title"> & {
  like: readonly Pick<Issue, "no" | "title">[];
};

/** A file of one kind, read and judged but not entered yet. */
export type Prepared = {
  /** Rows that may enter. */
  rows: number;
  rejected: readonly Rejected[];
  enter(): Promise<Entered>;
};

/** How one kind of file is read and entered; both in one transaction. */
export type Prepare = (
  sheets: readonly Sheet[],
  by: Person | null,
  context: Context<Writer>,
) => Promise<Prepared>;
