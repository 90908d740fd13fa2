import type { HourlyItem } from "../../src/domain/air/hours.ts";
import { type Ingested, ingestHours } from "../../src/incoming/ingest.ts";
import { hashOfSecret } from "../../src/office/secret.ts";
import type { AnOffice } from "./office.ts";

type Sent = Partial<Record<HourlyItem, number | null>> | null;

/** A machine that sends an office the hours of its stations: ordinary air, but for what a test says of a station. */
export async function aFeed(office: AnOffice, only: (name: string) => boolean = () => true) {
  const at = (await office.bot.clock.now()).epochMilliseconds;
  const tokenHash = hashOfSecret(`feed ${at}`);
  const id = await office.bot.store.write((w) =>
    w.ingestSources.add({ name: "平台", tokenHash, createdAt: at, createdBy: null }),
  );
  const source = await office.bot.store.read((r) => r.ingestSources.byId(id));
  if (source === null) throw new Error("there is no feed");
  const stations = (await office.bot.store.read((r) => r.air.stations())).filter(({ name }) => only(name));
  return {
    stations,
    /** One hour of all stations, by its end: `2020-07-06 09:00`. `over`: by the station's name, null for one that sends nothing. */
    async sends(time: string, over: Readonly<Record<string, Sent>> = {}): Promise<Ingested> {
      const label = Number(time.slice(11, 13)) || 24;
      const hours = stations.flatMap(({ name }, i) => {
        const own = over[name];
        if (own === null) return [];
        const wave = (label * 7 + i * 3) % 5;
        const ordinary = {
          "PM2.5": 20 + wave,
          PM10: 40 + wave,
          O3: 80 + wave,
          NO2: 20 + wave,
          SO2: 6 + (wave % 3),
          CO: 0.5 + wave / 10,
        };
        return [{ time, station: name, ...ordinary, ...own }];
      });
      const answer = await ingestHours(office.bot, source, { json: { hours } });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      return answer;
    },
  };
}
