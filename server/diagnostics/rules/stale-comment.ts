/** A comment that gives the value of a text as an example, and gives another one: `x_str = fmt(x)  # e.g. "500"`. */

import { symbolIndex } from '../../../mlsys';
import type { CellResult } from '../../evaluation/analysis';
import { oncePerText } from '../contract/oncePerText';
import { replacement } from '../fixes';
import type { Draft, Rule } from '../rule';
import { restOfLine } from '../sourceLines';

export const staleComment: Rule = {
  code: 'stale-comment',
  severity: 'info',
  *cell(cell): Iterable<Draft> {
    const { program } = cell;
    // A look at the text spares most cells the reading of their statements.
    const examples = program.source.includes('e.g.') ? examplesIn(program) : [];
    if (examples.length === 0 || cell.status !== 'ok') return;
    for (const { name, example } of examples) {
      const text = textOf(cell, name);
      if (text === undefined || text === example.text || /["“”\n]/.test(text)) continue;
      const range = cell.cell.toDocumentRange(example);
      yield {
        range,
        message: `The comment says "${example.text}", but \`${name}\` is "${text}".`,
        fixes: [{ title: `Say "${text}" in the comment`, preferred: true, edits: [replacement(range, text)] }],
      };
    }
  },
};

interface Example {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The assignments of a cell whose comments quote an example. */
const examplesIn = oncePerText(
  ({ module, source }): readonly { readonly name: string; readonly example: Example }[] => {
    return symbolIndex(module).definitions.all.flatMap(({ name, kind, value, statement }) => {
      const example = kind === 'assignment' && value !== undefined ? exampleAt(source, statement.end) : undefined;
      return example === undefined ? [] : [{ name, example }];
    });
  },
);

/** The example that the comment behind a statement quotes. */
function exampleAt(source: string, offset: number): Example | undefined {
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
