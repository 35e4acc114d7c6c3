/** Real drawings, by the engine that the worker runs. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { DrawingFault, DrawingResult } from '../../../server/tikz/drawing';
import { Cancelled, type Engine } from '../../../server/tikz/engine/engine';
import { withHeader } from '../../../server/tikz/texDocument';
import { drawn, engineForTests, picture } from '../../support/tikz';

let engine: Engine;

beforeAll(() => {
  engine = engineForTests();
}, 60_000);

/** How many characters a drawing shows. */
const glyphs = (markup: string) => markup.match(/<use /g)?.length ?? 0;

/** The outlines that a drawing brings along. */
const outlines = (markup: string) =>
  [...markup.matchAll(/<path id="glyph-\d+-\d+" d="([^"]*)"/g)].map(found => found[1]);

const fault = (message: string, line: number | undefined): DrawingResult => ({ kind: 'fault', message, line });

describe('a drawing', () => {
  test('has the size of what it shows', () => {
    const { width, height, markup } = drawn(engine, picture('\\draw (0,0) rectangle (2,1);'));
    // In points, and half a line on each side.
    expect(width).toBeCloseTo(2 * 28.4528 + 0.4, 2);
    expect(height).toBeCloseTo(28.4528 + 0.4, 2);
    expect(markup).toContain('M 0.0 0.0');
  });

  test('shows text as outlines, each once', () => {
    const { markup } = drawn(engine, picture('\\node {noon};'));
    expect(glyphs(markup)).toBe(4);
    expect(outlines(markup)).toHaveLength(2);
    expect(markup).not.toContain('<text');
  });

  test('takes the colour of text from TeX', () => {
    const { markup } = drawn(engine, picture('\\node[text=red] {a}; \\node[text=BlueLine] {b};'));
    expect(markup).toContain('<g fill="#ff0000" stroke="none"');
    expect(markup).toContain('<g fill="#006395" stroke="none"');
  });

  test('may have axes, libraries, formulas, patterns and shadings', () => {
    const { markup, missing } = drawn(
      engine,
      picture(
        '\\begin{axis}\\addplot[domain=0:2]{x^2};\\end{axis}',
        '\\node[draw,cylinder] (a) at (1,1) {$\\frac{a}{b}$};',
        '\\node[right=of a,pattern=north east lines,pattern color=red] {};',
        '\\shade[ball color=blue] (0,0) circle (1);',
        '\\draw[-{Triangle[length=3pt]},decorate,decoration={snake}] ($(a)!.5!(0,0)$) -- (3,3);',
      ),
    );
    expect(markup).toContain('<pattern id="pgfupat');
    expect(markup).toContain('<radialGradient id="pgfsh');
    expect(missing).toEqual([]);
  });

  test('may be scaled and turned as a box', () => {
    const { width } = drawn(engine, `\\scalebox{0.5}{${picture('\\draw (0,0) rectangle (4,1);')}}`);
    expect(width).toBeCloseTo((4 * 28.4528 + 0.4) / 2, 2);
    expect(drawn(engine, '\\rotatebox{90}{turned}').markup).toContain('rotate(-90)');
  });

  test('may be a whole document, and load packages that are at hand', () => {
    const source = `\\documentclass{article}\n\\begin{document}\n${picture('\\node {x};')}\n\\end{document}`;
    expect(glyphs(drawn(engine, source).markup)).toBe(1);
    const diagram = '\\usepackage{tikz-cd}\n\\begin{tikzcd} A \\arrow[r] & B \\end{tikzcd}';
    expect(glyphs(drawn(engine, diagram).markup)).toBe(2);
  });

  test('does not depend on the one before it', () => {
    const source = picture('\\node[fill=GreenL] {after};');
    const first = engine.draw(source);
    engine.draw('\\def\\node{\\broken}\\gdef\\tikzpicture{}');
    expect(engine.draw(source)).toEqual(first);
  });
});

