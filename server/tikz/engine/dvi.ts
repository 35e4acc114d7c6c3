/** Reads DVI, TeX's device independent pages, and tells a page what stands where. */

/** A font as a page names it. */
export interface DviFont {
  readonly name: string;
  /** Size in points. */
  readonly size: number;
}

/** Who takes what stands on the pages; positions and lengths are in points, from the reference point, downwards. */
export interface DviSink {
  glyph(font: DviFont, code: number, x: number, y: number): void;
  rule(x: number, y: number, width: number, height: number): void;
  special(text: string, x: number, y: number): void;
  /** Width of a character, for a font of one point. */
  width(font: DviFont, code: number): number;
  page(): void;
}

/** The file is not what TeX would write. */
export class BadDvi extends Error {}

interface State {
  h: number;
  v: number;
  w: number;
  x: number;
  y: number;
  z: number;
}

const POINT = 65_536;

export function readDvi(bytes: Uint8Array, sink: DviSink): void {
  new Reader(bytes, sink).run();
}

class Reader {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  readonly #sink: DviSink;
  readonly #fonts = new Map<number, DviFont>();
  readonly #stack: State[] = [];
  #state: State = { h: 0, v: 0, w: 0, x: 0, y: 0, z: 0 };
  #font: DviFont | undefined;
  #at = 0;

  constructor(bytes: Uint8Array, sink: DviSink) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#sink = sink;
  }

  run(): void {
    while (this.#at < this.#bytes.length) {
      const code = this.#unsigned(1);
      // From the postamble on nothing is left to be shown.
      if (code >= 248) return;
      this.#take(code);
    }
  }

  #unsigned(size: number): number {
    let value = 0;
    for (let count = 0; count < size; count++) {
      if (this.#at >= this.#bytes.length) throw new BadDvi('the file ends too early');
      value = value * 256 + this.#bytes[this.#at++]!;
    }
    return value;
  }

  #signed(size: number): number {
    const value = this.#unsigned(size);
    const half = 2 ** (8 * size - 1);
    return value < half ? value : value - 2 * half;
  }

  #text(size: number): string {
    const from = this.#at;
    this.#at += size;
    if (this.#at > this.#bytes.length) throw new BadDvi('the file ends too early');
    return Buffer.from(this.#view.buffer, this.#view.byteOffset + from, size).toString('latin1');
  }

  #take(code: number): void {
    const state = this.#state;
    if (code <= 127) this.#character(code, true);
    else if (code <= 131) this.#character(this.#unsigned(code - 127), true);
    else if (code === 132) this.#rule(true);
    else if (code <= 136) this.#character(this.#unsigned(code - 132), false);
    else if (code === 137) this.#rule(false);
    else if (code === 138) return;
    else if (code === 139) this.#begin();
    else if (code === 140) return;
    else if (code === 141) this.#stack.push({ ...state });
    else if (code === 142) this.#state = this.#stack.pop() ?? state;
    else if (code <= 146) state.h += this.#signed(code - 142);
    else if (code <= 151) state.h += this.#again('w', code - 147);
    else if (code <= 156) state.h += this.#again('x', code - 152);
    else if (code <= 160) state.v += this.#signed(code - 156);
    else if (code <= 165) state.v += this.#again('y', code - 161);
    else if (code <= 170) state.v += this.#again('z', code - 166);
    else if (code <= 234) this.#font = this.#fonts.get(code - 171);
    else if (code <= 238) this.#font = this.#fonts.get(this.#unsigned(code - 234));
    else if (code <= 242) this.#sink.special(this.#text(this.#unsigned(code - 238)), state.h / POINT, state.v / POINT);
    else if (code <= 246) this.#define(this.#unsigned(code - 242));
    else this.#preamble();
  }

  /** A move by the same distance as before, or by a new one of that many bytes. */
  #again(name: 'w' | 'x' | 'y' | 'z', size: number): number {
    if (size > 0) this.#state[name] = this.#signed(size);
    return this.#state[name];
  }

  #preamble(): void {
    this.#at += 13;
    this.#text(this.#unsigned(1));
  }

  #begin(): void {
    this.#at += 44;
    this.#state = { h: 0, v: 0, w: 0, x: 0, y: 0, z: 0 };
    this.#stack.length = 0;
    this.#sink.page();
  }

  #define(number: number): void {
    this.#at += 4;
    const size = this.#unsigned(4) / POINT;
    this.#at += 4;
    const length = this.#unsigned(1) + this.#unsigned(1);
    this.#fonts.set(number, { name: this.#text(length), size });
  }

  #character(code: number, moves: boolean): void {
    const font = this.#font;
    if (font === undefined) throw new BadDvi('a character stands before any font');
    const state = this.#state;
    this.#sink.glyph(font, code, state.h / POINT, state.v / POINT);
    if (moves) state.h += Math.round(this.#sink.width(font, code) * font.size * POINT);
  }

  #rule(moves: boolean): void {
    const height = this.#signed(4);
    const width = this.#signed(4);
    const { h, v } = this.#state;
    if (height > 0 && width > 0) this.#sink.rule(h / POINT, (v - height) / POINT, width / POINT, height / POINT);
    if (moves) this.#state.h += width;
  }
}
