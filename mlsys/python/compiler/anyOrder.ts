/**
 * Loops over what has no known order, as a set of texts, whose order makes no difference. First the loop is gone through for the
 * proof, while all that it leaves is unknown: an expression that is known nonetheless depends on none of it, so that each turn gives the
 * same whichever came before. Where what the turns give comes to the same in each order, the loop then runs for its effects, in any.
 */
import { PyDict } from '../runtime/dict';
import type { Frame } from '../runtime/frame';
import { HashMap } from '../runtime/hashMap';
import { drain, iterate } from '../runtime/iteration';
import { PyClass, PyList, PyModule, PyObject, type Value } from '../runtime/objects';
import { unpack } from '../runtime/operations';
import { PySet } from '../runtime/set';
import { refuseOrder } from '../runtime/setNotice';
import { isUnknown, loseOrder, PyUnknown, suspend, type UnknownCause, UnknownReached } from '../runtime/unknown';
import { isExactSum, isSame, itemsOf, watched } from '../runtime/unordered';
import { vm } from '../runtime/vm';
import type { AugAssign, Call, Expression, For, Statement } from '../syntax/ast';
import { someChild } from '../syntax/nodes';
import { compileExpression } from './expressions';
import { compileTest } from './operators';
import type { Scope } from './scope';
import { assign, partsIn, presentValue, unbind } from './stored';
import { BREAK, CONTINUE, type Completion, type Evaluate, NORMAL, RETURN } from './unit';

/** What a loop does to a name: adds to it, or to the set, list or dict that it stands for. */
type Effect = 'sum' | 'set' | 'list' | 'entries' | 'sums';

/** A step of the proof. */
type Step = (frame: Frame, proof: Proof) => Completion;

/** What may come in any order, and what is to be done once the loop has run. */
interface Proven {
  readonly items: readonly Value[];
  finish(): void;
}

export class AnyOrder {
  readonly #at: Expression;
  readonly #target: (frame: Frame, item: Value) => void;
  readonly #step: Step;
  /** Names that the turns bind, of which a later one may see nothing. */
  readonly #bound = new Set<string>();
  readonly #effects = new Map<string, Effect>();
  readonly #scope: Scope;

