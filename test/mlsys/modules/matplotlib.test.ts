import { describe, expect, test } from 'vitest';
import type { FigureModel } from '../../../mlsys/modules/matplotlib';
import type { Analysis, CellResult } from '../../../server/evaluation/analysis';
import { analyze, cell, figuresOf } from '../../support/analysis';

function run(...codes: string[]) {
  latest = analyze(codes.map(code => cell(code)).join('\n'));
  return latest.cells;
}

let latest: Analysis;

function models(result: CellResult): FigureModel[] {
  return figuresOf(latest, result).map(figure => (figure as { model: FigureModel }).model);
}

const PLT = 'import matplotlib.pyplot as plt\n';

describe('what is recorded', () => {
  test('lines with format, colour and label', () => {
    const [result] = run(`${PLT}plt.plot([1, 2], [3, 4], 'r--o', label='x', linewidth=3)`);
    expect(models(result!)[0]!.axes[0]!.artists[0]).toMatchObject({
      kind: 'line',
      x: [1, 2],
      y: [3, 4],
      marker: 'o',
      label: 'x',
      stroke: { color: '#ff0000', width: 3, dash: [3.7, 1.6] },
    });
  });

  test('the colour cycle goes on from curve to curve', () => {
    const [result] = run(`${PLT}plt.plot([1])\nplt.plot([2])`);
    const colors = models(result!)[0]!.axes[0]!.artists.map(artist => artist.kind === 'line' && artist.stroke.color);
    expect(colors).toEqual(['#1f77b4', '#ff7f0e']);
  });

  test('colours of Tableau by their names', () => {
    const [result] = run('import matplotlib.colors as mcolors\nprint(list(mcolors.TABLEAU_COLORS.items())[:2])');
    expect(result!.output.find(item => item.kind === 'text')?.text).toBe(
      "[('tab:blue', '#1f77b4'), ('tab:orange', '#ff7f0e')]\n",
    );
  });

  test('colours of colour maps are drawn with; their numbers are unknown, as only matplotlib has all digits', () => {
    const setUp = `${PLT}colors = plt.cm.viridis([0.0, 0.5, 1])\n`;
    const [result] = run(
      `${setUp}plt.scatter([1, 2, 3], [1, 2, 3], c=colors)\nplt.scatter([1, 2], [1, 2], c=[0, 1], cmap=plt.cm.tab10)\nplt.plot([1], color=colors[::-1][0][:3])`,
    );
    expect(result!.unknowns).toEqual([]);
    const [points, more, line] = models(result!)[0]!.axes[0]!.artists;
    expect(points).toMatchObject({ colors: ['#440154', '#21918c', '#440356'] });
    expect(more).toMatchObject({ colors: ['#1f77b4', '#17becf'] });
    expect(line).toMatchObject({ stroke: { color: '#440356' } });
    for (const read of [
      'print(colors)',
      'print(colors[0])',
      'r, g, b, a = colors[0]',
      'colors.shape',
      'colors[0] == 1',
    ]) {
      const [refused] = run(`${setUp}${read}`);
      expect([refused!.fault, refused!.unknowns.map(({ kind }) => kind)]).toEqual([undefined, ['unsupported']]);
    }
    const [other] = run(`${PLT}plt.scatter([1, 2], [1, 2], c=[0, 1], cmap='berlin')`);
    expect(other!.unknowns[0]?.message).toContain("the colour map 'berlin'");
  });

  test('bars tell their places and sizes', () => {
    const [result] = run(
      `${PLT}bars = plt.bar(['a', 'b'], [1, 2])\nfor b in bars:\n    print(b.get_x() + b.get_width() / 2, b.get_height())`,
    );
    expect(result!.output.find(item => item.kind === 'text')?.text).toBe('0.0 1\n1.0 2\n');
  });
});

