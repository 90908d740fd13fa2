import type { Entered, Importing } from "../../../chat/import.ts";
import { giveOut } from "../../../issues/create.ts";
import { suspectsAmong } from "../../../issues/duplicates.ts";
import { lineIdOf } from "../../../issues/history.ts";
import { redraw } from "../../../issues/tell.ts";
import { tellOfNew } from "../../../issues/tell-many.ts";
import type { Issue } from "../../../store/issues.ts";
import { departmentOf } from "./issue-row.ts";
import type { Correction, Plan } from "./plan.ts";
import { reportOf, type Suspected } from "./report.ts";

/** Enters the good rows of a ledger: numbers, clocks and history of the new ones, and the notices to their units. */
export async function enterIssues(plans: readonly Plan[], context: Importing): Promise<Entered> {
  const issues: Issue[] = [];
  const corrections: { no: string; was: Correction }[] = [];
  let withPhotos = 0;
  for (const plan of plans) {
    if (plan.kind === "new") {
      issues.push(await enter(plan, context));
      if (plan.row.photos !== null) withPhotos += 1;
    } else if (plan.kind === "correction") {
      corrections.push(await correct(plan, context));
    }
  }
  const told = await tellOfNew(issues, context);
  const suspected = (await suspectsAmong(issues, context)).map(
    ({ issue, suspects }): Suspected => ({
      id: issue.id,
      version: issue.version,
      no: issue.no,
      title: issue.title,
      like: suspects.map(({ no, title }) => ({ no, title })),
    }),
  );
  return {
    added: issues.length,
    corrected: corrections.length,
    unchanged: plans.length - issues.length - corrections.length,
    ...(corrections.length > 0 ? { detail: { corrections } } : {}),
    report: reportOf({ numbers: issues.map(({ no }) => no), suspected, told: told.length, withPhotos }),
  };
}

async function enter(
  { row, region, due, helping, keys }: Extract<Plan, { kind: "new" }>,
  context: Importing,
): Promise<Issue> {
  const { problem, source, level, batch, category, town, place, photos } = row;
  const { issue } = await giveOut(
    {
      title: problem ?? "",
      source: source ?? "部门督查",
      level: level ?? "一般",
      batch,
      category,
      town,
      place,
      regionId: region,
      departmentId: departmentOf(row),
      due,
      importKey: keys.importKey,
      externalNo: keys.externalNo,
    },
    context.by,
    context,
    {
      from: assignedAt(row.assigned, context),
      quietly: true,
      parts: helping,
      ...(photos ? { note: `照片：${photos}` } : {}),
    },
  );
  return issue;
}

/** A day without a time stands for the morning of it, when offices give out their papers; never later than now. */
function assignedAt(
  assigned: Extract<Plan, { kind: "new" }>["row"]["assigned"],
  { office, now }: Importing,
): Temporal.Instant {
  if (assigned === null) return now;
  const morning = new Temporal.PlainTime(office.pack.settings.issues.reminders.fromHour);
  const at = assigned.day
    .toZonedDateTime({ timeZone: office.pack.timeZone, plainTime: assigned.time ?? morning })
    .toInstant();
  return Temporal.Instant.compare(at, now) > 0 ? now : at;
}

/** The new description counts; what was there before stays in the history and, whole, in the audit row. */
async function correct(
  { issue, change, importKey }: Extract<Plan, { kind: "correction" }>,
  context: Importing,
): Promise<{ no: string; was: Correction }> {
  const { store, now, by } = context;
  const was = Object.fromEntries(Object.keys(change).map((name) => [name, issue[name as keyof Correction]]));
  const moved = await store.issues.move(issue.id, issue.version, { ...change, importKey });
  if (moved === null) throw new Error(`${issue.no} has changed within its own transaction`);
  await store.issues.record({
    issueId: issue.id,
    at: now.epochMilliseconds,
    personId: by?.id ?? null,
    step: lineIdOf("correct"),
    fromState: issue.state,
    toState: issue.state,
    text: Object.entries(was)
      .map(([name, value]) => `原${NAMES[name as keyof Correction]}“${value ?? "未填"}”`)
      .join("，"),
  });
  await redraw(moved, context);
  return { no: issue.no, was };
}

const NAMES: Readonly<Record<keyof Correction, string>> = {
  title: "问题描述",
  town: "属地镇街",
  place: "点位",
  category: "类别",
  source: "来源",
  batch: "批次",
};
