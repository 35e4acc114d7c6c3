/** The memory of TeX as the build packs it (`scripts/tikz.mjs`): pages, most of whose links are written as distances. */

/** Bytes of a page of WebAssembly's memory. */
export const PAGE = 65_536;

/** Ways in which a page is written: with distances to cells of eight bytes in their second half, or to words of four. */
const CELLS = 1;
const WORDS = 2;

/** The pages that are not empty, each with its first address. */
export function unpackMemory(pack: Uint8Array): [number, Uint8Array][] {
  const bytes = Uint8Array.from(pack).buffer;
  const [count = 0] = new Uint32Array(bytes, 0, 1);
  const start = 4 * (count + 1);
  return Array.from(new Uint32Array(bytes, 4, count), (entry, index): [number, Uint8Array] => {
    const at = (entry & 0xffffff) * PAGE;
    const words = new Uint32Array(bytes, start + index * PAGE, PAGE / 4);
    const way = entry >>> 24;
    if (way === CELLS) withLinks(words, at, 1, 3);
    else if (way === WORDS) withLinks(words, at, 0, 2);
    return [at, new Uint8Array(bytes, start + index * PAGE, PAGE)];
  });
}

/** Turns distances into links again, in place. */
function withLinks(words: Uint32Array, at: number, first: number, shift: number): void {
  for (let index = first; index < words.length; index += first + 1) {
    const word = words[index]!;
    if (word === 0) continue;
    const place = (at + 4 * index) >>> shift;
    // Zero would be no link, and so a link to its own place has the code that zero would have.
    words[index] = (word + place) >>> 0 === 0 ? place : word + place;
  }
}
