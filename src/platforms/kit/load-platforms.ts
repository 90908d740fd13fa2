import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { loadFiles } from "../../chat/load-files.ts";
import type { Platform } from "../../chat/platform.ts";
import { type AnyProvider, isProvider } from "./chat-platform.ts";

const PUSHES: readonly unknown[] = ["everybody", "linked", "nobody"] satisfies Platform["pushes"][];

/** What of a platform isn't there or isn't as it has to be; null where all is. */
function lackIn({ kind, name, words, pushes }: Partial<Platform>): string | null {
  if (kind !== "platform") return "kind";
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(name ?? "")) return "name";
  if (!words?.name) return "words.name";
  return PUSHES.includes(pushes) ? null : "pushes";
}

/**
 * The platforms that the folders of a folder declare, each in its `provider.ts`, by name.
 * @throws Error naming the folder that declares none, isn't called like its platform, or reads a variable of another one.
 */
export async function loadPlatforms(folder: string): Promise<readonly (Platform | AnyProvider)[]> {
  const names = (await readdir(folder)).filter((name) => existsSync(join(folder, name, FILE))).sort();
  const files = await loadFiles<Platform | AnyProvider>(names.map((name) => join(folder, name, FILE)));
  const platforms = files.map(({ found }, at) => {
    const name = names[at];
    const lack = lackIn(found ?? {});
    if (found === undefined || lack !== null)
      throw new Error(`${name}/${FILE} declares no platform: ${lack}`);
    if (found.name !== name)
      throw new Error(`${name}/${FILE}: it is called "${found.name}", unlike its folder`);
    return found;
  });
  const readers = new Map<string, string>();
  for (const platform of platforms.filter(isProvider))
    for (const variable of Object.keys(platform.settings.in.shape)) {
      const other = readers.get(variable);
      if (other !== undefined) throw new Error(`${variable} is read by ${other} and ${platform.name}`);
      readers.set(variable, platform.name);
    }
  return platforms;
}

const FILE = "provider.ts";
