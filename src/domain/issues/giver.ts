import { bothOf } from "../posts.ts";
import type { IssueStanding, Taker } from "./step-rule.ts";

/** Whoever gave an order out takes it back or changes it, and the office may for all of them. */
export const isGiverOrOffice = (taker: Taker, { assignedBy }: IssueStanding): boolean =>
  taker.relation === "office" || bothOf(taker).some((id) => id === assignedBy);
