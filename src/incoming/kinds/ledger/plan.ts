import type { RegionId } from "../../../domain/ids.ts";
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
      due: Temporal.PlainDate;
      helping: readonly IssuePart[];
      keys: ImportKeys;
    }
  | { kind: "correction"; issue: Issue; change: Correction; importKey: string | null }
  | { kind: "unchanged" };
export type Correction = Partial<Pick<Issue, Correctable>>;
export type Correctable = "title" | "town" | "place" | "category" | "source" | "batch";
