/** The engine by its facade: documents and their states, requests and how they fail, files, settings. */
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CancellationTokenSource, type Hover } from 'vscode-languageserver';
import { RULES, runRules } from '../../../server/diagnostics';
import { RuleRunner } from '../../../server/diagnostics/runner';
import { Cancelled, type Engine, Superseded } from '../../../server/engine';
import { hover } from '../../../server/features/hover';
import { FileError } from '../../../server/files/access';
import { NodeFileSystem } from '../../../server/files/node';
import { uriOfPath } from '../../../server/files/uri';
import { engineIn } from '../../support/engine';
import { TestWorkspace } from '../../support/workspace';

let workspace: TestWorkspace;
let book: string;
let files: NodeFileSystem;
let made: ReturnType<typeof engineIn>;
let engine: Engine;

beforeEach(() => {
  workspace = new TestWorkspace();
  book = workspace.folder;
  files = new NodeFileSystem();
  made = engineIn(book, {}, files);
  engine = made.engine;
});

afterEach(async () => {
  await engine.close();
  workspace.remove();
});

const write = (name: string, text: string) => workspace.write(name, text);

const CHAPTER = '```{python}\na = 6 * 7\n```\n\nIt is `{python} a`.\n';

/** Opens a chapter of the book. */
function open(text: string, name = 'a.qmd'): string {
  const uri = uriOfPath(join(book, name));
  engine.open(uri, 1, text);
  return uri;
}

async function values(uri: string): Promise<readonly (string | undefined)[]> {
  return (await engine.chapter(uri)!.whenChecked()).analysis.refs.map(({ text }) => text);
}

/** What a hover over the first reference says. */
async function hovered(uri: string, token?: CancellationTokenSource['token']): Promise<string | undefined> {
  const { chapter } = engine.chapter(uri)!;
  const position = chapter.lines.positionAt(chapter.text.indexOf('`{python} ') + 11);
  const found: Hover | null = await engine.answer(uri, hover, { textDocument: { uri }, position }, token);
  return found === null ? undefined : JSON.stringify(found.contents);
}

describe('a fault of the program', () => {
  test('in the look at findings takes those of that version, and leaves values and answers', async () => {
    const fails = vi.spyOn(RuleRunner.prototype, 'run').mockImplementationOnce(() => {
      throw new RangeError('Too deep.');
    });
    const uri = open(`${CHAPTER}\nA \`{python} b\`.\n`);
    const { analysis, findings } = await engine.chapter(uri)!.whenChecked();
    expect(analysis.refs.map(({ text }) => text)).toEqual(['42', undefined]);
    expect(findings).toEqual([]);
    expect(made.log.join('\n')).toMatch(/^No findings of this version: RangeError: Too deep\./);
    fails.mockRestore();
    engine.change(uri, 2, [{ text: `${CHAPTER}\nB \`{python} b\`.\n` }]);
    const next = await engine.chapter(uri)!.whenChecked();
    expect(next.findings.map(({ code }) => code)).toEqual(['undefined-export']);
  });

  test('in one rule takes the findings of that rule, and is told once', async () => {
    const rule = RULES.find(({ code }) => code === 'cell-error')!;
    const fails = vi.spyOn(rule, 'chapter').mockImplementation(() => {
      throw new RangeError('Too deep.');
    });
    const text = `${CHAPTER}\nA \`{python} b\`.\n`;
    const uri = open(text);
    const codes = async () => (await engine.chapter(uri)!.whenChecked()).findings.map(({ code }) => code);
    expect(await codes()).toEqual(['undefined-export']);
    engine.change(uri, 2, [{ text: text.replace('6', '7') }]);
    expect(await codes()).toEqual(['undefined-export']);
    fails.mockRestore();
    expect(made.log).toHaveLength(1);
    expect(made.log[0]).toContain(
      'The rule cell-error failed, so that findings of it may be missing: RangeError: Too deep.',
    );
    expect(made.log[0]).toContain(uri);
  });

  test('is no name of a module, however many parts it has', async () => {
    const uri = open(`\`\`\`{python}\nimport ${'a.'.repeat(20_000)}b\n\`\`\`\n\n${CHAPTER}`);
    const { findings } = await engine.chapter(uri)!.whenChecked();
    expect(findings.map(({ code }) => code)).toEqual(['unavailable-module']);
    expect(made.log).toEqual([]);
  });
});

