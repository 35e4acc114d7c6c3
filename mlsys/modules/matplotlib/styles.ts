/** matplotlib's own styles, as far as figures here heed their settings. */
import { PyList, PyTuple, type Value } from '../../python/runtime/objects';

type Settings = readonly (readonly [string, Value])[];

const colors = (...all: readonly string[]): readonly [string, Value] => [
  'axes.prop_cycle',
  new PyTuple(all.map(color => `#${color}`)),
];

/** What the themes of seaborn share. */
const seaborn = (ground: string, edge: string, width: number, grid: boolean, lines: string): Settings => [
  ['axes.facecolor', ground],
  ['axes.edgecolor', edge],
  ['axes.linewidth', width],
  ['axes.grid', grid],
  ['axes.labelcolor', '0.15'],
  ['figure.facecolor', 'white'],
  ['grid.color', lines],
  ['image.cmap', 'Greys'],
  ['legend.frameon', false],
  ['text.color', '0.15'],
  ['xtick.color', '0.15'],
  ['ytick.color', '0.15'],
];

/** What the contexts of seaborn share: sizes that grow with a factor. */
const scaled = (factor: number, width: number, height: number): Settings => {
  // As the files of the styles write them.
  const by = (size: number): number => Number((size * factor).toPrecision(6));
  return [
    ['axes.labelsize', by(11)],
    ['axes.titlesize', by(12)],
    ['figure.figsize', new PyList([width, height])],
    ['grid.linewidth', factor],
    ['legend.fontsize', by(10)],
    ['lines.linewidth', by(1.75)],
    ['lines.markersize', by(7)],
    ['xtick.labelsize', by(10)],
    ['ytick.labelsize', by(10)],
  ];
};

const DEEP = colors('4C72B0', '55A868', 'C44E52', '8172B2', 'CCB974', '64B5CD');

