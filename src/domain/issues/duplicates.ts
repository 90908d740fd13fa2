import { CONCEPTS, type Concept, EMPTY_WORDS } from "./problem-words.ts";

/** What is known of a problem when it is looked for among others of its county. */
export type Described = { title: string; town: string | null; place: string | null };

/** Two sites are one from this share of the shorter name's pairs of characters: 东城花园 and 东城花园二期. */
export const SAME_PLACE = 0.6;
/** Two problems are one from this likeness (Dice) of what they speak of: 裸土未覆盖 and 裸露土方没有苫盖. */
export const SAME_PROBLEM = 0.5;
/** Likeness of the whole texts where what they speak of isn't known. */
export const SAME_TEXT = 0.6;
/** The same where neither names a site: “工地裸土未覆盖” may be anywhere, so the words have to agree. */
export const SAME_TEXT_ANYWHERE = 0.8;

/** A description taken apart: made once, compared often. */
export type Profile = {
  pairs: ReadonlyMap<string, number>;
  text: string;
  town: string;
  /** Pairs of characters of the place as it was named, and of everything in place and title that names one. */
  place: ReadonlySet<string>;
  site: ReadonlySet<string>;
  /** Numbers of houses, sections, phases: 3号 and 5号 are two places. */
  numbers: ReadonlyMap<string, ReadonlySet<string>>;
  concepts: ReadonlySet<string>;
  /** Duties that the text says are neglected, and those that it says are done. */
  neglected: ReadonlySet<string>;
  kept: ReadonlySet<string>;
};

/** Takes a description apart. Punctuation, width, case and the way of writing a number or a “not” make no difference. */
export function profileOf({ title, town, place }: Described): Profile {
  const text = canonical(title);
  const inTown = town === null ? "" : canonical(town).replace(/(镇|街道|乡)$/, "");
  const { rest, concepts, neglected, kept } = takeApart(text);
  const named = place === null ? [] : withoutFillers(canonical(place));
  const around = rest
    .flatMap(withoutFillers)
    .map((part) => (inTown === "" ? part : part.replace(inTown, "").replace(/^(镇|街道|乡)/, "")));
  const site = [...named, ...around];
  return {
    pairs: countPairs(text),
    text,
    town: inTown,
    place: new Set(named.flatMap(pairsOf)),
    site: new Set(site.flatMap(pairsOf)),
    numbers: numbersOf(site),
    concepts,
    neglected,
    kept,
  };
}

/**
 * How alike two descriptions' texts are: Dice over pairs of neighbouring characters, 0 to 1. Symmetric; 1 for the same text,
 * whatever its punctuation and width.
 */
export function likeness(a: Profile, b: Profile): number {
  if (a.text === b.text) return 1;
  let [shared, total] = [0, 0];
  for (const [pair, n] of a.pairs) {
    shared += Math.min(n, b.pairs.get(pair) ?? 0);
    total += n;
  }
  for (const n of b.pairs.values()) total += n;
  return total === 0 ? 0 : (2 * shared) / total;
}

/**
 * Whether two problems of one county and one time may be the same: one site and one matter, however it is worded. Symmetric.
 * `near`: both say where they are, and that is one place, whatever each calls it. A suspicion only, for a person to decide.
 * Source: our own rule (the issue ledger asks for “same place, similar text”).
 */
export function isSuspected(a: Profile, b: Profile, near = false): boolean {
  if (contradict(a, b) || contradict(b, a)) return false;
  if (!near) {
    if (a.town !== "" && b.town !== "" && a.town !== b.town) return false;
    if (a.site.size === 0 && b.site.size === 0) return likeness(a, b) >= SAME_TEXT_ANYWHERE;
    // Where both name their place in words of its own, the title's words say nothing better.
    const both = a.place.size > 0 && b.place.size > 0;
    const [here, there] = both ? [a.place, b.place] : [a.site, b.site];
    if (overlap(here, there) < SAME_PLACE || differ(a.numbers, b.numbers)) return false;
  }
  return a.concepts.size > 0 && b.concepts.size > 0
    ? dice(a.concepts, b.concepts) >= SAME_PROBLEM
    : likeness(a, b) >= SAME_TEXT;
}

