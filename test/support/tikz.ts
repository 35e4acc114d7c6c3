/** The TikZ engine for tests that draw in their own thread. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packTikz } from '../../scripts/tikz.mjs';
import type { DrawnPicture } from '../../server/tikz/drawing';
import { loadAssets } from '../../server/tikz/engine/assets';
import { Engine } from '../../server/tikz/engine/engine';

/** An engine of its own; its files are gone again. */
export function engineForTests(): Engine {
  const folder = mkdtempSync(join(tmpdir(), 'reckoner-tikz-'));
  try {
    packTikz(folder, 0);
    return new Engine(loadAssets(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a source draws; fails if it does not. */
export function drawn(engine: Engine, source: string): DrawnPicture {
  const result = engine.draw(source);
  if (result.kind === 'fault') throw new Error(`${result.message} (line ${result.line})`);
  return result;
}

/** A picture around commands. */
export function picture(...commands: readonly string[]): string {
  return ['\\begin{tikzpicture}', ...commands, '\\end{tikzpicture}'].join('\n');
}
