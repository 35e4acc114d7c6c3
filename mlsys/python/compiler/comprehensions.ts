/** Comprehensions, which run in the frame around them, and generator expressions, which have their own. */
import { PyDict } from '../runtime/dict';
import { Unsupported } from '../runtime/errors';
import { chargeGrowth } from '../runtime/footprint';
import { Cell, Frame, type Slot } from '../runtime/frame';
import { type Body, PyGenerator } from '../runtime/generator';
import { HashMap } from '../runtime/hashMap';
import { type Next, PyList, type Value } from '../runtime/objects';
import { iterate } from '../runtime/operations';
import { passCopy, passView } from '../runtime/origins';
import { PySet } from '../runtime/set';
import { refuseOrder } from '../runtime/setNotice';
import type { UnknownCause } from '../runtime/unknown';
import { itemsOf, orderCause, watched, withoutOrder } from '../runtime/unordered';
import { vm } from '../runtime/vm';
import type { Comprehension, DictComp, Expression, GeneratorExp, ListComp, SetComp } from '../syntax/ast';
import { someChild } from '../syntax/nodes';
import { compileStore } from './assignment';
import { compileExpression } from './expressions';
import { compileTest } from './operators';
import { definitions } from './referents';
import type { Scope } from './scope';
import { type Evaluate, type Store, scopeOf } from './unit';

export function compileComprehension(node: ListComp | SetComp | DictComp | GeneratorExp, scope: Scope): Evaluate {
  if (node.generators.some(generator => generator.async))
    return () => {
      throw new Unsupported('an asynchronous comprehension', undefined, node);
    };
  if (node.kind === 'GeneratorExp') return generatorExpression(node, scope);
  const inner = scopeOf(node, scope);
  inner.reads = scope.reads;
  const cells = inner.cells;
  const first = compileExpression(node.generators[0]!.iter, scope);
  // What the first loop goes through: evaluated before, since comprehensions of one piece of code can stand within each other.
  let given: Value = null;
  const take = (): Value => {
    const items = given;
    given = null;
    return items;
  };
  const loops = node.generators.map((generator, at) => loopOf(generator, at === 0 ? take : undefined, inner));
  const isCopy = copiesItems(node);
  const anyOrder = bindsNothing(node);
  const run = <T>(add: Add<T>) => nest(loops, 0, add, anyOrder);
  if (node.kind === 'ListComp') {
    const element = compileExpression(node.element, inner);
    const fill = run<Value[]>((frame, out) => {
      const item = element(frame);
      const size = out.push(item);
      if ((size & 1023) === 0) chargeGrowth(size, item);
    });
    return frame => {
      for (const slot of cells) frame.slots[slot] = new Cell(undefined);
      const items: Value[] = [];
      const source = first(frame);
      given = source;
      const cause = build(fill, frame, items);
      const made = withoutOrder(new PyList(items), cause);
      if (isCopy && source instanceof PyList) passCopy(source, made);
      return made;
    };
  }
  if (node.kind === 'SetComp') {
    const element = compileExpression(node.element, inner);
    const fill = run<HashMap>((frame, out) => {
      const value = element(frame);
      frame.at = node.element;
      out.set(value, null);
    });
    return frame => {
      for (const slot of cells) frame.slots[slot] = new Cell(undefined);
      const map = new HashMap();
      given = first(frame);
      const cause = build(fill, frame, map);
      const made = new PySet(map);
      if (cause !== undefined) made.loosen();
      return made;
    };
  }
  const key = compileExpression(node.key, inner);
  const value = compileExpression(node.value, inner);
  const fill = run<HashMap>((frame, out, order) => {
    const name = key(frame);
    const item = value(frame);
    frame.at = node.key;
    // Which of two values stays depends on which comes last.
    if (order.cause !== undefined && out.has(name)) refuseOrder(order.cause);
    out.set(name, item);
  });
  return frame => {
    for (const slot of cells) frame.slots[slot] = new Cell(undefined);
    const map = new HashMap();
    const source = first(frame);
    given = source;
    const cause = build(fill, frame, map);
    const made = withoutOrder(new PyDict(map), cause);
    if (isCopy) passView(source, made);
    return made;
  };
}

/** `{k: f(v) for k, v in d.items()}`, `[f(v) for v in l]`: what comes out as it went in is what stood in the data file. */
function copiesItems(node: ListComp | SetComp | DictComp): boolean {
  const [{ target, ifs }, ...others] = node.generators as [Comprehension, ...Comprehension[]];
  if (others.length > 0) return false;
  if (node.kind === 'ListComp') return ifs.length === 0 && target.kind === 'Name' && isMadeOf(node.element, target.id);
  if (node.kind !== 'DictComp' || target.kind !== 'Tuple' || target.elements.length !== 2) return false;
  const [key, value] = target.elements as [Expression, Expression];
  return (
    key.kind === 'Name' &&
    value.kind === 'Name' &&
    node.key.kind === 'Name' &&
    node.key.id === key.id &&
    isMadeOf(node.value, value.id)
  );
}

