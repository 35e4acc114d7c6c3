/** Widths of the characters of a font, from TeX's font metrics. */

/** The width of a character for a font of one point. */
export type Widths = (code: number) => number;

export function widthsOf(tfm: Uint8Array): Widths {
  const view = new DataView(tfm.buffer, tfm.byteOffset, tfm.byteLength);
  const [header, first, last] = [view.getUint16(2), view.getUint16(4), view.getUint16(6)];
  const characters = 24 + 4 * header;
  const widths = characters + 4 * (last - first + 1);
  return code => {
    if (code < first || code > last) return 0;
    const index = view.getUint8(characters + 4 * (code - first));
    return view.getInt32(widths + 4 * index) / 2 ** 20;
  };
}
