/** `reckoner render` as its users run it: the files that it writes, and what it says. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Bundles, bundle } from '../support/bundles';
import { picture } from '../support/tikz';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const TANKS =
  '# Tanks {#sec-tanks}\n\n```{python}\n#| echo: false\nhours = 24000 / 40 / 60\n```\n\nIt takes `{python} hours` hours.\n';

let bundles: Bundles;
let root: string;
let book: string;

beforeAll(async () => {
  bundles = await bundle('cli', 'evaluation', 'tikz', 'typesetter', 'preview');
  root = mkdtempSync(join(tmpdir(), 'reckoner-render-'));
}, 60_000);

beforeEach(() => {
  book = mkdtempSync(join(root, 'book-'));
  write('_quarto.yml', 'project:\n  type: book\n');
});

afterAll(() => {
  bundles.remove();
  rmSync(root, { recursive: true, force: true });
});

function write(name: string, content: string | Buffer): void {
  mkdirSync(dirname(join(book, name)), { recursive: true });
  writeFileSync(join(book, name), content);
}

function render(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundles.path('cli'), 'render', ...args], {
    cwd: book,
    env: { ...process.env, RECKONER_CACHE: join(root, 'cache') },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const page = (name: string) => readFileSync(join(book, name), 'utf8');

/** What stands between the chapter's tags. */
const bodyOf = (html: string) => /<main[^>]*>(.*)<\/main>/s.exec(html)![1]!;

describe('a chapter', () => {
  test('becomes a page with its values, which nothing leads away from', () => {
    write('tanks.qmd', TANKS);
    expect(render('tanks.qmd', '-o', 'tanks.html')).toEqual({
      status: 0,
      stdout: `${join(book, 'tanks.html')}\n`,
      stderr: '',
    });
    const html = page('tanks.html');
    expect(html).toContain('<title>Tanks</title>');
    expect(bodyOf(html)).toContain('<span class="reckoner-value" title="hours">10.0</span>');
    expect(html.replace(/<script>.*<\/script>/s, '')).not.toMatch(/(?:src|href)="(?!data:|#)|url\((?!data:)|@import/);
    expect(readdirSync(book).sort()).toEqual(['_quarto.yml', 'tanks.html', 'tanks.qmd']);
  });

  test('goes to standard output, into a folder, over the page before', () => {
    write('tanks.qmd', TANKS);
    expect(render('tanks.qmd', '-o', '-').stdout).toContain('>10.0</span>');
    mkdirSync(join(book, 'out'));
    for (const output of ['out', 'new/'])
      expect(render('tanks.qmd', '-o', output).stdout.trim()).toBe(join(book, output, 'tanks.html'));
    write('tanks.qmd', TANKS.replace('24000', '48000'));
    render('tanks.qmd', '-o', 'out');
    expect(page('out/tanks.html')).toContain('>20.0</span>');
  });

  test('has its pictures, formulas and drawings in it', () => {
    write('figures/pixel.png', PIXEL);
    write(
      'tanks.qmd',
      `![A pixel > a dot](figures/pixel.png)\n\n$\\mathbf{x} + y$\n\n\`\`\`{.tikz}\n${picture('\\draw (0,0) -- (1,1);')}\n\`\`\`\n`,
    );
    expect(render('tanks.qmd', '-o', 'out.html').stderr).toBe('');
    const html = page('out.html');
    expect(html).toContain(`src="data:image/png;base64,${PIXEL.toString('base64')}"`);
    expect(html).toContain('<svg class="reckoner-drawing"');
    const fonts = [...html.matchAll(/@font-face\s*\{[^}]*font-family: (\w+);[^}]*\}/g)].map(found => found[1]);
    expect(new Set(fonts)).toEqual(new Set(['KaTeX_Main', 'KaTeX_Math']));
  });

  test('says its language', () => {
    write('tanks.qmd', `---\nlang: de-AT\n---\n\n${TANKS}`);
    render('tanks.qmd', '-o', 'tanks.html');
    expect(page('tanks.html')).toContain('<html lang="de-AT">');
  });

  test('without formulas carries no fonts', () => {
    write('tanks.qmd', TANKS);
    render('tanks.qmd', '-o', 'tanks.html');
    expect(page('tanks.html')).not.toContain('font/woff2');
  });

  test('leaves its own text alone, even where it looks like the page', () => {
    const lookalike =
      '<img data-src="x.png"> <span class="reckoner-value" data-c="1" tabindex="0" role="button" aria-haspopup="dialog"> aria-busy="true"';
    write('tanks.qmd', `\`\`\`\n${lookalike}\n\`\`\`\n`);
    render('tanks.qmd', '-o', 'tanks.html');
    expect(bodyOf(page('tanks.html')).replaceAll('&#x3C;', '<')).toContain(lookalike);
  });

  test('tells what is missing on its page', () => {
    write('tanks.qmd', `${TANKS}\n\`{python} minutes\`\n\n![Gone](gone.png)\n`);
    const { status, stderr } = render('tanks.qmd', '-o', 'tanks.html');
    expect(status).toBe(0);
    expect(stderr).toBe(`reckoner: ${join(book, 'tanks.qmd')}: 1 reference has no value\n`);
  });
});

