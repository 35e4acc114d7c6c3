/** What runs in a chapter, as Quarto decides. */
import { describe, expect, test } from 'vitest';
import { editChapter, type InheritedMetadata, parseChapter, withInherited } from '../../../server/chapter';
import { NOTHING_INHERITED } from '../../../server/chapter/execution';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { inheritedMetadata } from '../../../server/project/configuration';
import { cell, report } from '../../support/analysis';
import { filesOf } from '../../support/files';
import { noRepair } from '../../support/parserLog';

const URI = 'file:///book/chapter.qmd';
const BODY = `${cell('x = 1')}\nIt is \`{python} x\`.\n`;

/** Whether the first cell runs, and how many references are evaluated. */
function runs(text: string, inherited: InheritedMetadata = NOTHING_INHERITED): string {
  const { cells, refs, execution } = withInherited(parseChapter(text, URI), inherited);
  return `${execution.engine} ${execution.language}: ${cells[0]?.run === true ? 'cell' : '-'}, ${refs.length}`;
}

const withFront = (yaml: string, body = BODY) => `---\n${yaml.trim()}\n---\n\n${body}`;

describe('the engine', () => {
  test.each([
    ['', BODY, 'jupyter python: cell, 1'],
    ['a reference alone is text', 'It is `{python} x`.\n', 'markdown markdown: -, 0'],
    ['diagrams are none of its business', 'Is `{python} x`.\n\n```{mermaid}\na\n```\n', 'markdown markdown: -, 0'],
    ['another language', 'Is `{python} x`.\n\n```{bash}\nls\n```\n', 'jupyter python: -, 1'],
    ['R claims the chapter', `${BODY}\n\`\`\`{r, echo=FALSE}\n1\n\`\`\`\n`, 'knitr knitr: -, 0'],
    ['also from within a listing', `${BODY}\n\`\`\`\`markdown\n\`\`\`{r}\n\`\`\`\n\`\`\`\`\n`, 'knitr knitr: -, 0'],
    ['Julia that stands first', `\`\`\`{julia}\n1\n\`\`\`\n\n${BODY}`, 'jupyter julia: -, 0'],
    ['Julia that does not', `${BODY}\n\`\`\`{julia}\n1\n\`\`\`\n`, 'jupyter python: cell, 1'],
  ])('by its cells: %s', (_, text, told) => {
    expect(runs(text)).toBe(told);
  });

  test.each([
    ['engine: knitr', 'knitr knitr: -, 0'],
    ['execute:\n  engine: knitr', 'knitr knitr: -, 0'],
    ['engine: markdown', 'markdown markdown: -, 0'],
    ['engine: jupyter', 'jupyter python: cell, 1'],
    ['jupyter: python3', 'jupyter python: cell, 1'],
    ['jupyter: my-book-env', 'jupyter python: cell, 1'],
    ['jupyter: julia-1.10', 'jupyter julia: -, 0'],
    ['jupyter: ir', 'jupyter r: -, 0'],
    ['jupyter: iris-env', 'jupyter python: cell, 1'],
    ['jupyter: bash', 'jupyter bash: -, 0'],
    ['jupyter:\n  kernelspec:\n    name: x\n    language: R\n    display_name: R', 'jupyter r: -, 0'],
    ['jupyter:\n  kernel: python3', 'jupyter python: cell, 1'],
  ])('by the front matter: %s', (yaml, told) => {
    expect(runs(withFront(yaml))).toBe(told);
  });

  test('the kernel of the project counts, the engine of the project does not', () => {
    const project = (metadata: object) => ({ project: { ...metadata }, folders: {} });
    expect(runs(BODY, project({ jupyter: 'julia-1.10' }))).toBe('jupyter julia: -, 0');
    expect(runs(withFront('jupyter: python3'), project({ jupyter: 'julia-1.10' }))).toBe('jupyter python: cell, 1');
    expect(runs(BODY, project({ engine: 'knitr' }))).toBe('jupyter python: cell, 1');
  });

  test('nothing is said of values where no Python runs', () => {
    expect(
      report(withFront('engine: knitr', `${cell('x = 1 / 0\ny = (')}\n\`{python} r.x\` and \`{python} gone\`\n`)),
    ).toEqual([]);
  });
});

