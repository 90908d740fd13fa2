import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { demoStationDays, demoStations } from "../../seeds/demo/air.ts";
import type { StationDay } from "../../seeds/demo/station-day.ts";
import { loadPlanPack } from "../../src/intake/plan-pack.ts";

const items = ["PM2.5", "PM10", "O3_8h", "NO2", "SO2", "CO"] as const;
type Item = (typeof items)[number];
/** Above these a day exceeds (IAQI > 100); CO in tenths of mg/m³. */
const limits: Record<Item, number> = { "PM2.5": 75, PM10: 150, O3_8h: 160, NO2: 80, SO2: 150, CO: 40 };

const pack = await loadPlanPack("seeds/nantong-2020");
const stations = demoStations(pack);
const days = demoStationDays(pack);

describe("determinism", () => {
  test("the same seed gives the same values, another seed others", () => {
    expect(demoStationDays(pack)).toEqual(days);
    expect(demoStationDays(pack, 7)).not.toEqual(days);
  });

  test("station days are these and no others on every machine", () => {
    expect(createHash("sha256").update(JSON.stringify(days)).digest("hex")).toBe(
      "a613f22096a50ef6664e9c5cb5f0e70808547d389f40806ac7a74ee75b7ea734",
    );
  });
});

describe("stations", () => {
  test("each county has three to five, each functional area two", () => {
    const counts = Object.fromEntries(
      Map.groupBy(stations, (s) => s.region)
        .entries()
        .map(([r, s]) => [r, s.length]),
    );
    expect(counts).toEqual({
      haian: 4,
      rugao: 4,
      rudong: 4,
      qidong: 3,
      "chongchuan-old": 4,
      gangzha: 3,
      tongzhou: 4,
      "haimen-city": 4,
      kaifaqu: 2,
      suxitong: 2,
      tongzhouwan: 2,
    });
  });

  test("five urban stations stand for the city, and every name says that it is a demonstration", () => {
    const national = stations.filter((station) => station.national);
    expect(national.map((station) => station.region)).toEqual([
      "chongchuan-old",
      "chongchuan-old",
      "chongchuan-old",
      "gangzha",
      "kaifaqu",
    ]);
    expect(new Set(stations.map((station) => station.id)).size).toBe(stations.length);
    expect(stations.every((station) => station.name.startsWith("演示·"))).toBe(true);
  });
});

describe("plausible air", () => {
  const city = table(stations.filter((station) => station.national).map((station) => station.id));

  test.each([
    { year: "2019", pm25: [37, 38], attainment: [79, 80.5] },
    { year: "2020", pm25: [34, 35], attainment: [84, 87] },
  ])(
    "the city's PM2.5 and attainment of $year, and the other items, are in their bounds",
    ({ year, pm25, attainment }) => {
      between(city.mean("PM2.5", year), pm25);
      between(city.attainment(year), attainment);
      between(city.mean("PM10", year) / city.mean("PM2.5", year), [1.5, 1.7]);
      between(city.mean("NO2", year), [25, 35]);
      between(city.mean("SO2", year), [7, 11]);
      between(city.mean("CO", year), [5, 12]);
    },
  );

  test("winters are three times as dusty as summers, ozone peaks from May to September", () => {
    for (const year of ["2019", "2020"]) {
      between(city.mean("PM2.5", `${year}-01`), [55, 65]);
      between(city.mean("PM2.5", `${year}-08`), [17, 22]);
      const months = city
        .dates(year)
        .filter((date) => (city.value(date, "O3_8h") ?? 0) > 160)
        .map((d) => Number(d.slice(5, 7)));
      expect(months.length).toBeGreaterThan(20);
      expect(months.filter((month) => month < 4 || month > 9)).toEqual([]);
    }
  });

  test.each(["02", "03"])("PM2.5 of 2020-%s is well below the year before", (month) => {
    expect(city.mean("PM2.5", `2020-${month}`)).toBeLessThan(0.85 * city.mean("PM2.5", `2019-${month}`));
  });

  test("inland counties are dirtier than the city, the coast is cleaner", () => {
    for (const year of ["2019", "2020"]) {
      const level = (region: string) => county(region).mean("PM2.5", year);
      for (const inland of ["haian", "rugao"])
        expect(level(inland)).toBeGreaterThan(city.mean("PM2.5", year) + 2);
      for (const coast of ["rudong", "qidong"])
        expect(level(coast)).toBeLessThan(city.mean("PM2.5", year) - 2);
    }
  });

  test("counties share their weather, and it lasts longer than a day", () => {
    const own = city.dates("2019").map((date) => city.value(date, "PM2.5") ?? 0);
    const far = city.dates("2019").map((date) => county("haian").value(date, "PM2.5") ?? 0);
    expect(correlation(own, far)).toBeGreaterThan(0.85);
    expect(correlation(own.slice(1), own.slice(0, -1))).toBeGreaterThan(0.4);
  });

  test("values are whole and possible, and PM10 holds PM2.5", () => {
    const wrong = days.filter((day) => {
      const values = items.map((item) => day[item]).filter((value) => value !== null);
      const inverted = day["PM2.5"] !== null && day.PM10 !== null && day["PM2.5"] >= day.PM10;
      return inverted || values.some((value) => !Number.isInteger(value) || value < 2 || value > 450);
    });
    expect(wrong).toEqual([]);
  });
});

