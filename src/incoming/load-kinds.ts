import { join } from "node:path";
import type { AnyImportKind, Column } from "../chat/import.ts";
import { filesIn, loadFiles } from "../chat/load-files.ts";
import { columnsByName, columnTitle, fold } from "../intake/column-names.ts";
import { kindOf } from "../intake/kind.ts";
import { isUnit } from "../intake/units.ts";

/** Where the kinds of import stand. A file there is a kind; nothing is listed twice. */
export const kindsFolder = join(import.meta.dirname, "kinds");

const folders = new WeakMap<readonly AnyImportKind[], readonly string[]>();

/** The folders that these kinds were loaded from, so that a thread can load the same. */
export const foldersOf = (kinds: readonly AnyImportKind[]): readonly string[] =>
  folders.get(kinds) ?? [kindsFolder];

/**
 * The kinds of import that folders declare, one file each.
 * @throws Error naming the file that declares none or none that is sound, and a table that could be of two kinds.
 */
export async function loadKinds(from: readonly string[]): Promise<readonly AnyImportKind[]> {
  const kinds: AnyImportKind[] = [];
  const files = (await Promise.all(from.map(filesIn))).flat();
  for (const { file, found } of await loadFiles<AnyImportKind>(files)) {
    if (found?.kind !== "import") throw new Error(`${file} exports no kind of import`);
    const fault = faultOf(found, file) ?? likeAnother(found, kinds);
    if (fault !== null) throw new Error(`kind of import ${file}: ${fault}`);
    kinds.push(found);
  }
  folders.set(kinds, from);
  return kinds;
}

function faultOf({ id, who, columns, needs }: AnyImportKind, file: string): string | null {
  if (file !== `${id}.ts`) return `its id is "${id}", and names its file`;
  if (who.length === 0) return "nobody may bring it in";
  try {
    columnsByName(columns);
  } catch (error) {
    return (error as Error).message;
  }
  for (const [name, { unit, filled }] of Object.entries(columns as Record<string, Column>)) {
    if (unit !== undefined && !isUnit(unit)) return `the unit "${unit}" of its column "${name}" is unknown`;
    if (filled === true && !needs.includes(name))
      return `its column "${name}" has to be filled, and a file may come without it`;
  }
  return null;
}

/** A table with all columns of one kind must not be one of another kind. */
function likeAnother(kind: AnyImportKind, others: readonly AnyImportKind[]): string | null {
  for (const other of others) {
    if (other.id === kind.id) return `its id "${kind.id}" is used twice`;
    for (const [one, two] of [
      [kind, other],
      [other, kind],
    ] as const) {
      const { titles, letters } = headsOf(one);
      if (mayNameAll(letters, two) && !("refusal" in kindOf(titles, [two])))
        return `a table of kind "${one.id}" would be one of kind "${two.id}", too`;
    }
  }
  return null;
}

/** Whether all that a kind needs is in these heads by its letters: few pairs are, and reading heads takes far longer. */
function mayNameAll(letters: string, { columns, needs }: AnyImportKind): boolean {
  const names = columnsByName(columns as Record<string, Column>);
  return needs.every((group) => {
    for (const [name, column] of names)
      if ((Array.isArray(group) ? group.includes(column) : group === column) && letters.includes(name))
        return true;
    return false;
  });
}

type HeadsOfKind = { titles: readonly string[]; letters: string };
const headsKept = new WeakMap<AnyImportKind, HeadsOfKind>();

/** A kind's own heads, and their letters in lines: made once, since each kind is held against all others. */
function headsOf(kind: AnyImportKind): HeadsOfKind {
  const known = headsKept.get(kind);
  if (known !== undefined) return known;
  const titles = Object.values(kind.columns as Record<string, Column>).map(columnTitle);
  const heads = { titles, letters: titles.map(fold).join("\n") };
  headsKept.set(kind, heads);
  return heads;
}
