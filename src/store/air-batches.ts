import type { AirDay, IsoDate } from "../domain/air/day.ts";
import { type DayRow, keyColumn, SIX, type Stamp } from "./air-merge.ts";
import { recomputeOwn, recomputeRegions, type Touched } from "./air-regions.ts";
import { connectionOf, type Db } from "./open.ts";

type Span = readonly [from: IsoDate, to: IsoDate];

/** What taking a batch back did to days of stations and regions. */
export type AirTakenBack = { removed: number; restored: number; unaudited: number };

/** Days that have an owner, found by the key of their table place by place: none is read beside the span. */
const days = (table: keyof typeof keyColumn) =>
  `${table} where ${keyColumn[table]} in (select id from ${table === "station_day" ? "station" : "region"})
   and date between @from and @to`;

export function airBatchReads(db: Db) {
  const connection = connectionOf(db);
  const brought = connection.prepare<{ from: IsoDate; to: IsoDate }, { id: number }>(
    `select batch_id as id from ${days("region_day")} and batch_id is not null
     union select batch_id from ${days("station_day")} and batch_id is not null`,
  );
  const audited = connection.prepare<{ from: IsoDate; to: IsoDate }, { id: number }>(
    `select audit_id as id from ${days("region_day")} and audit_id > 0
     union select audit_id from ${days("station_day")} and audit_id > 0`,
  );
  const later = connection.prepare<{ batch: number; from: IsoDate; to: IsoDate }, { id: number }>(
    `select batch_id as id from revision where replaces = @batch
     union select batch_id from revision where batch_id > @batch and json_extract(before, '$[6]') = @batch
     union select audit_id from ${days("region_day")} and batch_id = @batch and audit_id > @batch
     union select audit_id from ${days("station_day")} and batch_id = @batch and audit_id > @batch
     except select id from batch where withdrawn_at is not null order by 1`,
  );
  const toAudit = connection.prepare<{ from: IsoDate; to: IsoDate }, { days: number }>(
    `select (select count(*) from ${days("station_day")} and audit_id is null)
       + (select count(*) from ${days("region_day")} and audit_id is null and source = 'import') as days`,
  );
  return {
    /** How many days of stations and imported ones of regions within a span nobody has audited. */
    async toAudit([from, to]: Span): Promise<number> {
      return toAudit.get({ from, to })?.days ?? 0;
    },
    /** Numbers of the batches that the days within some spans are of. */
    async batchesOf(spans: readonly Span[]): Promise<number[]> {
      const found = spans.flatMap(([from, to]) => brought.all({ from, to }));
      return [...new Set(found.map(({ id }) => id))].sort((a, b) => a - b);
    },
    /** Numbers of the batches that had days within a span audited. */
    async auditsOf([from, to]: Span): Promise<number[]> {
      return audited.all({ from, to }).map(({ id }) => id);
    },
    /** Standing batches that have since changed what a batch brought: they have to be taken back before it. */
    async laterOn(batch: number, [from, to]: Span): Promise<number[]> {
      return later.all({ batch, from, to }).map(({ id }) => id);
    },
  };
}

export function airBatchWrites(db: Db) {
  const connection = connectionOf(db);
  return {
    /** Has the days within a span audited that nobody has. @returns how many days of stations and imported ones of regions. */
    async audit([from, to]: Span, by: Stamp & { batch: number }): Promise<number> {
      const span = { from, to, batch: by.batch };
      const stations = connection
        .prepare(
          `update ${days("station_day").replace(" where", " set audit_id = @batch where")} and audit_id is null
           returning station_id as id, date, ${SIX}`,
        )
        .all(span) as DayRow[];
      await recomputeRegions(
        db,
        stations.map((day) => ({ ...day, audited: true })),
        by,
      );
      const regions = connection
        .prepare(
          `update ${days("region_day").replace(" where", " set audit_id = @batch where")}
           and audit_id is null and source = 'import'`,
        )
        .run(span).changes;
      return stations.length + regions;
    },
    /**
     * Has stand again what stood before a batch, day by day; nothing else that has come since is touched.
     * The caller has made sure that no later batch has changed its days (`laterOn`).
     */
    async takeBack(batch: number, span: Span, by: Stamp): Promise<AirTakenBack> {
      const done: AirTakenBack = { removed: 0, restored: 0, unaudited: 0 };
      const stations = restore(db, "station_day", batch, span, done);
      await recomputeRegions(db, stations, by);
      const regions = restore(db, "region_day", batch, span, done).filter(({ gone }) => gone);
      const datesOf = Map.groupBy(regions, ({ id }) => id);
      await recomputeOwn(
        db,
        new Map([...datesOf].map(([id, rows]) => [id, rows.map(({ date }) => date)])),
        by,
      );
      return done;
    },
  };
}

type Standing = AirDay & { id: string; batchId: number | null; auditId: number | null };
/** `values` null: what the stations give, which is made anew. */
type Before = {
  values: (number | null)[] | null;
  source: string;
  auditId: number | null;
  replaces: number | null;
};

/** @returns the days that are others now, as they stand. */
function restore(
  db: Db,
  table: keyof typeof keyColumn,
  batch: number,
  [from, to]: Span,
  done: AirTakenBack,
): Touched[] {
  const connection = connectionOf(db);
  const key = `${keyColumn[table]} = ? and date = ?`;
  const put = connection.prepare(
    `update ${table} set pm25 = ?, pm10 = ?, o3 = ?, no2 = ?, so2 = ?, co = ?, audit_id = ?, batch_id = ?, source = ? where ${key}`,
  );
  const remove = connection.prepare(`delete from ${table} where ${key}`);
  const unaudit = connection.prepare(`update ${table} set audit_id = null where ${key}`);
  const before = oldValues(db, table, batch);
  const standing = connection
    .prepare(
      `select ${keyColumn[table]} as id, date, ${SIX}, batch_id as batchId, audit_id as auditId
       from ${days(table)} and (batch_id = @batch or audit_id = @batch)`,
    )
    .all({ from, to, batch }) as Standing[];
  return standing.map((day): Touched => {
    const { id, date } = day;
    if (day.batchId !== batch) {
      done.unaudited += 1;
      unaudit.run(id, date);
      return day;
    }
    const old = before.get(`${table}/${id}/${date}`);
    if (old === undefined) done.removed += 1;
    else done.restored += 1;
    if (!old?.values) {
      remove.run(id, date);
      return { ...day, gone: true };
    }
    const { values, auditId, replaces, source } = old;
    put.run(...values, auditId, replaces, source, id, date);
    const [pm25 = null, pm10 = null, o3 = null, no2 = null, so2 = null, co = null] = values;
    const six = { "PM2.5": pm25, PM10: pm10, O3_8h: o3, NO2: no2, SO2: so2, CO: co };
    return { id, date, ...six, audited: auditId !== null };
  });
}

/** What the days were that a batch has corrected, by their name in the log. */
function oldValues(db: Db, table: string, batch: number): Map<string, Before> {
  const rows = connectionOf(db)
    .prepare<[number, string], { subject: string; before: string; replaces: number | null }>(
      "select subject, before, replaces from revision where batch_id = ? and subject glob ?",
    )
    .all(batch, `${table}/*`);
  const found = new Map<string, Before>();
  for (const { subject, before, replaces } of rows) {
    const logged = JSON.parse(before) as (number | string | null)[];
    const [auditId = null, source = "import"] = logged.slice(6);
    found.set(subject, {
      values: source === "stations" ? null : (logged.slice(0, 6) as (number | null)[]),
      source: source as string,
      auditId: auditId as number | null,
      replaces,
    });
  }
  return found;
}
