/**
 * What a table holds under a key that a person, a file, a platform or a stored row has given. Undefined for a key that
 * nobody has put there: `table[key]` would find what every object inherits, such as `constructor` or `__proto__`.
 */
export function own<V>(table: Readonly<Record<string, V>>, key: string): V | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
