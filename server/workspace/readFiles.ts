/** What was made of files that were read last: until they change, they are not read again. Those that cannot be read are watched as well. */
import type { FileAccess } from '../files/access';

export class ReadFiles<T> {
  readonly #most: number;
  readonly #known = new Map<string, { readonly stamp: string | undefined; readonly made: T | undefined }>();

  /** Of so many files, what was made of them is kept. */
  constructor(most: number) {
    this.#most = most;
  }

  /** What `read` makes of a file, or has made of it since it last changed. Throws what `read` throws. */
  of(file: string, files: FileAccess, read: () => T): T {
    const stamp = files.stat(file)?.stamp;
    const known = this.#known.get(file);
    if (known?.made !== undefined && known.stamp === stamp) return known.made;
    this.#keep(file, stamp, undefined);
    const made = read();
    if (stamp !== undefined) this.#keep(file, stamp, made);
    return made;
  }

  #keep(file: string, stamp: string | undefined, made: T | undefined): void {
    if (!this.#known.has(file) && this.#known.size >= this.#most) this.#known.delete(this.#known.keys().next().value!);
    this.#known.set(file, { stamp, made });
  }

  /** True for a file that was read, or looked for. */
  has(file: string): boolean {
    return this.#known.has(file);
  }

  /** Forgets the files that are others by now, have come or gone; true where there are some. */
  forgetChanged(filesOf: (path: string) => FileAccess): boolean {
    let isChanged = false;
    for (const [path, { stamp }] of this.#known) {
      if (filesOf(path).stat(path)?.stamp === stamp) continue;
      this.#known.delete(path);
      isChanged = true;
    }
    return isChanged;
  }
}
