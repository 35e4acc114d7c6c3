/**
 * Packs what the TikZ engine needs at run time: TeX compiled to WebAssembly, its memory with LaTeX loaded, macro files,
 * font metrics and outlines. They come from the packages; only what no drawing uses is left out, of the fonts as well.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gunzipSync } from 'node:zlib';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const tex = join(root, 'node_modules', 'node-tikzjax', 'tex');
const fonts = join(root, 'node_modules', 'node-tikzjax', 'css', 'bakoma');
const metrics = join(root, 'node_modules', '@prinsss', 'dvi2html', 'lib', 'tfm', 'fonts.json');
const notice = join(root, 'server', 'tikz', 'NOTICE.txt');

/** Copies of packages for other formats, and outdated ones. */
const UNUSED_FILES = /^(?:circuitikz-0\.|t-|ctikzstyle-|pgfsys-luatex)/;
/** Ornamental cuts that no LaTeX family leads to. */
const UNUSED_FONTS = /^(?:cmdunh|cmff|cmfi|cminch|cmu1|cmvtt|cmtex|cmssq)/;

/** Of these only the metrics are packed: the packages that set formulas in Euler are not at hand. */
const UNDRAWN_FONTS = /^(?:eur|euex)/;

/** Brotli's quality from which it pays to try how the pages of the memory are written best. */
const QUICKEST = 3;

/** Writes the packed files into a folder, unless they are there already; `quality` is Brotli's, from 0 to 11. */
export function packTikz(folder, quality) {
  if (!existsSync(metrics) || !existsSync(tex)) throw new Error('node-tikzjax is not installed: run npm ci.');
  mkdirSync(folder, { recursive: true });
  const sources = [join(tex, 'core.dump.gz'), metrics, notice, fileURLToPath(import.meta.url)];
  const made = join(folder, 'files.br');
  const newest = Math.max(...sources.map(file => statSync(file).mtimeMs));
  if (existsSync(made) && statSync(made).mtimeMs > newest) return;
  const memory = gunzipSync(readFileSync(join(tex, 'core.dump.gz')));
  writeFileSync(join(folder, 'core.br'), compressed(packMemory(memory, quality > QUICKEST), quality));
  writeFileSync(
    join(folder, 'NOTICE.txt'),
    [notice, join(root, 'node_modules', 'node-tikzjax', 'LICENSE'), join(fonts, 'LICENCE')]
      .map(file => readFileSync(file, 'utf8').trim())
      .join(`\n\n${'-'.repeat(80)}\n\n`),
  );
  writeFileSync(made, compressed(packOf(collected()), quality));
}

const PAGE = 65_536;

/**
 * TeX's memory without its empty pages, as `server/tikz/engine/memory.ts` reads it: how many pages, for each its number and how it
 * is written, and the pages. Most of what it holds are links to what stands close by: these are written as the distance, of which
 * Brotli makes half as much. Each page is written in the way that is the smallest, or as it stands where that is not to be tried.
 */
export function packMemory(memory, isTried = true) {
  const pages = [];
  for (let at = 0; at < memory.length; at += PAGE) {
    const page = new Uint8Array(PAGE);
    page.set(memory.subarray(at, at + PAGE));
    if (page.every(byte => byte === 0)) continue;
    const words = new Uint32Array(page.buffer);
    const ways = (isTried ? [AS_IS, CELLS, WORDS] : [AS_IS]).map(way => {
      const bytes = Buffer.from(withDistances(words, at, way).buffer);
      return { way, bytes, size: isTried ? compressed(bytes, 4).length : 0 };
    });
    ways.sort((one, other) => one.size - other.size);
    pages.push({ number: at / PAGE, ...ways[0] });
  }
  const head = new Uint32Array([pages.length, ...pages.map(({ number, way }) => number + way * 2 ** 24)]);
  return Buffer.concat([Buffer.from(head.buffer), ...pages.map(({ bytes }) => bytes)]);
}

/** As it is; the second half of each cell of eight bytes as its distance to the cell; each word as its distance to its place. */
const [AS_IS, CELLS, WORDS] = [0, 1, 2];

/** Words with distances in the place of links. Zero is no link, and stays; what would become zero takes the code that it has not. */
function withDistances(words, at, way) {
  if (way === AS_IS) return words;
  return words.map((word, index) => {
    if (word === 0 || (way === CELLS && index % 2 === 0)) return word;
    const place = (at + 4 * index) >>> (way === CELLS ? 3 : 2);
    return word === place ? -place : word - place;
  });
}

