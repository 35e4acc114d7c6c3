/** An editor's files for tests: texts by their paths, which may be changed; `->` before a text makes it a link. */
import type { FolderEntry } from '../../server/files/access';
import type { EditorFileSystem } from '../../server/files/editor';

export class EditorForTests implements EditorFileSystem {
  readonly #texts: Map<string, string>;
  /** Paths that were read, each time. */
  readonly asked: string[] = [];

  constructor(texts: Readonly<Record<string, string>>) {
    this.#texts = new Map(Object.entries(texts));
  }

  write(path: string, text: string): void {
    this.#texts.set(path, text);
  }

  remove(path: string): void {
    for (const one of [...this.#texts.keys()]) if (one === path || one.startsWith(`${path}/`)) this.#texts.delete(one);
  }

  async list(folder: string): Promise<readonly FolderEntry[] | undefined> {
    const entries = new Map<string, FolderEntry>();
    for (const [path, text] of this.#texts) {
      if (!path.startsWith(`${folder}/`)) continue;
      const [name, ...rest] = path.slice(folder.length + 1).split('/');
      const kind = rest.length > 0 ? 'folder' : text.startsWith('->') ? 'link' : 'file';
      entries.set(name!, { name: name!, kind });
    }
    return entries.size === 0 ? undefined : [...entries.values()];
  }

  async read(path: string, limit: number) {
    this.asked.push(path);
    const text = this.#texts.get(path);
    if (text === undefined || text.startsWith('->')) return undefined;
    const content = new TextEncoder().encode(text);
    return { size: content.length, stamp: text, content: content.length > limit ? undefined : content };
  }
}
