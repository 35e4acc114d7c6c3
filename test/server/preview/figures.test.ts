import { describe, expect, test } from 'vitest';
import { figureSvg, labelledFigure } from '../../../server/preview/figures';
import { figureSizeOf } from '../../../server/preview/metadata';
import { analyze, cell, figuresOf } from '../../support/analysis';

/** The SVG of the only figure that code draws. */
function draw(code: string): string {
  const analysis = analyze(cell(`import matplotlib.pyplot as plt\n${code}`));
  const [result] = analysis.cells;
  expect(result!.fault?.message).toBeUndefined();
  const svg = figureSvg(figuresOf(analysis, result!)[0]);
  expect(svg).toBeDefined();
  return labelledFigure(svg!, 'A "figure"');
}

const texts = (svg: string) =>
  [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(found => found[1]!.replace(/<[^>]*>/g, ''));

test('a line has its path, labels and ticks', () => {
  const svg = draw(
    "fig, ax = plt.subplots()\nax.plot([0, 1, 2], [0, 10, 20], label='up')\nax.set_xlabel('time')\nax.set_title('Growth')\nax.legend()",
  );
  expect(texts(svg)).toEqual(expect.arrayContaining(['time', 'Growth', 'up', '0.0', '20.0']));
  expect(svg).toMatch(/<path d="M[\d.]+ [\d.]+L[\d.]+ [\d.]+L[\d.]+ [\d.]+"/);
  expect(svg).toContain('aria-label="A &quot;figure&quot;"');
});

test('the power of ten below an axis stands within the figure', () => {
  const svg = draw('plt.plot([1e6, 5e6], [1, 2])');
  const [, height] = /viewBox="0 0 [\d.]+ ([\d.]+)"/.exec(svg)!;
  const [, size, y] = /<text font-size="([\d.]+)"[^>]*><tspan[^>]* y="([\d.]+)"[^>]*>1e6</.exec(svg)!;
  expect(Number(y) + 0.25 * Number(size)).toBeLessThanOrEqual(Number(height));
});

test('lines and what is filled have colours of their own, and shapes no edge', () => {
  const svg = draw(
    'from matplotlib.patches import Rectangle\nfig, ax = plt.subplots()\nax.plot([0, 1], [0, 1])\nax.fill_between([0, 1], [0, 1])\nax.fill([0, 1, 1], [0, 0, 1])\nax.add_patch(Rectangle((0, 0), 1, 1))',
  );
  const colours = (attribute: string) =>
    [...svg.matchAll(new RegExp(` ${attribute}="color-mix\\(in oklab,(#\\w+)`, 'g'))].map(found => found[1]);
  expect(colours('stroke')).toEqual(['#1f77b4']);
  expect(colours('fill')).toEqual(['#1f77b4', '#ff7f0e', '#1f77b4']);
});

test('polar axes are round, with rays, rings and their texts', () => {
  const svg = draw(
    "fig, ax = plt.subplots(subplot_kw={'projection': 'polar'})\nax.plot([0, 1.5707963267948966], [1, 2], label='way')\nax.bar([3], [1.5])\nax.set_rticks([1, 2])\nax.legend()",
  );
  expect(texts(svg)).toEqual(expect.arrayContaining(['0°', '315°', '1', '2', 'way']));
  expect(svg).toMatch(/<clipPath id="[^"]*"><circle/);
  const [middle, bottom] = [/<circle cx="(\S+)"/.exec(svg)![1], /<circle[^>]* cy="(\S+)"/.exec(svg)![1]];
  const [, right, level, across] =
    /<path d="M(\S+) (\S+)L(\S+) \S+" fill="none" stroke="color-mix\(in oklab,#1f77b4/.exec(svg)!;
  const yOf = (text: string) => Number(new RegExp(`y="([^"]+)">${text}<`).exec(titled)![1]);
  const titled = draw(
    "fig, ax = plt.subplots(subplot_kw={'polar': True})\nax.plot([0, 1], [1, 2])\nax.set_title('Title')",
  );
  expect(yOf('Title')).toBeLessThan(yOf('90°') - 10);
  // From the right of the middle to above it.
  expect(Number(right)).toBeGreaterThan(Number(middle));
  expect(level).toBe(bottom);
  expect(across).toBe(middle);
});

test('figures that name no size have that of the chapter', () => {
  const sizeIn = (code: string, size?: readonly [number, number]) => {
    const analysis = analyze(cell(`import matplotlib.pyplot as plt\n${code}`));
    return /viewBox="0 0 (\S+ \S+)"/.exec(figureSvg(figuresOf(analysis, analysis.cells[0]!)[0], size)!)![1];
  };
  expect(sizeIn('plt.plot([1])')).toBe('504 360');
  expect(sizeIn('plt.plot([1])', [10, 4])).toBe('720 288');
  expect(sizeIn('plt.figure(figsize=(2, 1))\nplt.plot([1])', [10, 4])).toBe('144 72');
  expect(sizeIn("plt.rcParams['figure.figsize'] = (3, 2)\nplt.plot([1])", [10, 4])).toBe('216 144');
  const { chapter } = analyze('---\nformat:\n  html:\n    fig-height: 3\n---\n');
  expect(figureSizeOf(chapter)).toEqual([7, 3]);
  expect(figureSizeOf(analyze('x').chapter)).toBeUndefined();
});

test('a log axis has powers as ticks', () => {
  expect(texts(draw("plt.plot([1, 2, 3], [1, 1000, 1000000])\nplt.yscale('log')"))).toEqual(
    expect.arrayContaining(['100', '103', '106']),
  );
});

test('bars stand at their names', () => {
  const svg = draw("plt.bar(['CPU', 'GPU'], [1, 8])");
  expect(texts(svg)).toEqual(expect.arrayContaining(['CPU', 'GPU', '8']));
});

test('formatters of the chapter write the ticks', () => {
  const code =
    "import matplotlib.ticker as ticker\nfig, ax = plt.subplots()\nax.plot([0, 1], [0, 100])\nax.yaxis.set_major_formatter(ticker.FuncFormatter(lambda v, _: '$' + f'{v:.0f}k'))\nax.set_ylim(0, 100)\nax.set_yticks([0, 50, 100])\nplt.show()";
  expect(texts(draw(code))).toEqual(expect.arrayContaining(['$0k', '$50k', '$100k']));
});

test('text of the chapter cannot break out', () => {
  const svg = draw("plt.title('<script>alert(1)</script>')\nplt.plot([1, 2])");
  expect(svg).not.toContain('<script');
});

test('missing and infinite data leave gaps, and nothing else', () => {
  const svg = draw(
    "plt.plot([0, 1, 2, 3], [1, float('nan'), float('inf'), 2])\nplt.fill_between([0, 1], [0, float('nan')], [1, 2])",
  );
  expect(svg).not.toMatch(/NaN|Infinity/);
});

test('on a logarithmic axis lines lead to what it has no place for, unless that is masked', () => {
  const bars = (more: string) =>
    /<path d="(M[^"]*)" fill="none" stroke="[^"]*#ff0000/.exec(
      draw(
        `fig, ax = plt.subplots()\nax.set_yscale('log'${more})\nax.errorbar([1, 2], [1, 1], yerr=[0.5, 2], ecolor='r', fmt='o')`,
      ),
    )?.[1];
  expect(bars('')?.match(/M/g)).toHaveLength(2);
  expect(bars('')).not.toMatch(/NaN|Infinity/);
  expect(bars(', nonpositive="mask"')?.match(/M[^M]*L/g)).toHaveLength(1);
});

