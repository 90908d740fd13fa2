import type { PlanPack } from "../domain/plan/pack.ts";
import type { LedgerWord } from "../domain/plan/pack-ledger.ts";
import { PLAN_SOURCES } from "../domain/plan/pack-sources.ts";
import type { Office } from "./office.ts";

const FINISHED = "已销号";
const OPEN = "未销号";
/** The end of the name of a unit that its county has to see to. */
const OF_COUNTY = "县区单位";

/** What a word of ledgers may mean: a kind of problem, a source of the plan, a state on paper, or a unit of the county. */
export const meaningsOf = (pack: PlanPack): readonly string[] => columnsOf(pack).flat();

const columnsOf = ({ settings }: PlanPack): readonly (readonly string[])[] => [
  settings.issues.categories.map(({ name }) => name),
  PLAN_SOURCES,
  [FINISHED, OPEN],
  [OF_COUNTY],
];

/** What else ledgers call one of these. */
export function calledSo(means: string, { settings }: PlanPack): readonly string[] {
  const { categories, ledger } = settings.issues;
  if (means === FINISHED) return ledger.finished;
  if (means === OPEN) return ledger.open;
  if (means === OF_COUNTY) return ledger.countyUnits;
  const source = PLAN_SOURCES.find((name) => name === means);
  return source === undefined
    ? (categories.find(({ name }) => name === means)?.also ?? [])
    : (ledger.sources[source] ?? []);
}

/** What a word means already, among those of one column of a ledger: there it means one thing. */
export function alreadyMeans(word: string, means: string, pack: PlanPack): string | null {
  const same = (one: string) => folded(one) === folded(word);
  const column = columnsOf(pack).find((names) => names.includes(means)) ?? [];
  return column.find((name) => [name, ...calledSo(name, pack)].some(same)) ?? null;
}

/** The office with words that it has added to those of its plan pack. */
export function withLedgerWords(office: Office, words: readonly LedgerWord[]): Office {
  const { settings } = office.pack;
  const { categories, ledger } = settings.issues;
  const meaning = (name: string, before: readonly string[] = []) => [
    ...before,
    ...words.flatMap(({ word, means }) => (means === name ? [word] : [])),
  ];
  const issues = {
    ...settings.issues,
    categories: categories.map((one) => ({ ...one, also: meaning(one.name, one.also) })),
    ledger: {
      finished: meaning(FINISHED, ledger.finished),
      open: meaning(OPEN, ledger.open),
      countyUnits: meaning(OF_COUNTY, ledger.countyUnits),
      sources: Object.fromEntries(PLAN_SOURCES.map((name) => [name, meaning(name, ledger.sources[name])])),
    },
  };
  return { ...office, pack: { ...office.pack, settings: { ...settings, issues } } };
}

const folded = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/\s/g, "");
