import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AnyAction } from "./action.ts";
import type { AnyCommand } from "./command.ts";
import type { Schedule } from "./schedule.ts";

/** Everything that `commands/` and `schedules/` declare. A file there is a command or a job; nothing is listed twice. */
export type Registry = {
  commands: readonly AnyCommand[];
  actions: ReadonlyMap<string, AnyAction>;
  schedules: readonly Schedule[];
};

const root = join(import.meta.dirname, "../..");

/** Loads every file of both folders. @throws Error naming the file that declares nothing, or the name used twice. */
export async function loadRegistry(): Promise<Registry> {
  const commands: AnyCommand[] = [];
  const actions = new Map<string, AnyAction>();
  for (const [file, exports] of await modulesOf("commands")) {
    const found = exports.default as AnyCommand | undefined;
    if (!found || !["command", "change", "welcome"].includes(found.kind))
      throw new Error(`commands/${file} exports no command`);
    if (commands.some((c) => c.name === found.name))
      throw new Error(`command name "${found.name}" is used twice`);
    commands.push(found);
    for (const exported of Object.values(exports)) {
      const action = exported as AnyAction;
      if (action?.kind !== "action") continue;
      if (actions.has(action.name)) throw new Error(`action name "${action.name}" is used twice`);
      actions.set(action.name, action);
    }
  }
  const schedules: Schedule[] = [];
  for (const [file, exports] of await modulesOf("schedules")) {
    const found = exports.default as Schedule | undefined;
    if (found?.kind !== "schedule") throw new Error(`schedules/${file} exports no schedule`);
    schedules.push(found);
  }
  return { commands, actions, schedules };
}

async function modulesOf(folder: string): Promise<[string, Record<string, unknown>][]> {
  const files = (await readdir(join(root, folder))).filter((file) => file.endsWith(".ts")).sort();
  return Promise.all(
    files.map(
      async (file) =>
        [file, await import(pathToFileURL(join(root, folder, file)).href)] as [
          string,
          Record<string, unknown>,
        ],
    ),
  );
}
