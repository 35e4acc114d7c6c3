/** A LEGO cell to be filled in: header, class and bridge agree from the beginning. */
import type { TextDocumentPositionParams } from 'vscode-languageserver';
import type { Analysis } from '../evaluation/analysis';
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
    '# │ Imports: mlsys.formatting (fmt, check)',
    '# │ Exports: ${5:value}_str',
    `# └${rule}`,
    'from mlsys.formatting import fmt, check',
    '',
    `class ${cls}:`,
    '    # ┌── 1. LOAD ──',
    '    ${6:assumption} = ${7:1}',
    '',
    '    # ┌── 2. EXECUTE ──',
    '    ${5:value} = ${6:assumption}$0',
    '',
    '    # ┌── 3. GUARD ──',
    '    check(${5:value} > 0, "${8:the text says so}")',
    '',
    '    # ┌── 4. OUTPUT ──',
    '    ${5:value}_str = fmt(${5:value}, precision=0)',
    '',
    '# ┌── EXPORTS ──',
    `\${5:value}_str = ${cls}.\${5:value}_str`,
    '```',
  ].join('\n');
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