const STYLES: Readonly<Record<string, () => Settings>> = {
  ggplot: () => [
    ['axes.edgecolor', 'white'],
    ['axes.facecolor', '#E5E5E5'],
    ['axes.grid', true],
    ['axes.labelcolor', '#555555'],
    ['axes.labelsize', 'large'],
    ['axes.linewidth', 1],
    colors('E24A33', '348ABD', '988ED5', '777777', 'FBC15E', '8EBA42', 'FFB5B8'),
    ['axes.titlesize', 'x-large'],
    ['grid.color', 'white'],
    ['xtick.color', '#555555'],
    ['ytick.color', '#555555'],
  ],
  bmh: () => [
    ['axes.edgecolor', '#bcbcbc'],
    ['axes.facecolor', '#eeeeee'],
    ['axes.grid', true],
    ['axes.labelsize', 'large'],
    colors('348ABD', 'A60628', '7A68A6', '467821', 'D55E00', 'CC79A7', '56B4E9', '009E73', 'F0E442', '0072B2'),
    ['axes.titlesize', 'x-large'],
    ['grid.color', '#b2b2b2'],
    ['grid.linestyle', '--'],
    ['grid.linewidth', 0.5],
    ['lines.linewidth', 2],
  ],
  fivethirtyeight: () => [
    ['axes.edgecolor', '#f0f0f0'],
    ['axes.facecolor', '#f0f0f0'],
    ['axes.grid', true],
    ['axes.labelsize', 'large'],
    ['axes.linewidth', 3],
    colors('008fd5', 'fc4f30', 'e5ae38', '6d904f', '8b8b8b', '810f7c'),
    ['axes.titlesize', 'x-large'],
    ['figure.facecolor', '#f0f0f0'],
    ['font.size', 14],
    ['grid.color', '#cbcbcb'],
    ['grid.linewidth', 1],
    ['lines.linewidth', 4],
  ],
  Solarize_Light2: () => [
    ['axes.edgecolor', '#eee8d5'],
    ['axes.facecolor', '#eee8d5'],
    ['axes.grid', true],
    ['axes.labelcolor', '#657b83'],
    ['axes.labelsize', 12],
    colors('268BD2', '2AA198', '859900', 'B58900', 'CB4B16', 'DC322F', 'D33682', '6C71C4'),
    ['axes.titlesize', 16],
    ['figure.facecolor', '#FDF6E3'],
    ['grid.color', '#fdf6e3'],
    ['grid.linewidth', 1],
    ['lines.linewidth', 2],
    ['xtick.color', '#657b83'],
    ['ytick.color', '#657b83'],
  ],
  dark_background: () => [
    ['axes.edgecolor', 'white'],
    ['axes.facecolor', 'black'],
    ['axes.labelcolor', 'white'],
    colors('8dd3c7', 'feffb3', 'bfbbd9', 'fa8174', '81b1d2', 'fdb462', 'b3de69', 'bc82bd', 'ccebc4', 'ffed6f'),
    ['figure.facecolor', 'black'],
    ['grid.color', 'white'],
    ['text.color', 'white'],
    ['xtick.color', 'white'],
    ['ytick.color', 'white'],
  ],
  grayscale: () => [
    colors('000000', '666666', '999999', 'b3b3b3'),
    ['figure.facecolor', '0.75'],
    ['grid.color', 'black'],
    ['image.cmap', 'gray'],
  ],
  'tableau-colorblind10': () => [
    colors('006BA4', 'FF800E', 'ABABAB', '595959', '5F9ED1', 'C85200', '898989', 'A2C8EC', 'FFBC79', 'CFCFCF'),
  ],
  'seaborn-v0_8': () => [...seaborn('#EAEAF2', 'white', 0, true, 'white'), ...scaled(1, 8, 5.5), DEEP],
  'seaborn-v0_8-darkgrid': () => seaborn('#EAEAF2', 'white', 0, true, 'white'),
  'seaborn-v0_8-dark': () => seaborn('#EAEAF2', 'white', 0, false, 'white'),
  'seaborn-v0_8-whitegrid': () => seaborn('white', '0.8', 1, true, '0.8'),
  'seaborn-v0_8-white': () => seaborn('white', '0.15', 1.25, false, '0.8'),
  'seaborn-v0_8-ticks': () => seaborn('white', '0.15', 1.25, false, '0.8'),
  'seaborn-v0_8-paper': () => scaled(0.8, 6.4, 4.4),
  'seaborn-v0_8-notebook': () => scaled(1, 8, 5.5),
  'seaborn-v0_8-talk': () => scaled(1.3, 10.4, 7.15),
  'seaborn-v0_8-poster': () => scaled(1.6, 12.8, 8.8),
  'seaborn-v0_8-deep': () => [DEEP],
  'seaborn-v0_8-muted': () => [colors('4878CF', '6ACC65', 'D65F5F', 'B47CC7', 'C4AD66', '77BEDB')],
  'seaborn-v0_8-pastel': () => [colors('92C6FF', '97F0AA', 'FF9F9A', 'D0BBFF', 'FFFEA3', 'B0E0E6')],
  'seaborn-v0_8-bright': () => [colors('003FFF', '03ED3A', 'E8000B', '8A2BE2', 'FFC400', '00D7FF')],
  'seaborn-v0_8-dark-palette': () => [colors('001C7F', '017517', '8C0900', '7600A1', 'B8860B', '006374')],
  'seaborn-v0_8-colorblind': () => [colors('0072B2', '009E73', 'D55E00', 'CC79A7', 'F0E442', '56B4E9')],
  fast: () => [],
};

/** Styles that are not here: `classic` places ticks and limits in a way of its own. */
const LEFT_OUT = ['classic', '_classic_test_patch', 'petroff10'];

export const STYLE_NAMES: readonly string[] = [...Object.keys(STYLES), ...LEFT_OUT];

/** The settings of a style; undefined for one that is not here. */
export function styleNamed(name: string): Settings | undefined {
  return Object.hasOwn(STYLES, name) ? STYLES[name]!() : undefined;
}
