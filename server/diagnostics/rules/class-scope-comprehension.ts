/** A comprehension in a class body that reads a name of the class: it gets that of the module, or none. */
import type { Expression } from '../../../mlsys';
import type { CellProgram, CellResult } from '../../evaluation/analysis';
import { type ClassScopeRead, classScopeReads } from '../classScope';
import type { Fix } from '../finding';
import { replacement } from '../fixes';
import { type Draft, lowered, type Rule } from '../rule';

export const classScopeComprehension: Rule = {
  code: 'class-scope-comprehension',
  severity: 'error',
  *cell(cell): Iterable<Draft> {
    if (cell.status === 'skipped' || cell.status === 'syntax-error') return;
    for (const read of classScopeReads(cell.program)) {
      const { node, cls, names } = read;
      const [first] = names;
      const { start } = first!.span;
      // Where a module has the name as well, the cell runs on with a value that is not meant.
      const failed = cell.fault?.type === 'NameError' && names.some(({ name }) => name === cell.fault!.name);
      const what = node.kind === 'Lambda' ? 'a lambda' : 'a comprehension';
      const list = names.map(({ name }) => `\`${name}\``).join(', ');
      yield {
        range: cell.cell.toDocumentRange({ start, end: first!.span.end }),
        ...(failed ? {} : { severity: lowered('error') }),
        message: `${what[0]!.toUpperCase()}${what.slice(1)} in the body of \`${cls}\` does not see ${list} of the class: Python looks for ${names.length === 1 ? 'it' : 'them'} in the module.`,
        fixes: [bound(cell, read)],
      };
    }
  },
};

/** Hands the names in, where the class body itself is read: by the first `for`, or by the default of a parameter. */
function bound(cell: CellResult, { node, names }: ClassScopeRead): Fix {
  const list = names.map(({ name }) => name);
  const title = `Hand \`${list.join('`, `')}\` in`;
  const at = (offset: number, newText: string): Fix => ({
    title,
    edits: [replacement(cell.cell.toDocumentRange({ start: offset, end: offset }), newText)],
  });
  if (node.kind === 'Lambda') {
    const given = list.map(name => `${name}=${name}`).join(', ');
    const [colon, hasParameters] = colonOf(node, cell.program);
    return at(colon, `${hasParameters ? ', ' : ' '}${given}`);
  }
  // What the first `for` iterates over is read in the class body; behind the new one it would not be.
  const iterable = namesIn(node, cell.program, list);
  const all = [...new Set([...iterable, ...list])];
  const value = all.length === 1 ? all[0]! : `(${all.join(', ')})`;
  return at(firstFor(node, cell.program), `for ${all.join(', ')} in [${value}] `);
}

type Made = Extract<Expression, { kind: 'ListComp' | 'SetComp' | 'DictComp' | 'GeneratorExp' }>;

/** Names of the class body in the first iterable. */
function namesIn(node: Expression, { source, module }: CellProgram, known: readonly string[]): readonly string[] {
  const [first] = (node as Made).generators;
  if (first === undefined) return [];
  const text = source.slice(first.iter.start, first.iter.end);
  const words = text.match(/(?<![\w.])[A-Za-z_]\w*/g) ?? [];
  const bodies = module.body.flatMap(statement =>
    statement.kind === 'ClassDef' && statement.start <= node.start && node.end <= statement.end ? statement.body : [],
  );
  const isOfClass = (word: string): boolean =>
    bodies.some(
      one =>
        one.kind === 'Assign' &&
        one.end <= node.start &&
        new RegExp(`(?<![\\w.])${word}\\s*=`).test(source.slice(one.start, one.end)),
    );
  return words.filter(word => !known.includes(word) && isOfClass(word));
}

/** Where the first `for` of a comprehension stands. */
function firstFor(node: Expression, { source }: CellProgram): number {
  const { generators } = node as Made;
  const [first] = generators;
  const found = source.lastIndexOf('for', first!.target.start - 1);
  return source.slice(0, found).endsWith('async ') ? found - 'async '.length : found;
}

function colonOf({ start, body }: Extract<Expression, { kind: 'Lambda' }>, { source }: CellProgram): [number, boolean] {
  const colon = source.lastIndexOf(':', body.start - 1);
  return [colon, source.slice(start + 'lambda'.length, colon).trim() !== ''];
}
