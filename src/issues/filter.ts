import { z } from "zod";
import { anyone } from "../chat/access.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { isEnd, SET_ASIDE, STATES, type State, UNIT_ACTS } from "../domain/issues/states.ts";
import { PLAN_SOURCES } from "../domain/plan/pack-sources.ts";
import { holdsRole, seesToFor } from "../domain/posts.ts";
import type { IssueFilter } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { helpedAs } from "./helped.ts";
import { ownIssues } from "./own-issues.ts";

/** What may be said of where issues stand. */
export const FILTERS = {
  我的: "mine",
  待签收: "assigned",
  已签收: "acknowledged",
  整改中: "mending",
  已反馈: "submitted",
  待确认: "submitted",
  待复核: "reviewing",
  待市级复核: "verifying",
  公示中: "displayed",
  已销号: "closed",
  待交办: "draft",
  已退回: "returned",
  已中止: "suspended",
  已移送: "transferred",
  移送待审批: "transferring",
  已并案: "merged",
  已作废: "cancelled",
  待同意作废: "cancel-asked",
  已撤回: "withdrawn",
  超期: "overdue",
  逾期: "overdue",
  延期: "extension",
  督办: "supervised",
  未销号: "open",
  未整改: "unit",
  反弹: "reopened",
  协办: "helping",
  我发现的: "found",
  全部: "all",
} as const;
export type Filter = (typeof FILTERS)[keyof typeof FILTERS];

/** Sources of the plan, by which issues are asked for; ledgers name others, which belong to one of them or to none. */
export const SOURCES = {
  部门督查: "部门督查",
  上级交办: "上级交办",
  第三方协查: "第三方协查",
  会商: "会商",
} as const satisfies {
  [S in (typeof PLAN_SOURCES)[number]]: S;
};

/** How else it is said. */
export const FILTER_SAYINGS: Readonly<Record<string, Filter>> = {
  我的问题: "mine",
  没签收: "assigned",
  未签收: "assigned",
  没有签收: "assigned",
  还没签收: "assigned",
  等待签收: "assigned",
  整改中的: "mending",
  正在整改: "mending",
  在整改: "mending",
  没整改: "unit",
  没有整改: "unit",
  还没整改: "unit",
  没整改完: "unit",
  未整改完成: "unit",
  没改完: "unit",
  没销号: "open",
  没办结: "open",
  未办结: "open",
  未完成整改: "open",
  没完成: "open",
  在办: "open",
  已超期: "overdue",
  超期未整改: "overdue",
  逾期未整改: "overdue",
  超期未销号: "overdue",
  超时: "overdue",
  过期: "overdue",
  到期未整改: "overdue",
  需要我复核: "reviewing",
  待我复核: "reviewing",
  等我复核: "reviewing",
  要复核: "reviewing",
  复核中: "reviewing",
  待我确认: "submitted",
  待县级确认: "submitted",
  等我确认: "submitted",
  已提交: "submitted",
  公示: "displayed",
  正在公示: "displayed",
  已办结: "closed",
  办结: "closed",
  已完成: "closed",
  销号了: "closed",
  销号: "closed",
  已整改: "closed",
  整改完: "closed",
  退回: "returned",
  被退回: "returned",
  待审批: "transferred",
  移送: "transferred",
  中止: "suspended",
  并案: "merged",
  作废: "cancelled",
  撤回: "withdrawn",
  挂牌督办: "supervised",
  督办中: "supervised",
  申请延期: "extension",
  反弹的: "reopened",
  我的发现: "found",
  我发现的问题: "found",
  我登记的: "found",
  我协办的: "helping",
  协办的: "helping",
  配合的: "helping",
};

/** Which issues somebody asks for, as plain text, so that a list can be asked for again by the file that goes with it. */
export const askedIssues = z.object({
  filter: z.enum(Object.values(FILTERS)).optional(),
  /** Short name of a county. */
  county: z.string().optional(),
  /** Id of a department. */
  department: z.string().optional(),
  source: z.string().optional(),
  category: z.string().optional(),
  level: z.string().optional(),
  batch: z.string().optional(),
  search: z.string().optional(),
});
export type AskedIssues = z.output<typeof askedIssues>;

