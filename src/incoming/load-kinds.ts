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
      const heads = headsOf(one);
      if (mayNameAll(heads.map(fold), two) && !("refusal" in kindOf(heads, [two])))
        return `a table of kind "${one.id}" would be one of kind "${two.id}", too`;
    }
  }
  return null;
}

/** Whether all that a kind needs is in these folded heads by its letters: few pairs are, and reading heads takes far longer. */
function mayNameAll(heads: readonly string[], { columns, needs }: AnyImportKind): boolean {
  const names = [...columnsByName(columns as Record<string, Column>)];
  return needs.every((group) =>
    names.some(
      ([name, column]) => [group].flat().includes(column) && heads.some((head) => head.includes(name)),
    ),
  );
}

const headsOf = ({ columns }: AnyImportKind) =>
  Object.values(columns as Record<string, Column>).map(columnTitle);