test('calls without effect here are named below the figure, arguments that only change looks are not', () => {
  const noted = (code: string) => /Not drawn here: (.*?)<\/div>/.exec(draw(`fig, ax = plt.subplots()\n${code}`))?.[1];
  expect(noted("ax.set_yscale('symlog', linscale=2)")).toBe('<code>set_yscale(linscale=)</code>');
  expect(noted("plt.savefig('x.png', dpi=300)\nfig.savefig('y.png')"), 'which shows nothing else').toBeUndefined();
  expect(
    noted("ax.plot([1, 2], label='a', solid_capstyle='round')\nax.legend(shadow=True)\nax.tick_params(length=3)"),
  ).toBeUndefined();
});

test('a legend keeps clear of bars and lines, as matplotlib places it', () => {
  const corner = (code: string) => {
    const [, x, y] = /<tspan x="([\d.]+)" y="([\d.]+)"[^>]*>here</.exec(
      draw(`fig, ax = plt.subplots()\n${code}\nax.legend()`),
    )!;
    return `${Number(y) < 150 ? 'upper' : 'lower'} ${Number(x) < 250 ? 'left' : 'right'}`;
  };
  expect(corner("ax.bar([1, 2, 3], [1, 2, 3], label='here')")).toBe('upper left');
  expect(corner("ax.plot([0, 1], [0, 1], label='here')")).toBe('upper left');
  expect(corner("ax.plot([0, 1], [1, 0], label='here')")).toBe('upper right');
});

