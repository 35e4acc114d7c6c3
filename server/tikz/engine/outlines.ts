/** Outlines of TrueType glyphs as SVG paths, in the font's own units with the y axis upwards. */

interface Point {
  readonly x: number;
  readonly y: number;
  readonly on: boolean;
}

/** How deep a glyph may be made of others. */
const DEEPEST = 4;

export class Outlines {
  readonly unitsPerEm: number;
  readonly #view: DataView;
  readonly #tables = new Map<string, number>();
  readonly #longOffsets: boolean;
  readonly #glyphs: ReadonlyMap<number, number>;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const count = this.#view.getUint16(4);
    for (let at = 12; at < 12 + 16 * count; at += 16)
      this.#tables.set(Buffer.from(bytes.subarray(at, at + 4)).toString('latin1'), this.#view.getUint32(at + 8));
    const head = this.#table('head');
    this.unitsPerEm = this.#view.getUint16(head + 18);
    this.#longOffsets = this.#view.getInt16(head + 50) === 1;
    this.#glyphs = this.#characterMap();
  }

  /** The path of a Unicode character; undefined where the font has none, empty for a blank. */
  path(character: number): string | undefined {
    const glyph = this.#glyphs.get(character);
    return glyph === undefined ? undefined : pathOf(this.#contours(glyph, 0));
  }

  #table(name: string): number {
    const at = this.#tables.get(name);
    if (at === undefined) throw new Error(`the font has no table ${name}`);
    return at;
  }

  /** Glyphs by character, from the table of segments that every such font has. */
  #characterMap(): Map<number, number> {
    const view = this.#view;
    const cmap = this.#table('cmap');
    const found = new Map<number, number>();
    for (let entry = 0; entry < view.getUint16(cmap + 2); entry++) {
      const table = cmap + view.getUint32(cmap + 8 + 8 * entry);
      if (view.getUint16(table) !== 4) continue;
      const size = view.getUint16(table + 6);
      const ends = table + 14;
      const starts = ends + size + 2;
      const deltas = starts + size;
      const ranges = deltas + size;
      for (let at = 0; at < size; at += 2) {
        const range = view.getUint16(ranges + at);
        const last = view.getUint16(ends + at);
        for (let code = view.getUint16(starts + at); code <= last && code < 0xffff; code++) {
          const first = view.getUint16(starts + at);
          const raw = range === 0 ? code : view.getUint16(ranges + at + range + 2 * (code - first));
          const glyph = range !== 0 && raw === 0 ? 0 : (raw + view.getInt16(deltas + at)) & 0xffff;
          if (glyph !== 0) found.set(code, glyph);
        }
      }
      return found;
    }
    return found;
  }

  #contours(glyph: number, depth: number): Point[][] {
    const view = this.#view;
    const loca = this.#table('loca');
    const offset = (index: number) =>
      this.#longOffsets ? view.getUint32(loca + 4 * index) : 2 * view.getUint16(loca + 2 * index);
    const from = this.#table('glyf') + offset(glyph);
    if (offset(glyph + 1) === offset(glyph)) return [];
    const contours = view.getInt16(from);
    if (contours >= 0) return this.#simple(from + 10, contours);
    return depth < DEEPEST ? this.#composite(from + 10, depth) : [];
  }

  #simple(from: number, contours: number): Point[][] {
    const view = this.#view;
    const ends = Array.from({ length: contours }, (_none, at) => view.getUint16(from + 2 * at));
    const count = (ends.at(-1) ?? -1) + 1;
    let at = from + 2 * contours;
    at += 2 + view.getUint16(at);
    const flags: number[] = [];
    while (flags.length < count) {
      const flag = view.getUint8(at++);
      const repeats = flag & 8 ? view.getUint8(at++) : 0;
      for (let times = 0; times <= repeats; times++) flags.push(flag);
    }
    const coordinates = (short: number, same: number) => {
      let value = 0;
      return flags.map(flag => {
        if (flag & short) value += flag & same ? view.getUint8(at++) : -view.getUint8(at++);
        else if (!(flag & same)) {
          value += view.getInt16(at);
          at += 2;
        }
        return value;
      });
    };
    const xs = coordinates(2, 16);
    const ys = coordinates(4, 32);
    const points = flags.slice(0, count).map((flag, index) => ({ x: xs[index]!, y: ys[index]!, on: (flag & 1) === 1 }));
    return ends.map((end, index) => points.slice(index === 0 ? 0 : ends[index - 1]! + 1, end + 1));
  }

  #composite(from: number, depth: number): Point[][] {
    const view = this.#view;
    const found: Point[][] = [];
    let at = from;
    for (let more = true; more; ) {
      const flags = view.getUint16(at);
      const glyph = view.getUint16(at + 2);
      at += 4;
      const words = (flags & 1) !== 0;
      const dx = words ? view.getInt16(at) : view.getInt8(at);
      const dy = words ? view.getInt16(at + 2) : view.getInt8(at + 1);
      at += words ? 4 : 2;
      const scales = flags & 8 ? 1 : flags & 0x40 ? 2 : flags & 0x80 ? 4 : 0;
      const scale = Array.from({ length: scales }, (_none, index) => view.getInt16(at + 2 * index) / 16_384);
      at += 2 * scales;
      const [a = 1, b = 0, c = 0, d = a] = scales === 2 ? [scale[0], 0, 0, scale[1]] : scale;
      for (const contour of this.#contours(glyph, depth + 1))
        found.push(contour.map(({ x, y, on }) => ({ x: a * x + c * y + dx, y: b * x + d * y + dy, on })));
      more = (flags & 0x20) !== 0;
    }
    return found;
  }
}

/** Quadratic curves through contours, in relative commands. */
function pathOf(contours: readonly (readonly Point[])[]): string {
  let path = '';
  let [x, y] = [0, 0];
  const to = (point: { x: number; y: number }) => {
    const step = `${Math.round(point.x) - x} ${Math.round(point.y) - y}`;
    return step;
  };
  const move = (point: { x: number; y: number }) => {
    x = Math.round(point.x);
    y = Math.round(point.y);
  };
  for (const contour of contours) {
    if (contour.length < 2) continue;
    const closed = cyclic(contour);
    path += `m${to(closed[0]!)}`;
    move(closed[0]!);
    for (let at = 1; at < closed.length; at++) {
      const point = closed[at]!;
      if (point.on) {
        path += `l${to(point)}`;
        move(point);
        continue;
      }
      const next = closed[at + 1]!;
      const end = next.on ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
      path += `q${to(point)} ${to(end)}`;
      move(end);
      if (next.on) at++;
    }
    path += 'z';
    // Closing leads back to where the contour began.
    move(closed[0]!);
  }
  return path;
}

/** A contour from a point on the curve back to it. */
function cyclic(contour: readonly Point[]): Point[] {
  const first = contour.findIndex(point => point.on);
  if (first >= 0) return [...contour.slice(first), ...contour.slice(0, first), contour[first]!];
  const [a, b] = [contour[0]!, contour.at(-1)!];
  const start = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, on: true };
  return [start, ...contour, start];
}
