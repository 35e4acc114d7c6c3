/** A comment that gives the value of a text as an example, and gives another one: `x_str = fmt(x)  # e.g. "500"`. */

import { symbolIndex } from '../../../mlsys';
import type { CellResult } from '../../evaluation/analysis';
import { replacement } from '../fixes';
import type { Draft, Rule } from '../rule';
import { restOfLine } from '../sourceLines';

export const staleComment: Rule = {
  code: 'stale-comment',
  severity: 'info',
  *cell(cell): Iterable<Draft> {
    if (cell.status !== 'ok' || !cell.program.source.includes('e.g.')) return;
    const { all } = symbolIndex(cell.program.module).definitions;
    for (const { name, kind, value, statement } of all) {
      const example =
        kind === 'assignment' && value !== undefined ? exampleAt(cell.program.source, statement.end) : undefined;
      const text = example === undefined ? undefined : textOf(cell, name);
      if (example === undefined || text === undefined || text === example.text || /["“”\n]/.test(text)) continue;
      const range = cell.cell.toDocumentRange(example);
      yield {
        range,
        message: `The comment says "${example.text}", but \`${name}\` is "${text}".`,
        fixes: [{ title: `Say "${text}" in the comment`, preferred: true, edits: [replacement(range, text)] }],
      };
    }
  },
};

/** The example that the comment behind a statement quotes. */
function exampleAt(source: string, offset: number): { text: string; start: number; end: number } | undefined {
  const found = /^([ \t]*#.*?\be\.g\.,?\s*["“])([^"“”]+)["”]/.exec(restOfLine(source, offset));
  if (found === null) return undefined;
  const start = offset + found[1]!.length;
  return { text: found[2]!, start, end: start + found[2]!.length };
}

/** The text that the name got, where one statement binds it. */
function textOf(cell: CellResult, name: string): string | undefined {
  if (cell.definitionsOf(name).length > 1) return undefined;
  const value = cell.bindings.findLast(one => one.name === name)?.value;
  if (value?.type !== 'str' || value.unknown !== undefined) return undefined;
  const found = /^(['"])(.*)\1$/s.exec(value.repr);
  return found === null || /\\/.test(found[2]!) ? undefined : found[2];
}