describe('a data file in the editor', () => {
  test('reaches the chapter first that was asked about last', async () => {
    const data = uriOfPath(write('a.yaml', 'x: 1\n'));
    const text = '```{python}\nimport yaml\nx = yaml.safe_load(open("a.yaml"))["x"]\n```\n\nIt is `{python} x`.\n';
    const uris = ['a.qmd', 'b.qmd', 'c.qmd'].map(name => open(text, name));
    for (const uri of uris) expect(await values(uri)).toEqual(['1']);
    await hovered(uris[1]!);
    engine.open(data, 1, 'x: 1\n');
    const checked: string[] = [];
    engine.listen({ checked: ({ uri }) => checked.push(uri) });
    engine.change(data, 2, [{ text: 'x: 2\n' }]);
    for (const uri of uris) expect(await values(uri)).toEqual(['2']);
    expect(checked).toEqual([uris[1], uris[2], uris[0]]);
  });

  test.each([
    ['YAML', 'b.yaml', 'x: 1\n', 'x: [1\n', 'import yaml\nx = yaml.safe_load(open("b.yaml"))["x"]'],
    ['JSON', 'b.json', '{"x": 1}\n', '{"x": 1\n', 'import json\nx = json.load(open("b.json"))["x"]'],
    ['a module', 'tanks.py', 'x = 1\n', 'x = (1\n', 'from tanks import x'],
  ])(
    'that is broken leaves the last values while somebody types, and no longer: %s',
    async (_, name, whole, broken, code) => {
      const data = uriOfPath(write(name, whole));
      const uri = open(`\`\`\`{python}\n${code}\n\`\`\`\n\nIt is \`{python} x\`.\n`, 'a.qmd');
      engine.open(data, 1, whole);
      expect(await values(uri)).toEqual(['1']);
      engine.change(data, 2, [{ text: broken }]);
      expect(await values(uri)).toEqual(['1']);
      await expect.poll(() => values(uri), { timeout: 20_000 }).toEqual([undefined]);
      engine.change(data, 3, [{ text: whole }]);
      await expect.poll(() => values(uri), { timeout: 20_000 }).toEqual(['1']);
    },
  );
});

