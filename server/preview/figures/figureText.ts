/** Texts of figures as SVG, and how wide words are. */
import { type AxesModel, lineWidth, type TextStyle, type TitlePlace } from '../../../mlsys/figures';
import { escapeHtml } from '../text';
import { mathRuns, type Run } from './mathtext';
import { paint } from './paint';
import type { Box } from './space';

function runsOf(line: string): Run[] {
  if (!/\$/.test(line)) return [{ text: line, shift: 0, italic: false }];
  const runs: Run[] = [];
  const parts = line.split(/(?<!\\)\$/);
  if (parts.length % 2 === 0) return [{ text: line.replace(/\\\$/g, '$'), shift: 0, italic: false }];
  parts.forEach((part, at) => {
    if (at % 2 === 1) runs.push(...mathRuns(part));
    else if (part !== '') runs.push({ text: part.replace(/\\\$/g, '$'), shift: 0, italic: false });
  });
  return runs;
}

/** A text as it is read aloud, without the marks of its formulas. */
export function plainText(text: string): string {
  return text
    .split('\n')
    .map(line =>
      runsOf(line)
        .map(run => run.text)
        .join(''),
    )
    .join(' ')
    .trim();
}

/** Width of the widest line, in points. */
export function widthOf(text: string, { size, weight }: Pick<TextStyle, 'size' | 'weight'>): number {
  const factor = weight === 'bold' ? 1.1 : 1;
  const lines = text
    .split('\n')
    .map(line => runsOf(line).reduce((sum, run) => sum + lineWidth(run.text) * (run.shift === 0 ? 1 : 0.7), 0));
  return Math.max(0, ...lines) * size * factor;
}

export const LINE_HEIGHT = 1.22;
/** What of a letter may stand below its line. */
const BELOW = 0.22;

export function heightOf(text: string, size: number): number {
  return text.split('\n').length * size * LINE_HEIGHT;
}

export interface Placing {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  /** Which part of the text stands at `y`. */
  readonly at: 'top' | 'center' | 'bottom' | 'baseline';
  /** Degrees, counter-clockwise. */
  readonly rotation?: number;
  readonly opacity?: number;
}

/** The box of a text on the page, as wide as its words are thought to be. */
export function textBox(text: string, style: TextStyle, { x, y, anchor, at, rotation = 0 }: Placing): Box {
  const [width, height] = [widthOf(text, style), heightOf(text, style.size)];
  const left = anchor === 'start' ? 0 : anchor === 'middle' ? -width / 2 : -width;
  const top =
    at === 'top' ? 0 : at === 'center' ? -height / 2 : at === 'bottom' ? -height : BELOW * style.size - height;
  const [sine, cosine] = [Math.sin((rotation * Math.PI) / 180), Math.cos((rotation * Math.PI) / 180)];
  const corners = [left, left + width].flatMap(across =>
    [top, top + height].map(down => [x + across * cosine + down * sine, y - across * sine + down * cosine] as const),
  );
  const [columns, rows] = [corners.map(([column]) => column), corners.map(([, row]) => row)];
  const [fromX, fromY] = [Math.min(...columns), Math.min(...rows)];
  return { x: fromX, y: fromY, width: Math.max(...columns) - fromX, height: Math.max(...rows) - fromY };
}

const round = (value: number) => Number(value.toFixed(2));

/** A `<text>` element. */
export function textSvg(text: string, style: TextStyle, place: Placing): string {
  if (text === '') return '';
  const lines = text.split('\n');
  const step = style.size * LINE_HEIGHT;
  const below = (lines.length - 1) * step;
  const first =
    place.at === 'top'
      ? place.y + style.size * 0.82
      : place.at === 'center'
        ? place.y + style.size * 0.35 - below / 2
        : place.at === 'bottom'
          ? place.y - style.size * BELOW - below
          : place.y - below;
  const inner = lines
    .map((line, at) => {
      const runs = runsOf(line).map(run => {
        const look = run.italic ? ' font-style="italic"' : '';
        if (run.shift === 0) return run.italic ? `<tspan${look}>${escapeHtml(run.text)}</tspan>` : escapeHtml(run.text);
        return `<tspan baseline-shift="${run.shift > 0 ? 'super' : 'sub'}" font-size="70%">${escapeHtml(run.text)}</tspan>`;
      });
      return `<tspan x="${round(place.x)}" y="${round(first + at * step)}">${runs.join('')}</tspan>`;
    })
    .join('');
  const turn = place.rotation
    ? ` transform="rotate(${round(-place.rotation)} ${round(place.x)} ${round(place.y)})"`
    : '';
  const weight = style.weight === 'bold' ? ' font-weight="600"' : '';
  const slant = style.italic ? ' font-style="italic"' : '';
  const family = style.family === 'monospace' ? ' font-family="monospace"' : '';
  const { outline } = style;
  const edge =
    outline === undefined
      ? ''
      : ` stroke="${paint(outline.color)}" stroke-width="${round(outline.width)}" stroke-linejoin="round" paint-order="stroke"`;
  const opacity = place.opacity === undefined || place.opacity === 1 ? '' : ` opacity="${round(place.opacity)}"`;
  return `<text font-size="${round(style.size)}" text-anchor="${place.anchor}" fill="${paint(style.color)}"${weight}${slant}${family}${edge}${opacity}${turn}>${inner}</text>`;
}

const TITLE_PLACES: readonly TitlePlace[] = ['left', 'center', 'right'];

/** The titles of an axes that say something. */
export function titlesOf({ titles }: AxesModel): { place: TitlePlace; text: string; style: TextStyle }[] {
  return TITLE_PLACES.map(place => ({ place, ...titles[place] })).filter(({ text }) => text !== '');
}