function isMadeOf(node: Expression, name: string): boolean {
  if (node.kind === 'Name') return node.id === name;
  return node.kind === 'Call' && node.args.some(arg => arg.kind === 'Name' && arg.id === name);
}

/** What is known of the order in which a comprehension goes through its items. */
interface Order {
  /** Why it is unknown. */
  cause: UnknownCause | undefined;
}

type Add<T> = (frame: Frame, out: T, order: Order) => void;

/** Fills a container, which counts as held while nothing else holds it; tells why the order is unknown of what it holds. */
function build<T>(fill: Add<T>, frame: Frame, out: T): UnknownCause | undefined {
  const { building, pending, allocated } = vm;
  const order: Order = { cause: undefined };
  building.push(out);
  try {
    fill(frame, out, order);
  } finally {
    building.pop();
  }
  if (vm.allocated !== allocated) vm.settle(pending, allocated, out);
  return order.cause;
}

/** True for a comprehension that binds nothing outside: its items may be taken in any order. */
function bindsNothing(node: object): boolean {
  return !someChild(node, one => (one as { kind?: string }).kind === 'NamedExpr' || !bindsNothing(one));
}

interface Loop {
  readonly node: Comprehension;
  readonly iter: Evaluate;
  readonly store: Store;
  readonly tests: readonly ((frame: Frame) => boolean)[];
}

function loopOf(node: Comprehension, first: Evaluate | undefined, inner: Scope): Loop {
  return {
    node,
    iter: first ?? compileExpression(node.iter, inner),
    store: compileStore(node.target, inner),
    tests: node.ifs.map(test => compileTest(test, inner)),
  };
}

/** Runs the loops from `level` on, and `add` inside the last. */
function nest<T>(loops: readonly Loop[], level: number, add: Add<T>, anyOrder: boolean): Add<T> {
  const { node, iter, store, tests } = loops[level]!;
  const inside = level === loops.length - 1 ? add : nest(loops, level + 1, add, anyOrder);
  const [test] = tests;
  const go = (frame: Frame, out: T, order: Order, next: Next): void => {
    const { pending } = vm;
    for (;;) {
      frame.at = node.iter;
      const item = next();
      if (item === undefined) return;
      vm.step();
      vm.pending = pending;
      store(frame, item);
      if (tests.length === 1 ? test!(frame) : tests.every(one => one(frame))) inside(frame, out, order);
    }
  };
  return (frame, out, order) => {
    const items = iter(frame);
    frame.at = node.iter;
    const cause = anyOrder ? orderCause(items) : undefined;
    if (cause === undefined) {
      go(frame, out, order, iterate(items));
      return;
    }
    order.cause = cause;
    watched(cause, () => go(frame, out, order, itemsOf(items)), items);
  };
}

/** The first iterable is evaluated at once, everything else when an item is asked for. */
function generatorExpression(node: GeneratorExp, scope: Scope): Evaluate {
  const inner = scopeOf(node, scope);
  const first = compileExpression(node.generators[0]!.iter, scope);
  const firstAt = node.generators[0]!.iter;
  const loops = node.generators.map((generator, at) => loopOf(generator, at === 0 ? () => null : undefined, inner));
  const element = compileExpression(node.element, inner);
  const cells = inner.cells;
  const captured = inner.free.map(name => scope.cellSlot(name));
  const qualname = `${scope.qualifier}<genexpr>`;
  const { unit } = scope;
  const { file } = unit;
  const anyOrder = bindsNothing(node);
  definitions.set(node, { node, scope: inner });
  return frame => {
    const items = first(frame);
    frame.at = firstAt;
    const cause = anyOrder ? orderCause(items) : undefined;
    const source = cause === undefined ? iterate(items) : itemsOf(items);
    const own = new Frame(new Array<Slot>(inner.size), frame.globals, unit);
    for (const slot of cells) own.slots[slot] = new Cell(undefined);
    for (const [at, slot] of captured.entries()) own.slots[inner.firstFree + at] = frame.slots[slot];
    const made = new PyGenerator('<genexpr>', qualname, file, own, produce(own, loops, source, element));
    made.code = node;
    made.loose = cause;
    return made;
  };
}

/** Steps through the loops as a generator's body; written out, because JavaScript's generators are slow to resume. */
function produce(frame: Frame, loops: readonly Loop[], source: Next, element: Evaluate): Body {
  const active: Next[] = [source];
  const end = { done: true as const, value: null };
  const advance = (): IteratorResult<Value, Value> => {
    while (active.length > 0) {
      const level = active.length - 1;
      const { node, store, tests } = loops[level]!;
      frame.at = node.iter;
      const item = active[level]!();
      if (item === undefined) {
        active.pop();
        continue;
      }
      vm.step();
      store(frame, item);
      if (!tests.every(test => test(frame))) continue;
      if (level === loops.length - 1) return { done: false, value: element(frame) };
      const inner = loops[level + 1]!;
      const items = inner.iter(frame);
      frame.at = inner.node.iter;
      active.push(iterate(items));
    }
    return end;
  };
  const body = {
    next: advance,
    return: () => end,
    throw: (error: unknown) => {
      throw error;
    },
    [Symbol.iterator]: () => body,
  };
  return body as unknown as Body;
}
