/** Where the program keeps what it can make anew. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';

/** The folder that the platform has for such things; RECKONER_CACHE names another one. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>, platform: string): string {
  const own = env.RECKONER_CACHE;
  if (own !== undefined && own !== '') return own;
  if (platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'reckoner', 'cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'reckoner');
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'reckoner');
}

/**
 * Writes a file below that folder as a whole or not at all; for the user's eyes alone. A full or read-only disk costs what
 * the cache would have saved, no more: then it returns false.
 */
export function writeCacheFile(file: string, content: string | Uint8Array): boolean {
  const temporary = `${file}.${process.pid}-${threadId}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(temporary, content, { mode: 0o600 });
    renameSync(temporary, file);
    return true;
  } catch {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // There is no such folder.
    }
    return false;
  }
}
