/** Turns the page that TeX has set into SVG markup, text as outlines. The markup is not clean yet: see `sanitise.ts`. */
import type { DviFont, DviSink } from './dvi';
import { type Widths, widthsOf } from './metrics';
import { Outlines } from './outlines';

/** The files of a font by its name. */
export interface FontFiles {
  metrics(name: string): Uint8Array | undefined;
  outlines(name: string): Uint8Array | undefined;
}

interface Font {
  readonly index: number;
  readonly widths: Widths;
  readonly outlines: Outlines | undefined;
}

/** The fonts that were opened, kept from drawing to drawing. */
export class FontStore {
  readonly #files: FontFiles;
  readonly #fonts = new Map<string, Font>();

  constructor(files: FontFiles) {
    this.#files = files;
  }

  get(name: string): Font {
    const known = this.#fonts.get(name);
    if (known !== undefined) return known;
    const metrics = this.#files.metrics(name);
    const outlines = this.#files.outlines(name);
    const font: Font = {
      index: this.#fonts.size,
      widths: metrics === undefined ? () => 0 : widthsOf(metrics),
      outlines: outlines === undefined ? undefined : new Outlines(outlines),
    };
    this.#fonts.set(name, font);
    return font;
  }
}

/** TeX's reference point lies one inch from the left and the top edge. */
const INCH = 72.27;

/** Glyphs that stand on one line in one font and colour. */
interface Run {
  readonly font: DviFont;
  readonly colour: string;
  readonly x: number;
  readonly y: number;
  glyphs: string;
}

export interface Page {
  readonly empty: boolean;
  /** In points. */
  readonly width: number;
  readonly height: number;
  readonly markup: string;
}

/** Takes what stands on the first page; further ones are blank. */
export class PageWriter implements DviSink {
  readonly #fonts: FontStore;
  readonly #colours: string[] = [];
  readonly #outlines = new Map<string, string>();
  #body = '';
  #run: Run | undefined;
  #pages = 0;
  #width = 0;
  #height = 0;

  constructor(fonts: FontStore) {
    this.#fonts = fonts;
  }

