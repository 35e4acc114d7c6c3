/** Numbers as they are written in code, with the way that leads to each within its statement. */
import { type Call, childrenOf, type Expression, type FunctionDef, type Span, type Statement } from '../../mlsys';

/** A number with its sign, or the text in `Decimal("0.45")`. */
export interface WrittenNumber {
  /** What it is given to: `.flops`, `["eta"]`, `[0]`, `(1)`; empty for a part of a calculation. */
  readonly path: string;
  readonly span: Span;
  readonly number: number;
  readonly isInteger: boolean;
  /** Of a text, the quotes. */
  readonly quotes: string;
  /** True for what a call, a parameter, a field or a container is given, rather than a part of a calculation. */
  readonly isGiven: boolean;
}

/** The code that numbers stand in. */
export interface NumberedCode {
  readonly source: string;
  /** The names of what a function or data class takes by place; empty where they are not known. */
  parametersOf(func: Expression): readonly string[];
}

/** The numbers within a statement, an expression or a module. */
export function writtenNumbers(node: Span, code: NumberedCode): readonly WrittenNumber[] {
  const reader = new Reader(code);
  reader.within(node, '', false);
  return reader.found;
}

/** Names by which each is told from the others: with its number among those of one name, unless `isAlone` says that it needs none. */
export function numberedNames(
  names: readonly string[],
  isAlone: (at: number, count: number) => boolean,
): readonly string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const numbered = new Map<string, number>();
  return names.map((name, at) => {
    const number = (numbered.get(name) ?? 0) + 1;
    numbered.set(name, number);
    return isAlone(at, counts.get(name)!) ? name : `${name}#${number}`;
  });
}

class Reader {
  readonly found: WrittenNumber[] = [];
  readonly #code: NumberedCode;

  constructor(code: NumberedCode) {
    this.#code = code;
  }

  within(node: Span, path: string, isGiven: boolean): void {
    const literal = literalOfNode(node as Expression);
    if (literal !== undefined) {
      this.found.push({ path, ...literal, isGiven });
      return;
    }
    const { kind } = node as Partial<Expression>;
    if (kind === 'Call') {
      this.#call(node as Call, path);
      return;
    }
    if (kind === 'Dict') {
      for (const { key, value } of (node as Extract<Expression, { kind: 'Dict' }>).entries) {
        const step = key?.kind === 'Constant' ? `[${this.#code.source.slice(key.start, key.end)}]` : '';
        this.within(value, path + step, step !== '');
      }
      return;
    }
    if (kind === 'List' || kind === 'Tuple') {
      for (const [at, one] of (node as Extract<Expression, { kind: 'List' }>).elements.entries())
        this.within(one, `${path}[${at}]`, true);
      return;
    }
    if ((node as Partial<FunctionDef>).kind === 'FunctionDef') {
      this.#function(node as FunctionDef, path);
      return;
    }
    const isField = (node as { kind?: string }).kind === 'AnnAssign';
    for (const child of childrenOf(node)) this.within(child, path, isField);
  }

  #call({ func, args, keywords }: Call, path: string): void {
    this.within(func, path, false);
    const names = this.#code.parametersOf(func);
    for (const [at, one] of args.entries()) {
      const name = names[at];
      this.within(one, name === undefined ? `${path}(${at + 1})` : `${path}.${name}`, true);
    }
    for (const { name, value } of keywords)
      this.within(value, name === undefined ? path : `${path}.${name.name}`, true);
  }

  #function({ params, body, decorators }: FunctionDef, path: string): void {
    for (const { name, value } of defaultsOf(params)) this.within(value, `${path}.${name.name}`, true);
    for (const one of [...decorators, ...body]) this.within(one, path, false);
  }
}

/** The parameters that have defaults. */
export function defaultsOf({ positionalOnly, positional, keywordOnly }: FunctionDef['params']): readonly {
  readonly name: FunctionDef['name'];
  readonly value: Expression;
}[] {
  return [...positionalOnly, ...positional, ...keywordOnly].flatMap(({ name, defaultValue: value }) =>
    value === undefined ? [] : [{ name, value }],
  );
}

/** The names of what a function or data class that these statements define takes by place. */
export function parametersIn(statements: readonly Statement[], name: string): readonly string[] {
  for (const statement of statements) {
    if (statement.kind === 'FunctionDef' && statement.name.name === name)
      return [...statement.params.positionalOnly, ...statement.params.positional].map(one => one.name.name);
    if (statement.kind !== 'ClassDef' || statement.name.name !== name) continue;
    if (statement.decorators.length === 0) return [];
    return statement.body.flatMap(one =>
      one.kind === 'AnnAssign' && one.target.kind === 'Name' ? [one.target.id] : [],
    );
  }
  return [];
}

/** A number as it is written: with its sign, or as a text for a class that makes numbers of such. */
export function literalOfNode(node: Expression): Omit<WrittenNumber, 'path' | 'isGiven'> | undefined {
  if (node.kind === 'Constant') {
    const { value } = node;
    if (typeof value !== 'number' && typeof value !== 'bigint') return undefined;
    return { span: node, number: Number(value), isInteger: typeof value === 'bigint', quotes: '' };
  }
  if (node.kind === 'UnaryOp' && (node.op === '-' || node.op === '+') && node.operand.kind === 'Constant') {
    const inner = literalOfNode(node.operand);
    return inner && { ...inner, span: node, number: node.op === '-' ? -inner.number : inner.number };
  }
  if (node.kind !== 'Call' || node.args.length !== 1 || node.keywords.length > 0) return undefined;
  const [text] = node.args;
  const { func } = node;
  const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr.name : '';
  if (!OF_TEXTS.has(name) || text?.kind !== 'Constant' || typeof text.value !== 'string') return undefined;
  const number = Number(text.value);
  if (text.value.trim() === '' || Number.isNaN(number)) return undefined;
  return { span: text, number, isInteger: false, quotes: '"' };
}

/** Classes that make numbers of texts which no float holds. */
const OF_TEXTS: ReadonlySet<string> = new Set(['Decimal', 'Fraction']);
