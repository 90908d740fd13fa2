import type { NamedUnit } from "../chat/args.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { shortDate } from "../chat/wording.ts";
import type { RegionId } from "../domain/ids.ts";
import { isPartOwed, type PartState, partStateOf } from "../domain/issues/part.ts";
import type { Subunit } from "../domain/plan/subunits.ts";
import type { Office } from "../office/office.ts";
import type { IssuePart, IssueUnit, UnitRole } from "../store/issue-units.ts";
import type { Issue } from "../store/issues.ts";

type Around = { office: Office; today: Temporal.PlainDate };
/** The units that answer for an issue, or for several that are given out together. */
type Lead = { regionIds: readonly RegionId[]; departmentId: string | null };

/** What somebody says of other units: who helps, until when, and who is only told. */
export type PartsSaid = {
  helping?: readonly NamedUnit[] | undefined;
  copies?: readonly NamedUnit[] | undefined;
  /** What the county hands down to: its own towns and bureaus. */
  handedDown?: readonly Subunit[] | undefined;
  /** The day by which those who help have to; otherwise the issue's own. */
  helpBy?: Temporal.PlainDate | undefined;
};

/** The parts that units have beside the one that answers for an issue, or what of them speaks against itself. */
export function partsOf(
  { helping = [], copies = [], handedDown = [], helpBy }: PartsSaid,
  lead: Lead,
  around: Around,
): IssuePart[] | Refusal {
  const due = helpBy?.toString() ?? null;
  const parts = [
    ...helping.map((unit) => ({ ...partOf("helping", unit, around), due })),
    ...copies.map((unit) => partOf("copied", unit, around)),
    ...handedDown.map(({ id }) => ({
      role: "handed-down" as const,
      departmentId: null,
      regionId: id,
      name: null,
      due,
    })),
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
  const heir = (id: RegionId) => around.office.heirOn(id, around.today).id;
  // A town or bureau lies below the county that answers; below another one it has nothing to do with it.
  if (part.role === "handed-down")
    return regionIds.some((id) => heir(id) === heir(part.regionId ?? id))
      ? null
      : `${name}不归责任地区管，请去掉。`;
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
  const said = (["helping", "handed-down", "copied"] as const).flatMap((role) => {
    const names = unitNames(parts, role, around);
    if (names.length === 0) return [];
    // The step that hands something down says so by its own name.
    return [`${role === "handed-down" ? "" : `${ROLE_WORDS[role]}：`}${names.join("、")}`];
  });
  return said.length === 0 ? null : said.join("；");
}

/** Units that do something for an issue, as against those that are only told of it. */
export const isWorking = ({ role }: Pick<IssuePart, "role">): boolean => role !== "copied";

/** Of them those that haven't handed in their part yet. */
export const stillOwes = (part: IssueUnit): boolean => isWorking(part) && isPartOwed(part);

export const partStateNames: Readonly<Record<PartState, string>> = {
  assigned: "待签收",
  acknowledged: "已签收",
  "handed-in": "已反馈，待认可",
  accepted: "已认可",
};

/** 6月20日前，已签收 */
export const partStanding = (part: IssueUnit): string =>
  [part.due === null ? "" : `${shortDate(part.due)}前`, partStateNames[partStateOf(part)]]
    .filter(Boolean)
    .join("，");

/** The day by which a unit that helps has to: its own, and never later than the issue's. */
export const helpDue = (unit: Pick<IssueUnit, "due">, issue: Pick<Issue, "due">): string =>
  unit.due !== null && unit.due < issue.due ? unit.due : issue.due;
