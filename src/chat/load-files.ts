import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

/** What a file exports; of `D` is what it declares, its default export. */
export type LoadedFile<D> = {
  file: string;
  found: D | undefined;
  exports: Readonly<Record<string, unknown>>;
};

/** The paths of a folder's TypeScript files, in the order of their names. */
export async function filesIn(folder: string): Promise<string[]> {
  return (await readdir(folder))
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .map((file) => join(folder, file));
}

/**
 * Loads files, in their order. They are imported by one module made for it: with each `import()` Node goes through everything
 * that is imported from there, however often it has, and with one for each file that was a sixth of a start.
 */
export async function loadFiles<D>(paths: readonly string[]): Promise<LoadedFile<D>[]> {
  const lines = paths.map(
    (path, at) => `export * as _${at} from ${JSON.stringify(pathToFileURL(path).href)};`,
  );
  // Of what an address of ours holds a data: URL takes all but this as it stands.
  const all = await import(`data:text/javascript,${lines.join("").replaceAll("%", "%25")}`);
  return paths.map((path, at) => {
    const exports = all[`_${at}`] as { default?: D };
    return { file: basename(path), found: exports.default, exports };
  });
}
