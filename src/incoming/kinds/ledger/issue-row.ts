import type { DepartmentId, RegionId } from "../../../domain/ids.ts";
import type { Term, WrittenTime } from "../../../intake/term.ts";

/** A row's number: one of ours, or that of the ledger that it comes from. */
export type IssueNumber = { text: string; ours: boolean };

/** One issue as a ledger has it. An empty cell is null: of an issue that exists it says nothing. */
export type IssueRow = {
  no: IssueNumber | null;
  source: string | null;
  batch: string | null;
  /** Id of the region as of the day of assignment. */
  region: RegionId | null;
  town: string | null;
  place: string | null;
  problem: string | null;
  category: string | null;
  level: string | null;
  /** Id of a department; `none` when the region itself is named as the unit. */
  department: DepartmentId | "none" | null;
  assigned: WrittenTime | null;
  due: Term | null;
  /** Names of pictures, which come by themselves. */
  photos: string | null;
};

/**
 * Everything that a row says of its issue, as one text: the same for rows that say the same. Names of pictures say nothing
 * of it. What was imported before is known again by it: its form is for good.
 */
export function contentOf({ photos: _photos, ...said }: IssueRow): string {
  return JSON.stringify(Object.entries(said).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** What tells a row's issue from others in the file: its number within its source and batch, or all that it says. */
export function keyOf(row: IssueRow): string {
  if (row.no === null) return contentOf(row);
  return JSON.stringify(row.no.ours ? row.no.text : [row.source, row.batch, row.no.text]);
}
