/** What was made of files that were read last: until they change, they are not read again. */
import type { FileAccess } from '../files/access';

export class ReadFiles<T> {
  readonly #most: number;
  readonly #known = new Map<string, { readonly stamp: string; readonly made: T }>();

  /** Of so many files, what was made of them is kept. */
  constructor(most: number) {
    this.#most = most;
  }

  /** What `read` makes of a file, or has made of it since it last changed. Throws what `read` throws, and keeps nothing then. */
  of(file: string, files: FileAccess, read: () => T): T {
    const stamp = files.stat(file)?.stamp;
    const known = this.#known.get(file);
    if (stamp !== undefined && known?.stamp === stamp) return known.made;
    const made = read();
    if (stamp !== undefined) {
      if (this.#known.size >= this.#most) this.#known.delete(this.#known.keys().next().value!);
      this.#known.set(file, { stamp, made });
    }
    return made;
  }

  /** Forgets the files that are others by now; true where there are some. */
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
