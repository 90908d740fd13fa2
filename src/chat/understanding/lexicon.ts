import type { Names } from "../../office/names.ts";
import type { Office } from "../../office/office.ts";
import { roleNames } from "../access.ts";
import { argsOf } from "../args.ts";
import type { AnyCommand } from "../command.ts";
import type { Meaning } from "./piece.ts";
import { COURTESIES, FILLERS, ORDERLY, URGENCIES } from "./small-words.ts";

/** The words of an office by their first character, longest first: its plan's names and what its commands declare. */
export type Lexicon = ReadonlyMap<string, readonly Entry[]>;
export type Entry = { word: string; meanings: readonly Meaning[] };

const OWN = {
  county: "我县 我区 我市 本县 本区 本市 我们县 我们区 我们市 咱们县 咱县 咱区 我地区 本地区 本辖区 我辖区",
  department: "我局 我委 本局 本委 我们局 我们委 咱们局 我单位 本单位 我部门 本部门 我们部门 我们单位",
  any: "我 我们 咱们 咱 我的 我们的 自己 自己的 我方 我们这 我这 我这边 我们这边",
} as const;
const EVERYWHERE =
  "各县区 各县 各区 各县市区 各县（市、区） 县市区 各地 各地区 所有县区 全部县区 所有县 各市县 各县区的 每个县";

const made = new WeakMap<readonly AnyCommand[], WeakMap<Office, Lexicon>>();

/** The lexicon of an office and its commands; made once. */
export function lexiconOf(commands: readonly AnyCommand[], office: Office, names: Names): Lexicon {
  const of = made.get(commands) ?? new WeakMap<Office, Lexicon>();
  made.set(commands, of);
  const known = of.get(office) ?? makeLexicon(commands, office, names);
  of.set(office, known);
  return known;
}

function makeLexicon(commands: readonly AnyCommand[], office: Office, names: Names): Lexicon {
  const words = new Map<string, Meaning[]>();
  const add = (word: string, meaning: Meaning) => {
    const key = word.toLowerCase();
    words.set(key, [...(words.get(key) ?? []), meaning]);
  };
  const addAll = (said: string | readonly string[], meaning: Meaning) => {
    for (const word of typeof said === "string" ? said.split(" ") : said) add(word, meaning);
  };
  for (const { kind, short, name, aliases } of office.pack.regions)
    for (const said of new Set([short, name, ...aliases])) addPlace(said, kind === "city");
  for (const department of office.pack.departments)
    for (const said of new Set([department.short, department.name, ...department.aliases]))
      add(said, { kind: "department", department });
  for (const { name } of office.pack.settings.issues.categories) add(name, { kind: "category", name });
  for (const whose of ["county", "department", "any"] as const)
    addAll(OWN[whose], { kind: "own", of: whose });
  addAll(EVERYWHERE, { kind: "everywhere", all: true });
  addAll(Object.values(roleNames), { kind: "who" });
  addAll(COURTESIES, { kind: "courtesy" });
  addAll(FILLERS, { kind: "filler" });
  addAll(ORDERLY, { kind: "orderly" });
  addAll(URGENCIES, { kind: "urgency" });
  for (const word of new Set(commands.flatMap(({ args }) => argsOf(args).flatMap(([, m]) => m.beside ?? []))))
    add(word, { kind: "part" });
  for (const choice of new Set(commands.flatMap(choicesOf))) add(choice, { kind: "choice" });
  const named = by(commands, ({ words, sharedWords }) => [...words, ...(sharedWords?.words ?? [])]);
  const hinted = by(commands, (command) => command.hints ?? []);
  for (const word of new Set([...named.keys(), ...hinted.keys()]))
    add(word, {
      kind: "command",
      named: named.get(word) ?? new Set(),
      hinted: hinted.get(word) ?? new Set(),
    });
  const entries = [...words].map(([word, meanings]) => ({ word, meanings }));
  const longestFirst = entries.sort((a, b) => b.word.length - a.word.length);
  return Map.groupBy(longestFirst, ({ word }) => word[0] ?? "");

  function addPlace(said: string, isCity: boolean) {
    const place = names.place(said);
    if (isCity) add(said, { kind: "everywhere", all: false });
    else if (place !== null && !words.get(said.toLowerCase())?.some((m) => m.kind === "county")) {
      add(said, { kind: "county", place });
      const plain = said.replace(/[市县区]$/, "");
      for (const office of ["市政府", "县政府", "区政府", "政府", "市委", "县委", "区委", "管委会"])
        if (plain.length > 1 || office === "政府")
          add(`${office.length > 2 ? plain : said}${office}`, { kind: "county", place });
    }
  }
}

function choicesOf({ args }: AnyCommand): string[] {
  return argsOf(args).flatMap(([, meta]) =>
    meta.formOnly ? [] : [...Object.keys(meta.choices ?? {}), ...Object.keys(meta.says ?? {})],
  );
}

function by(commands: readonly AnyCommand[], words: (command: AnyCommand) => readonly string[]) {
  const found = new Map<string, Set<string>>();
  for (const command of commands)
    for (const word of words(command)) {
      const key = word.toLowerCase();
      found.set(key, (found.get(key) ?? new Set()).add(command.name));
    }
  return found;
}