describe('which figures a cell shows', () => {
  test('all that are open at its end', () => {
    const [result] = run(`${PLT}plt.subplots()\nplt.figure()`);
    expect(models(result!)).toHaveLength(2);
  });

  test('not those that were closed unseen', () => {
    const [result] = run(`${PLT}fig, ax = plt.subplots()\nplt.close(fig)`);
    expect(models(result!)).toHaveLength(0);
  });

  test('one that was shown and then closed', () => {
    const [result] = run(`${PLT}fig, ax = plt.subplots()\nplt.show()\nplt.close(fig)`);
    expect(models(result!)).toHaveLength(1);
  });

  test('in the order of show and print', () => {
    const [result] = run(`${PLT}plt.plot([1])\nprint('before')\nplt.show()\nprint('after')`);
    expect(result!.output.map(item => item.kind)).toEqual(['text', 'figure', 'text']);
  });

  test('a later cell draws on a copy', () => {
    const [first, second] = run(`${PLT}fig, ax = plt.subplots()\nax.plot([1, 2])`, 'ax.plot([3, 4])');
    expect(second!.fault).toBeUndefined();
    expect(models(first!)[0]!.axes[0]!.artists).toHaveLength(1);
  });
});

describe('settings', () => {
  test('reach figures made after them, in later cells too', () => {
    const [, second] = run(
      `${PLT}plt.rcParams['figure.figsize'] = (3, 2)\nplt.rcParams.update({'font.size': 20})`,
      'plt.figure()',
    );
    expect(models(second!)[0]).toMatchObject({ width: 3, height: 2 });
  });

  test('with a wrong name are refused as matplotlib does', () => {
    const [result] = run(`${PLT}plt.rcParams['colour'] = 1`);
    expect(result!.fault).toMatchObject({ type: 'KeyError' });
  });
});

describe('what is refused', () => {
  test.each([
    ['plt.gca().streamplot([1], [1], [1], [1])', 'Unsupported', 'Axes.streamplot'],
    ['plt.quiver([1, 2], [1, 2], units="dots")', 'Unsupported', 'quiver(units=…)'],
    [
      'plt.quiver([1, 2], [1, 2], linestyle="--", colour=1)',
      'AttributeError',
      "Quiver.set() got an unexpected keyword argument 'colour'",
    ],
    ['len(plt.gca().lines)', 'Unsupported', 'Axes.lines'],
    ['plt.gca().set_title("t", loc="top")', 'ValueError', "'top' is not a valid value for loc"],
    ['hasattr(plt.gcf(), "canvas")', 'Unsupported', 'Figure.canvas'],
    ['plt.plot([[1, 2], [3, 4]], [[1, 2], [3, 4]])', 'Unsupported', 'coordinates in several columns'],
    ['ring = plt.Circle((0, 0), 1)\nring.center = (1, 2)', 'Unsupported', "setting center of a 'Circle' object"],
    ['plt.cohere([1], [2])', 'Unsupported', 'matplotlib.pyplot.cohere'],
    ['plt.gca().lynes', 'AttributeError', "'Axes' object has no attribute 'lynes'"],
    ['plt.plot([1], colour="red")', 'AttributeError', "Line2D.set() got an unexpected keyword argument 'colour'"],
    ['plt.plot([1, 2], [1])', 'ValueError', 'x and y must have same first dimension, but have shapes (2,) and (1,)'],
    ['plt.plot([1], color="reddish")', 'ValueError', "'reddish' is not a valid value for color"],
    ['plt.pie([1, 2])[0][0].theta2', 'Unsupported', 'Wedge.theta2'],
    ['plt.axhline(3).get_ydata()', 'Unsupported', 'Line2D.get_ydata'],
    ['plt.plot(["a"], [1])[0].get_xdata()', 'Unsupported', 'Line2D.get_xdata'],
    ['plt.plot([1])[0].get_label()', 'Unsupported', 'the label of an artist'],
    ['plt.plot([1], color=(1, 0, 0))[0].get_color()', 'Unsupported', 'the colour of an artist'],
    [
      'plt.colorbar(plt.imshow([[1, 2]]))\nlen(plt.gcf().axes)',
      'Unsupported',
      'the axes of a figure with a colour bar',
    ],
    ['plt.imshow([[[255, 0, 0], [0, 255, 0]]])', 'Unsupported', 'imshow of an array of colours'],
    ['import numpy as np\nplt.imshow(np.ones((2, 2, 3)))', 'Unsupported', 'imshow of an array of colours'],
    ['plt.bar([1], [True])[0].get_height()', 'Unsupported', 'Rectangle.get_height'],
    ['plt.colorbar(plt.imshow([[1, 2]])).vmin', 'Unsupported', 'Colorbar.vmin'],
    ['plt.bar([1], [2], fill=False)', 'Unsupported', 'the argument fill= of Rectangle'],
    [
      'plt.gca().get_xticklabels()[0].set_color("r")',
      'Unsupported',
      'reading the labels of ticks that matplotlib places',
    ],
    ['[one.get_text() for one in plt.gca().get_xticklabels()]', 'Unsupported', 'reading the labels of ticks'],
    ['len(plt.gca().xaxis.get_ticklabels())', 'Unsupported', 'reading the labels of ticks'],
    ['plt.barh([1], [2])\nplt.gca().get_ylim()', 'Unsupported', 'Axes.get_ylim of automatic limits'],
    ['plt.axhline(3)\nplt.ylim()', 'Unsupported', 'Axes.get_ylim of automatic limits'],
  ])('%s', (code, type, message) => {
    const [result] = run(PLT + code);
    const [unknown] = result!.unknowns;
    // What the recorder cannot do makes a value unknown, and the cell goes on.
    const told = unknown === undefined ? result!.fault : { type: 'Unsupported', message: unknown.message };
    expect(told?.type).toBe(type);
    expect(told?.message).toContain(message);
  });

  test('a quantity is to be plotted by its magnitude', () => {
    const [result] = run(`${PLT}from mlsys.constants import GB\nplt.plot([1 * GB])`);
    expect(result!.unknowns[0]?.message).toContain('plotting a quantity');
  });
});