  get result(): Page {
    this.#flush();
    const outlines = [...this.#outlines].map(([id, d]) => `<path id="${id}" d="${d}"/>`).join('');
    const shift = `<g transform="translate(${INCH},${INCH})">${this.#body}</g>`;
    const empty = !(this.#width > 0 && this.#height > 0) || this.#body === '';
    return { empty, width: this.#width, height: this.#height, markup: `<defs>${outlines}</defs>${shift}` };
  }

  page(): void {
    this.#pages++;
  }

  width(font: DviFont, code: number): number {
    return this.#fonts.get(font.name).widths(code);
  }

  glyph(font: DviFont, code: number, x: number, y: number): void {
    if (this.#pages !== 1) return;
    const { index, outlines } = this.#fonts.get(font.name);
    if (outlines === undefined) return;
    const id = `glyph-${index}-${code}`;
    const path = this.#outlines.get(id) ?? outlineOf(outlines, code);
    if (path === '') return;
    this.#outlines.set(id, path);
    const colour = this.#colours.at(-1) ?? '#000';
    const run = this.#run;
    const scale = font.size / outlines.unitsPerEm;
    if (run !== undefined && run.font === font && run.colour === colour && Math.abs(run.y - y) < 1e-4) {
      run.glyphs += `<use href="#${id}" x="${Math.round((x - run.x) / scale)}"/>`;
      return;
    }
    this.#flush();
    this.#run = { font, colour, x, y, glyphs: `<use href="#${id}"/>` };
  }

  rule(x: number, y: number, width: number, height: number): void {
    if (this.#pages !== 1) return;
    this.#flush();
    const colour = this.#colours.at(-1) ?? '#000';
    this.#body += `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="${colour}" stroke="none"/>`;
  }

  special(text: string, x: number, y: number): void {
    if (this.#pages !== 1) return;
    this.#flush();
    const raw = /^dvisvgm:raw\s?([\s\S]*)$/.exec(text)?.[1];
    if (raw !== undefined) this.#body += filled(raw, x, y);
    else if (text.startsWith('color ')) this.#colour(text.slice('color '.length).trim());
    else if (text.startsWith('papersize=')) this.#size(text);
    else if (text.startsWith('ps:')) this.#body += transformed(text, x, y);
  }

  #flush(): void {
    const run = this.#run;
    if (run === undefined) return;
    this.#run = undefined;
    const scale = run.font.size / (this.#fonts.get(run.font.name).outlines?.unitsPerEm ?? 1);
    const place = `translate(${short(run.x)},${short(run.y)}) scale(${scale.toPrecision(5)},${(-scale).toPrecision(5)})`;
    this.#body += `<g fill="${run.colour}" stroke="none" transform="${place}">${run.glyphs}</g>`;
  }

  #colour(command: string): void {
    if (command === 'pop') this.#colours.pop();
    else if (command.startsWith('push ')) this.#colours.push(colourOf(command.slice('push '.length)));
  }

  #size(text: string): void {
    const found = /^papersize=([\d.]+)pt,([\d.]+)pt/.exec(text);
    // The page's own size stands first and last; in between TeX's default shows up.
    if (found === null || this.#width > 0) return;
    this.#width = Number(found[1]);
    this.#height = Number(found[2]);
  }
}

function short(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** What pgf writes, with the present position in its place. */
function filled(raw: string, x: number, y: number): string {
  return (
    raw
      .replace('<svg beginpicture>', '')
      .replace('</svg endpicture>', '')
      .replace(/\{\?x\}/g, short(x))
      .replace(/\{\?y\}/g, short(y))
      .replace(/\{\?nl\}/g, '')
      // Boxes switch lines off for the sake of text, which brings no lines here; a matrix in a box must keep its own.
      .replace(/<g stroke="none"/g, '<g')
  );
}

/** Scaled and rotated boxes, which LaTeX describes in PostScript. */
function transformed(text: string, x: number, y: number): string {
  const program = text.replace(/\s+/g, ' ');
  const around = (change: string) =>
    `<g transform="translate(${short(x)},${short(y)}) ${change} translate(${short(-x)},${short(-y)})">`;
  const scale = /translate (-?[\d.]+) (-?[\d.]+) scale neg exch neg exch translate/.exec(program);
  if (scale !== null) return around(`scale(${scale[1]},${scale[2]})`);
  const turn = /translate (-?[\d.]+) (neg )?rotate neg exch neg exch translate/.exec(program);
  if (turn !== null) return around(`rotate(${turn[2] === undefined ? turn[1] : -Number(turn[1])})`);
  return /div scale neg exch|grestore moveto/.test(program) ? '</g>' : '';
}

/** Characters that the fonts keep elsewhere than TeX, since their places are not for printing. */
function characterOf(code: number): number {
  if (code <= 9) return 161 + code;
  if (code <= 19) return 163 + code;
  if (code === 20) return 0x2219;
  if (code <= 32) return 163 + code;
  return code === 127 ? 196 : code;
}

function outlineOf(outlines: Outlines, code: number): string {
  const path = outlines.path(characterOf(code)) ?? '';
  // Some programs take this one for a hyphen that does not show, so the fonts have it twice.
  return path === '' && code === 10 ? (outlines.path(172) ?? '') : path;
}

/** A colour as `color` specials give it. */
function colourOf(text: string): string {
  const [model, ...parts] = text.trim().split(/\s+/);
  const values = parts.map(Number);
  if (values.some(value => !Number.isFinite(value))) return '#000';
  const [a = 0, b = 0, c = 0, k = 0] = values;
  switch (model) {
    case 'gray':
      return hex(a, a, a);
    case 'rgb':
      return hex(a, b, c);
    case 'cmyk':
      return hex(1 - Math.min(1, a + k), 1 - Math.min(1, b + k), 1 - Math.min(1, c + k));
    default:
      return '#000';
  }
}

function hex(...parts: readonly number[]): string {
  const pair = (part: number) =>
    Math.round(255 * Math.min(1, Math.max(0, part)))
      .toString(16)
      .padStart(2, '0');
  return `#${parts.map(pair).join('')}`;
}
