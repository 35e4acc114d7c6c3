/**
 * Finds Python code that has a closing fence but no opening one, or one that opens no cell. To the cutting, its fence opens a listing, and its code
 * is prose: comment lines are headings, indented lines are listings. So for each bare fence the text before it is read
 * backwards for as long as it looks like code.
 */

import type { FenceCut } from './cuts';
import type { LocatedBlock } from './located';
import type { MistakenFence, NamedRange, UnopenedCell } from './model';
import { linesOf } from './prose/source';

const OPENING = /^#\s*(?:[┌╔╭]|\||[=─━]{6,})/;
const STATEMENT =
  /^(?:#|@\w|(?:from\s+[\w.]+\s+import\b|import\s+\w|class\s+\w+.*:|def\s+\w+\s*\(|if\s.*:|for\s.*:|with\s.*:|while\s.*:|else:|try:|except\b.*:|elif\s.*:|return\b|assert\s|raise\s|pass\s*$|del\s)|[A-Za-z_][\w.]*(?:\[[^\]]*\]){0,99}\s*(?:[-+*/%]|\*\*|\/\/)?=(?!=)|[A-Za-z_][\w.]*(?:\s*,\s*[A-Za-z_][\w.]*){1,99}\s*=|[A-Za-z_][\w.]*\(|["')\]}])/;
/** Where a block starts with what lacks a backtick, or has other marks in their place. */
const LOST_FENCE = /^(?:`{1,2}|['\u2018\u2019\u00b4]{2,4})?\s*\{python(?:[ ,][^}\n]*)?\}[ \t]*(?:\r?\n|$)/;
const ASSIGNED = /^([A-Za-z_]\w*(?:[ \t]*,[ \t]*[A-Za-z_]\w*){0,99})[ \t]*(?::[^=\n]+)?=(?!=)/;
const DEFINED = /^(?:class|def)[ \t]+([A-Za-z_]\w*)/;
const CODE_KINDS: ReadonlySet<string> = new Set([
  'blank',
  'heading',
  'paragraph',
  'indentedCode',
  'definitionList',
  'table',
  'lineBlock',
  'list',
  'linkDefinition',
]);

export function findUnopenedCells(
  blocks: readonly LocatedBlock[],
  slice: (start: number, end: number) => string,
): UnopenedCell[] {
  const found: UnopenedCell[] = [];
  let cells = 0;
  for (const block of blocks) {
    if (block.kind === 'code') {
      const fence = block.content.fences[0]!;
      if (fence.info === '' && fence.mark.startsWith('`')) {
        const first = firstCodeBlock(blocks, block.index);
        if (first) {
          const before = { cells, refs: countRefs(blocks.slice(0, first.index)) };
          found.push(unopened(first, block, slice(first.start, block.start), before));
        } else if (fence.closed && OPTIONS.test(block.text.slice(fence.codeStart, fence.codeEnd))) {
          const cell = mistaken(block, fence, { cells, refs: countRefs(blocks.slice(0, block.index)) });
          if (isNeeded(cell, blocks)) found.push(cell);
        }
      } else if (fence.closed && mayBeMistaken(fence)) {
        const cell = mistaken(block, fence, { cells, refs: countRefs(blocks.slice(0, block.index)) });
        if (!cell.opening!.isListing || isNeeded(cell, blocks)) found.push(cell);
      }
    }
    cells += block.content.cells.length;
  }
  return found;
}

/** In braces, or where one of these is lost. */
const IN_BRACES = /^[{([]{0,1}\s*([A-Za-z]\w*)\s*(?:[ ,].*)?[})\]]{0,1}$/;
/** Code that begins with the options of a cell, behind a fence that says no language. */
const OPTIONS = /^[ \t]*#\| ?[\w-]+:/;
const LISTING = /^(?:python3?|py|\{\{\s*python\s*\}\}|\{\s*\.python(?:\s.*)?\})$/i;
/** `python` with a letter that is another, more or missing. */
const NEARLY = new RegExp(
  `^(?:${Array.from({ length: 7 }, (_, at) => {
    const [before, behind] = ['python'.slice(0, at), 'python'.slice(at)];
    return `${before}\\w?${behind.slice(1)}|${before}\\w${behind}`;
  }).join('|')}|py|python3)$`,
);
/** Languages of their own. */
const OTHER: ReadonlySet<string> = new Set(['cython', 'jython', 'ipython', 'bython']);

function mayBeMistaken({ info, mark }: FenceCut): boolean {
  if (LISTING.test(info)) return true;
  if (mark.startsWith('~')) return /^\{python(?:[ ,].*)?\}$/.test(info);
  const word = /^[{([]|[})\]]$/.test(info) ? IN_BRACES.exec(info)?.[1]?.toLowerCase() : undefined;
  if (word === undefined || OTHER.has(word)) return false;
  return NEARLY.test(word) || [...word].sort().join('') === 'hnopty';
}

/** Code behind a fence that Quarto takes for one of a listing. */
function mistaken(
  block: LocatedBlock,
  fence: FenceCut,
  before: { readonly cells: number; readonly refs: number },
): UnopenedCell {
  const at = (from: number, to: number) => ({ start: block.start + from, end: block.start + to });
  const code = block.text.slice(fence.codeStart, fence.codeEnd);
  const range = at(fence.start, fence.openEnd);
  const text = block.text.slice(fence.start, fence.openEnd).trim();
  const closeRange = at(fence.codeEnd, fence.end);
  return {
    ...codeOf(code, range.start - fence.start + fence.codeStart),
    range: { start: range.start, end: closeRange.end },
    codeRange: at(fence.codeStart, fence.codeEnd),
    closeRange,
    fence: fence.mark.replaceAll('~', '`'),
    opening: { range, text, isListing: fence.info === '' || LISTING.test(fence.info) },
    cellsBefore: before.cells,
    refsBefore: before.refs,
  };
}

