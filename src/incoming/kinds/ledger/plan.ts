import type { DueDate } from "../../../domain/deadline-words.ts";
import type { RegionId } from "../../../domain/ids.ts";
import type { WrittenTime } from "../../../intake/term.ts";
import type { IssuePart } from "../../../store/issue-units.ts";
import type { Issue } from "../../../store/issues.ts";
import type { ImportKeys } from "./import-key.ts";
import type { IssueRow } from "./issue-row.ts";

/** What is to be done with one good row. */
export type Plan =
  | {
      kind: "new";
      row: IssueRow;
      region: RegionId;
      due: DueDate;
      /** When it was closed on paper; null while it isn't over. */
      closed: WrittenTime | null;
      helping: readonly IssuePart[];
      keys: ImportKeys;
    }
  | ({ kind: "correction"; change: Correction; importKey: string | null } & Known)
  | ({ kind: "unchanged" } & Known);
/** An issue that a row is known as; `over`: by the row alone, and only the loop closes it. */
type Known = { row: IssueRow; issue: Issue; over: boolean };
export type Correction = Partial<Pick<Issue, Correctable>>;
export type Correctable =
  | "title"
  | "town"
  | "place"
  | "category"
  | "source"
  | "batch"
  | "requirement"
  | "unitWords";
