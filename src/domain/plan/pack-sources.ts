/** Where issues come from by the plan itself; `MEETING_SOURCE` is what its meetings decide. */
export const MEETING_SOURCE = "会商";
export const PLAN_SOURCES = ["部门督查", "上级交办", "第三方协查", MEETING_SOURCE] as const;
