import type { IssueStanding, Taker } from "./step-rule.ts";

/** Whoever gave an order out takes it back or changes it, and the office may for all of them. */
export const isGiverOrOffice = ({ id, relation }: Taker, { assignedBy }: IssueStanding): boolean =>
  relation === "office" || (id !== null && id === assignedBy);