describe('a chapter', () => {
  test('is parsed, then evaluated and checked; an edit leads back', async () => {
    const uri = open(CHAPTER);
    const document = engine.chapter(uri)!;
    expect(document.state).toBe('parsed');
    expect(document.checked).toBeUndefined();
    const checked = await document.whenChecked();
    expect(document.state).toBe('checked');
    expect(checked.version).toBe(1);
    expect(checked.findings).toEqual([]);
    engine.change(uri, 2, [{ text: CHAPTER.replace('`{python} a`', '`{python} b`') }]);
    expect(document.state).toBe('parsed');
    const again = await document.whenChecked();
    expect(again.version).toBe(2);
    expect(again.findings.map(({ code }) => code)).toEqual(['undefined-export']);
    engine.closeDocument(uri);
    expect(document.state).toBe('closed');
    expect(engine.chapter(uri)).toBeUndefined();
  });

  test('of many paragraphs tells the findings of its values first, and those of its sentences with them a little later', async () => {
    const paragraphs = Array.from({ length: 1100 }, (_, at) => `Tank ${at} takes {python} a\` and \`{python} a\`.\n`);
    const told: (readonly string[])[] = [];
    const states: string[] = [];
    engine.listen({
      checked: (document, { findings }) => {
        told.push(findings.map(({ code }) => code));
        states.push(document.state);
      },
    });
    const text = `${CHAPTER}\nAnd \`{python} b\`.\n\n${paragraphs.join('\n')}`;
    const uri = open(text);
    const document = engine.chapter(uri)!;
    const { findings, analysis } = await document.whenChecked();
    expect(states).toEqual(['evaluated', 'checked']);
    expect(told[0]).toContain('undefined-export');
    expect(told[0]!.length).toBeLessThan(1100);
    expect(findings).toEqual(runRules(analysis));
    expect(findings.filter(({ code }) => code === 'malformed-reference')).toHaveLength(1100);
  });

  test('with a large cell tells the findings of its values first, and what needs that cell to be read a little later', async () => {
    const comments = '# a comment of some length\n'.repeat(8000);
    const text = `\`\`\`{python}\nimport math\n${comments}a = 1\n\`\`\`\n\nIt is \`{python} a\` and \`{python} b\`.\n`;
    const told: (readonly string[])[] = [];
    engine.listen({ checked: (_, { findings }) => told.push(findings.map(({ code }) => code)) });
    const uri = open(text);
    const { findings, analysis } = await engine.chapter(uri)!.whenChecked();
    expect(told).toEqual([['undefined-export'], ['unused-import', 'undefined-export']]);
    expect(findings).toEqual(runRules(analysis));
  });

  test('that is edited before all its sentences are read tells of the new text alone', async () => {
    const paragraphs = Array.from({ length: 1100 }, (_, at) => `Tank ${at} takes {python} a\` and \`{python} a\`.\n`);
    const text = `${CHAPTER}\n${paragraphs.join('\n')}`;
    const uri = open(text);
    const document = engine.chapter(uri)!;
    await new Promise<void>(resolve => engine.listen({ checked: () => resolve() }));
    expect(document.state).toBe('evaluated');
    const edited = text.replace('Tank 1099 takes {python}', 'Tank 1099 takes `{python}');
    engine.change(uri, 2, [{ text: edited }]);
    const { findings, analysis } = await document.whenChecked();
    expect(analysis.chapter.text).toBe(edited);
    expect(findings).toEqual(runRules(analysis));
    expect(findings).toHaveLength(1099);
  });

  test('is known by its URI in any spelling', async () => {
    const uri = open(CHAPTER, 'a b.qmd');
    const other = uri.replaceAll('%20', ' ');
    expect(other).not.toBe(uri);
    expect(engine.chapter(other)).toBe(engine.chapter(uri));
    expect(await hovered(other)).toContain('42');
  });

  test('takes edits by positions; those behind the end of a line stand at its end', async () => {
    const uri = open(CHAPTER);
    const range = { start: { line: 1, character: 99 }, end: { line: 1, character: 99 } };
    engine.change(uri, 2, [{ range, text: '0' }]);
    expect(await values(uri)).toEqual(['420']);
  });

  test('tells its listeners once of each version, until they leave', async () => {
    const told: number[] = [];
    const leave = engine.listen({ checked: (_, { version }) => told.push(version) });
    const uri = open(CHAPTER);
    await values(uri);
    engine.change(uri, 2, [{ text: CHAPTER.replace('7', '8') }]);
    expect(await values(uri)).toEqual(['48']);
    leave();
    engine.change(uri, 3, [{ text: CHAPTER }]);
    expect(await values(uri)).toEqual(['42']);
    expect(told).toEqual([1, 2]);
  });

  test('that is held is parsed and not run', async () => {
    const uri = uriOfPath(join(book, 'a.qmd'));
    engine.suspend([uri]);
    engine.open(uri, 1, CHAPTER);
    expect(await values(uri)).toEqual([undefined]);
    engine.suspend([]);
    expect(await values(uri)).toEqual(['42']);
  });
});

describe('a request', () => {
  test('for a document that is not open has no answer', async () => {
    const uri = uriOfPath(join(book, 'nowhere.qmd'));
    expect(await engine.answer(uri, hover, { textDocument: { uri }, position: { line: 0, character: 0 } })).toBeNull();
  });

  test('rejects once its version is gone', async () => {
    const uri = open(CHAPTER);
    const asked = hovered(uri);
    engine.change(uri, 2, [{ text: CHAPTER.replace('7', '8') }]);
    await expect(asked).rejects.toThrow(Superseded);
    const late = hovered(uri);
    engine.closeDocument(uri);
    await expect(late).rejects.toThrow(Superseded);
  });

  test('rejects as soon as nobody wants its answer', async () => {
    const uri = open(CHAPTER);
    const source = new CancellationTokenSource();
    const asked = hovered(uri, source.token);
    source.cancel();
    await expect(asked).rejects.toThrow(Cancelled);
    await expect(hovered(uri, source.token)).rejects.toThrow(Cancelled);
    expect(await hovered(uri)).toContain('42');
  });
});