  /** Throws `Mattering` for a loop of which nothing can be proved. */
  constructor(node: For, scope: Scope) {
    this.#scope = scope;
    this.#at = node.iter;
    if (node.orelse.length > 0) throw new Mattering();
    this.#target = this.#store(node.target);
    this.#step = this.#block(node.body);
    for (const name of this.#effects.keys()) if (this.#bound.has(name)) throw new Mattering();
  }

  /**
   * Proves that the items of a value may come in any order, and gives them with what is to be done once the loop has run. Refuses
   * where they may not.
   */
  prove(frame: Frame, source: Value, cause: UnknownCause): Proven {
    try {
      return this.#proven(frame, source, cause);
    } catch (error) {
      if (!(error instanceof UnknownReached)) throw error;
      // Told once, of the statement.
      frame.at = this.#at;
      return refuseOrder(cause);
    }
  }

  #proven(frame: Frame, source: Value, cause: UnknownCause): Proven {
    const scope = this.#scope;
    const held = [...this.#bound, ...this.#effects.keys()].map(
      name => [name, presentValue(name, scope, frame)] as const,
    );
    const proof = new Proof(cause, new Map(held), this.#effects);
    const items = watched(cause, () => this.#goThrough(frame, source, proof, held), source, true);
    const unsure = proof.check(items.length);
    return {
      items,
      finish: () => {
        for (const [name, may] of unsure) assign(name, scope, frame, new PyUnknown(cause, { may }));
        proof.finish();
      },
    };
  }

  #goThrough(
    frame: Frame,
    source: Value,
    proof: Proof,
    held: readonly (readonly [string, Value | undefined])[],
  ): readonly Value[] {
    const scope = this.#scope;
    const restore = proof.suspend(source);
    const hide = (names: Iterable<string>) => {
      for (const name of names) assign(name, scope, frame, proof.hidden);
    };
    try {
      hide(this.#effects.keys());
      hide(this.#bound);
      const items = drain(itemsOf(source));
      for (const item of items) {
        vm.step();
        hide(this.#bound);
        this.#target(frame, proof.known(item));
        const completion = this.#step(frame, proof);
        const values = [...this.#bound].map(name => [name, presentValue(name, scope, frame)!] as const);
        proof.endTurn(values, completion === RETURN || completion === BREAK);
      }
      return items;
    } finally {
      frame.at = this.#at;
      restore();
      for (const [name, value] of held)
        if (value === undefined) unbind(name, scope, frame);
        else assign(name, scope, frame, value);
    }
  }

  #store(target: Expression): (frame: Frame, item: Value) => void {
    if (target.kind === 'Name') {
      const { id } = target;
      this.#bind(id);
      return (frame, item) => assign(id, this.#scope, frame, item);
    }
    if (target.kind !== 'Tuple' && target.kind !== 'List') throw new Mattering();
    const stores = target.elements.map(one => this.#store(one));
    return (frame, item) => {
      frame.at = target;
      const parts = unpack(item, stores.length);
      for (const [at, store] of stores.entries()) store(frame, parts[at]!);
    };
  }

  #bind(name: string): void {
    // What is bound outside is left as it is where the loop ends early.
    if (this.#scope.kind === 'class') throw new Mattering();
    this.#bound.add(name);
  }

  #affect(node: Expression, effect: Effect): string {
    if (node.kind !== 'Name') throw new Mattering();
    const before = this.#effects.get(node.id);
    if (before !== undefined && before !== effect) throw new Mattering();
    this.#effects.set(node.id, effect);
    return node.id;
  }

  #block(statements: readonly Statement[]): Step {
    const steps = statements.map(one => this.#statement(one));
    return (frame, proof) => {
      for (const step of steps) {
        const completion = step(frame, proof);
        if (completion !== NORMAL) return completion;
      }
      return NORMAL;
    };
  }

  #statement(node: Statement): Step {
    switch (node.kind) {
      case 'Pass':
        return () => NORMAL;
      case 'Continue':
        return () => CONTINUE;
      case 'Break':
        return () => BREAK;
      case 'Return':
        return this.#return(node.value);
      case 'If':
        return this.#if(compileTest(pure(node.test), this.#scope), this.#block(node.body), this.#block(node.orelse));
      case 'For':
        return this.#inner(node);
      case 'Assign':
        return this.#assign(node.targets, this.#value(node.value));
      case 'AugAssign':
        return this.#add(node);
      case 'ExprStatement':
        return this.#call(node.value);
      case 'Raise':
        return (_, proof) => proof.refuse();
      default:
        throw new Mattering();
    }
  }

  #value(node: Expression): (frame: Frame, proof: Proof) => Value {
    const value: Evaluate = compileExpression(pure(node), this.#scope);
    return (frame, proof) => proof.known(value(frame));
  }

  #return(node: Expression | undefined): Step {
    if (this.#scope.host.kind !== 'function') throw new Mattering();
    const value = node === undefined ? undefined : this.#value(node);
    return (frame, proof) => {
      proof.returned.push(value?.(frame, proof) ?? null);
      return RETURN;
    };
  }

  #if(test: (frame: Frame) => boolean, body: Step, orelse: Step): Step {
    return (frame, proof) => (test(frame) ? body(frame, proof) : orelse(frame, proof));
  }

  #inner(node: For): Step {
    if (node.async || node.orelse.length > 0) throw new Mattering();
    const iter = this.#value(node.iter);
    const store = this.#store(node.target);
    const body = this.#block(node.body);
    return (frame, proof) => {
      const next = iterate(iter(frame, proof));
      for (let item = next(); item !== undefined; item = next()) {
        vm.step();
        store(frame, proof.known(item));
        const completion = body(frame, proof);
        if (completion === BREAK) return NORMAL;
        if (completion === RETURN) return RETURN;
      }
      return NORMAL;
    };
  }

  #assign(targets: readonly Expression[], value: (frame: Frame, proof: Proof) => Value): Step {
    const [target] = targets;
    if (target?.kind === 'Subscript' && targets.length === 1) {
      const name = this.#affect(target.value, 'entries');
      const key = this.#value(target.index);
      return (frame, proof) => {
        const held = value(frame, proof);
        proof.enter(name, key(frame, proof), held);
        return NORMAL;
      };
    }
    const stores = targets.map(one => this.#store(one));
    return (frame, proof) => {
      const item = value(frame, proof);
      for (const store of stores) store(frame, item);
      return NORMAL;
    };
  }

  #add({ target, op, value }: AugAssign): Step {
    if (op !== '+' && op !== '-') throw new Mattering();
    const amount = this.#value(value);
    if (target.kind === 'Subscript') {
      const name = this.#affect(target.value, 'sums');
      const key = this.#value(target.index);
      return (frame, proof) => {
        proof.addTo(name, key(frame, proof), amount(frame, proof));
        return NORMAL;
      };
    }
    const name = this.#affect(target, 'sum');
    return (frame, proof) => {
      proof.add(name, amount(frame, proof));
      return NORMAL;
    };
  }

  /** `seen.add(x)` and `found.append(x)`. */
  #call(node: Expression): Step {
    if (node.kind === 'Constant') return () => NORMAL;
    if (node.kind !== 'Call') throw new Mattering();
    const { name, effect } = this.#methodOf(node);
    const [argument] = node.args;
    if (argument === undefined || node.args.length > 1 || node.keywords.length > 0) throw new Mattering();
    const item = this.#value(argument);
    return (frame, proof) => {
      proof.put(name, effect, item(frame, proof));
      return NORMAL;
    };
  }