test("automatic limits are told where they are matplotlib's to the last digit", () => {
  const [result] = run(`${PLT}fig, ax = plt.subplots()
print(ax.get_xlim())
ax.plot([0, 3], [1, 8])
print([float(v) for v in ax.get_xlim() + ax.get_ylim()])
fig, ax = plt.subplots()
ax.bar([1, 2], [3, 9])
ax.text(1, ax.get_ylim()[1] * 2, "far")
print(float(ax.get_ylim()[1]))
fig, ax = plt.subplots()
ax.bar([1, 2], [-0.4, 871872])
print(float(ax.get_ylim()[0]))`);
  expect([result!.fault, result!.unknowns]).toEqual([undefined, []]);
  expect(result!.output.map(({ text }) => text).join('')).toBe(
    '(np.float64(0.0), np.float64(1.0))\n[-0.15000000000000002, 3.15, 0.6499999999999999, 8.35]\n9.45\n0.0\n',
  );
});

test('labels of ticks may be changed one by one, which no drawing shows', () => {
  const [result] = run(`${PLT}ax = plt.gca()
for one in ax.get_xticklabels() + ax.get_yticklabels()[::2]:
    one.set_rotation(45)
plt.setp(ax.get_xticklabels(), rotation=30, ha="right")
ax.set_xticks([1, 2, 3], ["a", "b", "c"])
ax.get_xticklabels()[0].set_fontweight("bold")
print(len(ax.get_xticklabels()), [one.get_text() for one in ax.get_xticklabels()])
ax.plot([1], [2], label="x")
ax.legend(handleheight=2)`);
  expect([result!.fault, result!.unknowns]).toEqual([undefined, []]);
  expect(result!.output.map(({ text }) => text).join('')).toBe("3 ['a', 'b', 'c']\n");
});

test('error bars of bars reach down and up by two rows, and spans may end before the axes do', () => {
  const [result] = run(`${PLT}plt.bar([1, 2], [10, 20], yerr=[[1, 2], [3, 4]])\nplt.axhspan(0, 5, 0, 0.5)`);
  expect(result!.fault).toBeUndefined();
  const { artists } = models(result!)[0]!.axes[0]!;
  expect(artists[1]).toMatchObject({
    segments: [
      [1, 9, 1, 13],
      [2, 18, 2, 24],
    ],
  });
  expect(artists[2]).toMatchObject({ kind: 'span', from: 0, to: 5 });
});

test('locators and formatters of pyplot are those of ticker', () => {
  const [result] = run(`${PLT}from matplotlib import ticker
print(plt.FuncFormatter is ticker.FuncFormatter, plt.MaxNLocator is ticker.MaxNLocator)
plt.gca().yaxis.set_major_formatter(plt.FuncFormatter(lambda x, at: f"{x:.0f} W"))`);
  expect([result!.fault, result!.unknowns]).toEqual([undefined, []]);
  expect(result!.output[0]!.text).toBe('True True\n');
});
