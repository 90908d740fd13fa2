import type { Region } from "../domain/plan/pack.ts";
import { readCountyTargets } from "../intake/county-targets.ts";
import { type DailyAirRow, readDailyAir } from "../intake/daily-air.ts";
import { type Kind, kindOf } from "../intake/kind.ts";
import type { Rejected } from "../intake/refusal.ts";
import { readTable, type Sheet } from "../intake/table.ts";
import type { DayRow } from "../store/air-merge.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import type { Office } from "./office.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { Lantian } from "./router.ts";

/** What came of a file; the interfaces document's answer of `import`. */
export type BroughtIn = {
  kind: Kind;
  rows: number;
  added: number;
  corrected: number;
  unchanged: number;
  rejected: readonly Rejected[];
  /** Published periods that hold a corrected day: their notices went out with the old figures. */
  affected: readonly { job: string; title: string; period: string; publishedAt: string }[];
};

/**
 * Brings a table into the store, all or nothing: with one bad row nothing enters, unless `partial` asks for the good
 * rows. The whole file is one transaction with its audit row. Bringing in the same file twice changes nothing.
 */
export async function bringIn(
  bot: Lantian,
  file: { bytes: Uint8Array; name: string },
  by: { person: Person | null; partial: boolean },
): Promise<BroughtIn | (Refusal & { rejected: readonly Rejected[] })> {
  const sheets = await readTable(file.bytes, file.name);
  if ("refusal" in sheets) return rejectedWith(sheets.refusal);
  const kinds = sheets.map((sheet) => kindOf(sheet.header));
  const first = kinds[0];
  if (first === undefined) return rejectedWith("文件里没有表格。");
  for (const kind of kinds) {
    if ("refusal" in kind) return rejectedWith(kind.refusal);
    if (kind.kind !== (first as { kind: Kind }).kind)
      return rejectedWith("各工作表的内容不是同一类，请分成几个文件。");
  }
  const kind = (first as { kind: Kind }).kind;
  const now = await bot.clock.now();
  const stamp = { personId: by.person?.id ?? null, at: now.epochMilliseconds };
  return bot.store.write(async (store) => {
    const read =
      kind === "daily-air"
        ? await airRows(store, bot, sheets, bot.office.today(now))
        : targetRows(bot.office, sheets, bot.office.today(now));
    if (read.rejected.length > 0 && !by.partial) {
      return rejectedWith(
        `有${read.rejected.length}处错误，没有导入任何数据。请按下列提示修改后重新导入。`,
        read.rejected,
      );
    }
    if (read.rows.length === 0 && read.rejected.length === 0)
      return rejectedWith("文件里只有表头，没有数据行。");
    const { correctedDates, ...counts } =
      read.kind === "daily-air"
        ? await mergeAir(store, bot.office, read.rows, stamp)
        : { ...(await mergeTargets(store, read.rows)), correctedDates: new Set<string>() };
    const affected = await publishedWith(store, bot, correctedDates);
    if (counts.added + counts.corrected > 0) {
      await store.audit.append({
        at: stamp.at,
        personId: stamp.personId,
        actor: by.person?.name ?? "终端",
        act: "import",
        subject: kind,
        outcome: "done",
        detail: { file: file.name.slice(0, 200), ...counts },
      });
    }
    return { kind, rows: read.rows.length, ...counts, rejected: read.rejected, affected };
  });
}

type Counts = { added: number; corrected: number; unchanged: number };

function rejectedWith(
  message: string,
  rejected: readonly Rejected[] = [],
): Refusal & { rejected: readonly Rejected[] } {
  return { ...refuse("import-rejected", message), rejected };
}

async function airRows(store: Writer, bot: Lantian, sheets: readonly Sheet[], today: Temporal.PlainDate) {
  const stations = new Map(
    (await store.air.stations()).flatMap((s) => [[s.name, s.id] as const, [s.id, s.id] as const]),
  );
  const read = readDailyAir(sheets, {
    region: (name, date) => regionCalled(bot, name, date)?.id ?? null,
    station: (name) => stations.get(name) ?? null,
    today: today.toString(),
  });
  return { kind: "daily-air" as const, ...read };
}

