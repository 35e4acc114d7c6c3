/** Statements that put values into containers, which no assignment to a name tells: `d[key] = …`, `items.append(…)`. */
import { childrenOf, type Expression, type Span } from '../../mlsys';
import type { Analysis, BindingInfo, CellResult } from '../evaluation/analysis';
import { readsIn } from './readsIn';

/** A value that goes into what an assignment made. */
export interface Fill {
  readonly container: BindingInfo;
  readonly read: BindingInfo;
}

/** Methods that put their arguments into what they are called on. */
const METHODS: ReadonlySet<string> = new Set(
  'add append appendleft extend extendleft insert setdefault update write writelines'.split(' '),
);

const MAY_FILL =
  /\]\s*(?:[-+*/%|&^@]|\/\/|\*\*|<<|>>)?=(?!=)|\.(?:add|append|appendleft|extend|extendleft|insert|setdefault|update|write|writelines)\s*\(/;

/** What the statements of a cell put into containers, outside of functions. */
export function fillsIn(cell: CellResult, analysis: Analysis): readonly Fill[] {
  const { program } = cell;
  if (!MAY_FILL.test(program.source)) return [];
  const fills: Fill[] = [];
  const readBy = readsIn(cell, analysis);
  const add = (statement: Span, base: Span): void => {
    const reads = readBy(statement, { without: base });
    for (const container of readBy(base)) for (const read of reads) fills.push({ container, read });
  };
  const look = (node: Span): void => {
    const { kind } = node as { readonly kind?: string };
    if (kind === 'FunctionDef' || kind === 'Lambda') return;
    for (const base of basesOf(node)) add(node, base);
    for (const one of childrenOf(node)) look(one);
  };
  for (const statement of program.module.body) look(statement);
  return fills;
}

/** What a statement puts something into. */
function basesOf(node: Span): Span[] {
  const statement = node as Span & {
    readonly kind?: string;
    readonly targets?: readonly Expression[];
    readonly target?: Expression;
    readonly value?: Expression;
  };
  if (statement.kind === 'Assign') return statement.targets!.flatMap(baseOf);
  if (statement.kind === 'AugAssign') return baseOf(statement.target!);
  const call = statement.kind === 'ExprStatement' ? statement.value : undefined;
  if (call?.kind !== 'Call' || call.func.kind !== 'Attribute' || !METHODS.has(call.func.attr.name)) return [];
  return [call.func.value];
}

function baseOf(target: Expression): Span[] {
  if (target.kind === 'Tuple' || target.kind === 'List') return target.elements.flatMap(baseOf);
  return target.kind === 'Subscript' ? [target.value] : [];
}