describe("stories of the air", () => {
  test("mid-January 2020: AQI above 200 in several counties", () => {
    const heavy = ["2020-01-12", "2020-01-13", "2020-01-14", "2020-01-15"].map(
      (date) => regionIds().filter((region) => (county(region).value(date, "PM2.5") ?? 0) > 150).length,
    );
    expect(Math.max(...heavy)).toBeGreaterThanOrEqual(8);
    for (const region of regionIds()) expect(county(region).value("2020-01-16", "PM2.5")).toBeLessThan(75);
  });

  test("only 如东 in April 2020 lacks days for a complete month: 24 of 27", () => {
    const short = [...regionIds(), "city"].flatMap((region) => {
      const air =
        region === "city" ? table(stations.filter((s) => s.national).map((s) => s.id)) : county(region);
      return months().flatMap((month) => {
        const valid = Math.min(...items.map((item) => air.validDays(item, month)));
        const opened = region !== "suxitong" || month >= "2020";
        return opened && valid < (month.endsWith("-02") ? 25 : 27) ? [{ region, month, valid }] : [];
      });
    });
    expect(short).toEqual([{ region: "rudong", month: "2020-04", valid: 24 }]);
  });

  test("a station of 如皋 is out for three days, and the county is still valid", () => {
    for (const date of ["2020-07-18", "2020-07-19", "2020-07-20"]) {
      expect(days.some((day) => day.station === "demo-rugao-2" && day.date === date)).toBe(false);
      expect(county("rugao").value(date, "PM2.5")).not.toBeNull();
    }
  });

  test("single values are missing here and there", () => {
    const gaps = days.filter((day) => items.some((item) => day[item] === null)).length;
    between((1000 * gaps) / days.length, [3, 5]);
  });

  test("如东 and 启东 tie in May 2020, to the last digit and with all days valid; nobody else does", () => {
    const exact = (region: string) => county(region).sum("PM2.5", "2020-05");
    expect([county("rudong"), county("qidong")].map((air) => air.validDays("PM2.5", "2020-05"))).toEqual([
      31, 31,
    ]);
    expect(exact("rudong")).toBe(exact("qidong"));
    const means = regionIds().map((region) => county(region).mean("PM2.5", "2020-05").toFixed(1));
    expect(new Set(means).size).toBe(means.length - 1);
  });

  test("the stations of old 崇川 and 港闸 report to the end of the year", () => {
    const merged = stations.filter((station) => ["chongchuan-old", "gangzha"].includes(station.region));
    for (const { id } of merged) {
      expect(days.filter((day) => day.station === id && day.date >= "2020-07-28").length).toBeGreaterThan(
        145,
      );
    }
  });

  test("苏锡通园区 has no data before 2020", () => {
    expect(county("suxitong").dates("2019")).toEqual([]);
    expect(county("suxitong").dates("2020")[0]).toBe("2020-01-01");
  });
});

/** A region's days as they are published: mean over valid stations, three quarters of them (half of fewer than four). */
function table(ids: readonly string[]) {
  const own = Map.groupBy(
    days.filter((day) => ids.includes(day.station)),
    (day) => day.date,
  );
  const needed = ids.length < 4 ? ids.length / 2 : (ids.length * 3) / 4;
  const value = (date: string, item: Item) => {
    const values = (own.get(date) ?? []).map((day: StationDay) => day[item]).filter((v) => v !== null);
    if (values.length === 0 || values.length < needed) return null;
    return halfEven(
      values.reduce((sum, v) => sum + v, 0),
      values.length,
    );
  };
  const dates = (period: string) => [...own.keys()].filter((date) => date.startsWith(period)).toSorted();
  const valid = (item: Item, period: string) =>
    dates(period)
      .map((d) => value(d, item))
      .filter((v) => v !== null);
  const sum = (item: Item, period: string) => valid(item, period).reduce((total, v) => total + v, 0);
  return {
    value,
    dates,
    sum,
    validDays: (item: Item, period: string) => valid(item, period).length,
    mean: (item: Item, period: string) => sum(item, period) / valid(item, period).length,
    attainment: (period: string) => {
      const full = dates(period).filter((date) => items.every((item) => value(date, item) !== null));
      const good = full.filter((date) => items.every((item) => (value(date, item) ?? 0) <= limits[item]));
      return (100 * good.length) / full.length;
    },
  };
}

function county(region: string) {
  return table(stations.filter((station) => station.region === region).map((station) => station.id));
}

function regionIds(): string[] {
  return [...new Set(stations.map((station) => station.region))];
}

function months(): string[] {
  return ["2019", "2020"].flatMap((year) =>
    Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, "0")}`),
  );
}

function halfEven(sum: number, count: number): number {
  const down = Math.floor(sum / count);
  const rest = 2 * (sum - down * count) - count;
  return rest > 0 || (rest === 0 && down % 2 === 1) ? down + 1 : down;
}

function correlation(one: readonly number[], other: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const [m, n] = [mean(one), mean(other)];
  const product = (a: readonly number[], p: number, b: readonly number[], q: number) =>
    a.reduce((sum, v, i) => sum + (v - p) * ((b[i] ?? 0) - q), 0);
  return product(one, m, other, n) / Math.sqrt(product(one, m, one, m) * product(other, n, other, n));
}

function between(value: number, [low, high]: readonly number[]): void {
  expect(value).toBeGreaterThanOrEqual(low ?? Number.NaN);
  expect(value).toBeLessThanOrEqual(high ?? Number.NaN);
}
