/** A folder of files on disk, for what works in one. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export class TestWorkspace {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'reckoner-workspace-')));

  /** With these files by their names, to begin with. */
  constructor(files: Readonly<Record<string, string>> = {}) {
    this.writeAll(files);
  }

  get uri(): string {
    return pathToFileURL(this.folder).href;
  }

  uriOf(name: string): string {
    return pathToFileURL(this.pathOf(name)).href;
  }

  pathOf(name: string): string {
    return join(this.folder, name);
  }

  /** Writes a file, and the folders that it needs; its path. */
  write(name: string, text: string): string {
    const path = this.pathOf(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  writeAll(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  /** Removes a file, where it is there. */
  delete(name: string): void {
    rmSync(join(this.folder, name), { force: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