test.each([
  ['scatter', "plt.scatter([1, 2], [3, 4], s=[20, 90], c=['red', 'C1'], edgecolors='white', marker='s')"],
  ['spans', "plt.axvspan(1, 2, alpha=0.2)\nplt.axhspan(0, 1)\nplt.axhline(0.5, ls='--')\nplt.axvline(1.5, color='k')"],
  [
    'annotation',
    "plt.plot([0, 1])\nplt.annotate('here', xy=(0.5, 0.5), xytext=(10, 20), textcoords='offset points', arrowprops=dict(arrowstyle='->'), bbox=dict(boxstyle='round', facecolor='white'))",
  ],
  ['image', 'plt.imshow([[1, 2], [3, 4]])\nplt.colorbar(plt.imshow([[1, 2], [3, 4]]))'],
  ['contour', 'plt.contour([0, 1, 2], [0, 1, 2], [[0, 1, 2], [1, 2, 3], [2, 3, 4]])\nplt.contourf([[0, 1], [1, 2]])'],
  ['errorbar', 'plt.errorbar([0, 1], [1, 2], yerr=0.2, capsize=3)'],
  ['pie', "plt.pie([1, 2, 3], labels=['a', 'b', 'c'], autopct='%1.1f%%')"],
  [
    'patches',
    "from matplotlib.patches import Rectangle, Circle, FancyBboxPatch, Polygon, Wedge\nax = plt.gca()\nfor p in [Rectangle((0, 0), 1, 1), Circle((1, 1), 0.5, fill=False), FancyBboxPatch((2, 2), 1, 1, boxstyle='round,pad=0.1'), Polygon([(0, 0), (1, 0), (1, 1)]), Wedge((0, 0), 1, 0, 90)]:\n    ax.add_patch(p)",
  ],
  [
    'twin',
    "fig, ax = plt.subplots()\nax.plot([1, 2])\nother = ax.twinx()\nother.plot([10, 20], 'r--')\nother.set_ylabel('right')",
  ],
  [
    'stack',
    "plt.stackplot([0, 1], [1, 2], [2, 3], labels=['a', 'b'])\nplt.legend(loc='upper left', bbox_to_anchor=(1, 1))",
  ],
  ['single value', 'plt.plot([5], [5], "o")'],
  ['nothing', 'plt.subplots()'],
])('%s is drawn without a number that is none', (_name, code) => {
  const svg = draw(code);
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  expect(svg).toMatch(/^<svg .*<\/svg>$/s);
});

test('names that every object of JavaScript has are no symbols of TeX', () => {
  const svg = draw("plt.title(r'$\\constructor \\valueOf x$')\nplt.plot([1, 2], label=r'$\\toString$')\nplt.legend()");
  expect(svg).not.toContain('native code');
  expect(texts(svg)).toContain('constructorvalueOfx');
});

