/** Values by name, each as of a position in the document: a cell sees what earlier cells left. */

/** What one position made of a name. */
interface Version<T> {
  readonly position: number;
  /** Undefined where the position deleted the name. */
  readonly value: T | undefined;
  /** The version of the nearest earlier position: most names have one version only. */
  earlier: Version<T> | undefined;
}

/**
 * What each position wrote, and for each name its versions in order of position. Positions are numbers in document order; what
 * stands at position `p` sees the writes of positions below `p`.
 */
export class Versions<T> {
  readonly #written = new Map<number, ReadonlyMap<string, T | undefined>>();
  /** By name, the version of the last position. */
  readonly #versions = new Map<string, Version<T>>();

  /** The value of a name as seen at a position. */
  get(name: string, position: number): T | undefined {
    let version = this.#versions.get(name);
    while (version !== undefined && version.position >= position) version = version.earlier;
    return version?.value;
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
    writes.forEach((value, name) => {
      this.#add(name, position, value);
    });
  }

  forget(position: number): void {
    const known = this.#written.get(position);
    if (known === undefined) return;
    this.#written.delete(position);
    for (const name of known.keys()) this.#remove(name, position);
  }

  #remove(name: string, position: number): void {
    let version = this.#versions.get(name);
    let later: Version<T> | undefined;
    while (version !== undefined && version.position !== position) [later, version] = [version, version.earlier];
    if (version === undefined) return;
    if (later !== undefined) later.earlier = version.earlier;
    else if (version.earlier !== undefined) this.#versions.set(name, version.earlier);
    else this.#versions.delete(name);
  }

  #add(name: string, position: number, value: T | undefined): void {
    let earlier = this.#versions.get(name);
    let later: Version<T> | undefined;
    while (earlier !== undefined && earlier.position > position) [later, earlier] = [earlier, earlier.earlier];
    const made = { position, value, earlier };
    if (later === undefined) this.#versions.set(name, made);
    else later.earlier = made;
  }
}
