import { chmodSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Everything below a folder that anybody but its owner may look into, with its rights. */
export function openToOthers(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap(({ parentPath, name }) => {
    const path = join(parentPath, name);
    const mode = statSync(path).mode & 0o777;
    return (mode & 0o077) === 0 ? [] : [`${path.slice(folder.length + 1)} ${mode.toString(8)}`];
  });
}

/** Shuts all that lies there by now. */
export function shut(folder: string): void {
  for (const { parentPath, name } of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(parentPath, name);
    chmodSync(path, statSync(path).mode & 0o700);
  }
}
