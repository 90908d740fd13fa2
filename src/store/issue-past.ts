import { and, asc, between, count, gt, inArray, lte, sql } from "drizzle-orm";
import { union } from "drizzle-orm/sqlite-core";
import type { EpochMs, RegionId } from "../domain/ids.ts";
import type { CountingPeriod } from "../domain/issues/past.ts";
import { SET_ASIDE } from "../domain/issues/states.ts";
import type { Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import { IS_STANDING } from "./schema/issues.ts";
import { issue, issueEvent } from "./schema.ts";

export type CountedIssue = Pick<
  typeof issue.$inferSelect,
  "id" | "state" | "level" | "regionId" | "createdAt" | "assignedAt" | "due" | "firstDue"
>;
export type PastEvent = Pick<
  typeof issueEvent.$inferSelect,
  "issueId" | "at" | "step" | "fromState" | "toState" | "due" | "regionId" | "level"
>;

/** `since`: a little before the period begins, as far back as something may have begun that ends within it. */
type Asked = CountingPeriod & { since: EpochMs };

/** Ids in one condition; SQLite takes 32,766 values in a statement. */
const CHUNK = 10_000;

/** What a period's figures are counted from. Nothing here looks at every issue on file but the count of those that stand. */
export function issuePastReads(db: Db) {
  const [since, until] = [sql.placeholder("since"), sql.placeholder("until")];
  const [fromDate, dueBy] = [sql.placeholder("fromDate"), sql.placeholder("dueBy")];
  const touched = prepared(() =>
    union(
      db
        .select({ id: issueEvent.issueId })
        .from(issueEvent)
        .where(between(issueEvent.at, since, until)),
      db
        .select({ id: issueEvent.issueId })
        .from(issueEvent)
        .where(between(issueEvent.due, fromDate, dueBy)),
      db
        .select({ id: issue.id })
        .from(issue)
        .where(between(issue.due, fromDate, dueBy)),
      db
        .select({ id: issue.id })
        .from(issue)
        .where(between(issue.assignedAt, since, until)),
      db
        .select({ id: issue.id })
        .from(issue)
        .where(between(issue.createdAt, since, until)),
      db
        .select({ id: issue.id })
        .from(issue)
        .where(and(gt(issue.movedAt, until), lte(issue.createdAt, until))),
    ),
  );
  const standing = prepared(() =>
    db
      .select({ regionId: issue.regionId, n: count() })
      .from(issue)
      .where(and(sql.raw(IS_STANDING), lte(issue.createdAt, until)))
      .groupBy(issue.regionId),
  );
  return {
    /**
     * The issues that something happened to or fell due for within a period, or that have moved since, each with its history
     * up to the period's end; and, by region, how many others stood open all the while.
     */
    async within(asked: Asked): Promise<{
      issues: CountedIssue[];
      events: PastEvent[];
      untouched: { regionId: RegionId; n: number }[];
    }> {
      const { until } = asked;
      const ids = touched(asked).map(({ id }) => id);
      const issues: CountedIssue[] = [];
      const events: PastEvent[] = [];
      for (let at = 0; at < ids.length; at += CHUNK) {
        const some = ids.slice(at, at + CHUNK);
        issues.push(...(await db.select(COUNTED).from(issue).where(inArray(issue.id, some))));
        events.push(
          ...(await db
            .select(PAST)
            .from(issueEvent)
            .where(and(inArray(issueEvent.issueId, some), lte(issueEvent.at, until)))
            .orderBy(asc(issueEvent.issueId), asc(issueEvent.id))),
        );
      }
      return { issues, events, untouched: untouched(standing({ until }), until, issues) };
    },
  };
}

/** Those that stand, by region, without those whose histories tell more. */
function untouched(
  standing: readonly { regionId: RegionId; n: number }[],
  until: EpochMs,
  looked: readonly CountedIssue[],
) {
  const isOver: readonly string[] = ["draft", "closed", ...SET_ASIDE];
  const known = new Map<string, number>();
  for (const { regionId, state, createdAt } of looked)
    if (!isOver.includes(state) && createdAt <= until) known.set(regionId, (known.get(regionId) ?? 0) + 1);
  return standing
    .map(({ regionId, n }) => ({ regionId, n: n - (known.get(regionId) ?? 0) }))
    .filter(({ n }) => n > 0);
}

const COUNTED = {
  id: issue.id,
  state: issue.state,
  level: issue.level,
  regionId: issue.regionId,
  createdAt: issue.createdAt,
  assignedAt: issue.assignedAt,
  due: issue.due,
  firstDue: issue.firstDue,
};
const PAST = {
  issueId: issueEvent.issueId,
  at: issueEvent.at,
  step: issueEvent.step,
  fromState: issueEvent.fromState,
  toState: issueEvent.toState,
  due: issueEvent.due,
  regionId: issueEvent.regionId,
  level: issueEvent.level,
};
