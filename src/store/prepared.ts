import { type Placeholder, sql } from "drizzle-orm";
import { compiledOn, type Db } from "./open.ts";

type Made<T> = { execute(values?: Record<string, unknown>): Found<T> };
/** What SQLite says is there at once; what drizzle gives can be awaited as well, at several times what that costs. */
type Found<T> = PromiseLike<T> & { sync(): T };
type Query<T> = { prepare(): Made<T> };
type Noun<T> = (db: Db, onAct: () => void) => T;

/** What has been built of one query, for each list that it was asked for. */
type Built = Map<string, Made<unknown>>;

/** The queries of each noun in the order in which its function declares them, which is the same whatever connection it is for. */
const declared = new WeakMap<Noun<unknown>, Built[]>();
let declaring: { db: Db; queries: Built[]; next: number } | null = null;

/**
 * Puts the functions of a noun together on a connection. What it declares with `prepared` is built once in a process, by the
 * connection that asks first; the others take it over and only compile it.
 * @throws where a noun declares more queries on one connection than on another: they are told apart by their order.
 */
export function nounOn<T>(noun: Noun<T>, db: Db, onAct: () => void): T {
  const queries = declared.get(noun) ?? [];
  const elsewhere = declared.has(noun) ? queries.length : null;
  declared.set(noun, queries);
  const here = { db, queries, next: 0 };
  declaring = here;
  try {
    const made = noun(db, onAct);
    if (elsewhere !== null && here.next !== elsewhere)
      throw new Error(`${noun.name} declares ${here.next} queries, and ${elsewhere} on another connection`);
    return made;
  } finally {
    declaring = null;
  }
}

/** How the query that is declared next is made: from what was built of it, or else by `query`. */
function maker<T>(): (key: string, query: () => Query<T>) => Made<T> {
  if (declaring === null) return (_key, query) => query().prepare();
  const { db, queries, next } = declaring;
  declaring.next++;
  const built = queries[next] ?? new Map();
  queries[next] = built;
  return (key, query) => {
    const known = built.get(key) as Made<T> | undefined;
    if (known !== undefined) return compiledOn(db, known);
    const made = query().prepare();
    built.set(key, made);
    return made;
  };
}

/**
 * A query that is made once, when it is first asked: making one costs many times what asking it does, and a process that
 * answers one question asks only a few of them.
 *
 * @example
 * const byId = prepared(() => db.select().from(person).where(eq(person.id, sql.placeholder("id"))));
 * const [found] = await byId({ id: 7 });
 */
export function prepared<T>(query: () => Query<T>): (values?: Record<string, unknown>) => T {
  const make = maker<T>();
  let made: Made<T> | undefined;
  return (values) => {
    made ??= make("", query);
    return made.execute(values).sync();
  };
}

/** A query made once for each list that it is asked for: how many items there are stands in its text. */
export function preparedForEach<Item extends string, T>(
  query: (items: readonly Item[]) => Query<T>,
): (items: readonly Item[], values?: Record<string, unknown>) => T {
  const make = maker<T>();
  const made = new Map<string, Made<T>>();
  return (items, values) => {
    const key = items.join();
    const known = made.get(key) ?? make(key, () => query(items));
    made.set(key, known);
    return known.execute(values).sync();
  };
}

/** A query of rows of changing columns, such as an insert: made once for each set of columns that has a value. */
export function preparedFor<Row extends object, T>(query: (columns: Row) => Query<T>): (row: Row) => T {
  const forNames = preparedForEach((names) => query(given(...names) as Row));
  return (row) => {
    const values = row as Readonly<Record<string, unknown>>;
    const names = Object.keys(values).filter((name) => values[name] !== undefined);
    return forNames(names, values);
  };
}

/** Columns of a prepared insert whose values are given, under their own names, whenever it is asked. */
export function given<Name extends string>(...names: readonly Name[]): { [N in Name]: Placeholder<N> } {
  return Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as {
    [N in Name]: Placeholder<N>;
  };
}
