/** Tables under names that an author may choose. */

/** The entry of a name; undefined where there is none, also for `constructor` and whatever else every object inherits. */
export function entryOf<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
