/**
 * What TeX's program, compiled to WebAssembly, takes for a computer: files in memory, a terminal that only listens, a
 * calendar. Nothing else is there to be reached: no disk, no network, no process.
 */

/** TeX wrote more than any drawing needs; it may never have stopped. */
export class TooMuchOutput extends Error {}

/** Nobody waits for this run any more. */
export class Cancelled extends Error {}

/** Bytes that one run may write into all its files, its log included. */
const MOST_WRITTEN = 16 * 1024 * 1024;

const TERMINAL = 'TTY:';
/** What TeX is told to read, with the block in it, and where it writes what happened and the pages. */
export const MAIN = 'input.tex';
export const DOCUMENT = 'block.tex';
export const LOG = 'input.log';
export const PAGES = 'input.dvi';

interface TexFile {
  readonly name: string;
  readonly terminal: boolean;
  /** The file could not be opened. */
  readonly missing: boolean;
  content: Uint8Array;
  /** Bytes of the content that are in use. */
  size: number;
  /** Where the next byte is read. */
  at: number;
  /** Where the next line is read. */
  lineAt: number;
  ended: boolean;
  lineEnded: boolean;
}

/** All files at one moment. */
export interface FilesState {
  readonly open: readonly TexFile[];
  /** Indices of those that TeX writes. */
  readonly written: readonly (readonly [string, number])[];
  readonly total: number;
}

export interface HostOptions {
  /** Gives the files that exist from the start. */
  read(name: string): Uint8Array | undefined;
  /** What somebody types. */
  readonly terminal: string;
  /** The file at whose opening TeX is to pause, or was paused. */
  readonly pauseAt: string;
  /** The files as they were when TeX was paused. */
  readonly files?: FilesState | undefined;
  isCancelled(): boolean;
}

type Imports = Record<string, (...parameters: number[]) => number | undefined>;

export class TexHost {
  /** Called where TeX is to pause, and where it goes on. */
  pause: () => void = () => undefined;
  resumed: () => void = () => undefined;
  readonly #memory: WebAssembly.Memory;
  readonly #options: HostOptions;
  readonly #open: TexFile[] = [];
  readonly #written = new Map<string, TexFile>();
  /** Length of the log as each line of the document was read. */
  readonly #linesRead: number[] = [];
  #total = 0;
  #resumes: boolean;

  constructor(memory: WebAssembly.Memory, options: HostOptions) {
    this.#memory = memory;
    this.#options = options;
    this.#resumes = options.files !== undefined;
    if (options.files === undefined) return;
    const { open, written, total } = options.files;
    this.#open = copies(open);
    for (const [name, at] of written) this.#written.set(name, this.#open[at]!);
    this.#total = total;
  }

  /** The files at this moment. */
  state(): FilesState {
    const written = [...this.#written].map(([name, file]) => [name, this.#open.indexOf(file)] as const);
    return { open: copies(this.#open), written, total: this.#total };
  }

  /** What TeX has written under a name. */
  output(name: string): Uint8Array | undefined {
    const file = this.#written.get(name);
    return file === undefined ? undefined : file.content.subarray(0, file.size);
  }

  /** Number of the line (from 0) of the document that was read last when the log had come to a position. */
  lineAt(position: number): number {
    return this.#linesRead.filter(length => length <= position).length - 1;
  }

  /** The functions that the program imports, by the names that it knows them under. */
  imports(): Imports {
    const now = new Date();
    return {
      printInteger: (file, value) => this.#write(file!, Buffer.from(String(value))),
      printChar: (file, code) => this.#write(file!, Uint8Array.of(code!)),
      printNewline: file => this.#write(file!, Uint8Array.of(10)),
      // A string is stored with its length before it.
      printString: (file, at) => {
        const [length = 0] = this.#bytes(at!, 1);
        return this.#write(file!, this.#bytes(at! + 1, length));
      },
      reset: (length, at) => this.#reset(this.#name(length!, at!)),
      rewrite: (length, at) => this.#rewrite(this.#name(length!, at!)),
      inputln: (file, skip, buffer, first, last, _most, room) =>
        this.#line(this.#open[file!]!, skip !== 0, buffer!, first!, last!, room!) ? 1 : 0,
      get: (file, at, length) => this.#get(this.#open[file!]!, at!, length!),
      put: (file, at, length) => this.#write(file!, this.#bytes(at!, length!)),
      eof: file => (this.#open[file!]!.ended ? 1 : 0),
      eoln: file => (this.#open[file!]!.lineEnded ? 1 : 0),
      erstat: file => (this.#open[file!]!.missing ? 1 : 0),
      close: () => undefined,
      getCurrentMinutes: () => 60 * now.getHours() + now.getMinutes(),
      getCurrentDay: () => now.getDate(),
      getCurrentMonth: () => now.getMonth() + 1,
      getCurrentYear: () => now.getFullYear(),
      tex_final_end: () => undefined,
    };
  }

  #bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, at, length);
  }

  /** File names come padded with blanks, in quotes where they hold some, and with the folder that TeX looks in. */
  #name(length: number, at: number): string {
    const padded = String.fromCharCode(...this.#bytes(at, length)).replace(/\0+$/, '');
    const quoted = /^"([^"]*)/.exec(padded)?.[1] ?? /^\{([^}]*)/.exec(padded)?.[1];
    return (quoted ?? padded)
      .trim()
      .replace(/^\*/, '')
      .replace(/^(?:TeXfonts|TeXinputs):/, '');
  }

  #add(name: string, content: Uint8Array | undefined): number {
    this.#open.push({
      name,
      terminal: name === TERMINAL,
      missing: content === undefined,
      content: content ?? new Uint8Array(),
      size: content?.length ?? 0,
      at: 0,
      lineAt: 0,
      ended: false,
      lineEnded: false,
    });
    return this.#open.length - 1;
  }

