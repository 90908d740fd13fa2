import type { HourlyItem } from "../../src/domain/air/hours.ts";

/** An hour of a station as it was measured, and as it counts: without what is doubted. */
export type Measured = Values & { clean: Values; doubts: Partial<Record<HourlyItem, string>> | null };
type Values = Partial<Record<HourlyItem, number | null>>;
/** Hours of stations, by station and hour. */
export type Sky = ReadonlyMap<string, ReadonlyMap<number, Measured>>;

const ITEMS = ["PM2.5", "PM10", "O3", "NO2", "SO2", "CO"] as const;
const CLASSES = { "PM2.5": [75, 115, 150], PM10: [150, 250, 350], O3: [200, 300, 400] } as const;
const ABOVE = { "PM2.5": 30, PM10: 60 } as const;

/**
 * The anomalies of a station's air and data by the thresholds of the domain document, reckoned from all its hours at once: each hour is a
 * sign, and an anomaly is what a pattern finds in the line of them. `1`, `2`, `3`: its class; `.`: normal; `-`: nobody knows.
 */
export function reckoned(sky: Sky, station: string, [from, to]: readonly [number, number]): string[] {
  const own = sky.get(station) ?? new Map<number, Measured>();
  const at = (hour: number, item: HourlyItem) => own.get(hour)?.clean[item] ?? null;
  const found: string[] = [];
  const look = (rule: string, item: HourlyItem, begins: string, sign: (hour: number) => string) => {
    const line = Array.from({ length: to - from + 1 }, (_, i) => sign(from + i)).join("");
    const pattern = new RegExp(`(${begins})(-*\\.?-*[123])*(-*\\.-*\\.)?`, "g");
    for (const match of line.matchAll(pattern)) {
      const core = match[0].slice(0, match[0].length - (match[3]?.length ?? 0));
      const [first, last] = [from + match.index, from + match.index + core.length - 1];
      const peak = Math.max(...[...core].map((one) => Number(one) || 0));
      found.push(`${rule} ${item} ${first}-${last} ${core.at(-1)}/${peak} ${match[3] ? "over" : "on"}`);
    }
  };
  for (const item of ["PM2.5", "PM10", "O3"] as const)
    look("level", item, "11|1?[23]", (hour) => {
      const value = at(hour, item);
      return value === null
        ? "-"
        : ([".", "1", "2", "3"][CLASSES[item].filter((x) => value > x).length] ?? "");
    });
  for (const item of ["PM2.5", "PM10"] as const)
    look("neighbours", item, "11", (hour) => {
      const value = at(hour, item);
      if (value === null) return "-";
      if (value < ABOVE[item]) return ".";
      const others = [...sky].flatMap(([id, hours]) =>
        id === station ? [] : (hours.get(hour)?.clean[item] ?? []),
      );
      if (others.length < 3) return "-";
      others.sort((a, b) => a - b);
      const [low = 0, high = 0] = [
        others[Math.ceil(others.length / 2) - 1],
        others[Math.floor(others.length / 2)],
      ];
      const median = (low + high) / 2;
      return value > 1.5 * median && value - median >= ABOVE[item] ? "1" : ".";
    });
  look("surge", "PM2.5", "1", (hour) => {
    const [value, before] = [at(hour, "PM2.5"), at(hour - 2, "PM2.5")];
    return value === null ? "-" : before !== null && value - before >= 40 ? "1" : ".";
  });
  for (const item of ITEMS)
    look("doubt", item, "1", (hour) => {
      const measured = own.get(hour);
      return measured?.[item] == null ? "-" : measured.doubts?.[item] === undefined ? "." : "1";
    });
  return found.sort();
}
