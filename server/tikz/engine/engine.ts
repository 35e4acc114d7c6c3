/** Draws: runs TeX on a block and turns its page into a picture. */

import type { DrawingFault, DrawingResult } from '../drawing';
import { PREAMBLE, partsOf, type TexDocument, texDocument } from '../texDocument';
import type { Assets } from './assets';
import { unclosed } from './braces';
import { BadDvi, readDvi } from './dvi';
import { Cancelled, DOCUMENT, type FilesState, LOG, MAIN, PAGES, TexHost, TooMuchOutput } from './host';
import { faultOf, missingCharacters, undefinedColours, unsupportedFeatures } from './log';
import { type Image, Machine } from './machine';
import { FontStore, PageWriter } from './page';

/** Preambles that are kept as images: with axes and without, and one for the next book. */
const MOST_IMAGES = 3;
/** How often a drawing is tried again with the colours that it misses. */
const MOST_TRIES = 4;
/** A page cannot show more. */
const LARGEST_MARKUP = 8 * 1024 * 1024;

interface Run {
  /** One character a byte. */
  readonly log: string;
  /** Line of the document that TeX had read when the log had come to a position. */
  readonly lineAt: (position: number) => number;
  readonly dvi: Uint8Array | undefined;
}

export class Engine {
  readonly #assets: Assets;
  readonly #machine: Machine;
  /** TeX behind each preamble, by its text. */
  readonly #images = new Map<string, Image>();
  readonly #fonts: FontStore;

  constructor(assets: Assets) {
    this.#assets = assets;
    this.#machine = new Machine(assets.program);
    this.#fonts = new FontStore({
      metrics: name => assets.file(`${name}.tfm`),
      outlines: name => assets.file(`${name}.ttf`),
    });
  }

  /** Throws `Cancelled` where `isCancelled` says so meanwhile. */
  draw(source: string, isCancelled: () => boolean = () => false): DrawingResult {
    const { block } = partsOf(source);
    const greys: string[] = [];
    for (let tries = 0; ; tries++) {
      let run: Run;
      try {
        run = this.#run(texDocument(source, greys), isCancelled);
      } catch (error) {
        if (error instanceof TooMuchOutput)
          return { kind: 'fault', message: 'TeX wrote without end and was stopped', line: undefined };
        if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError)
          return { kind: 'fault', message: `TeX itself failed (${error.message})`, line: undefined };
        throw error;
      }
      // Colours that are made up first may mend what else TeX complains of.
      const more = undefinedColours(run.log).filter(name => !greys.includes(name));
      if (more.length === 0 || tries === MOST_TRIES) {
        const fault = faultOf(run.log, run.lineAt, run.dvi !== undefined && run.dvi.length > 0);
        return fault === undefined ? this.#picture(run, greys) : (unclosed(block) ?? located(fault, block));
      }
      greys.push(...more);
    }
  }

  #picture({ log, dvi }: Run, greys: readonly string[]): DrawingResult {
    const writer = new PageWriter(this.#fonts);
    try {
      readDvi(dvi!, writer);
    } catch (error) {
      if (error instanceof BadDvi) return { kind: 'fault', message: `TeX's page: ${error.message}`, line: undefined };
      throw error;
    }
    const { empty, width, height, markup } = writer.result;
    if (empty) return { kind: 'fault', message: 'The drawing is empty', line: undefined };
    if (markup.length > LARGEST_MARKUP)
      return { kind: 'fault', message: 'The drawing is too large to be shown', line: undefined };
    return {
      kind: 'drawn',
      width,
      height,
      markup,
      greys,
      missing: missingCharacters(log),
      unsupported: unsupportedFeatures(log),
    };
  }

  #run({ preamble, text }: TexDocument, isCancelled: () => boolean): Run {
    const own = new Map([
      [MAIN, Buffer.from(`\\input ${PREAMBLE}\n\\input ${DOCUMENT}\n`)],
      [PREAMBLE, Buffer.from(preamble)],
      [DOCUMENT, Buffer.from(text)],
    ]);
    const read = (name: string) => own.get(name) ?? (/\.ttf$|\.wasm$/.test(name) ? undefined : this.#assets.file(name));
    const start = (files?: FilesState) => {
      // Nobody answers what TeX asks at a fault, which ends it.
      const terminal = ` ${MAIN} \n`;
      return new TexHost(this.#machine.memory, { read, terminal, pauseAt: DOCUMENT, files, isCancelled });
    };
    let host = start();
    const image = this.#images.get(preamble) ?? this.#machine.run(this.#assets.core, host);
    // A fault of the preamble may have ended TeX before it came to the block.
    if (image !== undefined) {
      this.#keep(preamble, image);
      host = start(image.paused?.files);
      this.#machine.run(image, host);
    }
    const last = host;
    return {
      log: Buffer.from(last.output(LOG) ?? new Uint8Array()).toString('latin1'),
      dvi: last.output(PAGES),
      lineAt: position => last.lineAt(position),
    };
  }

  #keep(preamble: string, image: Image): void {
    this.#images.delete(preamble);
    this.#images.set(preamble, image);
    const [oldest] = this.#images.keys();
    if (this.#images.size > MOST_IMAGES) this.#images.delete(oldest!);
  }
}

/** Packages are loaded before the block's lines; a fault there belongs to the line that names the package. */
function located(fault: DrawingFault, source: string): DrawingFault {
  const lines = source.split(/\r\n?|\n/);
  // Behind the block TeX misses what the block did not bring to an end.
  if (fault.line !== undefined && fault.line >= lines.length) return { ...fault, line: lines.length - 1 };
  const name = fault.line === undefined ? /^File `(.*)\.sty'/.exec(fault.message)?.[1] : undefined;
  if (name === undefined) return fault;
  const line = lines.findIndex(text => /\\usepackage\b/.test(text) && text.includes(name));
  return { ...fault, line: line < 0 ? undefined : line };
}

export { Cancelled };
