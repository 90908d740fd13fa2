import { join } from "node:path";
import { type AnyAction, actionsNamed } from "../chat/action.ts";
import type { AnyCommand, IssuedKind, Schedule } from "../chat/command.ts";
import type { AnyImportKind } from "../chat/import.ts";
import { filesIn, loadFiles } from "../chat/load-files.ts";
import { mechanismsOf } from "../chat/mechanism.ts";
import { type AnyPaper, papersNamed } from "../chat/paper.ts";
import type { Platform, Platforms } from "../chat/platform.ts";
import { wordsSaid } from "../chat/says.ts";
import type { AnyLongAction } from "./long-action.ts";

/** Everything that is declared. A file in its folder is a command, a job, a kind of import or a platform; nothing is listed twice. */
export type Registry = {
  commands: readonly AnyCommand[];
  actions: ReadonlyMap<string, AnyAction>;
  papers: ReadonlyMap<string, AnyPaper>;
  schedules: readonly Schedule[];
  imports: readonly AnyImportKind[];
  /** The kinds of paper that the office issues. */
  officialPapers: readonly IssuedKind[];
  /** Buttons whose work takes transactions of its own. */
  longActions: ReadonlyMap<string, AnyLongAction>;
  platforms: Platforms;
};

/** What stands in `commands/` and `schedules/`. */
type Declared = Omit<Registry, "imports" | "officialPapers" | "longActions">;

const root = join(import.meta.dirname, "../..");

/**
 * What `commands/` and `schedules/` declare; `platforms` are what people may come from.
 * @throws Error naming the file that declares nothing, or the name used twice.
 */
export async function loadRegistry(platforms: readonly Platform[] = []): Promise<Declared> {
  const commands: AnyCommand[] = [];
  const actions = new Map<string, AnyAction>();
  const papers = new Map<string, AnyPaper>();
  for (const { file, found, exports } of await loadFiles<AnyCommand>(await filesIn(join(root, "commands")))) {
    if (!found || !["command", "change", "welcome"].includes(found.kind))
      throw new Error(`commands/${file} exports no command`);
    if (commands.some((c) => c.name === found.name))
      throw new Error(`command name "${found.name}" is used twice`);
    commands.push(found);
    for (const exported of Object.values(exports).flat()) {
      const declared = exported as AnyAction | AnyPaper;
      if (declared?.kind !== "action" && declared?.kind !== "paper") continue;
      const among: Map<string, unknown> = declared.kind === "action" ? actions : papers;
      if (among.has(declared.name)) throw new Error(`${declared.kind} name "${declared.name}" is used twice`);
      among.set(declared.name, declared);
    }
  }
  const schedules: Schedule[] = [];
  for (const { file, found } of await loadFiles<Schedule>(await filesIn(join(root, "schedules")))) {
    if (found?.kind !== "schedule") throw new Error(`schedules/${file} exports no schedule`);
    schedules.push(found);
  }
  const registry = {
    commands,
    actions,
    papers,
    schedules,
    platforms: new Map(platforms.map((p) => [p.name, p])),
  };
  const faults = danglingIn(registry);
  if (faults.length > 0) throw new Error(faults.join("; "));
  return registry;
}

/** What is named somewhere and exists nowhere: a button that would answer that it is out of use, a file that nobody makes. */
function danglingIn({ commands, actions, papers, schedules }: Declared): string[] {
  const words = new Set(commands.flatMap((command) => command.words));
  return [
    // Chat platforms know no other names of commands.
    ...commands
      .filter(({ name }) => !/^[a-z]{2,20}$/.test(name))
      .map(({ name }) => `the command "${name}" is not named by 2 to 20 letters a to z`),
    ...[...commands, ...schedules].flatMap((one) =>
      mechanismsOf(one)
        .filter((id) => !/^[a-z][a-z0-9-]*$/.test(id))
        .map((id) => `"${one.name}" runs "${id}", which is no id of a mechanism`),
    ),
    ...[...wordsSaid].filter((word) => !words.has(word)).map((word) => `buttons say "${word}" to no command`),
    ...[...actionsNamed]
      .filter((name) => !actions.has(name))
      .map((name) => `no file in commands/ exports the action "${name}"`),
    ...[...papersNamed]
      .filter((name) => !papers.has(name))
      .map((name) => `no file in commands/ exports the paper "${name}"`),
  ];
}
