import type { DueDate } from "../../../domain/deadline-words.ts";
import type { RegionId } from "../../../domain/ids.ts";
import type { Term, WrittenTime } from "../../../intake/term.ts";
import type { Intake } from "../../../store/intakes.ts";
import type { WholeRow } from "./cells.ts";

/** A matter that somebody has handed down. */
export type IntakeRow = {
  sender: string;
  reference: string;
  assigned: WrittenTime | null;
  /** Null: the office decides whose it is. */
  region: RegionId | null;
  town: string | null;
  place: string | null;
  title: string | null;
  content: string;
  category: string | null;
  due: Term | null;
  longitude: number | null;
  latitude: number | null;
  whole: WholeRow;
};
/** New with its deadline, or known: it came before. */
export type IntakePlan = { row: IntakeRow } & (
  | { kind: "new"; due: DueDate }
  | { kind: "before"; was: Intake }
);

/** What a sender hands down is ordinary until somebody says otherwise. */
export const LEVEL = "一般";