describe('eval', () => {
  const skipped = 'jupyter python: -, 1';
  test.each([
    ['execute:\n  eval: false', skipped],
    ['execute:\n  eval: true', 'jupyter python: cell, 1'],
    ['eval: false', skipped],
    ['execute: false', 'jupyter python: -, 0'],
    ['execute:\n  enabled: false', 'jupyter python: -, 0'],
    ['format:\n  html:\n    execute:\n      eval: false', skipped],
    ['format:\n  html: default\n  pdf:\n    execute:\n      eval: false', 'jupyter python: cell, 1'],
    ['execute:\n  eval: false\nformat:\n  html:\n    eval: true', 'jupyter python: cell, 1'],
  ])('of the chapter: %s', (yaml, told) => {
    expect(runs(withFront(yaml))).toBe(told);
  });

  test('a cell says otherwise', () => {
    expect(runs(withFront('execute:\n  eval: false', `${cell('#| eval: true\nx = 1')}\n`))).toContain(': cell');
    expect(runs(cell('\n\n#| eval: false\nx = 1'))).toContain(': -');
  });

  const BOOK = {
    '_quarto.yml': 'project:\n  type: book\nexecute:\n  eval: false\n',
    'part/_metadata.yml': 'execute:\n  eval: true\n',
    'part/deep/_metadata.yml': 'format:\n  html:\n    execute:\n      eval: false\n',
  };
  test.each([
    ['/book/a.qmd', BODY, ': -'],
    ['/book/part/a.qmd', BODY, ': cell'],
    ['/book/part/deep/a.qmd', BODY, ': -'],
    ['/book/part/deep/a.qmd', withFront('execute:\n  eval: true'), ': cell'],
  ])('of project, folders and chapter, the nearest one counts: %s', (path, text, told) => {
    expect(runs(text, inheritedMetadata(path, filesOf(BOOK)))).toContain(told);
  });

  test("the folder's own metadata of a project count in that folder alone", () => {
    const files = filesOf({ '_quarto.yml': 'project:\n  type: book\n', '_metadata.yml': 'execute:\n  eval: false\n' });
    expect(runs(BODY, inheritedMetadata('/book/a.qmd', files))).toContain(': -');
    expect(runs(BODY, inheritedMetadata('/book/part/a.qmd', files))).toContain(': cell');
  });

  test("the project's metadata files and its default profile", () => {
    const files = filesOf({
      '_quarto.yml': 'metadata-files: [extra.yml]\nprofile:\n  default: draft\n',
      'extra.yml': 'execute:\n  eval: false\n',
      '_quarto-draft.yml': 'execute:\n  error: true\n',
    });
    const looked = new Map<string, string | undefined>();
    const inherited = inheritedMetadata('/book/a.qmd', files, looked);
    expect(withInherited(parseChapter(BODY, URI), inherited).execution.defaults).toEqual({ eval: false, error: true });
    expect(looked.get('/book/_metadata.yml')).toBeUndefined();
    expect([...looked.keys()]).toContain('/book/extra.yml');
  });

  test.each([
    [undefined, ': cell'],
    ['prod', ': -'],
    ['other, prod', ': -'],
    ['draft', ': cell'],
    ['', ': cell'],
  ])('of several profiles those that QUARTO_PROFILE names, else the default one: %s', (profiles, told) => {
    const files = filesOf({
      '_quarto.yml': 'profile:\n  default: draft\n  group: [draft, prod]\n',
      '_quarto-draft.yml': 'execute:\n  eval: true\n',
      '_quarto-prod.yml': 'execute:\n  eval: false\n',
    });
    expect(runs(BODY, inheritedMetadata('/book/a.qmd', Object.assign(files, { profiles })))).toContain(told);
  });

  test.each<
    [files: Record<string, string>, profiles: string | undefined, active: readonly string[] | undefined, error: unknown]
  >([
    [{}, undefined, undefined, undefined],
    [{ '_quarto.yml.local': 'execute:\n  error: true\n' }, undefined, undefined, true],
    [{ '_quarto.yaml.local': 'profile:\n  default: [b, a]\n' }, undefined, ['b', 'a'], 'b'],
    [{ '_quarto.yml.local': 'profile:\n  default: b\n' }, 'a', ['a'], 'a'],
    [{ '_quarto.yml.local': 'profile:\n  default: b\nexecute:\n  error: here\n' }, undefined, ['b'], 'here'],
    [{ _environment: 'DEPOT=4\nexport QUARTO_PROFILE="a" # usual\n' }, undefined, ['a'], 'a'],
    [{ _environment: 'QUARTO_PROFILE=a', '_environment.local': 'QUARTO_PROFILE=b # mine' }, undefined, ['b'], 'b'],
    [{ _environment: 'QUARTO_PROFILE=a', '_quarto.yml.local': 'profile:\n  default: b\n' }, undefined, ['a'], 'a'],
  ])('what a project keeps for one machine counts as Quarto takes it: %j', (local, profiles, active, error) => {
    const files = filesOf({
      '_quarto.yml': 'project:\n  type: book\n',
      '_quarto-a.yml': 'execute:\n  error: a\n',
      '_quarto-b.yml': 'execute:\n  error: b\n',
      ...local,
    });
    const inherited = inheritedMetadata('/book/a.qmd', Object.assign(files, { profiles }));
    expect(inherited.profiles).toEqual(active);
    expect(withInherited(parseChapter(BODY, URI), inherited).execution.defaults.error).toBe(error);
  });

  test('of two active profiles the one that is named first counts more', () => {
    const files = filesOf({
      '_quarto.yml': 'profile:\n  default: [draft, prod]\n',
      '_quarto-draft.yml': 'execute:\n  error: draft\n',
      '_quarto-prod.yml': 'execute:\n  error: prod\n  echo: false\n',
    });
    const { project } = inheritedMetadata('/book/a.qmd', files);
    expect(project.execute).toEqual({ error: 'draft', echo: false });
  });

  test('words of the page come from files that `language` names, and from the file that Quarto looks for', () => {
    const files = filesOf({
      '_quarto.yml': 'language: words/own.yml\n',
      'words/own.yml': 'callout-note-title: Notiz\n',
      '_language.yml': 'callout-note-title: Note\ntoc-title-document: Inhalt\n',
      'part/_metadata.yml': 'language: part.yml\n',
      'part/part.yml': 'callout-tip-title: Tipp\n',
    });
    const looked = new Map<string, string | undefined>();
    const { project, folders } = inheritedMetadata('/book/part/a.qmd', files, looked);
    expect(project.language).toEqual({ 'callout-note-title': 'Notiz', 'toc-title-document': 'Inhalt' });
    expect(folders.language).toEqual({ 'callout-tip-title': 'Tipp' });
    expect([...looked.keys()]).toEqual(expect.arrayContaining(['/book/words/own.yml', '/book/part/part.yml']));
    const none = inheritedMetadata('/book/a.qmd', filesOf({ '_quarto.yml': 'language: gone.yml\n' }));
    expect(none.project.language).toEqual({});
  });

  test('of the chapter changes what runs at once', () => {
    const evaluator = new Evaluator();
    const text = withFront('execute:\n  eval: true');
    const chapter = parseChapter(text, URI);
    expect(evaluator.update(chapter, 1).refs[0]!.text).toBe('1');
    const at = text.indexOf('true');
    const off = editChapter(chapter, { start: at, end: at + 4, text: 'false' }, noRepair);
    const analysis = evaluator.update(off, 2);
    expect([analysis.cells[0]!.status, analysis.refs[0]!.text]).toEqual(['skipped', undefined]);
    const on = editChapter(off, { start: at, end: at + 5, text: 'true' }, noRepair);
    expect(evaluator.update(on, 3).refs[0]!.text).toBe('1');
  });
});

