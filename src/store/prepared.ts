import { type Placeholder, sql } from "drizzle-orm";

type Query<T> = { prepare(): { execute(values?: Record<string, unknown>): PromiseLike<T> } };

/**
 * A query that is made once, when it is first asked: making one costs many times what asking it does, and a process that
 * answers one question asks only a few of them.
 *
 * @example
 * const byId = prepared(() => db.select().from(person).where(eq(person.id, sql.placeholder("id"))));
 * const [found] = await byId({ id: 7 });
 */
export function prepared<T>(query: () => Query<T>): (values?: Record<string, unknown>) => PromiseLike<T> {
  let made: ReturnType<Query<T>["prepare"]> | undefined;
  return (values) => {
    made ??= query().prepare();
    return made.execute(values);
  };
}

/** A query of rows of changing columns, such as an insert: made once for each set of columns that has a value. */
export function preparedFor<Row extends object, T>(
  query: (columns: Row) => Query<T>,
): (row: Row) => PromiseLike<T> {
  const made = new Map<string, ReturnType<typeof prepared<T>>>();
  return (row) => {
    const values = row as Readonly<Record<string, unknown>>;
    const names = Object.keys(values).filter((name) => values[name] !== undefined);
    const key = names.join();
    const ask = made.get(key) ?? prepared(() => query(given(...names) as Row));
    made.set(key, ask);
    return ask(values);
  };
}

/** Columns of a prepared insert whose values are given, under their own names, whenever it is asked. */
export function given<Name extends string>(...names: readonly Name[]): { [N in Name]: Placeholder<N> } {
  return Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as {
    [N in Name]: Placeholder<N>;
  };
}
