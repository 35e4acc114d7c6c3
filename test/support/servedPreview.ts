/** `reckoner preview` as a process, with a chapter of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Bundles } from './bundles';

export class ServedPreview {
  readonly folder = mkdtempSync(join(tmpdir(), 'reckoner-page-'));
  readonly #process: ChildProcess;
  readonly address: Promise<string>;
  errors = '';

  /** Serves a folder with these files by their names; the first one is the chapter. */
  constructor(bundles: Bundles, files: Readonly<Record<string, string | Buffer>>) {
    for (const [name, content] of Object.entries(files)) this.write(name, content);
    const [first = ''] = Object.keys(files);
    this.#process = spawn(process.execPath, [bundles.path('cli'), 'preview', join(this.folder, first)], {
      env: { ...process.env, RECKONER_CACHE: join(this.folder, '.cache') },
    });
    this.#process.stderr!.on('data', text => {
      this.errors += text;
    });
    this.address = new Promise((resolve, reject) => {
      this.#process.stdout!.on('data', text => {
        const found = /http:\S+/.exec(String(text))?.[0];
        if (found !== undefined) resolve(found);
      });
      this.#process.once('exit', () => reject(new Error(this.errors)));
    });
  }

  write(name: string, content: string | Buffer): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null) {
      const ended = new Promise(resolve => this.#process.once('exit', resolve));
      this.#process.kill('SIGTERM');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