  #methodOf({ func }: Call): { readonly name: string; readonly effect: 'set' | 'list' } {
    if (func.kind !== 'Attribute') throw new Mattering();
    const effect = func.attr.name === 'add' ? 'set' : func.attr.name === 'append' ? 'list' : undefined;
    if (effect === undefined) throw new Mattering();
    return { name: this.#affect(func.value, effect), effect };
  }
}

/** Thrown for a loop of which nobody can tell that its order makes no difference. */
class Mattering extends Error {}

/** An expression that binds nothing and hands on nothing. */
function pure(node: Expression): Expression {
  if (isImpure(node)) throw new Mattering();
  return node;
}

const IMPURE = new Set(['NamedExpr', 'Await', 'Yield', 'YieldFrom', 'Starred']);

function isImpure(node: object): boolean {
  return IMPURE.has((node as { kind?: string }).kind ?? '') || someChild(node, isImpure);
}

/** Parts of a value that are looked at. */
const MOST_PARTS = 5000;

/** What the turns of a loop give. */
class Proof {
  readonly cause: UnknownCause;
  /** Stands for all that other turns may leave. */
  readonly hidden: PyUnknown;
  readonly returned: Value[] = [];
  readonly #before: ReadonlyMap<string, Value | undefined>;
  readonly #effects: ReadonlyMap<string, Effect>;
  readonly #sums = new Map<string, Value[]>();
  readonly #items = new Map<string, Value[]>();
  readonly #entries = new Map<string, HashMap>();
  readonly #amounts = new Map<string, { readonly keys: HashMap; readonly amounts: Value[][] }>();
  /** The values that turns gave to names. */
  readonly #bound = new Map<string, Value[]>();
  #leaving = 0;
  readonly #boundByLeaving = new Map<string, number>();

  constructor(
    cause: UnknownCause,
    before: ReadonlyMap<string, Value | undefined>,
    effects: ReadonlyMap<string, Effect>,
  ) {
    this.cause = cause;
    this.hidden = new PyUnknown(cause);
    this.#before = before;
    this.#effects = effects;
    for (const [name, effect] of effects) if (!this.#isFit(name, effect)) this.refuse();
    const objects = [...effects].flatMap(([name, effect]) => (effect === 'sum' ? [] : [before.get(name)]));
    if (new Set(objects).size < objects.length) this.refuse();
  }

  /** Whoever goes through the loop tells of it. */
  refuse(): never {
    throw new UnknownReached(this.cause);
  }

  #isFit(name: string, effect: Effect): boolean {
    const value = this.#before.get(name);
    if (effect === 'sum') return typeof value === 'bigint' || typeof value === 'boolean' || typeof value === 'number';
    if (!(value instanceof PyObject) || isUnknown(value) || !value.cls.native) return false;
    if (effect === 'set') return value instanceof PySet;
    if (effect === 'list') return value instanceof PyList && value.cls.name === 'list';
    return value instanceof PyDict && value.cls.name === 'dict';
  }

