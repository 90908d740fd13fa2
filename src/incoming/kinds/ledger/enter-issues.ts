import type { Entered, Importing } from "../../../chat/import.ts";
import { isEnd } from "../../../domain/issues/states.ts";
import type { WrittenTime } from "../../../intake/term.ts";
import { giveOut, recordClosed } from "../../../issues/create.ts";
import { suspectsAmong } from "../../../issues/duplicates.ts";
import { lineIdOf } from "../../../issues/history.ts";
import { redraw } from "../../../issues/tell.ts";
import { tellOfNew } from "../../../issues/tell-many.ts";
import type { Issue } from "../../../store/issues.ts";
import { departmentOf, type IssueRow, unitWordsOf } from "./issue-row.ts";
import type { Correction, Plan } from "./plan.ts";
import { reportOf, type Suspected } from "./report.ts";
import { noteImported } from "./take-back-issues.ts";

/** Enters the good rows of a ledger: numbers, clocks and history of the new ones, and the notices to their units. */
export async function enterIssues(plans: readonly Plan[], context: Importing): Promise<Entered> {
  const issues: Issue[] = [];
  const corrections: { no: string; was: Correction }[] = [];
  const overOnPaper: string[] = [];
  let withPhotos = 0;
  const { store, batch, by } = context;
  const log = { store, batch, at: context.now.epochMilliseconds, personId: by?.id ?? null };
  for (const plan of plans) {
    if (plan.kind !== "new" && plan.over) overOnPaper.push(plan.issue.no);
    if (plan.kind === "new") {
      const issue = await enter(plan, context);
      issues.push(issue);
      await noteImported(issue, null, log);
      if (plan.row.photos !== null) withPhotos += 1;
    } else if (plan.kind === "correction") {
      const corrected = await correct(plan, context);
      corrections.push(corrected);
      const { importKey } = plan.issue;
      await noteImported(plan.issue, { ...corrected.was, importKey }, log);
    }
  }
  const standing = issues.filter(({ state }) => !isEnd(state));
  const told = await tellOfNew(standing, context);
  const suspected = (await suspectsAmong(standing, context)).map(
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
    report: reportOf({
      numbers: issues.map(({ no }) => no),
      suspected,
      told: told.length,
      withPhotos,
      closed: issues.length - standing.length,
      overOnPaper,
      repeats: plans.reduce((sum, { row }) => sum + row.repeats, 0),
    }),
  };
}

async function enter(
  { row, region, due, closed, helping, keys }: Extract<Plan, { kind: "new" }>,
  context: Importing,
): Promise<Issue> {
  const { problem, source, level, batch, category, town, place, requirement } = row;
  const issue = {
    title: problem ?? "",
    source: source ?? "部门督查",
    level: level ?? "一般",
    batch,
    category,
    town,
    place,
    requirement,
    regionId: region,
    departmentId: departmentOf(row),
    unitWords: unitWordsOf(row),
    due,
    importKey: keys.importKey,
    externalNo: keys.externalNo,
  };
  const from = instantOf(row.assigned, context);
  const said = { from, parts: helping, ...noteOf(row) };
  if (closed !== null)
    return recordClosed(issue, context.by, context, { ...said, closed: closedAt(closed, from, context) });
  return (await giveOut(issue, context.by, context, { ...said, quietly: true })).issue;
}

/** What of a row has no place of its own: names of pictures, how far the mending had come, words that stand for others. */
function noteOf({ photos, categorySaid, due, progress }: IssueRow): { note?: string } {
  const words = [
    ...(categorySaid === null ? [] : [`类别“${categorySaid}”`]),
    ...(due?.kind === "words" ? [`整改时限“${due.text}”`] : []),
  ];
  const notes = [
    ...(photos === null ? [] : [`照片：${photos}`]),
    ...(progress === null ? [] : [`台账整改情况：${progress}`]),
    ...(words.length === 0 ? [] : [`台账原文：${words.join("、")}`]),
  ];
  return notes.length === 0 ? {} : { note: notes.join("；") };
}

/** On the day of its assignment it was closed after it. */
function closedAt(closed: WrittenTime, from: Temporal.Instant, context: Importing): Temporal.Instant {
  const at = instantOf(closed, context);
  return Temporal.Instant.compare(at, from) < 0 ? from : at;
}

/** A day without a time stands for the morning of it, when offices issue their papers; never later than now. */
function instantOf(written: WrittenTime | null, { office, now }: Importing): Temporal.Instant {
  if (written === null) return now;
  const morning = new Temporal.PlainTime(office.pack.settings.issues.reminders.fromHour);
  const at = written.day
    .toZonedDateTime({ timeZone: office.pack.timeZone, plainTime: written.time ?? morning })
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
  requirement: "整改要求",
  unitWords: "责任单位",
};
