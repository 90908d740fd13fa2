import {
  and,
  asc,
  between,
  count,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  max,
  ne,
  notInArray,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { DepartmentId, EpochMs, IssueId, PersonId, RegionId } from "../domain/ids.ts";
import { paddedIssueNumber } from "../domain/issues/issue-number.ts";
import type { Climbed } from "../domain/issues/ladders.ts";
import type { LineId } from "../domain/issues/line.ts";
import { ENDS, SET_ASIDE, STATES, type State, UNIT_ACTS } from "../domain/issues/states.ts";
import type { Earlier } from "../domain/issues/step-rule.ts";
import { type Named, nameOfBoth } from "../domain/posts.ts";
import { connectionOf, type Db } from "./open.ts";
import { prepared, preparedFor, preparedForEach } from "./prepared.ts";
import { IS_ACTING, IS_RESTING } from "./schema/issues.ts";
import { documentNumber, issue, issueEvent, issueUnit, person } from "./schema.ts";

export type Issue = typeof issue.$inferSelect;
/** What tells an issue from others that were given out. */
export type GivenOut = Pick<
  Issue,
  "id" | "no" | "title" | "town" | "place" | "regionId" | "assignedAt" | "latitude" | "longitude"
>;
/** Columns that a step may change. */
export type IssueChange = Partial<Omit<typeof issue.$inferInsert, "id" | "no" | "version">>;
export type NewIssueRow = typeof issue.$inferInsert;
export type IssueEvent = {
  id: number;
  at: EpochMs;
  /** Who took it, with whom they stood in for: 李四代张三. */
  by: string | null;
  behalf: Named | null;
  step: LineId;
  text: string | null;
  /** What else its form said, as JSON. */
  detail: string | null;
  fromState: string | null;
  toState: string;
  due: string | null;
};

/** Which issues. All given conditions hold; `asOf` (ms UTC) leaves out what is assigned later. */
export type IssueFilter = {
  asOf: EpochMs;
  regions?: readonly RegionId[];
  departmentId?: DepartmentId;
  /** Only those that one of these units helps with, or any unit. */
  helpedBy?: Units | "any";
  states?: readonly State[];
  /** Left out whatever else is asked: drafts and what has been set aside. */
  without?: readonly State[];
  assignedBy?: PersonId;
  /** Only those that these people wrote down. */
  createdBy?: readonly PersonId[];
  /** Only those whose deadline lies before this date while the responsible unit still has to act. */
  overdueOn?: string;
  /** Only those for which an extension is being decided. */
  extensionAsked?: true;
  /** Only those of one of these places or departments. */
  within?: Units;
  /** Only those whose deadline is this date or before it. */
  dueBy?: string;
  /** Only those of which somebody has asked that they be cancelled. */
  cancelAsked?: boolean;
  /** Only those in which this person took none of these earlier steps, and so may judge them. */
  notTakenBy?: { person: number; took: readonly Earlier[] };
  /** Only 挂牌督办. */
  supervised?: true;
  /** Only those that came back after they were closed. */
  reopened?: true;
  level?: string;
  /** Any of these. */
  sources?: readonly string[];
  batch?: string;
  category?: string;
  /** Text in title, place, town, source or one of the numbers. */
  text?: string;
};

/** What several posts stand for together. */
export type Units = { regions: readonly RegionId[]; departments: readonly DepartmentId[] };

/** Issues that stand alike for whoever asks whom they wait for; `time` is that of their deadline. */
export type IssueGroup = Pick<
  Issue,
  | "state"
  | "regionId"
  | "departmentId"
  | "behalf"
  | "level"
  | "displayedUntil"
  | "submittedBy"
  | "confirmedBy"
  | "proposedBy"
  | "extensionBy"
  | "cancelBy"
> & { extensionAsked: 0 | 1; time: "past" | "near" | "later"; n: number };

export function issueReads(db: Db) {
  const byNo = prepared(() =>
    db
      .select()
      .from(issue)
      .where(eq(issue.no, sql.placeholder("no"))),
  );
  // Without drizzle (why: air.ts): part of every county's answer.
  const openByRegion = connectionOf(db).prepare<[string, string, number], { open: number; overdue: number }>(
    `select count(*) as open, coalesce(sum(due < ?), 0) as overdue from issue
     where region_id = ? and state in (${UNIT_ACTS.map((state) => `'${state}'`).join(", ")}) and assigned_at <= ?`,
  );
  const byId = prepared(() =>
    db
      .select()
      .from(issue)
      .where(eq(issue.id, sql.placeholder("id"))),
  );
  const importedAs = prepared(() =>
    db
      .select()
      .from(issue)
      .where(eq(issue.importKey, sql.placeholder("key"))),
  );
  const importedBetween = prepared(() =>
    db
      .select()
      .from(issue)
      .where(and(gte(issue.importKey, sql.placeholder("from")), lt(issue.importKey, sql.placeholder("to")))),
  );
  const absent = alias(person, "absent");
  const history = prepared(() =>
    db
      .select({
        id: issueEvent.id,
        at: issueEvent.at,
        by: person.name,
        behalf: { id: absent.id, name: absent.name },
        step: issueEvent.step,
        text: issueEvent.text,
        detail: issueEvent.detail,
        fromState: issueEvent.fromState,
        toState: issueEvent.toState,
        due: issueEvent.due,
      })
      .from(issueEvent)
      .leftJoin(person, eq(person.id, issueEvent.personId))
      .leftJoin(absent, eq(absent.id, issueEvent.forId))
      .where(eq(issueEvent.issueId, sql.placeholder("issueId")))
      .orderBy(asc(issueEvent.id)),
  );
  const givenOut = preparedForEach((how: readonly string[]) =>
    db
      .select({
        id: issue.id,
        no: issue.no,
        title: issue.title,
        town: issue.town,
        place: issue.place,
        regionId: issue.regionId,
        assignedAt: issue.assignedAt,
        latitude: issue.latitude,
        longitude: issue.longitude,
      })
      .from(issue)
      // The plus keeps SQLite from the index by region, which reaches back over all years: a month of all regions is less.
      .where(
        and(
          between(issue.assignedAt, sql.placeholder("from"), sql.placeholder("to")),
          notInArray(issue.state, how.includes("ended") ? ["draft", ...SET_ASIDE] : [...ENDS]),
          how.includes("regions")
            ? sql`+${issue.regionId} in (select value from json_each(${sql.placeholder("regions")}))`
            : undefined,
        ),
      )
      .orderBy(asc(issue.id)),
  );
  const among = prepared(() =>
    db
      .select()
      .from(issue)
      .where(sql`${issue.id} in (select value from json_each(${sql.placeholder("ids")}))`),
  );
  /** The issues of these ids in their order: to ask for all columns is built once, whatever the ids were found by. */
  const whole = async (ids: readonly { id: IssueId }[]): Promise<Issue[]> => {
    const rows = await among({ ids: JSON.stringify(ids.map(({ id }) => id)) });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap(({ id }) => byId.get(id) ?? []);
  };
  return {
    async byNo(no: string): Promise<Issue | null> {
      return (await byNo({ no }))[0] ?? null;
    },
    async byId(id: IssueId): Promise<Issue | null> {
      return (await byId({ id }))[0] ?? null;
    },
    /** The issue that an imported row with exactly this key became. */
    async importedAs(key: string): Promise<Issue | null> {
      return (await importedAs({ key }))[0] ?? null;
    },
    /** The issue that an imported row became whose key begins with `within` and goes on with “#” and its content. */
    async importedWithin(within: string): Promise<Issue | null> {
      // “$” follows “#”: a range, so that the index answers it.
      return (await importedBetween({ from: `${within}#`, to: `${within}$` }))[0] ?? null;
    },
    /**
     * What tells issues apart that were given out, or written down as drafts, between two instants (both included) and have
     * not ended; with `ended`, of those given out also what has, unless it was set aside. Only of some regions where named.
     */
    async givenOutBetween(
      from: EpochMs,
      to: EpochMs,
      regions?: readonly RegionId[],
      { ended = false }: { ended?: boolean } = {},
    ): Promise<GivenOut[]> {
      const how = [...(ended ? ["ended"] : []), ...(regions === undefined ? [] : ["regions"])];
      return givenOut(how, { from, to, regions: JSON.stringify(regions ?? []) });
    },
    /** Issues that wait for the region's unit, and how many of them are past their deadline on `today`. */
    async openIn(
      regionIds: readonly RegionId[],
      today: string,
      asOf: EpochMs,
    ): Promise<{ open: number; overdue: number }> {
      const total = { open: 0, overdue: 0 };
      for (const regionId of regionIds) {
        const row = openByRegion.get(today, regionId, asOf);
        total.open += row?.open ?? 0;
        total.overdue += row?.overdue ?? 0;
      }
      return total;
    },
    /** How many issues fall due on each day from one date to another (ISO, both inclusive), earliest first. */
    async dueDays(filter: IssueFilter, from: string, to: string): Promise<{ due: string; n: number }[]> {
      return db
        .select({ due: issue.due, n: count() })
        .from(issue)
        .where(and(conditions(filter), between(issue.due, from, to)))
        .groupBy(issue.due)
        .orderBy(asc(issue.due));
    },
    /** The filtered issues: nearest deadline first, those that no unit has to act on last. `total` counts them all. */
    async list(filter: IssueFilter, limit: number, offset = 0): Promise<{ rows: Issue[]; total: number }> {
      const where = conditions(filter);
      const total = (await db.select({ n: count() }).from(issue).where(where))[0]?.n ?? 0;
      if (total === 0) return { rows: [], total };
      // Two questions, each in the order of an index of its own: one of both would sort everything on file for a page.
      // A region's or a department's own are few, and found by it.
      const few = [filter.regions, filter.departmentId, filter.within, filter.helpedBy, filter.createdBy];
      const inOrder = few.every((of) => of === undefined);
      const page = (half: string, most: number, from: number) =>
        db
          .select({ id: issue.id })
          .from(issue)
          .where(and(sql.raw(half), conditions(filter, { inOrder })))
          .orderBy(asc(issue.due), desc(issue.id))
          .limit(most)
          .offset(from);
      const ids = await page(IS_ACTING, limit, offset);
      if (ids.length === limit || total === ids.length) return { rows: await whole(ids), total };
      const acting = await db
        .select({ n: count() })
        .from(issue)
        .where(and(sql.raw(IS_ACTING), where));
      const behind = Math.max(0, offset - (acting[0]?.n ?? 0));
      ids.push(...(await page(IS_RESTING, limit - ids.length, behind)));
      return { rows: await whole(ids), total };
    },
    /** How many there are of each kind that a step is judged by; deadlines before `today` are past, up to `soon` near. */
    async groups(filter: IssueFilter, today: string, soon: string): Promise<IssueGroup[]> {
      const extensionAsked = sql<0 | 1>`case when ${issue.extensionDue} is null then 0 else 1 end`;
      const time = sql<IssueGroup["time"]>`case when ${issue.due} < ${today} then 'past'
        when ${issue.due} <= ${soon} then 'near' else 'later' end`;
      return db
        .select({
          state: issue.state,
          regionId: issue.regionId,
          departmentId: issue.departmentId,
          behalf: issue.behalf,
          level: issue.level,
          displayedUntil: issue.displayedUntil,
          submittedBy: issue.submittedBy,
          confirmedBy: issue.confirmedBy,
          proposedBy: issue.proposedBy,
          extensionBy: issue.extensionBy,
          cancelBy: issue.cancelBy,
          extensionAsked: extensionAsked.as("extension_asked"),
          time: time.as("time"),
          n: count(),
        })
        .from(issue)
        .where(conditions(filter))
        .groupBy(
          issue.state,
          issue.regionId,
          issue.departmentId,
          issue.behalf,
          issue.level,
          issue.displayedUntil,
          issue.submittedBy,
          issue.confirmedBy,
          issue.proposedBy,
          issue.extensionBy,
          issue.cancelBy,
          sql`extension_asked`,
          sql`time`,
        );
    },
    /** The newest text that was said with a step, of many issues at once. */
    async lastTexts(issueIds: readonly IssueId[], step: LineId): Promise<ReadonlyMap<IssueId, string>> {
      const rows = await db
        .select({ issueId: issueEvent.issueId, text: issueEvent.text })
        .from(issueEvent)
        .where(and(inArray(issueEvent.issueId, [...issueIds]), eq(issueEvent.step, step)))
        .orderBy(asc(issueEvent.id));
      return new Map(rows.flatMap(({ issueId, text }) => (text === null ? [] : [[issueId, text] as const])));
    },
    async history(issueId: IssueId): Promise<IssueEvent[]> {
      const rows = await history({ issueId });
      return rows.map((row) => ({ ...row, by: row.by && nameOfBoth(row.by, row.behalf) }));
    },
  };
}

export function issueWrites(db: Db) {
  // A ledger of thousands of issues is entered by these few.
  const newestNo = prepared(() =>
    db
      .select({ no: max(issue.no) })
      .from(issue)
      .where(sql`${issue.no} like ${sql.placeholder("pattern")}`),
  );
  const insertIssue = preparedFor((row: typeof issue.$inferInsert) =>
    db.insert(issue).values(row).returning(),
  );
  const insertEvent = preparedFor((row: typeof issueEvent.$inferInsert) =>
    db.insert(issueEvent).values(row).returning({ id: issueEvent.id }),
  );
  const setClimbed = preparedFor(({ id: _, ...change }: { id: IssueId } & Partial<Climbed>) =>
    db
      .update(issue)
      .set(change)
      .where(sql`${issue.id} = ${sql.placeholder("id")}`),
  );
  const setStanding = preparedFor(
    ({ id: _, before: __, ...change }: IssueChange & { id: IssueId; before: number; version: number }) =>
      db
        .update(issue)
        .set(change)
        .where(and(eq(issue.id, sql.placeholder("id")), eq(issue.version, sql.placeholder("before"))))
        .returning(),
  );
  const setMoved = prepared(() =>
    db
      .update(issue)
      .set({ movedAt: sql`${sql.placeholder("at")}` })
      .where(and(eq(issue.id, sql.placeholder("id")), lt(issue.movedAt, sql.placeholder("at")))),
  );
  return {
    /** Creates an issue under the next number of its year, such as `NT-2020-000123`; a number is never reused. */
    async create(row: Omit<NewIssueRow, "no" | "version">, prefix: string): Promise<Issue> {
      const newest = (await newestNo({ pattern: `${prefix}-%` }))[0]?.no;
      const next = newest ? Number(newest.slice(-6)) + 1 : 1;
      const no = paddedIssueNumber(prefix, next);
      return (await insertIssue({ ...row, no }))[0] as Issue;
    },
    /**
     * Moves an issue on, if it still stands at `version`: of two presses at once one moves it, the other changes nothing.
     * @returns the moved issue, or null when somebody was faster.
     */
    async move(id: IssueId, version: number, change: IssueChange): Promise<Issue | null> {
      return (await setStanding({ ...change, id, before: version, version: version + 1 }))[0] ?? null;
    },
    /** Where an issue is, unless that is known. Degrees, WGS 84. */
    async locate(
      id: IssueId,
      { latitude, longitude }: { latitude: number; longitude: number },
    ): Promise<void> {
      await db
        .update(issue)
        .set({ latitude, longitude })
        .where(and(eq(issue.id, id), isNull(issue.latitude)));
    },
    /** Notes what isn't a step, such as a rung of the ladder: buttons drawn before keep working. */
    async mark(id: IssueId, change: Partial<Climbed>): Promise<void> {
      await setClimbed({ id, ...change });
    },
    /** @returns the number of the line. */
    async record(event: typeof issueEvent.$inferInsert): Promise<number> {
      const [line] = await insertEvent(event);
      // Old lines may be written down late: only a newer one is the newest.
      await setMoved({ id: event.issueId, at: event.at });
      return line?.id ?? 0;
    },
  };
}

/** The issues of papers whose numbers say so: 通气办交〔2020〕12号. */
const numbered = (like: string): SQL =>
  sql`'issue:' || ${issue.id} in (select ${documentNumber.subject} from ${documentNumber} where ${documentNumber.no} like ${like} escape '\\')`;

/** A question of its own, so that the few that a unit helps with are found by it. */
function helped(by: NonNullable<IssueFilter["helpedBy"]>): SQL {
  const unit =
    by === "any"
      ? sql`1`
      : or(
          inArray(issueUnit.regionId, [...by.regions]),
          inArray(issueUnit.departmentId, [...by.departments]),
        );
  return sql`${issue.id} in (select ${issueUnit.issueId} from ${issueUnit} where ${issueUnit.removedAt} is null and ${issueUnit.role} <> 'copied' and ${unit})`;
}

/** `inOrder`: of rows that an index gives in their order, so that no other one may find them; otherwise the index by state may. */
function conditions(filter: IssueFilter, { inOrder = false } = {}): SQL | undefined {
  const plus = sql.raw(inOrder ? "+" : "");
  const stateIn = (states: readonly State[]) => sql`${plus}${issue.state} in ${[...states]}`;
  const like = filter.text ? `%${filter.text.replace(/[\\%_]/g, (c) => `\\${c}`)}%` : null;
  return and(
    sql`${plus}${issue.assignedAt} <= ${filter.asOf}`,
    filter.regions ? inArray(issue.regionId, [...filter.regions]) : undefined,
    filter.departmentId ? eq(issue.departmentId, filter.departmentId) : undefined,
    filter.within
      ? or(
          inArray(issue.regionId, [...filter.within.regions]),
          inArray(issue.departmentId, [...filter.within.departments]),
        )
      : undefined,
    filter.helpedBy ? helped(filter.helpedBy) : undefined,
    filter.states ? stateIn(filter.states) : undefined,
    // Said by what is left: so the index by state answers a count.
    filter.without ? stateIn(STATES.filter((state) => !filter.without?.includes(state))) : undefined,
    filter.assignedBy === undefined ? undefined : eq(issue.assignedBy, filter.assignedBy),
    filter.createdBy === undefined ? undefined : inArray(issue.createdBy, [...filter.createdBy]),
    filter.overdueOn ? and(lt(issue.due, filter.overdueOn), stateIn(UNIT_ACTS)) : undefined,
    filter.extensionAsked ? isNotNull(issue.extensionDue) : undefined,
    filter.cancelAsked ? isNotNull(issue.cancelBy) : undefined,
    filter.dueBy === undefined ? undefined : lte(issue.due, filter.dueBy),
    ...(filter.notTakenBy?.took ?? []).map((step) =>
      or(isNull(issue[step]), ne(issue[step], filter.notTakenBy?.person ?? 0)),
    ),
    filter.supervised ? isNotNull(issue.supervisedAt) : undefined,
    filter.reopened ? gt(issue.reopenings, 0) : undefined,
    filter.level ? eq(issue.level, filter.level) : undefined,
    filter.sources ? inArray(issue.source, [...filter.sources]) : undefined,
    filter.batch ? eq(issue.batch, filter.batch) : undefined,
    filter.category ? eq(issue.category, filter.category) : undefined,
    like
      ? or(
          sql`${issue.title} like ${like} escape '\\'`,
          sql`${issue.place} like ${like} escape '\\'`,
          sql`${issue.town} like ${like} escape '\\'`,
          sql`${issue.source} like ${like} escape '\\'`,
          sql`${issue.no} like ${like} escape '\\'`,
          sql`${issue.externalNo} like ${like} escape '\\'`,
          numbered(like),
        )
      : undefined,
  );
}
