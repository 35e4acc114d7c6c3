/** What the cells of a chapter make for its prose: exports, and attributes of classes that references name themselves. */
import type { TextDocumentIdentifier } from 'vscode-languageserver';
import type { Analysis, Definition } from '../evaluation/analysis';
import { readingOf } from '../evaluation/display';
import type { ValueInfo } from '../evaluation/results';
import { lastOf } from '../evaluation/symbols/symbol';
import type { ChapterValue } from '../protocol';
import { numberText } from '../provenance/formula';
import { saysNothing } from './describe';
import type { Handler } from './feature';
import { chapterPlace } from './provenance';

export const chapterValues: Handler<{ readonly textDocument: TextDocumentIdentifier }, ChapterValue[]> = {
  handle(analysis, _, { uri }) {
    const uses = usesByPlace(analysis);
    const readings = readingsByPlace(analysis);
    const seen = analysis.cells.length;
    const rows: ChapterValue[] = [];
    const add = (name: string, value: ValueInfo, { cell, range }: Pick<Definition, 'cell' | 'range'>): void => {
      const count = uses.get(range.start) ?? 0;
      if (count === 0 && !isForSentences(value)) return;
      const { checks, pending } = analysis.cells[cell]!;
      rows.push({
        name,
        text: pending ? '…' : (saysNothing(value) && readings.get(range.start)) || shown(value),
        type: value.type,
        unit: value.unit ?? '',
        uses: count,
        guards: checks.length,
        holding: checks.filter(check => check.passed).length,
        place: chapterPlace(range, analysis, uri),
      });
    };
    for (const [name, definition] of analysis.exportsAt(seen)) {
      const value = definition.from === undefined ? analysis.valueAt(name, seen) : undefined;
      if (value?.kind === 'other') add(name, value, definition);
    }
    const named = new Set<string>();
    for (const { binding } of analysis.refs) {
      if (binding === undefined || !binding.name.includes('.') || named.has(binding.name)) continue;
      named.add(binding.name);
      add(binding.name, binding.value, binding);
    }
    return rows;
  },
};

/** How many references show what is bound at an offset; one before its definition means that. */
function usesByPlace(analysis: Analysis): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  const seen = analysis.cells.length;
  const count = (at: number | undefined): void => {
    if (at !== undefined) found.set(at, (found.get(at) ?? 0) + 1);
  };
  for (const ref of analysis.refs) {
    if (ref.binding !== undefined) count(ref.binding.range.start);
    else
      for (const { path } of analysis.symbols.inRef(ref))
        count((analysis.bindingOf(path, ref.ref.cellsBefore) ?? analysis.bindingOf(path, seen))?.range.start);
  }
  return found;
}

/** False for what sentences do not show as it is: figures, tables of colours, arrays. */
export function isForSentences({ type, repr }: ValueInfo): boolean {
  return !CONTAINERS.has(type) && (type === 'Quantity' || !repr.startsWith('<'));
}

const CONTAINERS = new Set(['list', 'tuple', 'dict', 'set', 'frozenset', 'ndarray', 'defaultdict', 'Counter', 'range']);

/** How references read that show what is bound at an offset, and nothing else. */
function readingsByPlace({ refs }: Analysis): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const { ref, binding, display } of refs)
    if (binding !== undefined && display !== undefined && lastOf(binding.name) === lastOf(ref.expr.trim()))
      found.set(binding.range.start, readingOf(display));
  return found;
}

/** A text, of whatever class. */
const QUOTED = /^(['"])[\s\S]*\1$/;

function shown({ repr, type, unit }: ValueInfo): string {
  // A class of texts that shows as it is.
  if (type === 'str' || QUOTED.test(repr)) return repr.slice(1, -1);
  if (type === 'float') return numberText(Number(repr.replace('inf', 'Infinity')));
  return unit === undefined ? repr : repr.replace(/^<Quantity\((.*), '.*'\)>$/s, '$1');
}