describe('a project', () => {
  beforeEach(() => {
    write(
      '_quarto.yml',
      'project:\n  type: book\nbook:\n  title: Water & Co\n  chapters: [tanks.qmd, flow/pumps.qmd]\n',
    );
    write('tanks.qmd', `${TANKS}\nSee @sec-pumps and [pumps](flow/pumps.qmd).\n`);
    write('flow/pumps.qmd', '# Pumps {#sec-pumps}\n\nSee @sec-tanks.\n');
  });

  test('becomes pages that lead to each other, and their contents', () => {
    const { status, stdout } = render('.', '-o', 'site');
    expect({ status, pages: stdout.trim().split('\n') }).toEqual({
      status: 0,
      pages: ['tanks.html', 'flow/pumps.html', 'index.html'].map(name => join(book, 'site', name)),
    });
    expect(bodyOf(page('site/tanks.html'))).toContain(
      '<a href="flow/pumps.html#c-sec-pumps" data-about="\nPumps">Chapter 2</a>',
    );
    expect(bodyOf(page('site/tanks.html'))).toContain('<a href="flow/pumps.html">pumps</a>');
    expect(bodyOf(page('site/flow/pumps.html'))).toContain(
      '<a href="../tanks.html#c-sec-tanks" data-about="\nTanks">Chapter 1</a>',
    );
    expect(page('site/flow/pumps.html')).toMatch(/← <a href="\.\.\/tanks\.html">/);
    const index = page('site/index.html');
    expect(index).toContain('<h1>Water &amp; Co</h1>');
    expect(index).toMatch(/href="tanks\.html">.*1.*Tanks.*href="flow\/pumps\.html">.*2.*Pumps/s);
  });

  test('keeps the page of its own index', () => {
    write('index.qmd', '# Preface {.unnumbered}\n\nRead on.\n');
    write('_quarto.yml', 'project:\n  type: book\nbook:\n  chapters: [index.qmd, tanks.qmd]\n');
    render('.', '-o', 'site');
    expect(page('site/index.html')).toContain('Read on.');
  });

  test('goes on past a chapter that cannot be read', () => {
    write('flow/pumps.qmd', Buffer.from([0xff, 0xfe, 0x00]));
    const { status, stderr } = render('.', '-o', 'site');
    expect(status).toBe(2);
    expect(stderr).toContain('pumps.qmd');
    expect(existsSync(join(book, 'site', 'tanks.html'))).toBe(true);
    expect(existsSync(join(book, 'site', 'flow', 'pumps.html'))).toBe(false);
  });
});

test.each([
  ['without an output', ['tanks.qmd'], /required option '-o, --output <path>'/],
  ['of a file that is not there', ['none.qmd', '-o', 'x.html'], /none\.qmd: no such file/],
  ['of a folder without chapters', ['empty', '-o', 'x'], /^reckoner: empty has no chapters\n$/],
  ['of a Python file', ['x.py', '-o', 'x.html'], /x\.py is no chapter, but a Python file/],
  [
    'of a project into a file',
    ['.', '-o', 'tanks.qmd'],
    /--output tanks\.qmd: a project needs a folder, and this is a file/,
  ],
  ['of a project to standard output', ['.', '-o', '-'], /the pages of a project need a folder/],
  ['over a source file', ['tanks.qmd', '-o', 'other.qmd'], /a page is not written into a source file/],
  ['into a folder that cannot be made', ['tanks.qmd', '-o', 'tanks.qmd/x.html'], /tanks\.qmd: cannot be made/],
])('a mistake: %s', (_name, args, message) => {
  write('tanks.qmd', TANKS);
  write('x.py', '');
  mkdirSync(join(book, 'empty'));
  const { status, stdout, stderr } = render(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(message);
});
