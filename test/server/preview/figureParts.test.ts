/** Where texts, legends and colour bars of figures stand, and what they tell. */
import { expect, test } from 'vitest';
import { figureSvg, labelledFigure } from '../../../server/preview/figures';
import { analyze, cell, figuresOf } from '../../support/analysis';

/** The SVG of the only figure that code draws. */
function draw(code: string): string {
  const analysis = analyze(cell(`import matplotlib.pyplot as plt\n${code}`));
  const [result] = analysis.cells;
  expect(result!.fault?.message).toBeUndefined();
  return labelledFigure(figureSvg(figuresOf(analysis, result!)[0])!, 'A figure');
}

const texts = (svg: string) =>
  [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(found => found[1]!.replace(/<[^>]*>/g, ''));

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function boxOf(svg: string, pattern: RegExp): Box {
  const [, x, y, width, height] = pattern.exec(svg)!.map(Number);
  return { x: x!, y: y!, width: width!, height: height! };
}

const axesBox = (svg: string, at = 0): Box =>
  boxOf(
    [...svg.matchAll(/<clipPath[^>]*><rect[^>]*>/g)][at]![0],
    /x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="([\d.]+)"/,
  );
const legendBox = (svg: string): Box =>
  boxOf(svg, /<g class="legend"><rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="([\d.]+)"/);

/** Place of a text: its column and its line. */
function placeOf(svg: string, text: string): { readonly x: number; readonly y: number } {
  const [, x, y] = new RegExp(`<tspan x="([\\d.-]+)" y="([\\d.-]+)">${text}</tspan>`).exec(svg)!.map(Number);
  return { x: x!, y: y! };
}

test('labels at the ends of stacked bars tell where these end, those in their middles how long they are', () => {
  const svg = draw(
    "fig, ax = plt.subplots()\nlower = ax.bar(['a', 'b'], [3, 5])\nupper = ax.bar(['a', 'b'], [1, 4], bottom=[3, 5])\n" +
      "ax.bar_label(lower, label_type='center', fmt='in %g')\nax.bar_label(upper, fmt='to %g')\nax.bar_label(upper, label_type='center', fmt='of %g')",
  );
  for (const shown of ['in 3', 'in 5', 'to 4', 'to 9', 'of 1', 'of 4']) expect(texts(svg)).toContain(shown);
});

test('labels of bars with errors stand beyond these', () => {
  const lineOf = (error: string) =>
    placeOf(draw(`plt.ylim(0, 9)\nplt.bar_label(plt.bar([1], [3]${error}), fmt='so %g')`), 'so 3').y;
  expect(lineOf(', yerr=[2]')).toBeLessThan(lineOf('') - 50);
});

test('a legend stands in the box that it is anchored to', () => {
  const svg = draw("plt.pie([1, 2], labels=['a', 'b'])\nplt.legend(loc='center left', bbox_to_anchor=(1, 0, 0.5, 1))");
  const [axes, legend] = [axesBox(svg), legendBox(svg)];
  expect(legend.x).toBeGreaterThan(axes.x + axes.width);
  expect(legend.y + legend.height / 2).toBeCloseTo(axes.y + axes.height / 2, 0);
});

test('a legend keeps the distance that it is told from its anchor', () => {
  const legend = (pad: number) =>
    legendBox(
      draw(
        `plt.plot([1, 2], label='a')\nplt.legend(loc='lower left', bbox_to_anchor=(0, 0), borderaxespad=${pad}, fontsize=10)`,
      ),
    );
  expect(legend(2).x - legend(0).x).toBeCloseTo(20);
});

test('the legend of a figure lists what all axes have', () => {
  const svg = draw(
    "fig, (a, b) = plt.subplots(1, 2)\na.plot([1, 2], label='first')\nb.plot([2, 1], label='second')\nfig.legend(loc='lower center')",
  );
  expect(texts(svg)).toEqual(expect.arrayContaining(['first', 'second']));
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)!.map(Number);
  const legend = legendBox(svg);
  expect(legend.x + legend.width / 2).toBeCloseTo(width! / 2, 0);
  expect(legend.y + legend.height).toBeCloseTo(height! - 5, 0);
});

test.each([
  ['outside right upper', (axes: Box, legend: Box) => legend.x - axes.x - axes.width],
  ['outside lower center', (axes: Box, legend: Box) => legend.y - axes.y - axes.height],
  ['outside upper left', (axes: Box, legend: Box) => axes.y - legend.y - legend.height],
  ['outside left center', (axes: Box, legend: Box) => axes.x - legend.x - legend.width],
])('a legend stands %s', (place, gap) => {
  const svg = draw(
    `fig, ax = plt.subplots(layout='constrained')\nax.plot([1, 2], label='one')\nfig.legend(loc='${place}')`,
  );
  expect(gap(axesBox(svg), legendBox(svg))).toBeGreaterThanOrEqual(0);
});

