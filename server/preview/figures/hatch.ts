/** Hatches of bars and areas: patterns that lie over their fill, as far apart as matplotlib has them. */
import type { Artist, Color } from '../../../mlsys/figures';
import { digest } from '../text';
import { paint } from './paint';

/** Points of an inch, the tile that matplotlib draws a hatch in, and how many lines there are in it for each sign. */
const TILE = 72;
const LINES = 6;
/** Radii of circles, in parts of the distance between them. */
const CIRCLES: Readonly<Record<string, number>> = { o: 0.2, O: 0.35, '.': 0.1, '*': 0.25 };

type Hatched = Extract<Artist, { kind: 'bars' | 'area' | 'span' | 'shape' }>;

/** The hatches that an artist has, each with its colour. */
export function hatchesOf(artist: Artist): readonly { readonly hatch: string; readonly color: Color }[] {
  if (artist.hatches === undefined || !isHatched(artist)) return [];
  const edge = artist.kind === 'span' ? 'none' : artist.kind === 'shape' ? artist.stroke.color : artist.edge;
  const color = edge === 'none' ? 'black' : edge;
  return [...new Set(artist.hatches)].filter(hatch => hatch !== '').map(hatch => ({ hatch, color }));
}

function isHatched(artist: Artist): artist is Hatched {
  return artist.kind === 'bars' || artist.kind === 'area' || artist.kind === 'span' || artist.kind === 'shape';
}

/** How often each kind of line occurs in a hatch. */
function signsOf(hatch: string): [sign: string, count: number][] {
  const count = (signs: string) => [...hatch].filter(sign => signs.includes(sign)).length;
  const found: [string, number][] = [
    ['/', count('/xX')],
    ['\\', count('\\xX')],
    ['-', count('-+')],
    ['|', count('|+')],
    ...Object.keys(CIRCLES).map((sign): [string, number] => [sign, count(sign)]),
  ];
  return found.filter(([, times]) => times > 0);
}

const idOf = (figure: string, sign: string, count: number, color: Color): string =>
  `${figure}-hatch-${digest(`${sign}${count}${color}`)}`;

const n = (value: number): string => String(Number(value.toFixed(2)));

function patternSvg(id: string, sign: string, count: number, color: Color): string {
  const between = TILE / (LINES * count);
  const ink = paint(color);
  const radius = CIRCLES[sign];
  const [width, height] =
    radius !== undefined ? [between, 2 * between] : isSlanted(sign) ? [2 * between, 2 * between] : [between, between];
  const content =
    radius === undefined
      ? `<path d="${linesOf(sign, width)}" fill="none" stroke="${ink}" stroke-width="1"/>`
      : circles(between, radius * between, sign === 'o' || sign === 'O' ? 'none' : ink, ink);
  return `<pattern id="${id}" width="${n(width)}" height="${n(height)}" patternUnits="userSpaceOnUse">${content}</pattern>`;
}

const isSlanted = (sign: string): boolean => sign === '/' || sign === '\\';

function linesOf(sign: string, size: number): string {
  const s = (part: number) => n(part * size);
  switch (sign) {
    case '-':
      return `M0 ${s(0.5)}H${s(1)}`;
    case '|':
      return `M${s(0.5)} 0V${s(1)}`;
    case '/':
      return `M${s(-0.25)} ${s(0.25)}L${s(0.25)} ${s(-0.25)}M0 ${s(1)}L${s(1)} 0M${s(0.75)} ${s(1.25)}L${s(1.25)} ${s(0.75)}`;
    default:
      return `M${s(0.75)} ${s(-0.25)}L${s(1.25)} ${s(0.25)}M0 0L${s(1)} ${s(1)}M${s(-0.25)} ${s(0.75)}L${s(0.25)} ${s(1.25)}`;
  }
}

/** Two rows of circles, the second one half a step further. */
function circles(between: number, radius: number, fill: string, ink: string): string {
  const places = [
    [0.5, 0.5],
    [0, 1.5],
    [1, 1.5],
  ] as const;
  return places
    .map(
      ([x, y]) =>
        `<circle cx="${n(x * between)}" cy="${n(y * between)}" r="${n(radius)}" fill="${fill}" stroke="${ink}"/>`,
    )
    .join('');
}

/** The patterns that the artists of an axes need; `figure` makes their names its own. */
export function hatchPatterns(artists: readonly Artist[], figure: string): string {
  const patterns = new Map<string, string>();
  for (const artist of artists)
    for (const { hatch, color } of hatchesOf(artist))
      for (const [sign, count] of signsOf(hatch)) {
        const id = idOf(figure, sign, count, color);
        patterns.set(id, patternSvg(id, sign, count, color));
      }
  return [...patterns.values()].join('');
}

/** What fills a shape in the patterns of a hatch, one over the other. */
export function hatchFills(hatch: string, color: Color, figure: string): string[] {
  return signsOf(hatch).map(([sign, count]) => `url(#${idOf(figure, sign, count, color)})`);
}

/** The artists that lie over one: its own shape without an edge, filled with each of its patterns. */
export function hatchOverlays(artist: Artist, figure: string): Artist[] {
  return hatchesOf(artist).flatMap(({ hatch, color }) =>
    hatchFills(hatch, color, figure).flatMap(fill => (isHatched(artist) ? [overlay(artist, hatch, fill)] : [])),
  );
}

function overlay(artist: Hatched, hatch: string, fill: string): Artist {
  const { hatches = [], alpha: _alpha, ...bare } = artist;
  switch (bare.kind) {
    case 'bars': {
      const boxes = bare.boxes.filter((_, at) => hatches[at % hatches.length] === hatch);
      return { ...bare, boxes, colors: [fill], edge: 'none', edgeWidth: 0 };
    }
    case 'area':
      return { ...bare, fill, edge: 'none', edgeWidth: 0 };
    case 'span':
      return { ...bare, fill };
    case 'shape':
      return { ...bare, fill, stroke: { ...bare.stroke, width: 0 } };
  }
}