describe('error', () => {
  test.each(['1 / 0', 'x = (', 'gone', 'from math import nothing', 'assert False'])(
    'an exception that the page shows is no finding: %s',
    code => {
      expect(report(cell(`#| error: true\n${code}`))).toEqual([]);
      expect(report(withFront('execute:\n  error: true', cell(code)))).toEqual([]);
      expect(report(cell(code))).not.toEqual([]);
    },
  );

  test('what misses the names of such a cell is one', () => {
    expect(report(`${cell('#| error: true\n1 / 0\ny = 2')}\nAt \`{python} y\`.\n`)).toHaveLength(1);
  });
});

test('a cell may be indented as a whole', () => {
  const evaluator = new Evaluator();
  const text = '```{python}\n\n#| label: a\n    if True:\n        x = 1\n\n    y = x\n```\n\n`{python} y`\n';
  const analysis = evaluator.update(parseChapter(text, URI), 1);
  expect([analysis.cells[0]!.cell.label, analysis.cells[0]!.status, analysis.refs[0]!.text]).toEqual(['a', 'ok', '1']);
  const [definition] = analysis.cells[0]!.definitionsOf('y');
  expect(text.slice(definition!.range.start, definition!.range.end)).toBe('y');
});

test('a cell with parameters runs as any other', () => {
  expect(report(`${cell('#| tags: [parameters]\nx = 1')}\n\`{python} x\`\n`)).toEqual([]);
});
