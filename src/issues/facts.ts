import type { EpochMs } from "../domain/ids.ts";
import { highestRung } from "../domain/issues/ladders.ts";
import { isOverdue } from "../domain/issues/machine.ts";
import { partStateOf } from "../domain/issues/part.ts";
import type { Office } from "../office/office.ts";
import type { Evidence, EvidenceKind } from "../store/evidence.ts";
import type { IssueUnit } from "../store/issue-units.ts";
import type { Issue, IssueEvent } from "../store/issues.ts";
import { lineOf } from "./history.ts";
import { helpDue, unitName, unitNames } from "./parts.ts";

/** The interfaces document's row of `issue` and `issues`. */
export function issueFacts(
  issue: Issue,
  history: readonly IssueEvent[],
  { office, today }: { office: Office; today: Temporal.PlainDate },
) {
  const instant = (ms: EpochMs | null) => (ms === null ? null : instantText(ms, office));
  return {
    no: issue.no,
    title: issue.title,
    source: issue.source,
    batch: issue.batch,
    level: issue.level,
    category: issue.category,
    county: countyOf(issue, office, today),
    town: issue.town,
    place: issue.place,
    assignee: assigneeOf(issue, office, today),
    state: issue.state,
    assignedAt: issue.state === "draft" ? null : instant(issue.assignedAt),
    acknowledgedAt: instant(issue.acknowledgedAt),
    submittedAt: instant(issue.submittedAt),
    closedAt: instant(issue.closedAt),
    due: issue.due,
    daysLeft: today.until(issue.due).days,
    overdue: isOverdue(issue.state, issue.due, today.toString()),
    escalation: highestRung(issue),
    supervised: issue.supervisedAt !== null,
    round: issue.round,
    stages: issue.stages,
    displayedUntil: issue.displayedUntil,
    extensionRequested: issue.extensionDue,
    history: history.map((e) => ({ at: instant(e.at), step: lineOf(e.step).says, by: e.by, text: e.text })),
  };
}

/** The units that have a part beside the one that answers, by short name; `due` is until when those help. */
export function partFacts(
  issue: Pick<Issue, "due">,
  parts: readonly IssueUnit[],
  around: { office: Office; today: Temporal.PlainDate },
) {
  const inRole = (role: IssueUnit["role"]) =>
    parts
      .filter((part) => part.role === role)
      .map((part) => ({ unit: unitName(part, around), due: helpDue(part, issue), state: partStateOf(part) }));
  return {
    helping: inRole("helping"),
    handedDown: inRole("handed-down"),
    copies: unitNames(parts, "copied", around),
  };
}

export const kindNames: Readonly<Record<EvidenceKind, string>> = {
  before: "整改前照片",
  after: "整改后照片",
  document: "文件",
  other: "其他",
};

/** What the facts say of one kept file. */
export function evidenceFacts(
  {
    kind,
    round,
    name,
    sha256,
    sentSha256,
    by,
    at,
    takenAt,
    latitude,
    longitude,
    removedAt,
  }: Evidence & { by: string | null },
  office: Office,
  remarks: readonly string[] = [],
) {
  return {
    kind,
    round,
    name,
    sha256,
    sentSha256,
    by,
    at: instantText(at, office),
    takenAt,
    latitude,
    longitude,
    removedAt: removedAt === null ? null : instantText(removedAt, office),
    remarks,
  };
}

/** Where an issue lies that a department has to mend, and no county beside it. */
export const CITY_WIDE = "全市";

/** The responsible county-level region in words. A merged region's issues pass to its heir; the old name stays in the record. */
export function countyOf(
  {
    regionId,
    departmentId = null,
    state,
  }: Pick<Issue, "regionId"> & Partial<Pick<Issue, "departmentId" | "state">>,
  office: Office,
  today: Temporal.PlainDate,
): string {
  // A department sees to the whole city's matter by itself; of a draft the county may still be to be said.
  if (regionId === office.city.id) return departmentId === null || state === "draft" ? "未定" : CITY_WIDE;
  const { short } = office.region(regionId);
  return office.dissolvedOn(regionId, today)
    ? `${office.heirOn(regionId, today).short}（原${short}）`
    : short;
}

/** Who has to mend it, in a word: the department where one is named, otherwise the region. */
export function assigneeOf(
  issue: Pick<Issue, "regionId" | "departmentId">,
  office: Office,
  today: Temporal.PlainDate,
): string {
  if (issue.departmentId !== null) return office.department(issue.departmentId).short;
  return issue.regionId === office.city.id ? "未定" : office.heirOn(issue.regionId, today).short;
}

/** The responsible unit as its ledger named it, otherwise the department's name; empty where it is the region itself. */
export function unitWords(
  { unitWords: said, departmentId }: Pick<Issue, "unitWords" | "departmentId">,
  office: Office,
): string {
  return said ?? (departmentId === null ? "" : office.department(departmentId).name);
}

const instantText = (ms: EpochMs, office: Office) =>
  office
    .local(Temporal.Instant.fromEpochMilliseconds(ms))
    .toString({ smallestUnit: "second", timeZoneName: "never" });
