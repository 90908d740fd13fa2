import type { Context } from "../chat/command.ts";
import { CLOCK_KINDS, type ClockKind, type ClockRule } from "../domain/issues/clock.ts";
import type { IssueNotice } from "../store/issue-notices.ts";
import type { Reader } from "../store/store.ts";
import { RUNGS } from "./ladder.ts";

/** 整改超期（报市办） */
export function kindWords(kind: ClockKind): string {
  const rule: ClockRule = CLOCK_KINDS[kind];
  return rule.class === "rung" ? `${rule.says}（报${RUNGS[rule.rung].name}）` : rule.says;
}

/** The same of one issue, with the days counted where it is reminded of again: 整改超期提醒（已超期12天） */
export function noticeWords(
  { row, issue }: IssueNotice,
  { office, today }: Pick<Context<Reader>, "office" | "today">,
): string {
  const words = kindWords(row.kind);
  if (row.kind === "overdue") return `${words}（已超期${-today.until(issue.due).days}天）`;
  const since = row.kind === "confirm" ? issue.submittedAt : row.kind === "verify" ? issue.confirmedAt : null;
  if (since === null || row.firstAt === null) return words;
  const on = office.today(Temporal.Instant.fromEpochMilliseconds(since));
  return `${words}（已等${on.until(today).days}天）`;
}
