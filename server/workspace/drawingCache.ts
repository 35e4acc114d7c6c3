/** Finished drawings on disk, by content. */
import { join } from 'node:path';
import type { DrawingResult } from '../tikz/drawing';
import { ENGINE_VERSION } from '../tikz/drawing';
import { version } from '../version';
import { digest, pruneEntries, readEntry, touchEntry, writeEntry } from './cache';

/** Changes whenever what is stored changes its shape. */
const FORMAT = 2;

/** What such a source draws is right for a day at most. */
const DATED = /\\(?:today|year|month|day|time)(?![A-Za-z])/;

/** Names a drawing by all that decides how it looks. */
export function drawingKey(source: string): string {
  return digest(version, String(ENGINE_VERSION), source);
}

export class DrawingCache {
  readonly #folder: string;
  #pruned = false;

  /** `folder` is the program's cache folder. */
  constructor(folder: string) {
    this.#folder = join(folder, `drawings-v${FORMAT}`);
  }

  get(source: string): DrawingResult | undefined {
    const file = this.#file(source);
    const found = readEntry(file) as Partial<DrawingResult> | undefined;
    if (found === undefined || !isResult(found)) return undefined;
    touchEntry(file);
    return found;
  }

  put(source: string, result: DrawingResult): void {
    if (DATED.test(source)) return;
    writeEntry(this.#file(source), result);
    if (this.#pruned) return;
    this.#pruned = true;
    pruneEntries(this.#folder);
  }

  #file(source: string): string {
    return join(this.#folder, `${drawingKey(source)}.json`);
  }
}

const isNames = (value: unknown) => Array.isArray(value) && value.every(one => typeof one === 'string');

function isResult(found: Partial<DrawingResult>): found is DrawingResult {
  if (found.kind === 'fault')
    return typeof found.message === 'string' && (found.line === undefined || Number.isInteger(found.line));
  return (
    found.kind === 'drawn' &&
    Number.isFinite(found.width) &&
    Number.isFinite(found.height) &&
    typeof found.markup === 'string' &&
    isNames(found.greys) &&
    isNames(found.missing) &&
    isNames(found.unsupported)
  );
}