describe('a figure says what it shows', () => {
  const svgOf = (code: string) => {
    const analysis = analyze(cell(`import matplotlib.pyplot as plt\n${code}`));
    return figureSvg(figuresOf(analysis, analysis.cells[0]!)[0])!;
  };
  const label = (code: string) => /aria-label="([^"]*)"/.exec(svgOf(code))?.[1];

  test('by its titles, names and ranges', () => {
    expect(
      label(
        "plt.plot([1, 64], [0.5, 12000.25], label='A100')\nplt.plot([1, 64], [1, 30000], label='H100')\nplt.title('Throughput')\nplt.xlabel('batch size')\nplt.ylabel('tokens/s')",
      ),
    ).toBe('Throughput. Lines of A100, H100; batch size from 1 to 64; tokens/s from 0.5 to 30,000.');
    expect(label("plt.bar(['CPU', 'GPU'], [1, 8])")).toBe('Bars; x: CPU, GPU; y from 1 to 8.');
    expect(label("plt.scatter([1, 2], [-3e-7, 2])\nplt.ylabel('$E_{total}$')")).toBe(
      'Points; x from 1 to 2; Etotal from −3e−7 to 2.',
    );
  });

  test('panel by panel', () => {
    expect(
      label(
        "fig, axes = plt.subplots(1, 2)\naxes[0].plot([1, 2])\naxes[1].imshow([[1, 2]])\naxes[1].set_title('Heat')\nfig.suptitle('Both')",
      ),
    ).toBe('Both. 2 panels. Lines; x from 0 to 1; y from 1 to 2. Heat.');
  });

  test('in the words of the chapter where it has some', () => {
    expect(draw('plt.plot([1, 2])')).toContain('aria-label="A &quot;figure&quot;"');
    expect(label('plt.figure()')).toBe('Figure');
  });

  test('with the values at its points, unless they are too many', () => {
    const points = (code: string) => /data-points="([^"]*)"/.exec(svgOf(code))?.[1];
    const told = points("plt.plot(['a', 'b'], [1234.5678, 2], label='Cost & more')\nplt.ylabel('USD')");
    expect(told).toMatch(/^x\tUSD\nCost &amp; more\t[\d.]+\t[\d.]+\ta\t1,234\.57\t[\d.]+\t[\d.]+\tb\t2$/);
    expect(points('plt.plot(range(5000))')).toBeUndefined();
    expect(points("import datetime\nplt.plot([datetime.date(2024, 1, 2)], [3], 'o')")).toContain('\t2024-01-02\t3');
  });
});

test('hatches lie over their fills, in the legend as well', () => {
  const svg = draw(
    "plt.bar([1, 2, 3], [1, 2, 3], hatch=['/', '', '.'], label='A', edgecolor='red')\nplt.fill_between([0, 4], [1, 2], hatch='xx', label='B')\nplt.legend()",
  );
  const ids = [...svg.matchAll(/<pattern id="([^"]+)"/g)].map(found => found[1]);
  // Both diagonals of a cross, one each of the others.
  expect(new Set(ids).size).toBe(4);
  expect(ids).toHaveLength(4);
  const uses = [...svg.matchAll(/fill="url\(#([^)]+)\)"/g)].map(found => found[1]);
  expect(uses).toHaveLength(2 + 2 + 1 + 2);
  expect(uses.every(use => ids.includes(use!))).toBe(true);
  expect(svg).not.toContain('color-mix(in oklab,url');
  expect(draw("plt.bar([1], [1], hatch='')")).not.toContain('<pattern');
});

