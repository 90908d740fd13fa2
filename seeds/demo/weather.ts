import { persistent, randomStream } from "./random.ts";

/** The urban area's level of one day, before regions and stations differ: µg/m³, CO in tenths of mg/m³. */
export interface CityLevel {
  pm25: number;
  pm10: number;
  ozone: number;
  no2: number;
  so2: number;
  co: number;
}

// Monthly means of the plan's year and the year before it. February and March of the plan's year stand out: traffic and works
// stood still.
const pm25Months = [
  63, 54, 42, 37, 33, 27, 21, 19, 23, 31, 39, 58, 56, 38, 32, 35, 31, 25, 20, 18, 22, 31, 40, 59,
];
const ozoneMonths = [
  66, 78, 99, 129, 150, 151, 135, 139, 138, 110, 80, 62, 66, 84, 99, 122, 140, 141, 122, 128, 126, 103, 80,
  62,
];
const no2Months = [
  42, 34, 34, 30, 26, 22, 17, 18, 23, 31, 38, 42, 38, 20, 24, 28, 25, 21, 16, 17, 22, 30, 37, 41,
];
const so2Months = [11, 10, 10, 9, 9, 8, 8, 8, 9, 9, 10, 11, 9, 7, 8, 8, 8, 7, 7, 7, 8, 8, 9, 10];
const coMonths = [9, 8, 7, 6, 6, 6, 6, 6, 6, 6, 8, 9, 9, 7, 6, 6, 6, 5, 5, 5, 6, 6, 7, 9];
/** PM10 in percent of PM2.5. */
const coarseMonths = [150, 152, 162, 168, 170, 162, 160, 162, 168, 170, 162, 152];
/** How far ozone swings from day to day, µg/m³. */
const ozoneSpread = [12, 15, 20, 29, 34, 37, 36, 36, 31, 24, 16, 11];

/** A day's PM2.5 as a share of the month's level, by how still the air is (-3 windy … +3 stagnant): skewed, as in nature. */
const stillness = [0.26, 0.38, 0.59, 0.9, 1.44, 2.15, 2.9];

/**
 * The common weather of all stations. Days hang together (a stagnant day is followed by another),
 * and each month's PM2.5 and ozone average to the tables above whatever the seed. `dates` begin with a 1 January and run for
 * two years; `episode` fixes the city's PM2.5 of single days, µg/m³.
 */
export function cityLevels(
  seed: number,
  dates: readonly string[],
  episode: Readonly<Record<string, number>>,
): CityLevel[] {
  const monthIndex = monthsFrom(Number(dates[0]?.slice(0, 4)));
  const seasonal = (months: readonly number[], date: string) => inSeason(months, date, monthIndex(date));
  const air = persistent(randomStream(seed, "stillness"), 0.6, dates.length);
  const sun = persistent(randomStream(seed, "sunshine"), 0.55, dates.length);
  const coarse = persistent(randomStream(seed, "coarse"), 0.4, dates.length);
  const pm25 = toMonthlyMeans(
    dates,
    dates.map((date, i) => seasonal(pm25Months, date) * factorOf(at(air, i))),
    pm25Months,
    episode,
    monthIndex,
  );
  const ozone = toMonthlyMeans(
    dates,
    // Particles and ozone come together a little: both like still air.
    dates.map((date, i) => {
      const swing = at(ozoneSpread, monthIndex(date) % 12) * (0.97 * at(sun, i) + 0.24 * at(air, i));
      return seasonal(ozoneMonths, date) + swing;
    }),
    ozoneMonths,
    {},
    monthIndex,
  );
  return dates.map((date, i) => {
    const level = at(pm25, i);
    const still = level / seasonal(pm25Months, date);
    return {
      pm25: level,
      pm10: (level * at(coarseMonths, monthIndex(date) % 12) * (1 + 0.08 * at(coarse, i))) / 100,
      ozone: at(ozone, i),
      no2: seasonal(no2Months, date) * (0.6 + 0.4 * Math.min(still, 2.2)),
      so2: seasonal(so2Months, date) * (0.78 + 0.22 * Math.min(still, 2.2)),
      co: seasonal(coMonths, date) * (0.68 + 0.32 * Math.min(still, 2.5)),
    };
  });
}

function toMonthlyMeans(
  dates: readonly string[],
  raw: readonly number[],
  means: readonly number[],
  fixed: Readonly<Record<string, number>>,
  monthIndex: (date: string) => number,
): number[] {
  const wanted = means.map(() => 0);
  const found = means.map(() => 0);
  dates.forEach((date, i) => {
    const month = monthIndex(date);
    wanted[month] = at(wanted, month) + at(means, month) - (fixed[date] ?? 0);
    if (fixed[date] === undefined) found[month] = at(found, month) + at(raw, i);
  });
  return dates.map((date, i) => {
    const month = monthIndex(date);
    return fixed[date] ?? (at(raw, i) * at(wanted, month)) / at(found, month);
  });
}

/** The month's mean belongs to the 16th; between two 16ths the season moves in a straight line. */
function inSeason(months: readonly number[], date: string, month: number): number {
  const position = month + (Number(date.slice(8)) - 16) / 31;
  const before = Math.min(Math.max(Math.floor(position), 0), months.length - 1);
  const after = Math.min(Math.max(Math.floor(position) + 1, 0), months.length - 1);
  return at(months, before) + (at(months, after) - at(months, before)) * (position - Math.floor(position));
}

function factorOf(still: number): number {
  const position = Math.min(Math.max(still, -3), 2.999) + 3;
  const step = Math.floor(position);
  return at(stillness, step) + (at(stillness, step + 1) - at(stillness, step)) * (position - step);
}

/** Number of a date's month, 0 for January of the first year. */
function monthsFrom(firstYear: number): (date: string) => number {
  return (date) => (Number(date.slice(0, 4)) - firstYear) * 12 + Number(date.slice(5, 7)) - 1;
}

function at(values: readonly number[], i: number): number {
  const value = values[i];
  if (value === undefined) throw new Error(`Outside the two years of the demonstration (index ${i}).`);
  return value;
}
