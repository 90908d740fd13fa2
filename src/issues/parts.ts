import type { NamedUnit } from "../chat/args.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import type { Office } from "../office/office.ts";
import type { IssuePart, IssueUnit, UnitRole } from "../store/issue-units.ts";
import type { Issue } from "../store/issues.ts";

type Around = { office: Office; today: Temporal.PlainDate };
/** The units that answer for an issue, or for several that are given out together. */
type Lead = { regionIds: readonly string[]; departmentId: string | null };

/** What somebody says of other units: who helps, until when, and who is only told. */
export type PartsSaid = {
  helping?: readonly NamedUnit[] | undefined;
  copies?: readonly NamedUnit[] | undefined;
  /** The day by which those who help have to; otherwise the issue's own. */
  helpBy?: Temporal.PlainDate | undefined;
};

/** The parts that units have beside the one that answers for an issue, or what of them speaks against itself. */
export function partsOf(
  { helping = [], copies = [], helpBy }: PartsSaid,
  lead: Lead,
  around: Around,
): IssuePart[] | Refusal {
  const due = helpBy?.toString() ?? null;
  const parts = [
    ...helping.map((unit) => ({ ...partOf("helping", unit, around), due })),
    ...copies.map((unit) => partOf("copied", unit, around)),
  ];
  for (const [i, part] of parts.entries()) {
    const why = contradiction(part, parts.slice(0, i), lead, around);
    if (why !== null) return refuse("usage", why);
  }
  return parts;
}

function partOf(role: UnitRole, unit: NamedUnit, { office, today }: Around): IssuePart {
  const isRegion = "regions" in unit;
  return {
    role,
    departmentId: isRegion ? null : unit.id,
    regionId: isRegion ? office.heirOf(unit, today).id : null,
    name: null,
    due: null,
  };
}

/** Why a unit can't have a part beside the one that answers and those that have one before it, and how to mend it. */
export function contradiction(
  part: IssuePart,
  before: readonly IssuePart[],
  { regionIds, departmentId }: Lead,
  around: Around,
): string | null {
  const name = unitName(part, around);
  const word = ROLE_WORDS[part.role];
  if (part.departmentId !== null && part.departmentId === departmentId)
    return `${name}是主办单位，不能又是${word}单位，请去掉其中一个。`;
  const heir = (id: string) => around.office.heirOn(id, around.today).id;
  if (part.regionId !== null && regionIds.some((id) => heir(id) === heir(part.regionId ?? "")))
    return `${name}是责任地区，不用再写${word}，请去掉。`;
  const same = before.find((other) => sameUnit(other, part));
  if (same === undefined) return null;
  return same.role === part.role
    ? `${word}单位里${name}写了两次，请只写一次。`
    : `${name}已是${ROLE_WORDS[same.role]}单位，不用再写${word}，请去掉其中一个。`;
}

export const ROLE_WORDS = {
  helping: "协办",
  copied: "抄送",
  "handed-down": "转办",
} as const satisfies Record<UnitRole, string>;

export const sameUnit = (
  a: Pick<IssuePart, "departmentId" | "regionId" | "name">,
  b: Pick<IssuePart, "departmentId" | "regionId" | "name">,
): boolean => a.departmentId === b.departmentId && a.regionId === b.regionId && a.name === b.name;

/** A unit as lists call it; `full` as letters do. */
export function unitName(
  { departmentId, regionId, name }: Pick<IssuePart, "departmentId" | "regionId" | "name">,
  { office, today }: Around,
  { full = false } = {},
): string {
  if (departmentId !== null) {
    const department = office.department(departmentId);
    return full ? department.name : department.short;
  }
  if (regionId === null) return name ?? "";
  const below = office.subunit(regionId);
  if (below !== undefined) return full ? below.name : below.short;
  return office.heirOn(regionId, today).short;
}

/** 住建、生态环境 */
export const unitNames = (
  parts: readonly IssuePart[],
  role: UnitRole,
  around: Around,
  look: { full?: boolean } = {},
): string[] => parts.filter((part) => part.role === role).map((part) => unitName(part, around, look));

/** What a history says of the units beside the one that answers; null where there are none. */
export function partsNote(parts: readonly IssuePart[], around: Around): string | null {
  const said = (["helping", "copied"] as const).flatMap((role) => {
    const names = unitNames(parts, role, around);
    return names.length === 0 ? [] : [`${ROLE_WORDS[role]}：${names.join("、")}`];
  });
  return said.length === 0 ? null : said.join("；");
}

/** The day by which a unit that helps has to: its own, and never later than the issue's. */
export const helpDue = (unit: Pick<IssueUnit, "due">, issue: Pick<Issue, "due">): string =>
  unit.due !== null && unit.due < issue.due ? unit.due : issue.due;
