/** Whole cells, guards and callouts: with their fences closed, their headers and bridges filled. */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { cellSnippet, plainCellSnippet } from '../cellSnippet';
import type { Context } from './context';
import { rank, replacing, snippet } from './items';
import { type Place, startsStatement } from './place';

/** In prose: on a line that is empty, where the author asks, behind the first letters of one, and behind backticks that begin one. */
export const snippets: Context = {
  opensOn: '',
  items(place) {
    const { before, after, cell, code, offset } = place;
    if (code !== undefined) return undefined;
    const fence = /^(\s*)(`{3,}\{?\w*|[A-Za-z]{2,})?$/.exec(before);
    if (fence === null || !/^[`}\s]*$/.test(after)) return undefined;
    // Backticks open a cell that takes in all that stands below; on its first line nothing else can be meant.
    if (cell !== undefined && (fence[2] === undefined || offset > cell.cell.fenceRange.end)) return undefined;
    const range = { start: offset - (fence[2]?.length ?? 0), end: offset + after.length };
    const letters = fence[2]?.startsWith('`') === false ? fence[2].toLowerCase() : '';
    if (letters !== '' && !beginsParagraph(place)) return undefined;
    const rows = [...ITEMS(place)].filter(([label]) => label.toLowerCase().startsWith(letters));
    return rows.map(([label, detail, text], order): CompletionItem => {
      const made = { label, kind: CompletionItemKind.Snippet, detail, sortText: rank(order) };
      // Without its brace: once a fence is written out, the list is to close.
      return snippet(
        { ...made, filterText: fence[2] === undefined || letters !== '' ? label : `\`\`\`{python ${label}` },
        text,
        range,
        place,
      );
    });
  },
};

/** Behind a backtick and a brace in prose: the word that makes a reference of it. */
export const referenceWord: Context = {
  opensOn: '',
  items(place) {
    const { before, after, cell, code, offset } = place;
    if (cell !== undefined || code !== undefined) return undefined;
    const typed = /(?<!`)`\{([a-z]*)$/.exec(before)?.[1];
    if (typed === undefined || !'python'.startsWith(typed)) return undefined;
    const range = { start: offset - typed.length, end: offset + (after.startsWith('}') ? 1 : 0) };
    const made = { label: 'python', kind: CompletionItemKind.Keyword, detail: 'A value in the sentence' };
    return [replacing(made, 'python}', range, place)];
  },
};

/** True where the line above is empty, or there is none: in the middle of a paragraph words are words. */
function beginsParagraph({ analysis: { chapter }, lineStart }: Place): boolean {
  const above = chapter.text.lastIndexOf('\n', lineStart - 2) + 1;
  return lineStart === 0 || chapter.text.slice(above, lineStart).trim() === '';
}

function* ITEMS(place: Place): Iterable<readonly [label: string, detail: string, text: string]> {
  yield [
    'LEGO cell',
    'Class with LOAD, EXECUTE, GUARD, OUTPUT, its header and its exports',
    cellSnippet(place.analysis, place.offset),
  ];
  yield ['Python cell', 'Cell with a label', plainCellSnippet(place.analysis, place.offset)];
  yield ['figure cell', 'Cell that draws a figure, with its caption', FIGURE];
  if (place.before.includes('`')) return;
  yield [
    'callout',
    'Callout with a title',
    '::: {.callout-${1|note,tip,warning,important,caution|} title="${2:Title}"}\n$0\n:::',
  ];
  yield ['figure div', 'Div with a label and a caption', '::: {#fig-${1:name} fig-cap="${2:Caption.}"}\n$0\n:::'];
  yield ['equation', 'Equation with a label', '\\$\\$ ${1:x} = $0 \\$\\$ {#eq-${2:name}}'];
}

const FIGURE = [
  '```{python}',
  '#| label: fig-${1:name}',
  '#| fig-cap: "${2:Caption.}"',
  '#| echo: false',
  'import matplotlib.pyplot as plt',
  '',
  'fig, ax = plt.subplots()',
  'ax.plot($0)',
  'plt.show()',
  '```',
].join('\n');

/** In a cell: a guard, at the beginning of a statement. */
export function guardItem(place: Place): readonly CompletionItem[] {
  const { code, offset } = place;
  if (code?.cell === undefined || !startsStatement(code) || code.path.includes('.')) return [];
  const range = { start: offset - code.path.length, end: offset };
  const made = {
    label: 'check …',
    kind: CompletionItemKind.Snippet,
    detail: 'Guard of a claim in the text',
    sortText: '0',
  };
  const text = 'check(${1:value} ${2|>,<,>=,<=,==|} ${3:1}, "${4:the text says so}")';
  return [snippet({ ...made, filterText: 'check guard' }, text, range, place)];
}
