/** Numbers that are written in modules of a book's package: at their level, in class bodies and in functions. */
import { childrenOf, type Expression, parseProgram, type Span, type Statement } from '../../mlsys';
import type { OffsetRange } from '../chapter/model';
import {
  defaultsOf,
  literalOfNode,
  numberedNames,
  parametersIn,
  type WrittenNumber,
  writtenNumbers,
} from './writtenNumbers';

/** A number in a module. */
export interface ModuleValue extends Omit<WrittenNumber, 'path' | 'span'> {
  /** `PEAK`, `Chip.PEAK`, `H100.flops`, `lifted.rest` of a parameter; `PEAK#2` where the expression has several. */
  readonly label: string;
  /** Of the number with its sign. */
  readonly range: OffsetRange;
  /** Of the name that an expression is given to. */
  readonly owner: OffsetRange | undefined;
}

/** The numbers of a module, in the order of its text. */
export function moduleValues(text: string): readonly ModuleValue[] {
  const { body } = parseProgram(text, 'module').module;
  const reader = new ModuleReader(text, body);
  reader.read(body, '');
  return reader.values();
}

interface Found {
  /** Names of the classes, functions and variables around the number; none at the level of the module. */
  readonly name: string;
  readonly owner: OffsetRange | undefined;
  readonly written: WrittenNumber;
}

class ModuleReader {
  readonly #source: string;
  readonly #body: readonly Statement[];
  readonly #found: Found[] = [];

  constructor(source: string, body: readonly Statement[]) {
    this.#source = source;
    this.#body = body;
  }

  /** Statements, whose names begin with those of what is around. */
  read(statements: readonly Statement[], around: string): void {
    for (const statement of statements) this.#statement(statement, around);
  }

  values(): readonly ModuleValue[] {
    // What nothing has a name around cannot be named so that edits leave it.
    const found = this.#found.filter(({ name }) => name !== '');
    found.sort((a, b) => a.written.span.start - b.written.span.start);
    const names = found.map(({ name, written }) => name + written.path);
    const isNamed = (at: number) => found[at]!.owner !== undefined || found[at]!.written.path !== '';
    const labels = numberedNames(names, (at, count) => count === 1 && isNamed(at));
    return found.map(({ owner, written: { path, span, ...written } }, at) => {
      const { start, end } = span;
      return { ...written, label: labels[at]!, range: { start, end }, owner };
    });
  }

  #statement(statement: Statement, around: string): void {
    switch (statement.kind) {
      case 'ClassDef':
        this.read(statement.body, nameIn(around, statement.name.name));
        break;
      case 'FunctionDef': {
        const { name, params, body } = statement;
        const own = nameIn(around, name.name);
        for (const { name: param, value } of defaultsOf(params)) this.#within(value, nameIn(own, param.name), param);
        this.read(body, own);
        break;
      }
      case 'Assign':
      case 'AnnAssign': {
        const targets = statement.kind === 'Assign' ? statement.targets : [statement.target];
        const [target] = targets;
        const only = targets.length === 1 && target?.kind === 'Name' ? target : undefined;
        if (statement.value === undefined) break;
        this.#within(statement.value, only === undefined ? around : nameIn(around, only.id), only);
        break;
      }
      default:
        for (const child of childrenOf(statement)) this.#part(child, around);
    }
  }

  #part(node: Span, around: string): void {
    const { kind } = node as Partial<Statement>;
    const inner = childrenOf(node);
    if (kind !== undefined && STATEMENTS.has(kind)) this.#statement(node as Statement, around);
    // Of handlers and cases.
    else if (inner.some(one => STATEMENTS.has((one as Statement).kind)))
      for (const child of inner) this.#part(child, around);
    else this.#within(node, around, undefined);
  }

  #within(node: Span, name: string, owner: Span | undefined): void {
    const code = {
      source: this.#source,
      parametersOf: (func: Expression) => (func.kind === 'Name' ? parametersIn(this.#body, func.id) : []),
    };
    const range = owner && { start: owner.start, end: owner.end };
    const isWhole = this.#isOneNumber(node as Expression);
    for (const written of writtenNumbers(node, code))
      this.#found.push({ name, owner: written.path !== '' || isWhole ? range : undefined, written });
  }

  /** True for a number as it stands, or in a unit (`840 * GB / second`): a part of another calculation is not what its name is. */
  #isOneNumber(node: Expression): boolean {
    if (node.kind !== 'BinOp') return true;
    if (node.op !== '*' && node.op !== '/') return false;
    return this.#isOneNumber(node.left) && literalOfNode(node.right) === undefined && this.#mayBeUnit(node.right);
  }

  #mayBeUnit(node: Expression): boolean {
    if (node.kind === 'Attribute') return this.#mayBeUnit(node.value);
    if (node.kind === 'Name') return !this.#hasNumber(node.id);
    if (node.kind !== 'BinOp') return false;
    const isPower = node.op === '**' && literalOfNode(node.right) !== undefined;
    const isProduct = (node.op === '*' || node.op === '/') && this.#mayBeUnit(node.right);
    return (isPower || isProduct) && this.#mayBeUnit(node.left);
  }

  /** True for a name that the module gives a number, or what is computed with one. */
  #hasNumber(name: string): boolean {
    return this.#body.some(
      one =>
        one.kind === 'Assign' &&
        one.targets.some(target => target.kind === 'Name' && target.id === name) &&
        writtenNumbers(one.value, { source: this.#source, parametersOf: () => [] }).length > 0,
    );
  }
}

function nameIn(around: string, name: string): string {
  return around === '' ? name : `${around}.${name}`;
}

const STATEMENTS: ReadonlySet<string> = new Set<Statement['kind']>([
  ...([
    'Assert',
    'AnnAssign',
    'Assign',
    'AugAssign',
    'ClassDef',
    'Delete',
    'ExprStatement',
    'For',
    'FunctionDef',
  ] as const),
  ...(['If', 'Match', 'Raise', 'Return', 'Try', 'While', 'With'] as const),
]);