describe('fonts', () => {
  /** Sans serif and typewriter letters as the fonts at hand have them. */
  const letter = (command: string) => outlines(drawn(engine, picture(`\\node[font=${command}] {a};`)).markup);

  test('that are not at hand give way to their next of kin, in any encoding', () => {
    expect(letter('\\usefont{T1}{phv}{m}{n}')).toEqual(letter('\\sffamily'));
    expect(letter('\\small\\usefont{T1}{phv}{m}{n}')).toEqual(letter('\\sffamily\\small'));
    expect(letter('\\usefont{T1}{phv}{b}{n}')).toEqual(letter('\\sffamily\\bfseries'));
    expect(letter('\\fontfamily{pcr}\\selectfont')).toEqual(letter('\\ttfamily'));
    expect(letter('\\fontencoding{T1}\\fontfamily{ptm}\\selectfont')).toEqual(letter('\\rmfamily'));
    expect(letter('\\sffamily')).not.toEqual(letter('\\rmfamily'));
  });

  test('that nobody knows give way to the usual one', () => {
    expect(letter('\\usefont{T1}{zzz}{m}{n}')).toEqual(letter('\\rmfamily'));
  });

  test('show characters that authors type', () => {
    const { markup, missing } = drawn(engine, picture('\\node {8 × 2.5 ≈ 20 µs → é – “α”};'));
    expect(glyphs(markup)).toBe(17);
    expect(missing).toEqual([]);
  });

  test('lack other characters, which are told', () => {
    const { missing } = drawn(engine, picture('\\node {水 tank, 20 €, 15 £};'));
    expect(missing).toEqual(['水', '€']);
  });
});

test('what the driver cannot show is told, and only what the block uses', () => {
  expect(drawn(engine, picture('\\fill[blue,path fading=west] (0,0) rectangle (3,1);')).unsupported).toEqual([
    'fadings',
  ]);
  expect(drawn(engine, picture('\\node[drop shadow,fill=white] {x};')).unsupported).toEqual([]);
});

test('curves may intersect', () => {
  const { markup } = drawn(
    engine,
    picture(
      '\\path[name path=a] (0,0) circle (1); \\path[name path=b] (0,0) -- (2,2);',
      '\\draw[name intersections={of=a and b}] (0,0) -- (intersection-1);',
    ),
  );
  expect(markup).toMatch(/M 0\.0 0\.0 L 20\.1\d* 20\.1/);
});

test('colours that nobody defines are grey and told', () => {
  const { greys, markup } = drawn(
    engine,
    picture('\\node[draw=PumpLine,fill=PumpFill!50] {x}; \\fill[PumpFill] (0,0) circle (1);'),
  );
  expect(greys).toEqual(['PumpLine', 'PumpFill']);
  expect(markup).toContain('#d9d9d9');
});

describe('the header of a book', () => {
  const header = [
    '\\documentclass{book}',
    '\\usepackage{fontspec,amsmath}',
    '\\usepackage[svgnames]{xcolor}',
    '\\definecolor{PumpLine}{HTML}{123456}',
    '\\newcommand\\pump{pump}',
    '\\tikzset{Box/.style={draw=PumpLine}}',
  ].join('\n');

  test('defines what its drawings use; packages that are not at hand are left out', () => {
    const { markup, greys } = drawn(engine, withHeader(header, picture('\\node[Box] {\\pump};')));
    expect(markup).toContain('#123456');
    expect(glyphs(markup)).toBe(4);
    expect(greys).toEqual([]);
  });

  test('does not move the lines of the block', () => {
    expect(engine.draw(withHeader(header, picture('\\darw;')))).toEqual(fault('Undefined control sequence \\darw', 1));
    expect(engine.draw(withHeader(header, '\\usepackage{fontspec}'))).toEqual(
      fault("File `fontspec.sty' not found", 0),
    );
  });

  test('may be at fault itself', () => {
    expect(engine.draw(withHeader('\\darw', picture('\\node {x};')))).toEqual(
      fault("In the book's header: Undefined control sequence \\darw", undefined),
    );
  });
});