test('the legend of a figure that reaches beyond it is seen', () => {
  const svg = draw(
    "fig, ax = plt.subplots()\nax.plot([1, 2], label='one')\nfig.legend(loc='upper center', bbox_to_anchor=(0.5, 0))",
  );
  const [, height] = /viewBox="0 0 [\d.]+ ([\d.]+)"/.exec(svg)!.map(Number);
  const legend = legendBox(svg);
  expect(legend.y + legend.height).toBeLessThanOrEqual(height! + 0.1);
});

test('labels that all axes share stand below and beside them', () => {
  const svg = draw("fig, axes = plt.subplots(1, 2)\nfig.supxlabel('below')\nfig.supylabel('beside')");
  const [first, last] = [axesBox(svg), axesBox(svg, 1)];
  expect(placeOf(svg, 'below').y).toBeGreaterThan(first.y + first.height);
  expect(placeOf(svg, 'below').x).toBeCloseTo((7 * 72) / 2);
  expect(placeOf(svg, 'beside').x).toBeLessThan(first.x);
  expect(last.x).toBeGreaterThan(first.x + first.width);
  expect(svg).not.toContain('Not drawn here');
});

test.each([
  'plt.setp(ax.get_xticklabels(), rotation=40)',
  "plt.setp(ax.get_xticklabels(), 'rotation', 40)",
  'for label in ax.get_xticklabels():\n    label.set_rotation(40)',
  'ax.set_xticks([0, 1])\nplt.setp(ax.get_xticklabels(), rotation=40)',
])('tick labels are turned by %s', code => {
  expect(draw(`fig, ax = plt.subplots()\nax.plot([0, 1])\n${code}`).match(/rotate\(-40 /g)?.length).toBeGreaterThan(1);
});

test('properties that setp sets are those of the artists', () => {
  expect(draw("lines = plt.plot([1, 2], [2, 1])\nplt.setp(lines, color='#123456')")).toContain('#123456');
});

test('contours of one colour are dashed below zero', () => {
  const dashed = (more: string) =>
    draw(`plt.contour([[-2, -1], [1, 2]], levels=[-1.5, 1.5]${more})`).match(/stroke-dasharray/g)?.length ?? 0;
  expect(dashed(", colors='k'")).toBe(1);
  expect(dashed('')).toBe(0);
  expect(dashed(", colors='k', linestyles='-'")).toBe(0);
});

test('colour bars lie below their axes if they are told to, with the ticks that they are given', () => {
  const svg = draw(
    "image = plt.imshow([[0, 50], [75, 100]])\nplt.colorbar(image, orientation='horizontal', ticks=[0, 40, 100], label='share')",
  );
  const axes = axesBox(svg);
  for (const text of ['40', 'share']) expect(placeOf(svg, text).y).toBeGreaterThan(axes.y + axes.height);
  expect(texts(svg)).not.toContain('60');
  const named = draw("bar = plt.colorbar(plt.imshow([[0, 1]]))\nbar.set_ticks([0, 1], labels=['none', 'all'])");
  expect(texts(named)).toEqual(expect.arrayContaining(['none', 'all']));
});

test.each([
  ["plt.imshow([[0, 1]])\nplt.colorbar(label='share')", 'plt.colorbar(plt.imshow([[0, 1]]), label="share")'],
  [
    'fig, (a, b) = plt.subplots(1, 2)\nplt.sca(a)\nplt.imshow([[0, 1]])\nplt.sca(b)\nplt.colorbar()',
    'fig, (a, b) = plt.subplots(1, 2)\nplt.colorbar(a.imshow([[0, 1]]))',
  ],
])('a colour bar of nothing is of what pyplot drew last: %#', (code, same) => {
  const plain = (svg: string) => svg.replaceAll(/clip-\w+/g, 'clip');
  expect(plain(draw(code))).toBe(plain(draw(same)));
});

test('the colours of a style are those that C0 and its kin name', () => {
  expect(draw("plt.style.use('ggplot')\nplt.plot([1, 2], color='C1')")).toContain('#348ABD');
});

/** As matplotlib places them: parts of the axes from the left and from above, to halves. */
test.each([
  ["plt.stackplot([0, 1, 2], [1, 2, 3], [3, 2, 1], labels=['a', 'b'])", [0.5, 1]],
  [
    "plt.fill_between([0, 1, 2], [0, 0, 0], [1, 3, 2], label='area')\nplt.plot([0, 1, 2], [2, 1, 3], label='l')",
    [0, 0],
  ],
  [
    "plt.plot([0, 5, 10], [0, 10, 0], label='a')\nplt.plot([0, 5, 10], [10, 0, 10], label='b')\n" +
      "plt.plot([0, 10], [5, 5], label='c')\nplt.axvspan(2, 4, alpha=0.2, label='span')",
    [0.5, 0.5],
  ],
  ["plt.ylim(0, 10)\nplt.plot([0, 1], [1, 1], label='low')\nplt.axhline(9.5)", [0, 1]],
])('a legend keeps clear of areas, rules and spans: %s', (code, place) => {
  const svg = draw(`${code}\nplt.legend()`);
  const [axes, legend] = [axesBox(svg), legendBox(svg)];
  const half = (part: number) => Math.round(part * 2) / 2;
  expect([
    half((legend.x + legend.width / 2 - axes.x) / axes.width),
    half((legend.y + legend.height / 2 - axes.y) / axes.height),
  ]).toEqual(place);
});

test.each([
  ['a text beside the axes', "ax.text(-0.2, 0.5, 'a long name of a row', ha='right', transform=ax.transAxes)", 'x'],
  ['a text below the figure', "fig.text(0.5, -0.1, 'Source: the lock keeper')", 'height'],
  ['a turned text', "fig.text(1.05, 0.5, 'turned', rotation=90)", 'width'],
  ['a title that is wider', `ax.set_title('${'wide '.repeat(12)}')`, 'width'],
])('a figure is as large as what reaches beyond it: %s', (_what, code, grows) => {
  const viewOf = (more: string) => {
    const svg = draw(`fig, ax = plt.subplots(figsize=(4, 3))\nax.plot([1, 2])\n${more}`);
    const [x, y, width, height] = /viewBox="([^"]*)"/.exec(svg)![1]!.split(' ').map(Number);
    return { x: -x!, y: -y!, width: width!, height: height! };
  };
  const [plain, view] = [viewOf(''), viewOf(code)];
  expect(plain).toEqual({ x: -0, y: -0, width: 288, height: 216 });
  expect(view[grows as keyof typeof view]).toBeGreaterThan(plain[grows as keyof typeof plain] + 5);
});

