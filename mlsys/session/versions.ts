/** Values by name, each as of a position in the document: a cell sees what earlier cells left. */

interface Version<T> {
  readonly position: number;
  /** Undefined where the position deleted the name. */
  readonly value: T | undefined;
}

/**
 * What each position wrote, and for each name its versions in order of position. Positions are numbers in document order; what
 * stands at position `p` sees the writes of positions below `p`.
 */
export class Versions<T> {
  readonly #written = new Map<number, ReadonlyMap<string, T | undefined>>();
  readonly #versions = new Map<string, Version<T>[]>();

  /** The value of a name as seen at a position. */
  get(name: string, position: number): T | undefined {
    const versions = this.#versions.get(name);
    if (versions === undefined) return undefined;
    for (let index = versions.length - 1; index >= 0; index--) {
      const version = versions[index]!;
      if (version.position < position) return version.value;
    }
    return undefined;
  }

  /** Names seen at a position, with their values. */
  *entries(position: number): IterableIterator<[string, T]> {
    for (const name of this.#versions.keys()) {
      const value = this.get(name, position);
      if (value !== undefined) yield [name, value];
    }
  }

  /** Replaces what a position wrote. */
  replace(position: number, writes: ReadonlyMap<string, T | undefined>): void {
    this.forget(position);
    if (writes.size === 0) return;
    this.#written.set(position, writes);
    for (const [name, value] of writes) this.#add(name, { position, value });
  }

  forget(position: number): void {
    const known = this.#written.get(position);
    if (known === undefined) return;
    this.#written.delete(position);
    for (const name of known.keys()) {
      const versions = this.#versions.get(name)?.filter(version => version.position !== position) ?? [];
      if (versions.length === 0) this.#versions.delete(name);
      else this.#versions.set(name, versions);
    }
  }

  #add(name: string, version: Version<T>): void {
    const versions = this.#versions.get(name);
    if (versions === undefined) {
      this.#versions.set(name, [version]);
      return;
    }
    let index = versions.length;
    while (index > 0 && versions[index - 1]!.position > version.position) index--;
    versions.splice(index, 0, version);
  }
}
