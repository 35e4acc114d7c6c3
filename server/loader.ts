/**
 * Loads the program's bundle with the code that V8 made of it the last time: to compile it anew costs more than all else
 * that happens at a start. The code lies in the user's cache folder; code of another V8 or of another bundle has another
 * name, and what V8 does not accept is made anew.
 */
import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire, wrap } from 'node:module';
import { dirname, join } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';
import { cacheFolder, writeCacheFile } from './cacheFolder';
import { forgetUnusedCode } from './v8Flags';

type Program = typeof import('./program');

export interface Loaded {
  readonly program: Program;
  /** Keeps the code of all functions that have run so far, if none was kept yet. */
  keep(): void;
  /** Keeps it in the place of what is kept, if it is notably more. To find that out takes a tenth of a second. */
  keepMore(): void;
}

/** What runs in the process: each needs other functions. */
export type Role = 'cli' | 'lsp' | 'evaluation' | 'typesetter';

/**
 * Loads `program.js` from the folder of this bundle. Node's own variable NODE_DISABLE_COMPILE_CACHE turns the cache off. An evaluation
 * process is to forget no code, since it keeps more the longer it runs.
 */
export function loadProgram(role: Role): Loaded {
  const file = join(__dirname, 'program.js');
  const bytes = readFileSync(file);
  // The package's bundle is all ASCII, which is read in half the time.
  const source = wrap(bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8'));
  const kept =
    process.env.NODE_DISABLE_COMPILE_CACHE || process.argv.includes('--no-cache') ? undefined : place(file, role);
  const cachedData = kept === undefined ? undefined : read(kept);
  const script = new Script(source, { filename: file, ...(cachedData === undefined ? {} : { cachedData }) });
  const module = { exports: {} as Program };
  type Wrapper = (exports: unknown, require: NodeJS.Require, module: unknown, file: string, folder: string) => void;
  (script.runInThisContext() as Wrapper)(module.exports, createRequire(file), module, file, dirname(file));
  let size = cachedData === undefined || script.cachedDataRejected === true ? 0 : cachedData.length;
  // What runs at a start alone would be forgotten after a while, and not be among what is kept.
  const forgets = role !== 'evaluation';
  if (kept !== undefined && size === 0 && forgets) forgetUnusedCode(false);
  const write = (): void => {
    // The next start takes only what was kept under its own flags, which the name tells.
    if (kept === undefined || place(file, role) !== kept) return;
    const code = script.createCachedData();
    if (code.length < NOTABLY_MORE * size) return;
    size = code.length;
    if (writeCacheFile(kept, Buffer.concat([digestOf(code), code]))) removeOld(dirname(kept));
  };
  return {
    program: module.exports,
    keep() {
      if (kept === undefined || size > 0) return;
      if (forgets) forgetUnusedCode(true);
      write();
    },
    keepMore: write,
  };
}

/** The name tells all that the code depends on, V8's flags among it; V8 itself looks at the length of the source. */
function place(file: string, role: Role): string {
  const { size, mtimeMs } = statSync(file);
  const name = [role, process.versions.v8, process.arch, cachedDataVersionTag(), size, Math.round(mtimeMs)].join('-');
  return join(cacheFolder(process.env, process.platform), 'v1', 'code', `${name}.bin`);
}

/** How many times as much code is worth to be written. */
const NOTABLY_MORE = 1.05;

/** V8 does not notice damage within the code and would crash, so its digest stands before it. */
const DIGEST_LENGTH = 32;

function digestOf(code: Buffer): Buffer {
  return createHash('sha256').update(code).digest();
}

function read(file: string): Buffer | undefined {
  let kept: Buffer;
  try {
    kept = readFileSync(file);
  } catch {
    return undefined; // not there yet
  }
  const code = kept.subarray(DIGEST_LENGTH);
  return digestOf(code).equals(kept.subarray(0, DIGEST_LENGTH)) ? code : undefined;
}

/** Code of earlier bundles and of other versions of Node piles up otherwise. */
const MOST_KEPT = 9;

function removeOld(folder: string): void {
  const files = readdirSync(folder).map(name => join(folder, name));
  const made = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const byAge = files.map(file => ({ file, at: made(file) })).sort((a, b) => b.at - a.at);
  for (const { file } of byAge.slice(MOST_KEPT)) rmSync(file, { force: true });
}