describe('a fault', () => {
  test('names the culprit and its line', () => {
    expect(engine.draw(picture('\\draw (0,0) -- (1,1);', '\\darw (0,0);'))).toEqual(
      fault('Undefined control sequence \\darw', 2),
    );
  });

  test('comes in the words of the package', () => {
    expect(engine.draw(picture('\\node[shpae=circle] {x};'))).toEqual(
      fault(expect.stringMatching(/^I do not know the key '\/tikz\/shpae'/), 1),
    );
  });

  test('comes without the name of the package', () => {
    expect(engine.draw(picture('\\draw (0,0) -- ({nosuch(1)},1);'))).toEqual(
      fault(expect.stringMatching(/^Unknown function `nosuch'/), 1),
    );
  });

  test('of a brace is found where it is, not at the end', () => {
    expect(engine.draw(picture('\\node {open;', '\\node {x};'))).toEqual(fault('A { of this line is not closed', 1));
    expect(engine.draw(picture('\\node {x}};'))).toEqual(fault('This } closes nothing', 1));
  });

  test('shows what the author wrote, in any script', () => {
    expect(engine.draw('\\errmessage{\\detokenize{größer}}')).toEqual(fault('größer', 0));
  });

  test('within a library is told of the line that led there', () => {
    const { message, line } = engine.draw(picture('\\node {x};', '\\usetikzlibrary{nosuch}')) as DrawingFault;
    expect(line).toBe(2);
    expect(message).toContain('nosuch');
  });

  test('of something that does not end is told of the last line', () => {
    expect(engine.draw('\\begin{tikzpicture}\n\\draw (0,0) -- (1,1)\n\\end{tikzpicture}')).toMatchObject({
      kind: 'fault',
      line: 2,
    });
  });

  test('of a package names the package', () => {
    expect(engine.draw(`\\usepackage{fontspec}\n${picture()}`)).toEqual(fault("File `fontspec.sty' not found", 0));
  });

  test('of size says that the preview is too small for it', () => {
    expect(engine.draw('\\def\\x{a\\x b}\\x')).toEqual(
      fault(expect.stringMatching(/^This drawing needs more than the preview's TeX has room for/), 0),
    );
  });

  test('of nothing to draw is told', () => {
    expect(engine.draw('')).toEqual(fault(expect.stringContaining('empty'), undefined));
  });

  test('leaves the engine as it was', () => {
    engine.draw('\\relax\\undefined');
    expect(glyphs(drawn(engine, picture('\\node {x};')).markup)).toBe(1);
  });
});

describe('TeX is shut in', () => {
  test('reads no file of the machine', () => {
    const names = [
      '/etc/passwd',
      '../../../etc/passwd',
      'package.json',
      '__proto__',
      'constructor',
      'tex.wasm',
      'cmr10.ttf',
    ];
    for (const name of names) {
      expect(engine.draw(`\\input{${name}}`), name).toMatchObject({
        kind: 'fault',
        message: expect.stringContaining('not found'),
      });
      const reading = `\\newread\\r\\openin\\r=${name} \\ifeof\\r nothing\\else something\\fi`;
      expect(glyphs(drawn(engine, reading).markup), name).toBe('nothing'.length);
    }
  });

  test('writes into memory only, and forgets it', () => {
    const write = '\\newwrite\\w\\immediate\\openout\\w=note.tex \\immediate\\write\\w{ab}\\immediate\\closeout\\w';
    expect(glyphs(drawn(engine, `${write}\\input{note.tex}`).markup)).toBe(2);
    expect(engine.draw('\\input{note.tex}')).toMatchObject({ kind: 'fault' });
  });

  test('runs no command', () => {
    const result = drawn(engine, '\\immediate\\write18{touch /tmp/never}x');
    expect(glyphs(result.markup)).toBe(1);
  });

  test('is stopped when it writes without end', () => {
    expect(engine.draw('\\loop\\message{and so on and so on and so on and so on}\\iftrue\\repeat')).toEqual(
      fault('TeX wrote without end and was stopped', undefined),
    );
  });

  test('gives up when nobody waits any more', () => {
    let looks = 0;
    expect(() => engine.draw(picture('\\node {x};'), () => ++looks > 2)).toThrow(Cancelled);
    expect(glyphs(drawn(engine, picture('\\node {x};')).markup)).toBe(1);
  });
});