  #reset(name: string): number {
    if (name === this.#options.pauseAt) {
      if (!this.#resumes) {
        this.pause();
        return 0;
      }
      this.#resumes = false;
      this.resumed();
    }
    if (name === TERMINAL) return this.#add(name, Buffer.from(this.#options.terminal));
    return this.#add(name, this.output(name) ?? this.#options.read(name === 'TeXformats:TEX.POOL' ? 'tex.pool' : name));
  }

  #rewrite(name: string): number {
    const at = this.#add(name, new Uint8Array());
    if (name !== TERMINAL) this.#written.set(name, this.#open[at]!);
    return at;
  }

  #write(number: number, bytes: Uint8Array): undefined {
    this.#total += bytes.length;
    if (this.#total > MOST_WRITTEN) throw new TooMuchOutput();
    const file = this.#open[number];
    // The terminal shows what the log holds as well.
    if (file === undefined || file.terminal) return undefined;
    const size = file.size + bytes.length;
    if (size > file.content.length) {
      const grown = new Uint8Array(Math.max(256, 2 * size));
      grown.set(file.content.subarray(0, file.size));
      file.content = grown;
    }
    file.content.set(bytes, file.size);
    file.size = size;
    return undefined;
  }

  /** One line into TeX's buffer, without the blanks at its end; false at the end of the file. */
  #line(file: TexFile, skip: boolean, buffer: number, first: number, last: number, room: number): boolean {
    if (this.#options.isCancelled()) throw new Cancelled();
    if (file.name === DOCUMENT) this.#linesRead.push(this.#written.get(LOG)?.size ?? 0);
    const words = new Uint32Array(this.#memory.buffer);
    const from = words[first >> 2]!;
    words[last >> 2] = from;
    if (skip && !file.ended && file.lineEnded) file.lineAt++;
    if (file.lineAt >= file.size) {
      file.ended = true;
      return false;
    }
    const found = file.content.subarray(0, file.size).indexOf(10, file.lineAt);
    const end = found < 0 ? file.size : found;
    const line = file.content.subarray(file.lineAt, Math.min(end, file.lineAt + room - from - 1));
    let length = line.length;
    while (length > 0 && line[length - 1] === 32) length--;
    this.#bytes(buffer + from, length).set(line.subarray(0, length));
    words[last >> 2] = from + length;
    file.lineAt = end;
    file.lineEnded = true;
    return true;
  }

  #get(file: TexFile, at: number, length: number): undefined {
    const bytes = file.content.subarray(file.at, Math.min(file.size, file.at + length));
    const target = this.#bytes(at, Math.max(1, length));
    file.at += length;
    if (bytes.length === 0) {
      target[0] = file.terminal ? 13 : 0;
      file.ended = true;
      file.lineEnded = true;
      return undefined;
    }
    target.set(bytes);
    file.lineEnded = target[0] === 10 || target[0] === 13;
    return undefined;
  }
}

function copies(files: readonly TexFile[]): TexFile[] {
  return files.map(file => ({ ...file, content: file.content.slice(0, file.size) }));
}
