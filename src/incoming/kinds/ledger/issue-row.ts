import type { DepartmentId, RegionId } from "../../../domain/ids.ts";
import type { Term, WrittenTime } from "../../../intake/term.ts";
import type { IssuePart } from "../../../store/issue-units.ts";
import type { RowUnit } from "./unit-of-row.ts";
import type { PaperState } from "./words.ts";

/** A row's number: one of ours, or that of the ledger that it comes from. */
export type IssueNumber = { text: string; ours: boolean };

/** A unit that helps, as a ledger names it. */
export type Helper = Pick<IssuePart, "departmentId" | "regionId" | "name">;

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
  /** The ledger's own word for it, where it is another. */
  categorySaid: string | null;
  /** Id of a department; `none` when the region itself, or a body of it, is named as the unit. */
  department: DepartmentId | "none" | null;
  /** The unit in the ledger's words, where they say more than its name. */
  unit: string | null;
  /** Both in a ledger that tells who leads from who helps. */
  lead: RowUnit | null;
  /** Who helps: units of ours, or names that are none. */
  helping: readonly Helper[] | null;
  requirement: string | null;
  assigned: WrittenTime | null;
  due: Term | null;
  /** Where it stands on paper, how far its mending has come there, and when it was closed. */
  state: PaperState | null;
  progress: string | null;
  closed: WrittenTime | null;
  /** Names of pictures, which come by themselves. */
  photos: string | null;
  /** How many further rows of the file say the same. */
  repeats: number;
};

/**
 * Everything that a row says of its issue, as one text: the same for rows that say the same. Names of pictures say nothing
 * of it, nor does where it stands: a ledger is sent again when that is another. Who leads and who helps was not always read.
 * What was imported before is known again by it: its form is for good, and what it came to hold later is left out where it is
 * empty.
 */
export function contentOf({
  photos: _photos,
  lead: _lead,
  helping: _helping,
  state: _state,
  closed: _closed,
  progress: _progress,
  categorySaid: _said,
  repeats: _repeats,
  unit,
  requirement,
  ...said
}: IssueRow): string {
  const later = Object.entries({ unit, requirement }).filter(([, value]) => value !== null);
  return JSON.stringify([...Object.entries(said), ...later].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The department that answers; null where the row names none, or the region itself. */
export function departmentOf({
  department,
  lead,
}: Pick<IssueRow, "department" | "lead">): DepartmentId | null {
  return [department, lead?.department].find((named) => named != null && named !== "none") ?? null;
}

/** The unit that answers in the ledger's words; null where they say no more than its name. */
export const unitWordsOf = ({ unit, lead }: Pick<IssueRow, "unit" | "lead">): string | null =>
  unit ?? lead?.words ?? null;

/** What tells a row's issue from others in the file: its number within its source and batch, or all that it says. */
export function keyOf(row: IssueRow): string {
  if (row.no === null) return contentOf(row);
  return JSON.stringify(row.no.ours ? row.no.text : [row.source, row.batch, row.no.text]);
}

/** The column in which two rows of one issue contradict each other. */
export function contradictionOf(a: IssueRow, b: IssueRow): "no" | "helping" | "state" | "closed" | null {
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  if (contentOf(a) !== contentOf(b)) return "no";
  if (!same([a.lead, a.helping], [b.lead, b.helping])) return "helping";
  if (a.state !== b.state) return "state";
  return same(a.closed, b.closed) ? null : "closed";
}
