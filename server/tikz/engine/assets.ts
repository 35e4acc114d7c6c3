/** The engine's own files, packed by the build: TeX as a program, its memory after loading LaTeX, macros, fonts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { type Image, imageOf } from './machine';
import { exposeGlobals } from './texProgram';

export interface Assets {
  readonly program: WebAssembly.Module;
  /** What TeX's memory holds once LaTeX and TikZ are loaded. */
  readonly core: Image;
  file(name: string): Uint8Array | undefined;
}

/** Loads the files from a folder; takes a while. */
export function loadAssets(folder: string): Assets {
  const core = imageOf(brotliDecompressSync(readFileSync(join(folder, 'core.br'))));
  const pack = brotliDecompressSync(readFileSync(join(folder, 'files.br')));
  // The pack starts with the length of its index, and the index: each file's place behind it.
  const start = 4 + pack.readUInt32LE(0);
  const index = new Map<string, readonly [number, number]>(
    Object.entries(JSON.parse(pack.toString('utf8', 4, start)) as Record<string, [number, number]>),
  );
  const file = (name: string) => {
    const place = index.get(name);
    return place === undefined ? undefined : pack.subarray(start + place[0], start + place[0] + place[1]);
  };
  const program = new WebAssembly.Module(exposeGlobals(file('tex.wasm')!));
  return { program, core, file };
}
