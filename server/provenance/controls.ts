/** What says whether and how often statements run: it is behind what they assign as what they read is. */
import { childrenOf, type Span } from '../../mlsys';
import { countFirst } from '../chapter/sorted';
import type { Analysis, BindingInfo, CellResult } from '../evaluation/analysis';
import { readsIn } from './readsIn';

/** An assignment that runs as the value of another one says. */
export interface Control {
  readonly read: BindingInfo;
  readonly binding: BindingInfo;
}

const MAY_CONTROL = /^[ \t]*(?:if|elif|while|for|match)\b/m;

/** What the tests and iterables of a cell's statements read, outside of functions, for each assignment that stands below them. */
export function controlsIn(cell: CellResult, analysis: Analysis): readonly Control[] {
  const { program } = cell;
  if (!MAY_CONTROL.test(program.source)) return [];
  const controls: Control[] = [];
  const text = analysis.symbols.ofCell(cell);
  const reads = readsIn(cell, analysis);
  const bindings = cell.bindings.toSorted((a, b) => a.range.start - b.range.start);
  const add = (test: Span, statement: Span, prefix: string): void => {
    const { start } = text.toDocument(test);
    const { end } = text.toDocument(statement);
    const below = bindings
      .slice(
        countFirst(bindings.length, at => bindings[at]!.range.start < start),
        countFirst(bindings.length, at => bindings[at]!.range.start <= end),
      )
      .filter(({ range }) => range.end <= end);
    if (below.length === 0) return;
    for (const read of reads(test, { prefix }))
      for (const binding of below) if (binding !== read) controls.push({ read, binding });
  };
  const look = (node: Span, prefix: string): void => {
    const { kind, name, test, iter, subject } = node as Span & {
      readonly kind?: string;
      readonly name?: { readonly name: string };
      readonly test?: Span;
      readonly iter?: Span;
      readonly subject?: Span;
    };
    if (kind === 'FunctionDef' || kind === 'Lambda') return;
    const control =
      kind === 'If' || kind === 'While' ? test : kind === 'For' ? iter : kind === 'Match' ? subject : undefined;
    if (control !== undefined) add(control, node, prefix);
    const inner = kind === 'ClassDef' && name !== undefined ? `${prefix}${name.name}.` : prefix;
    for (const one of childrenOf(node)) look(one, inner);
  };
  for (const statement of program.module.body) look(statement, '');
  return controls;
}
