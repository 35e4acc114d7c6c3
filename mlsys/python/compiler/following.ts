/** What the expressions of skipped code refer to, with what that code puts into objects. */
import { PyFunction } from '../runtime/function';
import { PyClass, type Value } from '../runtime/objects';
import type { Expression } from '../syntax/ast';
import {
  FRESH,
  join,
  MOST_FLOWS,
  mentionedBy,
  type Names,
  NOTHING,
  picksItem,
  type Referents,
  reachOf,
  superObject,
} from './referents';
import { attributeOf, itemOf, itemsIn } from './stored';

export class Following {
  /** What the code puts into objects. */
  readonly held = new Map<Value, Set<Value>>();
  /** True where nobody can tell what changed. */
  everything = false;
  #followed = 0;

  /** What an expression refers to; `deep`: what a new object would hold as well. */
  of(node: Expression, names: Names, deep: boolean, seen = new Set<string>()): Referents {
    switch (node.kind) {
      case 'Name':
        return this.ofName(node.id, names, deep, seen);
      case 'NamedExpr':
        return this.of(node.value, names, deep, seen);
      case 'IfExp':
        return join([this.of(node.body, names, deep, seen), this.of(node.orelse, names, deep, seen)]);
      case 'BoolOp':
        return join(node.values.map(value => this.of(value, names, deep, seen)));
      case 'BinOp':
        if (!deep) return NOTHING;
        return reachOf([this.of(node.left, names, true, seen), this.of(node.right, names, true, seen)]);
      case 'List':
      case 'Tuple':
      case 'Set':
        return deep ? reachOf(node.elements.map(one => this.of(one, names, true, seen))) : NOTHING;
      case 'Dict':
        return deep ? reachOf(node.entries.map(({ value }) => this.of(value, names, true, seen))) : NOTHING;
      case 'ListComp':
      case 'SetComp':
      case 'GeneratorExp':
        return deep ? reachOf([this.of(node.element, names, true, seen)]) : NOTHING;
      case 'DictComp':
        return deep ? reachOf([this.of(node.value, names, true, seen)]) : NOTHING;
      case 'Starred':
        return reachOf([this.of(node.value, names, true, seen)]);
      case 'Attribute':
        return this.#partOf(node.value, names, seen, one => {
          const found = attributeOf(one, node.attr.name);
          return found?.self === undefined ? found?.value : undefined;
        });
      case 'Subscript': {
        const key = node.index.kind === 'Constant' ? node.index.value : undefined;
        const isPlain = key !== undefined && (typeof key !== 'object' || key === null);
        return this.#partOf(node.value, names, seen, one => (isPlain ? itemOf(one, key) : undefined));
      }
      case 'Call':
        return this.#ofCall(node, names, deep, seen);
      case 'Await':
      case 'Yield':
      case 'YieldFrom':
        return { exact: [], reach: this.mentioned(names) };
      default:
        return NOTHING;
    }
  }

  /** An attribute or item: what it is of each object where that can be told, else anything in it. */
  #partOf(of: Expression, names: Names, seen: Set<string>, part: (of: Value) => Value | undefined): Referents {
    const { exact, reach } = this.of(of, names, true, seen);
    const parts = exact.map(one => part(one));
    const unknown = exact.filter((_, at) => parts[at] === undefined);
    const held = exact.flatMap(one => [...(this.held.get(one) ?? [])]);
    return { exact: parts.filter(one => one !== undefined), reach: [...reach, ...held, ...unknown] };
  }

  /** What a name refers to now, and what the code may bind it to. */
  ofName(name: string, names: Names, deep: boolean, seen: Set<string>): Referents {
    const given = names.given?.get(name) ?? NOTHING;
    const flows = names.facts.flows.get(name);
    const value = names.value(name);
    const now: Referents = value === undefined ? given : { exact: [value, ...given.exact], reach: given.reach };
    if (flows === undefined || seen.has(name) || this.everything) return now;
    if (seen.size === 0) this.#followed = 0;
    // Names that come from each other in many ways: what any of them may be is taken for each.
    if (++this.#followed > MOST_FLOWS) return { exact: now.exact, reach: [...now.reach, ...this.#lentBy(names)] };
    const inner = new Set(seen).add(name);
    return join([
      now,
      ...flows.map(({ from, item }) => {
        if (from === undefined) return { exact: [], reach: this.mentioned(names) };
        const one = this.of(from, names, deep || item, inner);
        return item ? reachOf([one]) : one;
      }),
    ]);
  }

  /** Values of all names that the code reads, and those that its functions may hand out. */
  #lentBy(names: Names): Value[] {
    const values = this.mentioned(names);
    return [...new Set([...values, ...values.flatMap(one => (one instanceof PyFunction ? mentionedBy(one) : []))])];
  }

  /** Values of all names that the code reads. */
  mentioned(names: Names): Value[] {
    const values: Value[] = [];
    for (const name of names.facts.loads) {
      const value = names.value(name);
      if (value !== undefined) values.push(value);
      const given = names.given?.get(name);
      if (given !== undefined) values.push(...given.exact, ...given.reach);
    }
    return values;
  }

  #ofCall(node: Extract<Expression, { kind: 'Call' }>, names: Names, deep: boolean, seen: Set<string>): Referents {
    const inherited = this.ofSuper(node, names);
    if (inherited !== undefined) return reachOf([inherited]);
    const name = node.func.kind === 'Attribute' ? node.func.attr.name : node.func.kind === 'Name' ? node.func.id : '';
    const callee = this.of(node.func, names, true, seen);
    const fresh =
      FRESH.has(name) ||
      (callee.reach.length === 0 && callee.exact.length > 0 && callee.exact.every(one => one instanceof PyClass));
    if (fresh && !deep) {
      // A new object has the methods of its class.
      const made = callee.exact.filter(one => one instanceof PyClass && !one.native);
      return made.length === 0 ? NOTHING : { exact: [], reach: made };
    }
    const args = [...node.args, ...node.keywords.map(keyword => keyword.value)];
    const given = args.map(arg => this.of(arg, names, true, seen));
    const items = (one: Value) => (this.held.has(one) ? [one] : itemsIn(one));
    const parts = picksItem(node, callee)
      ? given.map(({ exact, reach }) => ({ exact: exact.flatMap(items), reach }))
      : given;
    const from: Value[] = [...callee.reach];
    for (const one of callee.exact) {
      from.push(one);
      if (one instanceof PyFunction) from.push(...mentionedBy(one));
    }
    return reachOf([...parts, { exact: [], reach: from }]);
  }

  /** The object of `super()` or `super(cls, object)`. */
  ofSuper(node: Expression, names: Names): Referents | undefined {
    const object = superObject(node, names);
    if (object === undefined) return undefined;
    if (object === '') return { exact: [], reach: this.mentioned(names) };
    return typeof object === 'string' ? this.ofName(object, names, true, new Set()) : this.of(object, names, true);
  }
}