/** Whether a reference reads what the code assigns. */
function isNeeded({ exports, range }: UnopenedCell, blocks: readonly LocatedBlock[]): boolean {
  const names = new Set(exports.map(({ name }) => name));
  return blocks.some(
    ({ content, start }) =>
      start >= range.end && content.refs.some(({ expr }) => names.has(/^\s*(\w+)/.exec(expr)?.[1] ?? '')),
  );
}

/** The first of the blocks before a fence that are one stretch of code; undefined if they do not look like code. */
function firstCodeBlock(blocks: readonly LocatedBlock[], fence: number): LocatedBlock | undefined {
  const before = blocks[fence - 1];
  // A closing fence stands directly below the code's last line.
  if (!before || before.kind === 'blank' || !isCode(before)) return undefined;
  let first = before;
  let box: LocatedBlock | undefined;
  for (let i = fence - 1; i >= 0; i--) {
    const block = blocks[i]!;
    if (block.kind === 'blank') continue;
    if (!CODE_KINDS.has(block.kind) || !isCode(block)) break;
    first = block;
    if (LOST_FENCE.test(block.text)) return block;
    if (OPENING.test(block.text) && !startsBox(blocks[i - 1])) {
      box = block;
      if (blocks[i - 1]?.kind === 'blank' && /^#\s*[┌╔╭]/.test(block.text) && hasBoxSide(blocks[i + 1])) break;
    }
  }
  return box ?? (looksLikeProgram(blocks, first.index, fence) ? first : undefined);
}

function startsBox(block: LocatedBlock | undefined): boolean {
  return block !== undefined && OPENING.test(block.text);
}

function hasBoxSide(block: LocatedBlock | undefined): boolean {
  return block !== undefined && /^#\s*[│║┃|]/.test(block.text);
}

/** Whether every unindented line of a block could be Python. */
function isCode(block: LocatedBlock): boolean {
  if (block.kind === 'heading') return /^#\s/.test(block.text) && !/\{#[\w-]+\}\s*$/.test(block.text);
  let continued = false;
  for (const line of linesOf(block.text)) {
    if (line.text.trim() === '') continue;
    if (!/^\s/.test(line.text) && !continued && !STATEMENT.test(line.text)) {
      if (line.start > 0 || !LOST_FENCE.test(line.text)) return false;
    }
    continued = /[([{,\\]\s*$/.test(line.text);
  }
  return true;
}

/** Without a header box or options: at least two statements, one of them an import, a definition or an assignment. */
function looksLikeProgram(blocks: readonly LocatedBlock[], from: number, to: number): boolean {
  let statements = 0;
  let telling = false;
  for (let i = from; i < to; i++) {
    for (const { text } of linesOf(blocks[i]!.text)) {
      if (/^[A-Za-z_]/.test(text)) statements++;
      telling ||= /^(?:from\s+[\w.]+\s+import\b|import\s+\w+|class\s+\w+|def\s+\w+)/.test(text) || ASSIGNED.test(text);
    }
  }
  return telling && statements >= 2;
}

function countRefs(blocks: readonly LocatedBlock[]): number {
  return blocks.reduce((count, { content }) => count + content.refs.length, 0);
}

function unopened(
  first: LocatedBlock,
  block: LocatedBlock,
  code: string,
  before: { readonly cells: number; readonly refs: number },
): UnopenedCell {
  const fence = block.content.fences[0]!;
  const lost = LOST_FENCE.exec(code)?.[0];
  const start = first.start + (lost?.length ?? 0);
  const text = lost?.trim();
  const range = { start: first.start, end: first.start + (text?.length ?? 0) };
  const opening: MistakenFence | undefined = text === undefined ? undefined : { range, text, isListing: false };
  const closeRange = { start: block.start + fence.start, end: block.start + fence.openEnd };
  return {
    ...codeOf(code.slice(lost?.length ?? 0), start),
    range: { start: first.start, end: closeRange.end },
    codeRange: { start, end: block.start },
    closeRange,
    fence: fence.mark,
    opening,
    cellsBefore: before.cells,
    refsBefore: before.refs,
  };
}

function codeOf(code: string, start: number): Pick<UnopenedCell, 'source' | 'title' | 'exports'> {
  const source = code.replace(/\r\n?/g, '\n');
  const title = /^#\s*[│║┃|][ \t]*(?!\s*$)([^:\n]*)$/m.exec(source)?.[1]?.trim();
  return { source, title, exports: assigned(code, start) };
}

function assigned(code: string, start: number): NamedRange[] {
  const names = new Map<string, NamedRange>();
  const add = (name: string, at: number): void => {
    if (!names.has(name)) names.set(name, { name, range: { start: start + at, end: start + at + name.length } });
  };
  for (const line of linesOf(code)) {
    const target = ASSIGNED.exec(line.text);
    if (target) for (const name of target[1]!.matchAll(/\w+/g)) add(name[0], line.start + name.index);
    const defined = DEFINED.exec(line.text);
    if (defined) add(defined[1]!, line.start + defined[0].length - defined[1]!.length);
  }
  return [...names.values()];
}
