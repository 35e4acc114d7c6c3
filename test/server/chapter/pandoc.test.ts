import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { type Chapter, parseChapter } from '../../../server/chapter';

/**
 * Pandoc is the standard of what the Markdown means: each JSON file in the folder holds what Pandoc 3.1 counts in the
 * chapter of the same name once its cells are blanked. A new case is a `.qmd` file with its counts beside it.
 */
const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'test/fixtures/pandoc');

const NODES = ['Header', 'Div', 'Table', 'Note', 'InlineMath', 'DisplayMath', 'CodeBlock', 'Image', 'Link'] as const;

interface Counts {
  readonly nodes: Partial<Record<(typeof NODES)[number], number>>;
  readonly divs: Record<string, number>;
  readonly keys: Record<string, number>;
}

function count(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** What the model counts; to Pandoc, a capital key is one of a bibliography. */
function countsOf(chapter: Chapter): Counts {
  const math = chapter.nodes('math').map(({ node }) => node.display);
  const keys = chapter.nodes('key').map(({ node: { kind, key } }) => (kind && key.startsWith(kind) ? kind : 'bib'));
  const nodes: Record<(typeof NODES)[number], number> = {
    Header: chapter.nodes('heading').length,
    Div: chapter.divs.length,
    Table: chapter.nodes('table').length,
    Note: chapter.nodes('noteReference').length + chapter.nodes('note').length,
    InlineMath: math.filter(display => !display).length,
    DisplayMath: math.filter(display => display).length,
    CodeBlock: chapter.nodes('codeBlock').filter(({ node }) => !node.language?.startsWith('=')).length,
    Image: chapter.nodes('image').length,
    Link: chapter.nodes('link').length,
  };
  return {
    nodes,
    divs: count(chapter.divs.map(div => div.classes.join(' ') || `#${(div.id ?? '').split('-')[0]}`)),
    keys: count(keys),
  };
}

function chapterFile(name: string): string | undefined {
  return [
    join(folder, `${name}.qmd`),
    join(root, `examples/${name}.qmd`),
    join(root, `../shared/chapters/${name}.qmd`),
  ].find(file => existsSync(file));
}

for (const name of readdirSync(folder)
  .filter(file => file.endsWith('.json'))
  .map(file => basename(file, '.json'))) {
  const file = chapterFile(name);
  const reason = file === undefined ? ' (its chapter is not on this machine)' : '';
  test.skipIf(file === undefined)(`the model counts what Pandoc counts: ${name}${reason}`, () => {
    const expected = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Counts;
    const found = countsOf(parseChapter(readFileSync(file!, 'utf8'), name));
    const nodes = Object.fromEntries(NODES.map(node => [node, expected.nodes[node] ?? 0]));
    expect(found).toEqual({ nodes, divs: expected.divs, keys: expected.keys });
  });
}
