/** Numbers that modules of a book's package give names, at their level and in class bodies. */
import { childrenOf, type Expression, parseProgram, type Span, type Statement } from '../../mlsys';
import type { OffsetRange } from '../chapter/model';

/** A number in a module. */
export interface ModuleValue {
  /** `PEAK`, `Chip.PEAK`; `PEAK#2` where the expression has several. */
  readonly label: string;
  /** Of the number with its sign. */
  readonly range: OffsetRange;
  /** Of the name that the expression is given to. */
  readonly owner: OffsetRange;
  readonly number: number;
  readonly isInteger: boolean;
}

/** The numbers of a module, in the order of its text. */
export function moduleValues(text: string): readonly ModuleValue[] {
  const found: ModuleValue[] = [];
  const visit = (statements: readonly Statement[], prefix: string): void => {
    for (const statement of statements) {
      if (statement.kind === 'ClassDef') visit(statement.body, `${prefix}${statement.name.name}.`);
      else if (statement.kind === 'If') visit([...statement.body, ...statement.orelse], prefix);
      else if (statement.kind === 'Try')
        visit([...statement.body, ...statement.orelse, ...statement.finalbody], prefix);
      else found.push(...valuesOf(statement, prefix));
    }
  };
  visit(parseProgram(text, 'module').module.body, '');
  return found;
}

function valuesOf(statement: Statement, prefix: string): ModuleValue[] {
  const targets =
    statement.kind === 'Assign' ? statement.targets : statement.kind === 'AnnAssign' ? [statement.target] : [];
  const [target] = targets;
  const { value } = statement as { readonly value?: Expression | undefined };
  if (target?.kind !== 'Name' || targets.length > 1 || value === undefined) return [];
  const numbers = numbersIn(value);
  const owner = { start: target.start, end: target.end };
  return numbers.map(({ node: { start, end }, number, isInteger }, at) => {
    const name = prefix + target.id;
    const label = numbers.length === 1 ? name : `${name}#${at + 1}`;
    return { label, range: { start, end }, owner, number, isInteger };
  });
}

interface Written {
  readonly node: Span;
  readonly number: number;
  readonly isInteger: boolean;
}

/** The numbers within an expression; none within functions, which have no value before they are called. */
function numbersIn(node: Expression): readonly Written[] {
  if (node.kind === 'Lambda') return [];
  if (node.kind === 'Constant') {
    const { value } = node;
    const isInteger = typeof value === 'bigint';
    return isInteger || typeof value === 'number' ? [{ node, number: Number(value), isInteger }] : [];
  }
  const inner = childrenOf(node).flatMap(one => numbersIn(one as Expression));
  const [only] = inner;
  const isSign = node.kind === 'UnaryOp' && node.operand.kind === 'Constant' && (node.op === '-' || node.op === '+');
  return isSign && only !== undefined
    ? [{ ...only, node, number: node.op === '-' ? -only.number : only.number }]
    : inner;
}