function collected() {
  const files = new Map([['tex.wasm', gunzipSync(readFileSync(join(tex, 'tex.wasm.gz')))]]);
  for (const [name, bytes] of entriesOf(gunzipSync(readFileSync(join(tex, 'tex_files.tar.gz')))))
    if (!UNUSED_FILES.test(name)) files.set(name, bytes);
  for (const [name, text] of Object.entries(JSON.parse(readFileSync(metrics, 'utf8'))))
    if (!UNUSED_FONTS.test(name)) files.set(`${name}.tfm`, Buffer.from(text, 'base64'));
  for (const file of readdirSync(join(fonts, 'ttf')))
    if (file.endsWith('.ttf') && !UNUSED_FONTS.test(file) && !UNDRAWN_FONTS.test(file))
      files.set(file, outlinesOf(readFileSync(join(fonts, 'ttf', file))));
  return files;
}

/** A TrueType font with its outlines and characters alone: without hints for screens, names, and what sets text. */
export function outlinesOf(font) {
  const tables = new Map();
  for (let at = 12; at < 12 + 16 * font.readUInt16BE(4); at += 16) {
    const from = font.readUInt32BE(at + 8);
    tables.set(font.toString('latin1', at, at + 4), font.subarray(from, from + font.readUInt32BE(at + 12)));
  }
  const [head, loca, glyf] = ['head', 'loca', 'glyf'].map(name => tables.get(name));
  const isLong = head.readInt16BE(50) === 1;
  const count = loca.length / (isLong ? 4 : 2) - 1;
  const offset = index => (isLong ? loca.readUInt32BE(4 * index) : 2 * loca.readUInt16BE(2 * index));
  const glyphs = Array.from({ length: count }, (_none, at) => withoutHints(glyf.subarray(offset(at), offset(at + 1))));
  const offsets = Buffer.alloc(4 * (count + 1));
  let end = 0;
  for (const [at, glyph] of glyphs.entries()) {
    end += glyph.length;
    offsets.writeUInt32BE(end, 4 * (at + 1));
  }
  const newHead = Buffer.from(head);
  newHead.writeInt16BE(1, 50);
  const kept = [
    ['cmap', tables.get('cmap')],
    ['glyf', Buffer.concat(glyphs)],
    ['head', newHead],
    ['loca', offsets],
  ];
  const directory = Buffer.alloc(12 + 16 * kept.length);
  font.copy(directory, 0, 0, 4);
  directory.writeUInt16BE(kept.length, 4);
  let from = directory.length;
  for (const [at, [name, bytes]] of kept.entries()) {
    directory.write(name, 12 + 16 * at, 'latin1');
    directory.writeUInt32BE(from, 12 + 16 * at + 8);
    directory.writeUInt32BE(bytes.length, 12 + 16 * at + 12);
    from += bytes.length;
  }
  return Buffer.concat([directory, ...kept.map(([, bytes]) => bytes)]);
}

/** A glyph without the instructions that fit it to a grid of pixels; one that is made of others has few. */
function withoutHints(glyph) {
  const contours = glyph.length === 0 ? -1 : glyph.readInt16BE(0);
  if (contours < 0) return glyph;
  const at = 10 + 2 * contours;
  const behind = at + 2 + glyph.readUInt16BE(at);
  return Buffer.concat([glyph.subarray(0, at), Buffer.alloc(2), glyph.subarray(behind)]);
}

/** The plain files of a tar archive, by name. */
function* entriesOf(tar) {
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const field = (from, length) => tar.toString('latin1', at + from, at + from + length).replace(/\0[\s\S]*$/, '');
    const size = Number.parseInt(field(124, 12), 8) || 0;
    const name = field(0, 100).replace(/^.*\//, '');
    const kind = field(156, 1);
    if (name !== '' && (kind === '0' || kind === '')) yield [name, tar.subarray(at + 512, at + 512 + size)];
    at += 512 + 512 * Math.ceil(size / 512);
  }
}

/** Length of the index, the index, the files one after the other. */
function packOf(files) {
  const index = {};
  let at = 0;
  for (const [name, bytes] of files) {
    index[name] = [at, bytes.length];
    at += bytes.length;
  }
  const head = Buffer.from(JSON.stringify(index));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  return Buffer.concat([length, head, ...files.values()]);
}

/** Bytes as Brotli packs them. */
export function compressed(bytes, quality) {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}
