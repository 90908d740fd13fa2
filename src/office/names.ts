import { createRequire } from "node:module";
import { distance } from "fastest-levenshtein";
import type * as PinyinPro from "pinyin-pro";
import type { Department, Measure, Region } from "../domain/plan/pack.ts";
import type { Office, Place } from "./office.ts";

/** Everything of the plan that people call by name. */
export type Names = {
  /** All regions that bear or bore exactly this name. */
  place(name: string): Place | null;
  department(name: string): Department | null;
  /** A measure by number: `16`, `第16条`, `S1`, `支撑一`. */
  measure(text: string): Measure | null;
  /** The longest region name at the start of a text, with what follows it: `海安5月`. */
  placeAtStart(text: string): { place: Place; rest: string } | null;
  /** The known names nearest to a mistaken one, best first: by spelling or by sound. */
  nearest(wrong: string, among: Iterable<string>): string[];
  placeNames: readonly string[];
  departmentNames: readonly string[];
};

export function namesOf(office: Office): Names {
  const places = new Map<string, Region[]>();
  for (const region of office.pack.regions) {
    for (const name of new Set([region.short, region.name, ...region.aliases])) {
      places.set(name, [...(places.get(name) ?? []), region]);
    }
  }
  const departments = new Map<string, Department>();
  for (const department of office.pack.departments) {
    for (const name of [department.short, department.name, ...department.aliases])
      departments.set(name, department);
  }
  // 通州 is a district, 通州湾 another region: the longest name must win.
  const longestFirst = [...places.keys()].sort((a, b) => b.length - a.length);
  const place = (name: string): Place | null => {
    const regions = places.get(name);
    if (regions === undefined) return null;
    const own = regions.filter((r) => r.short === name || r.name === name);
    return { short: (own[0] ?? regions[0])?.short ?? name, regions };
  };
  return {
    place,
    department: (name) => departments.get(name) ?? null,
    measure(text) {
      const support = text.match(/^支撑(?:体系)?([一二三四1-4])$/)?.[1];
      const no = support
        ? `S${"一二三四".indexOf(support) + 1 || support}`
        : text.match(/^第?([Ss]?\d{1,2})[条项]?$/)?.[1]?.toUpperCase();
      return (no !== undefined && office.measure(no)) || null;
    },
    placeAtStart(text) {
      const name = longestFirst.find((n) => text.startsWith(n));
      const found = name === undefined ? null : place(name);
      return found && name ? { place: found, rest: text.slice(name.length) } : null;
    },
    nearest,
    placeNames: [...new Set(office.pack.regions.filter((r) => r.kind !== "city").map((r) => r.short))],
    departmentNames: office.pack.departments.map((d) => d.short),
  };
}

function nearest(wrong: string, among: Iterable<string>): string[] {
  const sound = soundOf(wrong);
  const scored = [...among].map((name) => {
    const letters = distance(wrong, name);
    // A homophone (海按 for 海安) is the likeliest slip of a pinyin keyboard, nearer than any one-letter difference.
    const score = soundOfName(name) === sound ? 0.5 : letters;
    return {
      name,
      score,
      near: score <= Math.max(1, Math.floor(name.length / 2)) && score < Math.max(wrong.length, name.length),
    };
  });
  const near = scored
    .filter((candidate) => candidate.near)
    .sort((a, b) => a.score - b.score || a.name.length - b.name.length);
  // A homophone is so likely that other guesses beside it would only confuse.
  const sure = near.filter((candidate) => candidate.score < 1);
  return (sure.length > 0 ? sure : near).slice(0, 3).map((candidate) => candidate.name);
}

/** The dictionary of sounds takes longer to load than most answers take, and few of them ask for it. */
const sounds = () => createRequire(import.meta.url)("pinyin-pro") as typeof PinyinPro;

/** The first letters of a name's sounds: 南通 gives NT. */
export function initialsOf(name: string): string {
  return sounds().pinyin(name, { pattern: "first", toneType: "none", type: "array" }).join("").toUpperCase();
}

function soundOf(text: string): string {
  return sounds().pinyin(text, { toneType: "none", type: "array" }).join(" ");
}

/** How the office's own names sound: looking it up costs a hundred times as much as comparing two names. */
const heard = new Map<string, string>();

function soundOfName(name: string): string {
  const known = heard.get(name);
  if (known !== undefined) return known;
  const sound = soundOf(name);
  heard.set(name, sound);
  return sound;
}
