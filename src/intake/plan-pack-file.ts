import { readFile } from "node:fs/promises";
import type { Document } from "yaml";
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import type { PackFault } from "./plan-pack-error.ts";

export type Path = readonly (string | number)[];

/** One YAML file of a pack, with its faults so far. `data` is undefined when it could not be read as YAML. */
export type PackFile = {
  label: string;
  data: unknown;
  faults: PackFault[];
  lineOf(path: Path): number;
  fault(path: Path, message: string): void;
};

/** A record that fits its schema, and where it stands. */
export type PackRecord<T> = { value: T; path: Path };

export async function readPackFile(path: string, label: string, root: string): Promise<PackFile> {
  const faults: PackFault[] = [];
  const unreadable = (message: string): PackFile => {
    faults.push({ file: label, line: 1, field: fieldName(root, []), message });
    return { label, data: undefined, faults, lineOf: () => 1, fault: () => {} };
  };

  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      return unreadable("the file is missing; every pack needs it");
    return unreadable(`the file cannot be read: ${(error as Error).message}`);
  }

  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  for (const error of doc.errors) {
    const duplicate = error.code === "DUPLICATE_KEY";
    faults.push({
      file: label,
      line: lineAt(error.pos[0]),
      field: fieldName(root, duplicate ? keyPathAt(doc.contents, error.pos[0]) : []),
      message: duplicate ? "duplicate key; keep one of the two" : `broken YAML: ${error.message}`,
    });
  }

  const lineOf = (path: Path) => lineAt(offsetOf(doc, path));
  const fault = (path: Path, message: string) =>
    void faults.push({ file: label, line: lineOf(path), field: fieldName(root, path), message });
  // A repeated key leaves the rest readable; any other YAML error makes what follows unreliable.
  const broken = doc.errors.some((error) => error.code !== "DUPLICATE_KEY");
  const data = broken ? undefined : contentsOf(doc, (message) => fault([], `broken YAML: ${message}`));
  return { label, data, faults, lineOf, fault };
}

/** The records of the list at `path` that fit the schema; the others become faults of the file. */
export function checkList<S extends z.ZodType>(
  file: PackFile,
  path: Path,
  schema: S,
): PackRecord<z.infer<S>>[] {
  const items = valueAt(file.data, path);
  if (file.data === undefined) return [];
  if (!Array.isArray(items)) {
    file.fault(path, "expected a list; start each record with “- ”");
    return [];
  }
  return items.flatMap((item, index) => checkValue(file, [...path, index], item, schema));
}

/** The map that a file holds as a whole, or nothing when it has faults. */
export function checkMap<S extends z.ZodType>(file: PackFile, schema: S): PackRecord<z.infer<S>>[] {
  return file.data === undefined ? [] : checkValue(file, [], file.data, schema);
}

export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) => (value as Record<string | number, unknown> | null | undefined)?.[step],
    data,
  );
}

function checkValue<S extends z.ZodType>(
  file: PackFile,
  path: Path,
  value: unknown,
  schema: S,
): PackRecord<z.infer<S>>[] {
  const result = schema.safeParse(value);
  if (result.success) return [{ value: result.data, path }];
  for (const issue of result.error.issues) {
    const at = [...path, ...(issue.path as (string | number)[])];
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys)
        file.fault([...at, key], "unknown key; remove it or correct its spelling");
    } else {
      file.fault(at, explain(issue, valueAt(file.data, at)));
    }
  }
  return [];
}

function explain(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === "invalid_union") {
    const kinds = issue.errors
      .flat()
      .flatMap((inner) => ("expected" in inner ? [String(inner.expected)] : []));
    return value === undefined ? `missing; expected ${kinds.join(" or ")}` : `expected ${kinds.join(" or ")}`;
  }
  const message = issue.message.replace(/^Invalid (input|option): /, "");
  if (value === undefined) return `missing; ${message.replace(/, received undefined$/, "")}`;
  if (message === "expected string, received number") return `${message}; put it in quotes`;
  return message;
}

function contentsOf(doc: Document, complain: (message: string) => void): unknown {
  try {
    return doc.toJS() ?? null;
  } catch (error) {
    complain((error as Error).message);
    return undefined;
  }
}

/** Where the deepest part of `path` that exists begins: a missing key is reported at its record. */
function offsetOf(doc: Document, path: Path): number {
  let node: unknown = doc.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(doc);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined || !isNode(pair.key)) break;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === "number" && isNode(node.items[step])) {
      node = node.items[step];
      offset = (isNode(node) && node.range?.[0]) || offset;
    } else break;
  }
  return offset;
}

/** The path of the map key that begins at `offset`. */
function keyPathAt(node: unknown, offset: number, path: Path = []): Path {
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      const at = [...path, isScalar(key) ? String(key.value) : "?"];
      if (isNode(key) && key.range?.[0] === offset) return at;
      const found = keyPathAt(value, offset, at);
      if (found.length > 0) return found;
    }
  }
  if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      const found = keyPathAt(item, offset, [...path, index]);
      if (found.length > 0) return found;
    }
  }
  return [];
}

function fieldName(root: string, path: Path): string {
  const name = path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : text ? `${text}.${step}` : step),
    root,
  );
  return name || "file";
}
