/** Draws: runs TeX on a block and turns its page into a picture. */
import { PREAMBLE, partsOf, type TexDocument, texDocument } from '../document';
import type { DrawingFault, DrawingResult } from '../drawing';
import type { Assets } from './assets';
import { unclosed } from './braces';
import { BadDvi, readDvi } from './dvi';
import { Cancelled, DOCUMENT, LOG, PAGES, TexHost, TooMuchOutput } from './host';
import { faultOf, missingCharacters, undefinedColours, unknownCharacters, unsupportedFeatures } from './log';
import { FontStore, PageWriter } from './page';

/** Pages of memory that the program was built for. */
const MEMORY = 1100;
/** How often a drawing is tried again with what it misses made up. */
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
  readonly #memory = new WebAssembly.Memory({ initial: MEMORY, maximum: MEMORY });
  readonly #fonts: FontStore;

  constructor(assets: Assets) {
    this.#assets = assets;
    this.#fonts = new FontStore({
      metrics: name => assets.file(`${name}.tfm`),
      outlines: name => assets.file(`${name}.ttf`),
    });
  }

  /** Throws `Cancelled` where `isCancelled` says so meanwhile. */
  draw(source: string, isCancelled: () => boolean = () => false): DrawingResult {
    const { block } = partsOf(source);
    const colours: string[] = [];
    const characters: string[] = [];
    for (let tries = 0; ; tries++) {
      let run: Run;
      try {
        run = this.#run(texDocument(source, { colours, characters }), isCancelled);
      } catch (error) {
        if (error instanceof TooMuchOutput)
          return { kind: 'fault', message: 'TeX wrote without end and was stopped', line: undefined };
        if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError)
          return { kind: 'fault', message: `TeX itself failed (${error.message})`, line: undefined };
        throw error;
      }
      // What is made up first may mend what else TeX complains of.
      const newColours = undefinedColours(run.log).filter(name => !colours.includes(name));
      const newCharacters = unknownCharacters(run.log).filter(mark => !characters.includes(mark));
      if (newColours.length + newCharacters.length === 0 || tries === MOST_TRIES) {
        const fault = faultOf(run.log, run.lineAt, run.dvi !== undefined && run.dvi.length > 0);
        return fault === undefined
          ? this.#picture(run, colours, characters)
          : (unclosed(block) ?? located(fault, block));
      }
      colours.push(...newColours);
      characters.push(...newCharacters);
    }
  }

  #picture({ log, dvi }: Run, greys: readonly string[], boxed: readonly string[]): DrawingResult {
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
      missing: [...boxed, ...missingCharacters(log)],
      unsupported: unsupportedFeatures(log),
    };
  }

  #run({ preamble, text }: TexDocument, isCancelled: () => boolean): Run {
    new Uint8Array(this.#memory.buffer).set(this.#assets.core);
    const own = new Map([
      [DOCUMENT, Buffer.from(text)],
      [PREAMBLE, Buffer.from(preamble)],
    ]);
    const read = (name: string) => own.get(name) ?? (/\.ttf$|\.wasm$/.test(name) ? undefined : this.#assets.file(name));
    const host = new TexHost(this.#memory, read, ` ${DOCUMENT} \n\\end\n`, isCancelled);
    const program = new WebAssembly.Instance(this.#assets.program, {
      library: host.imports(),
      env: { memory: this.#memory },
    });
    (program.exports.main as () => void)();
    return {
      log: Buffer.from(host.output(LOG) ?? new Uint8Array()).toString('latin1'),
      dvi: host.output(PAGES),
      lineAt: position => host.lineAt(position),
    };
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