function targetRows(office: Office, sheets: readonly Sheet[], today: Temporal.PlainDate) {
  const read = readCountyTargets(sheets, {
    region: (name) =>
      office.regionsOn(today).find((r) => [r.name, r.short, ...r.aliases].includes(name))?.id ?? null,
    indicator: (name) => office.pack.indicators.find((i) => i.id === name || i.name === name) ?? null,
  });
  return { kind: "county-targets" as const, ...read };
}

/** A region by its name on a date; the city's own values come by its name too. */
function regionCalled(bot: Lantian, name: string, date: string): Region | null {
  const regions = bot.names.place(name)?.regions ?? [];
  const existing = regions.filter((r) => (r.from ?? "") <= date && date <= (r.to ?? "9999"));
  return existing.find((r) => r.short === name || r.name === name) ?? existing[0] ?? null;
}

async function mergeAir(
  store: Writer,
  office: Office,
  rows: readonly DailyAirRow[],
  stamp: { personId: number | null; at: number },
): Promise<Counts & { correctedDates: ReadonlySet<string> }> {
  const regions: DayRow[] = [];
  const heirs: DayRow[] = [];
  const stations: DayRow[] = [];
  for (const row of rows) {
    const day = (id: string): DayRow => ({
      id,
      date: row.date,
      "PM2.5": row["PM2.5"],
      PM10: row.PM10,
      O3_8h: row.O3_8h,
      NO2: row.NO2,
      SO2: row.SO2,
      CO: row.CO,
    });
    if (row.station !== null) stations.push(day(row.station));
    else if (row.region !== null) {
      regions.push(day(row.region));
      // A region that was only renamed hands its days on; of a merged one the heir's days need the stations.
      const heir = office.region(row.region).successor;
      if (heir !== undefined && office.lineage(heir).length === 2) heirs.push(day(heir));
    }
  }
  const counts = await store.air.mergeRegionDays(regions, stamp);
  await store.air.mergeRegionDays(heirs, stamp);
  const ofStations = await store.air.mergeStationDays(stations, stamp);
  return {
    added: counts.added + ofStations.added,
    corrected: counts.corrected + ofStations.corrected,
    unchanged: counts.unchanged + ofStations.unchanged,
    correctedDates: counts.correctedDates.union(ofStations.correctedDates),
  };
}

/** A notice appears within this many days after the period that it publishes. */
const PUBLISHED_WITHIN_DAYS = 62;

/** The notices already sent whose period holds one of the dates. */
async function publishedWith(
  store: Writer,
  bot: Lantian,
  dates: ReadonlySet<string>,
): Promise<BroughtIn["affected"]> {
  const sorted = [...dates].sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { timeZone } = bot.office.pack;
  const ms = (date: Temporal.PlainDate) => date.toZonedDateTime({ timeZone }).epochMilliseconds;
  const from = ms(Temporal.PlainDate.from(first));
  const to = ms(Temporal.PlainDate.from(last).add({ days: PUBLISHED_WITHIN_DAYS }));
  const affected = [];
  for (const job of bot.registry.schedules) {
    if (job.publishes === undefined) continue;
    for (const slot of await store.ledger.run(job.name, from, to)) {
      const at = Temporal.Instant.fromEpochMilliseconds(slot).toZonedDateTimeISO(timeZone);
      const period = job.publishes({ at });
      const [begins, ends] = [period.from.toString(), period.to.toString()];
      if (![...dates].some((date) => begins <= date && date <= ends)) continue;
      affected.push({
        job: job.name,
        title: job.title,
        period: `${begins}..${ends}`,
        publishedAt: at.toString({ timeZoneName: "never" }),
      });
    }
  }
  return affected;
}

async function mergeTargets(store: Writer, rows: ReturnType<typeof targetRows>["rows"]): Promise<Counts> {
  const counts: Counts = { added: 0, corrected: 0, unchanged: 0 };
  for (const { region, indicator, constraint, stretch } of rows) {
    const before = (await store.plan.countyTargets([region])).find((t) => t.indicator === indicator);
    if (before?.constraint === constraint && before.stretch === stretch) {
      counts.unchanged += 1;
      continue;
    }
    counts[before === undefined ? "added" : "corrected"] += 1;
    await store.plan.setCountyTarget({ regionId: region, indicator, constraint, stretch });
  }
  return counts;
}
