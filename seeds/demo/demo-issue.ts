interface DemoIssueStep {
  kind: "acknowledge" | "submit";
  /** Local time of the office, as "2020-06-03T10:20". */
  at: string;
  /** A demonstration person's name. */
  by: string;
  text?: string;
}

export interface DemoIssue {
  title: string;
  source: "上级交办" | "部门督查" | "第三方协查";
  /** Id of the responsible region as of the day of assignment. */
  region: string;
  department: string | null;
  place: string;
  level: "一般" | "较大" | "重大";
  assignedAt: string;
  /** Last day to mend it; a day off is moved to the next working day. */
  due: string;
  steps: DemoIssueStep[];
  /** Where a sender of the plan pack's `intakes` handed it down: its own number, and its row under its own heads. */
  intake?: { sender: string; reference: string; cells: readonly (readonly [head: string, cell: string])[] };
}
