import { and, asc, count, desc, eq, inArray, isNotNull, isNull, lte, sql } from "drizzle-orm";
import type { EpochMs, PersonId, RegionId, ResponseId } from "../domain/ids.ts";
import type { ResponseDueEntry } from "../domain/responses/terms.ts";
import type { Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import {
  response,
  responseClock,
  responseExecution,
  responseLevel,
  responseOrder,
  responseReport,
} from "./schema.ts";

export type ResponseRow = typeof response.$inferSelect;
export type NewResponse = typeof response.$inferInsert;
export type ResponseLevelRow = typeof responseLevel.$inferSelect;
export type ResponseOrder = typeof responseOrder.$inferSelect;
export type NewResponseOrder = typeof responseOrder.$inferInsert;
export type ResponseExecution = typeof responseExecution.$inferSelect;
export type ResponseReport = typeof responseReport.$inferSelect;
export type ResponseClock = typeof responseClock.$inferSelect;

/** How many orders of a round there are of one kind in one county, and how far they are. */
export type OrderCount = {
  regionId: RegionId | null;
  of: "county" | "department" | "enterprise";
  orders: number;
  exempt: number;
  acknowledged: number;
  executed: number;
  evidence: number;
};

const isOfKind = sql<OrderCount["of"]>`case when ${responseOrder.enterpriseId} is not null then 'enterprise'
  when ${responseOrder.departmentId} is not null then 'department' else 'county' end`;

/** Responses to heavy pollution, and who was ordered what in them. */
export function responseReads(db: Db) {
  const running = prepared(() =>
    db.select().from(response).where(isNull(response.endedAt)).orderBy(asc(response.id)),
  );
  const byId = prepared(() =>
    db
      .select()
      .from(response)
      .where(eq(response.id, sql.placeholder("id"))),
  );
  const order = prepared(() =>
    db
      .select()
      .from(responseOrder)
      .where(eq(responseOrder.id, sql.placeholder("id"))),
  );
  const due = prepared(() =>
    db
      .select()
      .from(responseClock)
      .where(and(isNull(responseClock.doneAt), lte(responseClock.at, sql.placeholder("now"))))
      .orderBy(asc(responseClock.at), asc(responseClock.id)),
  );
  const ofRound = and(
    eq(responseOrder.responseId, sql.placeholder("responseId")),
    eq(responseOrder.round, sql.placeholder("round")),
  );
  const counts = prepared(() => {
    const shown = db
      .select({ orderId: responseExecution.orderId, n: count().as("n") })
      .from(responseExecution)
      .groupBy(responseExecution.orderId)
      .as("shown");
    return db
      .select({
        regionId: responseOrder.regionId,
        of: isOfKind,
        orders: count(),
        exempt: count(responseOrder.exempt),
        acknowledged: count(responseOrder.acknowledgedAt),
        executed: count(responseOrder.executedAt),
        evidence: sql<number>`coalesce(sum(${shown.n}), 0)`,
      })
      .from(responseOrder)
      .leftJoin(shown, eq(shown.orderId, responseOrder.id))
      .where(ofRound)
      .groupBy(responseOrder.regionId, isOfKind);
  });
  const unreached = prepared(() =>
    db
      .select({ n: count() })
      .from(responseOrder)
      .where(
        and(
          ofRound,
          eq(responseOrder.regionId, sql.placeholder("regionId")),
          isNotNull(responseOrder.enterpriseId),
          isNull(responseOrder.toldAt),
          isNull(responseOrder.exempt),
          isNull(responseOrder.acknowledgedAt),
        ),
      ),
  );
  const reports = prepared(() =>
    db
      .select()
      .from(responseReport)
      .where(eq(responseReport.responseId, sql.placeholder("responseId")))
      .orderBy(asc(responseReport.due), asc(responseReport.id)),
  );
  const exemptOrders = prepared(() =>
    db
      .select({ row: responseOrder })
      .from(responseOrder)
      .innerJoin(response, eq(response.id, responseOrder.responseId))
      .where(
        and(
          isNull(response.endedAt),
          isNotNull(responseOrder.exempt),
          eq(responseOrder.round, response.round),
        ),
      ),
  );
  return {
    /** Those that haven't ended, rehearsals too, the oldest first. */
    running: async (): Promise<ResponseRow[]> => running(),
    async byId(id: ResponseId): Promise<ResponseRow | null> {
      return (await byId({ id }))[0] ?? null;
    },
    /** The response that an order has started. */
    async byOrder({
      documentNo,
      kind,
      drill,
    }: Pick<ResponseRow, "documentNo" | "kind" | "drill">): Promise<ResponseRow | null> {
      const rows = await db
        .select()
        .from(response)
        .where(and(eq(response.documentNo, documentNo), eq(response.kind, kind), eq(response.drill, drill)));
      return rows[0] ?? null;
    },
    /** The newest, `limit` of them. */
    async newest(limit: number): Promise<ResponseRow[]> {
      return db.select().from(response).orderBy(desc(response.id)).limit(limit);
    },
    async levels(responseId: ResponseId): Promise<ResponseLevelRow[]> {
      return db
        .select()
        .from(responseLevel)
        .where(eq(responseLevel.responseId, responseId))
        .orderBy(asc(responseLevel.round));
    },
    async order(id: number): Promise<ResponseOrder | null> {
      return (await order({ id }))[0] ?? null;
    },
    /** The orders of a round, or of all rounds, counties first, then departments, then enterprises by county. */
    async orders(responseId: ResponseId, round?: number): Promise<ResponseOrder[]> {
      return db
        .select()
        .from(responseOrder)
        .where(
          and(
            eq(responseOrder.responseId, responseId),
            round === undefined ? undefined : eq(responseOrder.round, round),
          ),
        )
        .orderBy(asc(responseOrder.round), asc(responseOrder.id));
    },
    async orderOf(responseId: ResponseId, round: number, unit: string): Promise<ResponseOrder | null> {
      const rows = await db
        .select()
        .from(responseOrder)
        .where(
          and(
            eq(responseOrder.responseId, responseId),
            eq(responseOrder.round, round),
            eq(responseOrder.unit, unit),
          ),
        );
      return rows[0] ?? null;
    },
    /** How a round stands, by county and kind of unit. */
    async counts(responseId: ResponseId, round: number): Promise<OrderCount[]> {
      return counts({ responseId, round });
    },
    /** How many enterprises of a county nobody speaks for, and nobody has told otherwise. */
    async unreached(responseId: ResponseId, round: number, regionId: RegionId): Promise<number> {
      return (await unreached({ responseId, round, regionId }))[0]?.n ?? 0;
    },
    async executions(orderIds: readonly number[]): Promise<ResponseExecution[]> {
      if (orderIds.length === 0) return [];
      return db
        .select()
        .from(responseExecution)
        .where(inArray(responseExecution.orderId, [...orderIds]))
        .orderBy(asc(responseExecution.id));
    },
    /** What counties were asked to report, the oldest first. */
    async reports(responseId: ResponseId): Promise<ResponseReport[]> {
      return reports({ responseId });
    },
    async report(id: number): Promise<ResponseReport | null> {
      return (await db.select().from(responseReport).where(eq(responseReport.id, id)))[0] ?? null;
    },
    /** What has fallen due at `now` and had no effect yet, the oldest first. */
    async due(now: EpochMs): Promise<ResponseClock[]> {
      return due({ now });
    },
    /** Exempt orders of running responses in their present rounds. */
    async exemptOrders(): Promise<ResponseOrder[]> {
      return (await exemptOrders()).map(({ row }) => row);
    },
  };
}

export function responseWrites(db: Db) {
  const insertOrders = (rows: readonly NewResponseOrder[]) =>
    db
      .insert(responseOrder)
      .values([...rows])
      .returning();
  return {
    /** @returns the new row, or null when its order was entered before. */
    async add(row: NewResponse): Promise<ResponseRow | null> {
      return (await db.insert(response).values(row).onConflictDoNothing().returning())[0] ?? null;
    },
    async addLevel(row: typeof responseLevel.$inferInsert): Promise<void> {
      await db.insert(responseLevel).values(row);
    },
    async setLevel(
      id: ResponseId,
      set: Pick<NewResponse, "level" | "round" | "expectedEnd" | "levelDocumentNo" | "levelFrom">,
    ): Promise<void> {
      await db.update(response).set(set).where(eq(response.id, id));
    },
    /** @returns false when it had ended. */
    async end(id: ResponseId, set: Pick<ResponseRow, "endedAt" | "endedBy" | "endedWhy">): Promise<boolean> {
      const rows = await db
        .update(response)
        .set(set)
        .where(and(eq(response.id, id), isNull(response.endedAt)))
        .returning({ id: response.id });
      return rows.length === 1;
    },
    /** Adds orders, some hundred at a time at most. */
    addOrders: async (rows: readonly NewResponseOrder[]): Promise<ResponseOrder[]> => insertOrders(rows),
    /** @returns false when somebody has acknowledged it before. */
    async acknowledge(id: number, by: PersonId, at: EpochMs): Promise<boolean> {
      const rows = await db
        .update(responseOrder)
        .set({ acknowledgedAt: at, acknowledgedBy: by })
        .where(and(eq(responseOrder.id, id), isNull(responseOrder.acknowledgedAt)))
        .returning({ id: responseOrder.id });
      return rows.length === 1;
    },
    /** Whoever was exempt is ordered what everybody else is. */
    async endExemption(id: number, toldAt: EpochMs | null): Promise<boolean> {
      const rows = await db
        .update(responseOrder)
        .set({ exempt: null, toldAt })
        .where(and(eq(responseOrder.id, id), isNotNull(responseOrder.exempt)))
        .returning({ id: responseOrder.id });
      return rows.length === 1;
    },
    /** Acknowledges for all enterprises of a county that nobody speaks for. @returns how many. */
    async relay(
      responseId: ResponseId,
      round: number,
      regionIds: readonly RegionId[],
      { by, at }: { by: PersonId; at: EpochMs },
    ): Promise<number> {
      const rows = await db
        .update(responseOrder)
        .set({ acknowledgedAt: at, acknowledgedBy: by })
        .where(
          and(
            eq(responseOrder.responseId, responseId),
            eq(responseOrder.round, round),
            inArray(responseOrder.regionId, [...regionIds]),
            isNotNull(responseOrder.enterpriseId),
            isNull(responseOrder.toldAt),
            isNull(responseOrder.exempt),
            isNull(responseOrder.acknowledgedAt),
          ),
        )
        .returning({ id: responseOrder.id });
      return rows.length;
    },
    /** Keeps what a unit has shown. @returns false when the same file was shown before. */
    async show(row: typeof responseExecution.$inferInsert): Promise<boolean> {
      const added = await db.insert(responseExecution).values(row).onConflictDoNothing().returning();
      if (added.length === 0) return false;
      await db
        .update(responseOrder)
        .set({ executedAt: row.at })
        .where(and(eq(responseOrder.id, row.orderId), isNull(responseOrder.executedAt)));
      return true;
    },
    /** Asks a county to report. @returns null when it was asked for that time before. */
    async askReport(
      responseId: ResponseId,
      regionId: RegionId,
      due: EpochMs,
    ): Promise<ResponseReport | null> {
      const rows = await db
        .insert(responseReport)
        .values({ responseId, regionId, due })
        .onConflictDoNothing()
        .returning();
      return rows[0] ?? null;
    },
    async keepReport(
      id: number,
      set: Pick<ResponseReport, "at" | "by" | "executing" | "ordered" | "text">,
    ): Promise<void> {
      await db.update(responseReport).set(set).where(eq(responseReport.id, id));
    },
    async fallDue(
      responseId: ResponseId,
      round: number,
      entries: readonly ResponseDueEntry[],
    ): Promise<void> {
      if (entries.length === 0) return;
      await db
        .insert(responseClock)
        .values(entries.map(({ kind, at }) => ({ responseId, round, kind, at })))
        .onConflictDoNothing();
    },
    /** @returns false when it had its effect before. */
    async workedOff(id: number, at: EpochMs): Promise<boolean> {
      const rows = await db
        .update(responseClock)
        .set({ doneAt: at })
        .where(and(eq(responseClock.id, id), isNull(responseClock.doneAt)))
        .returning({ id: responseClock.id });
      return rows.length === 1;
    },
    /** What was to fall due no longer does. */
    async dropDue(
      responseId: ResponseId,
      kinds: readonly ResponseDueEntry["kind"][],
      at: EpochMs,
    ): Promise<void> {
      await db
        .update(responseClock)
        .set({ doneAt: at })
        .where(
          and(
            eq(responseClock.responseId, responseId),
            isNull(responseClock.doneAt),
            inArray(responseClock.kind, [...kinds]),
          ),
        );
    },
  };
}