describe('files', () => {
  const USER = '```{python}\nfrom rates import rate\n```\n\nIt is `{python} rate`.\n';

  test('of packages that are open are read as they stand in the editor', async () => {
    const path = write('rates.py', 'rate = 1\n');
    const uri = open(USER);
    expect(await values(uri)).toEqual(['1']);
    engine.open(uriOfPath(path), 1, 'rate = 2\n');
    expect(await values(uri)).toEqual(['2']);
    engine.closeDocument(uriOfPath(path));
    expect(await values(uri)).toEqual(['1']);
  });

  test('that have changed are looked at again when that is told', async () => {
    const path = write('rates.py', 'rate = 1\n');
    const uri = open(USER);
    expect(await values(uri)).toEqual(['1']);
    write('rates.py', 'rate = 3.5\n');
    files.report([{ path, cameOrWent: false }]);
    expect(await values(uri)).toEqual(['3.5']);
  });

  test('that have changed are found where nobody tells of them', async () => {
    write('rates.py', 'rate = 1\n');
    const uri = open(USER);
    expect(await values(uri)).toEqual(['1']);
    expect(engine.lookForChanges()).toBe(false);
    write('rates.py', 'rate = 3.5\n');
    expect(engine.lookForChanges()).toBe(true);
    expect(await values(uri)).toEqual(['3.5']);
  });

  test('that hold the words of a page follow its front matter, and are looked at again', async () => {
    const path = write('words.yml', 'callout-tip-title: Tipp\n');
    const uri = open(CHAPTER);
    const words = () => engine.chapter(uri)!.chapter.inherited.words;
    engine.change(uri, 2, [{ text: `---\nlanguage: words.yml\n---\n\n${CHAPTER}` }]);
    expect(words()).toEqual({ 'callout-tip-title': 'Tipp' });
    expect(engine.lookForChanges()).toBe(false);
    write('words.yml', 'callout-tip-title: Rat\n');
    files.report([{ path, cameOrWent: false }]);
    expect(words()).toEqual({ 'callout-tip-title': 'Rat' });
    engine.change(uri, 3, [{ text: CHAPTER }]);
    expect(words()).toBeUndefined();
  });

  test('outside of the workspace are not read', () => {
    expect(() => engine.read(join(dirname(book), 'elsewhere.qmd'))).toThrow(FileError);
  });
});

describe('without opening', () => {
  test('a chapter is evaluated here and now', () => {
    const path = write('a.qmd', CHAPTER);
    expect(engine.evaluate(path, engine.read(path)).refs.map(({ text }) => text)).toEqual(['42']);
  });

  test('a chapter is checked, with the levels of its settings', async () => {
    const path = write('a.qmd', CHAPTER.replace('{python} a', '{python} b'));
    const checks = engine.checks(1);
    const codes = async () => (await checks.check(path, 'a.qmd')).findings.map(({ code, file }) => [code, file]);
    expect(await codes()).toEqual([['undefined-export', 'a.qmd']]);
    made.settings = { ...made.settings, rules: { 'undefined-export': 'off' } };
    expect(await codes()).toEqual([]);
    const gone = checks.check(join(book, 'gone.qmd'), 'gone.qmd');
    await expect(gone).rejects.toThrow(FileError);
    const source = new CancellationTokenSource();
    source.cancel();
    await expect(checks.check(path, 'a.qmd', {}, source.token)).rejects.toThrow(Cancelled);
    checks.close();
  });
});

describe('settings', () => {
  test('that concern findings have them worked out anew; budgets have cells run again', async () => {
    const uri = open('```{python}\nn = 0\nwhile n < 5000: n += 1\n```\n\nIt is `{python} m`.\n');
    const codes = async () => (await engine.chapter(uri)!.whenChecked()).findings.map(({ code }) => code);
    expect(await codes()).toContain('undefined-export');
    expect(engine.settingsChanged()).toBe(false);
    made.settings = { ...made.settings, rules: { 'undefined-export': 'off' } };
    expect(engine.settingsChanged()).toBe(true);
    expect(await codes()).not.toContain('undefined-export');
    made.settings = { ...made.settings, budgets: { steps: 1000 } };
    engine.settingsChanged();
    expect(await codes()).toContain('budget-exceeded');
  });
});