describe('a figure of which something is not known', () => {
  /** What stands for the figures that a cell draws with an unknown `x` about. */
  const shown = (code: string) => {
    const analysis = analyze(cell(`import matplotlib.pyplot as plt\nimport nowhere\nx = nowhere.data()\n${code}`));
    return figuresOf(analysis, analysis.cells[0]!).map(figure => figureSvg(figure));
  };

  test.each([
    ['data', 'plt.scatter(x, x)\nplt.title("t")'],
    ['one value of it', 'plt.bar(["a", "b"], [1, x])'],
    ['limits', 'fig, ax = plt.subplots()\nax.plot([1, 2])\nax.set_xlim(0, x)'],
    ['the size', 'fig, ax = plt.subplots(figsize=(x, 3))'],
    ['how often a loop draws', 'for v in x:\n    plt.plot([1, 2])\nplt.title("t")'],
    ['whether code draws', 'fig, axs = plt.subplots(1, 2)\nif x > 2:\n    axs[0].plot([1, 2])'],
    ['what is drawn by a function that draws', 'def draw(ax):\n    ax.plot(x)\nfig, ax = plt.subplots()\ndraw(ax)'],
    ['what another package draws', 'fig, ax = plt.subplots()\nnowhere.draw(ax)'],
    ['what another package draws by itself', 'x.plot()\nplt.title("t")'],
  ])('is not drawn without %s', (_what, code) => {
    expect(shown(code)).toEqual([undefined]);
  });

  test.each([
    ['set_title(f"{x}")', 'set_title'],
    ['eventplot([1, 2, 3])', 'eventplot'],
    ['plot([1, 2])[0].set_markeredgewidth(3)', 'set_markeredgewidth'],
  ])('says that it lacks %s', (call, name) => {
    const [svg] = shown(`fig, ax = plt.subplots()\nax.plot([1, 2])\nax.${call}\nax.set_xlabel("k")`);
    expect(svg).toMatch(/<\/svg><div [^>]*>Not drawn here: <code>(\w+)<\/code><\/div>$/);
    expect(svg).toContain(`<code>${name}</code>`);
    expect(texts(svg!)).toContain('k');
  });

  test('is as it was where unknown values have nothing to do with it', () => {
    const [svg] = shown(
      'fig, ax = plt.subplots()\ny = x + 1\nif x > 2:\n    y = 1\nax.plot([1, 2])\nplt.show()\nx.plot()',
    );
    expect(svg).toMatch(/<\/svg>$/);
  });

  test('tells nothing of itself', () => {
    const analysis = analyze(
      `${cell('import matplotlib.pyplot as plt\nimport nowhere\nfig, ax = plt.subplots()\nax.set_ylim(0, 1)\nax.set_ylim(0, nowhere.top)')}\n\`{python} ax.get_ylim()\`\n`,
    );
    expect(analysis.refs[0]!.status).not.toBe('ok');
  });
});

test('what is not drawn here is named in the place of the figure', () => {
  const svg = draw("fig = plt.figure()\nax = fig.add_subplot(projection='3d')\nax.plot_surface([[1]], [[1]], [[1]])");
  expect(svg).toBe(
    '<span class="placeholder">This figure is drawn when the book is rendered: ' +
      '<code>projection=&#39;3d&#39;</code> is not drawn here.</span>',
  );
});

test('contours and images lie around the middle of polar axes, and what else does not is named', () => {
  const polar = 'ax = plt.subplot(projection="polar")\n';
  const filled = draw(`${polar}ax.contourf([0, 2, 4, 6], [0, 1], [[0, 1, 2, 3], [1, 2, 3, 4]])`);
  expect(filled.match(/fill-rule="evenodd"/g)!.length).toBeGreaterThan(3);
  const cells = draw(`${polar}ax.pcolormesh([0, 2, 4, 6], [0, 1], [[0, 1, 2]])`);
  expect(cells.match(/<path d="M[^"]*Z" fill="#/g)).toHaveLength(3);
  expect(draw(`${polar}ax.quiver([0], [1], [1], [1])`)).toContain('Not drawn here: <code>quiver</code>');
});

test('an outline lies behind its text', () => {
  const svg = draw(
    'import matplotlib.patheffects as pe\nplt.text(0, 0, "t", path_effects=[pe.withStroke(linewidth=3, foreground="red")])',
  );
  expect(svg).toMatch(/<text [^>]*stroke-width="3"[^>]* paint-order="stroke">/);
});

test('a long line has the points that can be seen', () => {
  const svg = draw('plt.plot([i / 1000 for i in range(50000)], [(-1) ** i for i in range(50000)])\nplt.plot([1, 2])');
  expect(svg.length).toBeLessThan(200_000);
  expect(svg.length).toBeGreaterThan(20_000);
});

test.each([
  ['\\\\frac{1}{1+e^{-z}}', '1/(1+e−z)'],
  ['\\\\frac{dy}{dx}', 'dy/dx'],
  ['\\\\binom{3}{4}', '(34)'],
  ['\\\\sqrt{x^2 + y^2}', '√(x2 + y2)'],
  ['\\\\hat{y}_{i,\\\\mathrm{max}}', 'y\u0302i,max'],
  ['\\\\left(\\\\mathbf{x}\\\\right) \\\\in \\\\Omega', '(x) ∈Ω'],
  ['10^{-3}\\\\,\\\\mathrm{m\\\\cdot s}^{-1}', '10−3\u2009m·s−1'],
])('the formula %s in a text', (tex, shown) => {
  expect(texts(draw(`plt.plot([1, 2])\nplt.title('$${tex}$')`))).toContain(shown);
});