  #object(name: string): PyObject {
    return this.#before.get(name) as PyObject;
  }

  /** Makes unknown what the loop adds to, which is not what it goes through; the function that it returns gives it back. */
  suspend(source: Value): () => void {
    const objects = [...this.#effects].flatMap(([name, effect]) => (effect === 'sum' ? [] : [this.#object(name)]));
    if (objects.some(one => one === source)) this.refuse();
    const restores = objects.map(one => suspend(one, this.cause));
    return () => {
      for (const restore of restores) restore();
    };
  }

  /** A value that holds nothing, and depends on nothing, that another turn leaves. */
  known(value: Value): Value {
    const open: Value[] = [value];
    const seen = new Set<Value>();
    for (const one of open) {
      if (isUnknown(one) || open.length > MOST_PARTS) this.refuse();
      if (!(one instanceof PyObject) || one instanceof PyClass || one instanceof PyModule || seen.has(one)) continue;
      seen.add(one);
      vm.step();
      open.push(...partsIn(one));
    }
    return value;
  }

  add(name: string, amount: Value): void {
    collect(this.#sums, name, amount);
  }

  put(name: string, effect: 'set' | 'list', item: Value): void {
    if (effect === 'set') this.enter(name, item, null);
    else collect(this.#items, name, item);
  }

  enter(name: string, key: Value, value: Value): void {
    let entries = this.#entries.get(name);
    if (entries === undefined) {
      entries = new HashMap();
      this.#entries.set(name, entries);
    }
    // Which of two equal keys stays, and which value, depends on what comes last.
    const found = entries.find(key);
    if (found === undefined) entries.set(key, value);
    else if (!isSame(found.key, key) || !isSame(found.value, value)) this.refuse();
  }

  addTo(name: string, key: Value, amount: Value): void {
    const start = (this.#object(name) as PyDict).map.get(key);
    if (start === undefined) this.refuse();
    let known = this.#amounts.get(name);
    if (known === undefined) {
      known = { keys: new HashMap(), amounts: [] };
      this.#amounts.set(name, known);
    }
    const { keys, amounts } = known;
    const at = keys.get(key);
    if (at === undefined) {
      keys.set(key, BigInt(amounts.length));
      amounts.push([start, amount]);
    } else amounts[Number(at)]!.push(amount);
  }

  /** `leaves` for one after which no other would come. */
  endTurn(values: readonly (readonly [string, Value])[], leaves: boolean): void {
    if (leaves) this.#leaving++;
    for (const [name, value] of values) {
      if (value === this.hidden) continue;
      collect(this.#bound, name, value);
      if (leaves) this.#boundByLeaving.set(name, (this.#boundByLeaving.get(name) ?? 0) + 1);
    }
  }

  /** Refuses where an order matters. The names of which only the last turn tells what they are, with what they may be. */
  check(turns: number): readonly (readonly [string, readonly Value[]])[] {
    if (this.#leaving > 0 && this.#effects.size > 0) this.refuse();
    if (!areSame(this.returned) || (this.returned.length > 0 && this.returned.length < this.#leaving)) this.refuse();
    for (const [name, amounts] of this.#sums) if (!isExactSum([this.#before.get(name)!, ...amounts])) this.refuse();
    for (const { amounts } of this.#amounts.values()) if (!amounts.every(isExactSum)) this.refuse();
    if (turns < 2) return [];
    return [...this.#bound].filter(([name, values]) => !areSame(values) || !this.#isBoundAnyhow(name));
  }

  /** True for a name that the loop binds in whatever order: also where a turn that leaves comes first. */
  #isBoundAnyhow(name: string): boolean {
    return (this.#boundByLeaving.get(name) ?? 0) === this.#leaving;
  }

  /** Takes from lists and dicts the order in which they were filled, and from sets what depends on it. */
  finish(): void {
    for (const [name, effect] of this.#effects) {
      const object = this.#object(name);
      if (object instanceof PySet) object.loosen();
      else if (effect === 'list' && !areSame(this.#items.get(name) ?? [])) loseOrder(object, this.cause);
      else if (effect === 'entries' && (this.#entries.get(name)?.size ?? 0) > 1) loseOrder(object, this.cause);
    }
  }
}

const areSame = (values: readonly Value[]): boolean => values.every(one => isSame(one, values[0]!));

function collect(all: Map<string, Value[]>, name: string, value: Value): void {
  const known = all.get(name);
  if (known === undefined) all.set(name, [value]);
  else known.push(value);
}

/** What proves of a loop that its order makes no difference; undefined where nothing does. */
export function anyOrderOf(node: For, scope: Scope): AnyOrder | undefined {
  try {
    return new AnyOrder(node, scope);
  } catch (error) {
    if (error instanceof Mattering) return undefined;
    throw error;
  }
}
