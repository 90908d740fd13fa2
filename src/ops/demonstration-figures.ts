import { demoStationDays, demoStations } from "../../seeds/demo/air.ts";
import { demoAnomalies } from "../../seeds/demo/anomalies.ts";
import { demoDustfall } from "../../seeds/demo/dustfall.ts";
import { demoHours } from "../../seeds/demo/hours.ts";
import { demoProvincialRanks } from "../../seeds/demo/provincial-ranks.ts";
import { demoTownDays, demoTownStations } from "../../seeds/demo/towns.ts";
import { dueHours } from "../alerts/due.ts";
import type { PlanPack } from "../domain/plan/pack.ts";
import type { Writer } from "../store/store.ts";

/** Stations and what they and the counties have measured: days, the hours of the two weeks around the start and of the days on which a station stands out, dustfall, places in the province. */
export async function loadFigures(writer: Writer, pack: PlanPack, at: number): Promise<void> {
  const stations = demoStations(pack);
  const days = demoStationDays(pack);
  const towns = demoTownStations(pack);
  await writer.air.addStations([
    ...stations.map(({ region, from: _, ...station }) => ({ ...station, regionId: region })),
    ...towns.map(({ town, like: _, from, ...station }) => ({ ...station, regionId: town, validFrom: from })),
  ]);
  // The months that are over have been audited.
  const month = Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(pack.timeZone)
    .toPlainDate()
    .with({ day: 1 })
    .toString();
  await writer.air.mergeStationDays(
    [...days, ...demoTownDays(pack, days)].map(({ station, ...day }) => ({
      ...day,
      id: station,
      audited: day.date < month,
    })),
    { personId: null, at },
  );
  const start = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(pack.timeZone).toPlainDate();
  const [from, to] = [start.subtract({ days: 7 }).toString(), start.add({ days: 7 }).toString()];
  const around = days.filter(({ date }) => from <= date && date < to);
  await writer.air.mergeStationHours(demoHours(around), { personId: null, at }, pack.settings.alerts.checks);
  const anomalous = demoAnomalies(pack, days);
  await writer.air.mergeStationHours(anomalous, { personId: null, at }, pack.settings.alerts.checks);
  const hours = [...new Set(anomalous.map(({ hour }) => hour))];
  await writer.hoursDue.put(dueHours(hours, Temporal.Instant.fromEpochMilliseconds(at), { pack }));
  for (const { region, ...row } of demoDustfall(pack))
    await writer.dustfall.put({ ...row, regionId: region, townId: null });
  for (const { region, pm25, ...row } of demoProvincialRanks(pack, stations, days))
    await writer.provincialRanks.put({ ...row, regionId: region, pm25: pm25 * 10, tied: 1 });
}
