/**
 * Runs TeX's program. It can be paused where it opens a file, its whole state kept as an image, and go on from there as
 * often as needed: what is the same for many drawings is done once.
 */
import type { FilesState, TexHost } from './host';
import { PAGE, unpackMemory } from './memory';
import { globalName } from './texProgram';

/** Pages of memory that the program was built for; the last hundred hold its stack while it is paused. */
const MEMORY_PAGES = 1100;
const STACK = (MEMORY_PAGES - 100) * PAGE;

interface Exports {
  main(): void;
  asyncify_start_unwind(at: number): void;
  asyncify_stop_unwind(): void;
  asyncify_start_rewind(at: number): void;
  asyncify_stop_rewind(): void;
  readonly [global: string]: unknown;
}

/** What the program's memory holds, without its empty pages. */
export interface Image {
  readonly pages: readonly (readonly [number, Uint8Array])[];
  /** Where the program was paused: its variables and files; undefined for one that has not begun. */
  readonly paused: { readonly globals: readonly number[]; readonly files: FilesState } | undefined;
}

/** The image of a program that has not begun, from its packed memory. */
export function imageOf(pack: Uint8Array): Image {
  return { pages: unpackMemory(pack), paused: undefined };
}

function pagesOf(memory: Uint8Array): [number, Uint8Array][] {
  const empty = Buffer.alloc(PAGE);
  const pages: [number, Uint8Array][] = [];
  for (let at = 0; at < memory.length; at += PAGE) {
    const page = memory.subarray(at, at + PAGE);
    if (empty.compare(page) !== 0) pages.push([at, Uint8Array.from(page)]);
  }
  return pages;
}

export class Machine {
  readonly memory = new WebAssembly.Memory({ initial: MEMORY_PAGES, maximum: MEMORY_PAGES });
  readonly #program: WebAssembly.Module;

  /** A program whose globals are exported. */
  constructor(program: WebAssembly.Module) {
    this.#program = program;
  }

  /** Starts from an image, until the program ends or the host pauses it: then there is an image of that moment. */
  run({ pages, paused }: Image, host: TexHost): Image | undefined {
    const bytes = new Uint8Array(this.memory.buffer);
    bytes.fill(0);
    for (const [at, page] of pages) bytes.set(page, at);
    const instance = new WebAssembly.Instance(this.#program, {
      library: host.imports(),
      env: { memory: this.memory },
    });
    const exports = instance.exports as Exports;
    let isPaused = false;
    host.pause = () => {
      isPaused = true;
      const words = new Uint32Array(this.memory.buffer);
      words[STACK >> 2] = STACK + 8;
      words[(STACK >> 2) + 1] = MEMORY_PAGES * PAGE;
      exports.asyncify_start_unwind(STACK);
    };
    host.resumed = () => exports.asyncify_stop_rewind();
    const globals = globalsOf(exports);
    if (paused !== undefined) {
      globals.forEach((global, index) => {
        global.value = paused.globals[index]!;
      });
      exports.asyncify_start_rewind(STACK);
    }
    exports.main();
    if (!isPaused) return undefined;
    exports.asyncify_stop_unwind();
    return {
      pages: pagesOf(bytes),
      paused: { globals: globals.map(global => global.value), files: host.state() },
    };
  }
}

function globalsOf(exports: Exports): { value: number }[] {
  const found: { value: number }[] = [];
  for (let index = 0; globalName(index) in exports; index++)
    found.push(exports[globalName(index)] as { value: number });
  return found;
}
