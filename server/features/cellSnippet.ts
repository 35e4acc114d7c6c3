/** A LEGO cell to be filled in: header, class and bridge agree from the beginning. */
import type { TextDocumentPositionParams } from 'vscode-languageserver';
import { symbolIndex } from '../../mlsys';
import type { Analysis, CellProgram } from '../evaluation/analysis';
import { type Handler, toOffset } from './feature';

/** The answer to `reckoner/cellSnippet`. */
export const insertCell: Handler<TextDocumentPositionParams, string> = {
  atOnce: true,
  handle(analysis, { position }, context) {
    return cellSnippet(analysis, toOffset(analysis.chapter, position, context));
  },
};

/** A LEGO cell for a place, named after its section. */
export function cellSnippet(analysis: Analysis, offset: number): string {
  const section = sectionAt(analysis, offset);
  const words = wordsOf(section ?? 'My numbers');
  const cls = freeName(words.map(word => word[0]!.toUpperCase() + word.slice(1)).join(''), analysis);
  const label = freeLabel(words.join('-').toLowerCase(), analysis);
  const rule = '─'.repeat(64);
  const { imports, guard, formatted } = helpersIn(analysis);
  const value = '${5:value}';
  return [
    '```{python}',
    `#| label: ${label}`,
    '#| echo: false',
    `# ┌${rule}`,
    `# │ ${words.join(' ').toUpperCase()}`,
    `# ├${rule}`,
    `# │ Context: ${section === undefined ? '${1:Where the numbers are used.}' : `"${escaped(section)}"`}`,
    '# │',
    '# │ Goal: ${2:What it shows.}',
    '# │ Show: ${3:Which numbers the text gets.}',
    '# │ How: ${4:By which arithmetic.}',
    '# │',
    ...imports.map(({ module, names }) => `# │ Imports: ${module} (${names.join(', ')})`),
    '# │ Exports: ${5:value}_str',
    `# └${rule}`,
    ...imports.map(({ module, names }) => `from ${module} import ${names.join(', ')}`),
    ...(imports.length === 0 ? [] : ['']),
    `class ${cls}:`,
    '    # ┌── 1. LOAD ──',
    '    ${6:assumption} = ${7:1}',
    '',
    '    # ┌── 2. EXECUTE ──',
    '    ${5:value} = ${6:assumption}$0',
    '',
    '    # ┌── 3. GUARD ──',
    `    ${guard(`${value} > 0`, '"${8:the text says so}"')}`,
    '',
    '    # ┌── 4. OUTPUT ──',
    `    ${value}_str = ${formatted(value)}`,
    '',
    '# ┌── EXPORTS ──',
    `\${5:value}_str = ${cls}.\${5:value}_str`,
    '```',
  ].join('\n');
}

/** How a cell of a chapter checks and formats. */
interface Helpers {
  readonly imports: readonly { readonly module: string; readonly names: readonly string[] }[];
  guard(condition: string, message: string): string;
  formatted(value: string): string;
}

/** The library that is built in, and those that are called like it. */
const LIBRARY = /^mlsys/;

/** As the cells of the chapter do: a render has no module that nothing of the book imports. */
function helpersIn({ cells, chapter }: Analysis): Helpers {
  const modules = new Map<string, string>();
  for (const { names } of cells)
    for (const { module, level, name, bound } of names.imports)
      if (level === 0) modules.set(bound, name === bound ? module : '');
  const calledFrom = (calls: readonly string[]) => mostFrequent(calls.filter(one => modules.get(one) !== ''));
  const importsOf = (called: readonly (string | undefined)[], fallback = ''): Helpers['imports'] => {
    const found = new Map<string, string[]>();
    for (const one of called) {
      const module = one === undefined ? '' : (modules.get(one) ?? fallback);
      if (module !== '') found.set(module, [...(found.get(module) ?? []), one!]);
    }
    return [...found].map(([module, names]) => ({ module, names }));
  };
  if (modules.size === 0 || cells.some(({ names }) => names.imports.some(one => LIBRARY.test(one.module))))
    return {
      imports: importsOf(['fmt', 'check'], 'mlsys.formatting'),
      guard: (condition, message) => `check(${condition}, ${message})`,
      formatted: value => `fmt(${value}, precision=0)`,
    };
  const guard = calledFrom(
    cells.flatMap(({ checks }) => checks.map(({ range }) => calledIn(chapter.slice(range.start, range.end)))),
  );
  const formatter = calledFrom(cells.flatMap(({ program }) => formattersIn(program.module)));
  return {
    imports: importsOf([formatter, guard]),
    guard: (condition, message) =>
      guard === undefined ? `assert ${condition}, ${message}` : `${guard}(${condition}, ${message})`,
    formatted: value => (formatter === undefined ? `f"{${value}:,.0f}"` : `${formatter}(${value})`),
  };
}

/** The function of a call as it is written; empty where that is no name. */
const calledIn = (call: string): string => /^([A-Za-z_]\w*)\(/.exec(call)?.[1] ?? '';

/** The functions that make texts for the prose, as often as they do. */
function formattersIn(module: CellProgram['module']): readonly string[] {
  return symbolIndex(module).definitions.all.flatMap(({ name, value }) =>
    name.endsWith('_str') && value?.kind === 'Call' && value.func.kind === 'Name' ? [value.func.id] : [],
  );
}

function mostFrequent(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const name of names) if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].reduce<[string, number] | undefined>(
    (most, one) => (most && most[1] >= one[1] ? most : one),
    undefined,
  )?.[0];
}

/** A cell with a label alone. */
export function plainCellSnippet(analysis: Analysis, offset: number): string {
  const label = freeLabel(
    wordsOf(sectionAt(analysis, offset) ?? 'cell')
      .join('-')
      .toLowerCase(),
    analysis,
  );
  return `\`\`\`{python}\n#| label: \${1:${label}}\n#| echo: false\n$0\n\`\`\``;
}

/** The title of the section around a place. */
function sectionAt({ chapter }: Analysis, offset: number): string | undefined {
  const heading = chapter.headings.findLast(({ range, inUnopenedCell }) => range.start <= offset && !inUnopenedCell);
  const title = heading?.text.replaceAll(/[*_`]|\\index\{[^}]*\}/g, '').trim();
  return title === '' ? undefined : title;
}

const LITTLE = new Set([
  'a',
  'an',
  'and',
  'as',
  'at',
  'by',
  'for',
  'from',
  'in',
  'is',
  'of',
  'on',
  'or',
  'the',
  'to',
  'with',
]);

/** Up to three words that can be parts of a name. */
function wordsOf(title: string): string[] {
  const words = title
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f']/g, '')
    .split(/[^A-Za-z0-9]+/)
    .filter(word => word !== '' && !LITTLE.has(word.toLowerCase()));
  const kept = words.slice(0, 3);
  return kept.length === 0 || /^\d/.test(kept[0]!) ? ['My', ...kept] : kept;
}

function freeName(name: string, { cells }: Analysis): string {
  const isTaken = (one: string) => cells.some(cell => cell.definitionsOf(one).length > 0);
  let found = name;
  for (let at = 2; isTaken(found); at++) found = `${name}${at}`;
  return found;
}

function freeLabel(label: string, { cells }: Analysis): string {
  const taken = new Set(cells.map(({ cell }) => cell.label));
  let found = label;
  for (let at = 2; taken.has(found); at++) found = `${label}-${at}`;
  return found;
}

/** Text within a snippet. */
function escaped(text: string): string {
  return text.replaceAll(/[$}\\]/g, '\\$&');
}