const STATES_OF: Partial<Record<Filter, readonly State[]>> = {
  assigned: ["assigned"],
  acknowledged: ["acknowledged"],
  unit: UNIT_ACTS,
  open: STATES.filter((state) => !isEnd(state) && state !== "draft"),
  mending: ["acknowledged", "rectifying"],
  submitted: ["submitted"],
  reviewing: ["submitted", "reviewing"],
  verifying: ["reviewing"],
  displayed: ["displayed"],
  closed: ["closed"],
  draft: ["draft"],
  returned: ["returned"],
  suspended: ["suspended"],
  transferring: ["transferring"],
  transferred: ["transferring", "transferred"],
  merged: ["merged"],
  cancelled: ["cancelled"],
  withdrawn: ["withdrawn"],
};

/** What a person asks for, within what this person may see. */
export function filterOf(
  { filter, county, department, source, category, level, batch, search }: AskedIssues,
  person: Person,
  { office, names, now, today }: Pick<Context<Reader>, "office" | "names" | "now" | "today">,
): IssueFilter | Refusal {
  const place = county === undefined ? null : names.place(county);
  if (place !== null) {
    const forbidden = anyone.withinScope("county").check({ person, args: { county: place }, office, today });
    if (forbidden !== null) return forbidden;
  }
  const own = ownIssues(person, office, today);
  const asked: Pick<IssueFilter, "regions" | "departmentId"> = {
    ...(place ? { regions: place.regions.flatMap((r) => office.lineage(r.id)) } : {}),
    ...(department ? { departmentId: department } : {}),
  };
  if (own.departmentId !== undefined && department !== undefined && department !== own.departmentId)
    return refuse("forbidden", "您只能查看本部门的问题。", ["问题"]);
  const assigns = holdsRole(person, "office", "supervision");
  const states = filter === undefined ? undefined : STATES_OF[filter];
  if (states?.includes("draft") && !assigns)
    return refuse("forbidden", "待交办问题由市办、督查办理。", ["问题"]);
  // What has been set aside, and what nobody has been given yet, is shown when it is asked for.
  const isFound = filter === "found";
  const without = isFound || (assigns && filter === "all") ? [] : (["draft", ...SET_ASIDE] as const);
  const all: IssueFilter = {
    asOf: now.epochMilliseconds,
    // What somebody has found is theirs to follow, wherever it lies and whatever has become of it.
    ...(isFound ? { createdBy: seesToFor(person) } : own),
    ...asked,
    ...(filter === "mine" && assigns ? { assignedBy: person.id } : {}),
    ...(filter === "overdue" ? { overdueOn: today.toString() } : {}),
    ...(filter === "extension" ? { extensionAsked: true } : {}),
    ...(filter === "cancel-asked" ? { cancelAsked: true } : {}),
    ...(filter === "supervised" ? { supervised: true } : {}),
    ...(states ? { states } : { without }),
    ...(source ? { sources: namesOfSource(source, office) } : {}),
    ...(category ? { category } : {}),
    ...(level ? { level } : {}),
    ...(filter === "reopened" ? { reopened: true } : {}),
    ...(batch ? { batch } : {}),
    ...(search ? { text: search } : {}),
  };
  return filter === "helping" ? (helpedAs(all, person) ?? { ...all, helpedBy: "any" }) : all;
}

/** A source of the plan with all that ledgers call it; any other one by its own name. */
function namesOfSource(source: string, { pack }: Pick<Context<Reader>["office"], "pack">): readonly string[] {
  const plans = PLAN_SOURCES.find((one) => one === source);
  return plans === undefined ? [source] : [plans, ...(pack.settings.issues.ledger.sources[plans] ?? [])];
}
