/**
 * Values of expressions over values that are known by their descriptions: what an editor shows while somebody types behind
 * `(distance / speed)`. Nothing of a session runs: operators, a few built-in functions, and methods that change nothing.
 */
import { builtins } from '../python/builtins';
import type { Value } from '../python/runtime/objects';
import { binary, call, getAttribute, getItem, repr, typeName, unary } from '../python/runtime/operations';
import type { Attribute, Call, Expression } from '../python/syntax/ast';
import { childrenOf } from '../python/syntax/nodes';
import { parseExpression } from '../python/syntax/program';
import { PyQuantity } from '../units/index';
import { type DescribedValue, ifPossible, valueDescribed } from './described';

/** Paths that an expression reads: `vessel`, `vessel.speed`, and with the keys of dicts `costs["gpu"]`. */
export function pathsRead(source: string): readonly string[] {
  const { expression } = parseExpression(source);
  const found = new Set<string>();
  const look = (node: Expression): void => {
    const path = pathOf(node);
    if (path !== undefined) found.add(path);
    for (const inner of childrenOf(node)) look(inner as Expression);
  };
  if (expression !== undefined) look(expression);
  return [...found];
}

/**
 * The value of an expression; of a text whose characters are not known, or a list, its type alone (with an empty `repr`). Undefined
 * for what only code of the chapter would tell.
 */
export function computed(source: string, values: ReadonlyMap<string, DescribedValue>): DescribedValue | undefined {
  const { expression, issues } = parseExpression(source);
  if (expression === undefined || issues.length > 0) return undefined;
  const path = pathOf(expression);
  const known = path === undefined ? undefined : values.get(path);
  if (known !== undefined) return known;
  const type = DISPLAYS[expression.kind];
  if (type !== undefined) return { type, repr: '' };
  const at = (nudge: number) => ifTold(() => new Computation(values, nudge).value(expression));
  const value = at(0);
  if (value === undefined) return undefined;
  return ifPossible(() => ({ type: typeName(value), repr: repr(value), at }));
}

/** What is written as such. */
const DISPLAYS: Partial<Record<Expression['kind'], string>> = {
  JoinedStr: 'str',
  List: 'list',
  ListComp: 'list',
  Tuple: 'tuple',
  Dict: 'dict',
  DictComp: 'dict',
  Set: 'set',
  SetComp: 'set',
};

function pathOf(node: Expression): string | undefined {
  if (node.kind === 'Name') return node.id;
  if (node.kind === 'Subscript') {
    const { index } = node;
    const owner = pathOf(node.value);
    const isKey = index.kind === 'Constant' && typeof index.value === 'string';
    return owner === undefined || !isKey ? undefined : `${owner}[${JSON.stringify(index.value)}]`;
  }
  if (node.kind !== 'Attribute') return undefined;
  const owner = pathOf(node.value);
  return owner === undefined || owner.includes('[') ? undefined : `${owner}.${node.attr.name}`;
}

/** Thrown where only code of the chapter would tell. */
class NotComputed extends Error {}

/** Built-in functions that tell no more than their arguments do. */
const FUNCTIONS: ReadonlySet<string> = new Set([
  'abs',
  'divmod',
  'float',
  'int',
  'len',
  'max',
  'min',
  'pow',
  'round',
  'str',
]);
/** Of quantities; those of numbers and texts change nothing. */
const METHODS = /^(?:to|m_as|to_base_units|to_root_units|to_reduced_units|to_compact)$/;
const ATTRIBUTES = /^(?:magnitude|m|units|u|dimensionality|real|imag|numerator|denominator)$/;

class Computation {
  readonly #values: ReadonlyMap<string, DescribedValue>;
  /** By what share the magnitudes of quantities are others, of which a description has nine digits. */
  readonly #nudge: number;

  constructor(values: ReadonlyMap<string, DescribedValue>, nudge: number) {
    this.#values = values;
    this.#nudge = nudge;
  }

  value(node: Expression): Value {
    switch (node.kind) {
      case 'Constant':
        if (typeof node.value === 'object' && node.value !== null) throw new NotComputed();
        return node.value as Value;
      case 'Name':
        return this.#described(node);
      case 'Attribute':
        return this.#attribute(node);
      case 'BinOp':
        return binary(node.op, this.value(node.left), this.value(node.right));
      case 'UnaryOp':
        return unary(node.op, this.value(node.operand));
      case 'Call':
        return this.#call(node);
      case 'Subscript':
        if (this.#values.has(pathOf(node) ?? '')) return this.#described(node);
        return getItem(this.value(node.value), this.value(node.index));
      default:
        throw new NotComputed();
    }
  }

  #described(node: Expression): Value {
    const known = this.#values.get(pathOf(node) ?? '');
    const value = known && valueDescribed(known, this.#nudge);
    if (value === undefined) throw new NotComputed();
    return value;
  }

  #attribute(node: Attribute): Value {
    if (this.#values.has(pathOf(node) ?? '')) return this.#described(node);
    if (!ATTRIBUTES.test(node.attr.name)) throw new NotComputed();
    return getAttribute(this.value(node.value), node.attr.name);
  }

  #call({ func, args, keywords }: Call): Value {
    if (keywords.length > 0 || args.some(one => one.kind === 'Starred')) throw new NotComputed();
    const given = args.map(one => this.value(one));
    if (func.kind === 'Name') {
      const found = FUNCTIONS.has(func.id) && !this.#values.has(func.id) ? builtins().get(func.id) : undefined;
      if (found === undefined) throw new NotComputed();
      return call(found, given);
    }
    if (func.kind !== 'Attribute') throw new NotComputed();
    const object = this.value(func.value);
    const isMethod = object instanceof PyQuantity ? METHODS.test(func.attr.name) : typeof object !== 'object';
    if (!isMethod) throw new NotComputed();
    return call(getAttribute(object, func.attr.name), given);
  }
}

function ifTold(look: () => Value): Value | undefined {
  try {
    return ifPossible(look);
  } catch (error) {
    if (error instanceof NotComputed) return undefined;
    throw error;
  }
}
