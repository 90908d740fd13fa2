import { type AnyColumn, and, asc, between, desc, eq, gt, gte, isNull, lt, lte, ne, sql } from "drizzle-orm";
import type { HourNumber } from "../domain/air/hour-number.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import type { Evidence } from "./picture-twins.ts";
import { prepared, preparedFor } from "./prepared.ts";
import { alertEpisode, alertEvent, alertPhoto, evidence } from "./schema.ts";

/** An anomaly of a station, with what was told of it. */
export type Alert = typeof alertEpisode.$inferSelect;
type AlertEvent = typeof alertEvent.$inferSelect;

/** Nothing more is to be told of it. */
const isUnsettled = isNull(alertEpisode.clearedAt);
const isHeld = ne(alertEpisode.state, "withdrawn");

export function alertReads(db: Db) {
  const unsettled = prepared(() =>
    db.select().from(alertEpisode).where(isUnsettled).orderBy(asc(alertEpisode.id)),
  );
  const isAmong = (column: AnyColumn, list: string) =>
    sql`${column} in (select value from json_each(${sql.placeholder(list)}))`;
  const begun = prepared(() =>
    db
      .select()
      .from(alertEpisode)
      .where(
        and(
          isHeld,
          between(alertEpisode.firstHour, sql.placeholder("from"), sql.placeholder("to")),
          isAmong(alertEpisode.rule, "rules"),
        ),
      )
      .orderBy(desc(alertEpisode.firstHour), desc(alertEpisode.id)),
  );
  const photos = prepared(() =>
    db
      .select({ row: evidence })
      .from(alertPhoto)
      .innerJoin(evidence, eq(evidence.id, alertPhoto.evidenceId))
      .where(isAmong(alertPhoto.episodeId, "ids"))
      .orderBy(asc(evidence.id)),
  );
  const endsFrom = gte(alertEpisode.lastHour, sql.placeholder("from"));
  const isOfStation = eq(alertEpisode.stationId, sql.placeholder("stationId"));
  // Asked of the newest hours, whose index SQLite prefers only where neither the order nor the first hour offers it another one.
  const within = prepared(() =>
    db
      .select()
      .from(alertEpisode)
      .where(and(endsFrom, sql`+${alertEpisode.firstHour} <= ${sql.placeholder("to")}`))
      .orderBy(sql`+${alertEpisode.id}`),
  );
  const withinOfStation = prepared(() =>
    db
      .select()
      .from(alertEpisode)
      .where(and(isOfStation, endsFrom, lte(alertEpisode.firstHour, sql.placeholder("to"))))
      .orderBy(asc(alertEpisode.id)),
  );
  const toldBefore = prepared(() =>
    db
      .select()
      .from(alertEpisode)
      .where(
        and(
          isOfStation,
          eq(alertEpisode.rule, sql.placeholder("rule")),
          eq(alertEpisode.item, sql.placeholder("item")),
          lt(alertEpisode.firstHour, sql.placeholder("firstHour")),
          gt(alertEpisode.told, 0),
        ),
      )
      .orderBy(desc(alertEpisode.firstHour))
      .limit(1),
  );
  return {
    async byId(id: number): Promise<Alert | null> {
      return (await db.select().from(alertEpisode).where(eq(alertEpisode.id, id)))[0] ?? null;
    },
    /** Those of which something is still to be told, or may be. */
    async unsettled(): Promise<Alert[]> {
      return unsettled();
    },
    /** Those that an hour within [from, to] may be part of, of one station or of all. */
    async within(from: HourNumber, to: HourNumber, stationId?: string): Promise<Alert[]> {
      return stationId === undefined ? within({ from, to }) : withinOfStation({ from, to, stationId });
    },
    /** The one before of the same kind that people were told of. */
    async toldBefore({ stationId, rule, item, firstHour }: Alert): Promise<Alert | null> {
      return (await toldBefore({ stationId, rule, item, firstHour }))[0] ?? null;
    },
    /** What began within [from, to] and corrected hours don't speak against, the newest first. */
    async begun(from: HourNumber, to: HourNumber, rules: readonly string[]): Promise<Alert[]> {
      return begun({ from, to, rules: JSON.stringify(rules) });
    },
    /** The one that a picture shows the cause of. */
    async ofPhoto(evidenceId: number): Promise<Alert | null> {
      const rows = await db
        .select({ row: alertEpisode })
        .from(alertPhoto)
        .innerJoin(alertEpisode, eq(alertEpisode.id, alertPhoto.episodeId))
        .where(eq(alertPhoto.evidenceId, evidenceId));
      return rows[0]?.row ?? null;
    },
    /** Pictures of what some come from, in the order in which they came. */
    async photosOf(ids: readonly number[]): Promise<Evidence[]> {
      return (await photos({ ids: JSON.stringify(ids) })).map(({ row }) => row);
    },
    /** What goes on, whenever it began. */
    async running(): Promise<Alert[]> {
      return db
        .select()
        .from(alertEpisode)
        .where(and(eq(alertEpisode.state, "on"), isUnsettled))
        .orderBy(desc(alertEpisode.rung), asc(alertEpisode.firstHour), asc(alertEpisode.id));
    },
  };
}

export function alertWrites(db: Db) {
  const insert = preparedFor((row: Omit<typeof alertEpisode.$inferInsert, "id">) =>
    db.insert(alertEpisode).values(row).returning(),
  );
  const update = preparedFor(({ id: _, ...change }: Partial<Alert>) =>
    db
      .update(alertEpisode)
      .set(change)
      .where(eq(alertEpisode.id, sql.placeholder("id")))
      .returning(),
  );
  const insertEvent = preparedFor((event: typeof alertEvent.$inferInsert) =>
    db.insert(alertEvent).values(event).returning({ id: alertEvent.id }),
  );
  return {
    async add(row: Omit<typeof alertEpisode.$inferInsert, "id">): Promise<Alert> {
      const [added] = await insert(row);
      if (added === undefined) throw new Error("the anomaly was not written");
      return added;
    },
    /** Writes down what has become of one; every change is another version. */
    async change(one: Alert, change: Partial<Omit<Alert, "id" | "version">>): Promise<Alert> {
      const [changed] = await update({ ...change, version: one.version + 1, id: one.id });
      if (changed === undefined) throw new Error(`anomaly ${one.id} is gone`);
      return changed;
    },
    async addPhoto(episodeId: number, evidenceId: number): Promise<void> {
      await db.insert(alertPhoto).values({ episodeId, evidenceId });
    },
    async record(
      event: { episodeId: number; at: EpochMs; kind: string } & Partial<Omit<AlertEvent, "id">>,
    ): Promise<void> {
      await insertEvent(event);
    },
  };
}