/**
 * Whether two problems of one county lie at one place, whatever they are of. A place that a title alone names has to be named
 * in three signs at least: two are in every other title. Symmetric.
 */
export function isSamePlace(a: Profile, b: Profile): boolean {
  if (a.town !== "" && b.town !== "" && a.town !== b.town) return false;
  const both = a.place.size > 0 && b.place.size > 0;
  const [here, there] = both ? [a.place, b.place] : [a.site, b.site];
  const least = both ? 1 : 2;
  if (Math.min(here.size, there.size) < least) return false;
  return overlap(here, there) >= SAME_PLACE && !differ(a.numbers, b.numbers);
}

/** One says that a duty is neglected, the other only that it is kept: 喷淋未开启 and 喷淋已开启. */
const contradict = (a: Profile, b: Profile): boolean =>
  [...a.neglected].some((duty) => b.kept.has(duty) && !b.neglected.has(duty));

const NUMERALS = new Map([..."〇零一二三四五六七八九"].map((sign, at) => [sign, `${Math.max(0, at - 1)}`]));

/** Letters and digits only, half width, lower case, numerals as digits, every “not” as 未. */
function canonical(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "")
    .replace(/[〇零一二三四五六七八九]/g, (sign) => NUMERALS.get(sign) ?? sign)
    .replace(/缺少|缺乏|没有|[没无不]/g, "未");
}

/** Every word of a concept as it stands in a canonical text, the longest first. */
const CONCEPT_OF = new Map<string, Concept>(
  CONCEPTS.flatMap((concept) => concept.words.map((word) => [canonical(word), concept] as const)),
);
const longestFirst = [...CONCEPT_OF.keys()].toSorted((a, b) => b.length - a.length);
const WORD = new RegExp(longestFirst.join("|"), "g");
const FILLER = new RegExp(EMPTY_WORDS.map(canonical).join("|"));

const NEGLECTED_BEFORE = /未.{0,4}$/;
/** 喷淋设施未开启, 覆盖未到位, 雾炮损坏. */
const NEGLECTED_AFTER = /^(设施|设备|系统|装置|措施|频次|作业)?.{0,2}?(未|破损|损坏|缺失|故障|闲置|停)/;

/** The concepts of a text, and what is left of it between their words. */
function takeApart(text: string) {
  const found = [...text.matchAll(WORD)];
  const ends = found.map((match) => match.index + match[0].length);
  const rest = [...found.map((match) => match.index), text.length].map((start, at) =>
    text.slice(ends[at - 1] ?? 0, start),
  );
  const concepts = new Set<string>();
  const neglected = new Set<string>();
  const kept = new Set<string>();
  for (const [at, [word]] of found.entries()) {
    const { name, duty } = CONCEPT_OF.get(word) as Concept;
    concepts.add(name);
    if (!duty) continue;
    const fails = NEGLECTED_BEFORE.test(rest[at] ?? "") || NEGLECTED_AFTER.test(rest[at + 1] ?? "");
    (fails ? neglected : kept).add(name);
  }
  return { rest, concepts, neglected, kept };
}

const withoutFillers = (text: string): string[] => text.split(FILLER).filter((part) => part !== "");

const pairsOf = (text: string): string[] =>
  Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));

function countPairs(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const pair of pairsOf(text)) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  return counts;
}

/** Numbers by what they count, which is the sign behind them: 3号 under 号. Only what numbers a place. */
function numbersOf(parts: readonly string[]): Map<string, Set<string>> {
  const numbers = new Map<string, Set<string>>();
  for (const part of parts)
    for (const [, number = "", counted = ""] of part.matchAll(
      /(?<![a-z\d])(\d+)([号期栋幢楼标段组村街路站])/g,
    ))
      numbers.set(counted, (numbers.get(counted) ?? new Set()).add(number));
  return numbers;
}

const differ = (
  a: ReadonlyMap<string, ReadonlySet<string>>,
  b: ReadonlyMap<string, ReadonlySet<string>>,
): boolean => [...a].some(([counted, numbers]) => b.get(counted)?.isDisjointFrom(numbers) ?? false);

/** Share of the smaller set that the other has too. */
const overlap = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
  a.size === 0 || b.size === 0 ? 0 : a.intersection(b).size / Math.min(a.size, b.size);

const dice = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
  (2 * a.intersection(b).size) / (a.size + b.size);