test('a text far away leaves the figure as it is', () => {
  const svg = draw(
    "fig, ax = plt.subplots(figsize=(4, 3))\nax.plot([1, 2])\nax.set_xlim(0, 1)\nax.text(900, 1, 'far')",
  );
  expect(svg).toContain('viewBox="0 0 288 216"');
});

const boxesOf = (code: string): Box[] => {
  const svg = draw(code);
  return Array.from(svg.matchAll(/<clipPath/g), (_, at) => axesBox(svg, at));
};

test('axes of a column are equally high, whatever stands around them', () => {
  const boxes = boxesOf(
    "fig, axs = plt.subplots(3, 1, sharex=True)\naxs[0].set_title('Above')\naxs[2].set_xlabel('below')\nfor ax in axs: ax.plot([1, 2])",
  );
  for (const { height } of boxes) expect(height).toBeCloseTo(boxes[0]!.height, 1);
});

test.each([
  ['that are rows of a narrow figure', "fig, axs = plt.subplots(12, 1, figsize=(6, 3))\naxs[0].set_title('Above')"],
  ['of grids that differ', 'plt.subplot(2, 1, 1)\nplt.subplot(2, 2, 3)\nplt.subplot(2, 3, 6)'],
])('axes %s do not overlap', (_what, code) => {
  const boxes = boxesOf(code);
  for (const [at, one] of boxes.entries())
    for (const other of boxes.slice(at + 1)) {
      const isApart = one.x + one.width <= other.x + 2 || other.x + other.width <= one.x + 2;
      expect(isApart || one.y + one.height <= other.y + 2 || other.y + other.height <= one.y + 2).toBe(true);
    }
});

test('axes without a space between them meet', () => {
  const [above, below] = boxesOf("fig, axs = plt.subplots(2, 1, sharex=True, gridspec_kw={'hspace': 0})");
  expect(above!.y + above!.height).toBeCloseTo(below!.y + 2, 0);
});

test('columns of a legend are as wide as what stands in them', () => {
  const widthWith = (second: string) =>
    legendBox(draw(`plt.plot([1, 2], label='a long name')\nplt.plot([2, 1], label='${second}')\nplt.legend(ncols=2)`))
      .width;
  expect(widthWith('a long name')).toBeGreaterThan(widthWith('b') + 20);
});
