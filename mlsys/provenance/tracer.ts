/**
 * Follows the expressions that made a value: evaluates each once more with the values that its run recorded, and keeps the
 * parts. Calls of functions written in Python are followed into their bodies. What comes out otherwise than it was
 * recorded is not told as a formula.
 */
import { compileExpression } from '../python/compiler';
import { PySuper } from '../python/runtime/attributes';
import { PyDict } from '../python/runtime/dict';
import { PyFunction } from '../python/runtime/function';
import { type Globals, MapGlobals } from '../python/runtime/globals';
import { BoundMethod, dictClass, NativeFunction, PyList, typeOf, type Value } from '../python/runtime/objects';
import { binary, call, getAttribute, getItem, repr, truth, unary } from '../python/runtime/operations';
import { originOf } from '../python/runtime/origins';
import { pathOf } from '../python/runtime/provenance';
import type {
  Attribute,
  Call,
  Constant,
  Dict,
  Expression,
  JoinedStr,
  Name,
  NamedExpr,
  Span,
  Subscript,
} from '../python/syntax/ast';
import { forEachChild, someChild } from '../python/syntax/nodes';
import { numberOf } from '../session/describe';
import { sameValue } from '../session/same';
import { PyUnit } from '../units/registry';
import { asCalled, isTelling } from './branches';
import { type GivenCall, partialCall, spread } from './calls';
import { Contents, isOwn } from './contents';
import { finderOf, GETATTR, isKnown } from './finders';
import { readsBehind, readsOfFunction } from './functionReads';
import { done, follow } from './functions';
import { givenTo, type Part, type PartForm, type Source, sourcesIn } from './graph';
import { copiedBy, isWritten } from './handedOn';
import { taken as nextTaken } from './kept';
import { Makers } from './makers';
import { calledName, codeOf, isObject, keyOf, placeName, placeOf, textOf } from './parts';
import { isComprehension, isName, isRead, isTurned } from './reading';
import { attempted, NotFollowed } from './refusals';
import { keptBy } from './remembered';
import { Sources, type World } from './sources';
import { listed, sliced, textRead } from './streams';
import { heldItems, madeItems, turnedIn, written } from './turns';

/** What names mean where an expression stands. */
export interface Environment {
  readonly file: string;
  /** The text that the places of nodes refer to. */
  readonly text: string;
  /** True in code of the library, whose places say nothing to an author. */
  readonly isLibrary: boolean;
  /** How deep in calls that are followed. */
  readonly depth: number;
  /** True for what a variable of a comprehension or loop has at the turn that is looked at. */
  isTurned?(name: Name): boolean;
  /** The object that a method is called on. */
  readonly self?: Part | undefined;
  /** What `super()` gives in a method; undefined for other calls. */
  superOf?(node: Call): Value | undefined;
  /** What a name, or a chain of attributes whose value was recorded, had there; `part` where it is known where that is from. */
  read(node: Name | Attribute): Read | undefined;
}

export interface Read {
  readonly value: Value;
  readonly part: Part | undefined;
}

export class Tracer {
  readonly sources: Sources;
  /** Of containers that were made here, while functions and loops are followed that fill them. */
  readonly contents = new Contents(
    (of, key, value) => this.element(of, key, value),
    of => heldItems(this, of),
  );

  readonly makers = new Makers(this);

  constructor(world: World) {
    this.sources = new Sources(world, this);
  }

  /** The parts of an expression; `known` is its value, where somebody knows it. */
  trace(node: Expression, environment: Environment, known?: Value): Part {
    this.sources.followed++;
    switch (node.kind) {
      case 'Constant':
        return typeof node.value === 'object' && node.value !== null
          ? this.#code(node, environment, known)
          : this.#literal(node, environment);
      case 'Name':
      case 'Attribute':
        return this.#read(node, environment);
      case 'BinOp': {
        const operands = [this.trace(node.left, environment), this.trace(node.right, environment)] as const;
        const value = binary(node.op, operands[0].value, operands[1].value);
        return this.part({ kind: 'operation', operator: node.op, operands }, value, node, environment);
      }
      case 'UnaryOp': {
        const operand = this.trace(node.operand, environment);
        const value = unary(node.op, operand.value);
        return this.part({ kind: 'operation', operator: node.op, operands: [operand] }, value, node, environment);
      }
      case 'IfExp':
        return this.#choice(node, environment, known);
      case 'BoolOp':
        return this.#boolean(node, environment);
      case 'Call':
        return this.#call(node, environment, known);
      case 'Subscript':
        return this.#subscript(node, environment, known);
      case 'Tuple':
      case 'List':
      case 'Set':
        return this.#sequence(node, environment, known);
      case 'Dict':
        return this.#dict(node, environment, known);
      case 'JoinedStr':
        return this.#text(node, environment, known);
      default:
        return this.#code(node, environment, known);
    }
  }

  part(form: PartForm, value: Value, node: Span, environment: Environment): Part {
    // The form is made for this part alone; a copy of each would take a tenth of all the time.
    return Object.assign(form, { value, at: placeOf(node, environment) });
  }

  #literal(node: Constant, environment: Environment): Part {
    const value = node.value as Value;
    return this.part({ kind: 'literal', code: textOf(node, environment) }, value, node, environment);
  }

  /** Of a number, the test is told as well. */
  #choice(node: Extract<Expression, { kind: 'IfExp' }>, environment: Environment, known: Value | undefined): Part {
    const test = this.tested(node.test, environment);
    const holds = truth(test.value);
    const of = this.trace(holds ? node.body : node.orelse, environment, known);
    const isNumber = numberOf(of.value) !== undefined || isQuantity(of.value);
    if (!isNumber || sourcesIn([test]).size === 0) return of;
    if (environment.depth > 0 && (environment.isLibrary || !isTelling(node.test))) return of;
    const told = environment.depth > 0 ? asCalled(test) : test;
    return this.part({ kind: 'choice', of, test: told, isElse: !holds }, of.value, node, environment);
  }

  /** The parts of a test: all that it may look at, not what decided it alone. */
  tested(node: Expression, environment: Environment): Part {
    const isWhole = node.kind === 'BoolOp' || someChild(node, one => (one as Partial<Expression>).kind === 'BoolOp');
    return isWhole ? this.#code(node, environment, undefined) : this.trace(node, environment);
  }

  #boolean(node: Extract<Expression, { kind: 'BoolOp' }>, environment: Environment): Part {
    let part: Part | undefined;
    for (const one of node.values) {
      part = this.trace(one, environment);
      if (truth(part.value) === (node.op === 'or')) break;
    }
    return part!;
  }

  // ------------------------------------------------------------------------------------------------ names

  #read(node: Name | Attribute, environment: Environment): Part {
    const code = textOf(node, environment);
    const read = environment.read(node);
    if (read?.part !== undefined) {
      if (this.contents.hasChanged(read.value)) return this.contents.told(read.part, code);
      // A value that was handed on keeps the name that it had.
      return read.part.kind === 'source'
        ? { ...read.part, code: environment.depth > 0 ? read.part.code : code, at: placeOf(node, environment) }
        : read.part;
    }
    if (node.kind === 'Name') {
      if (read === undefined) throw new NotFollowed(code);
      return this.named(code, read.value, node, environment);
    }
    const base = this.trace(node.value, environment);
    const value = read?.value ?? getAttribute(base.value, node.attr.name);
    // Within a function, an object goes by the name that the caller has for it, and at a turn by that of its place.
    const name = isTurned(node, environment) ? placeName(base) : environment.depth > 0 ? codeOf(base) : undefined;
    return this.#attribute(node, name === undefined ? code : `${name}.${node.attr.name}`, base, value, environment);
  }

  /** A name of which no assignment is known. */
  named(code: string, value: Value, node: Span, environment: Environment): Part {
    if (isObject(value)) return this.part({ kind: 'object', code }, value, node, environment);
    const source = this.sources.named(code, value);
    return this.part({ kind: 'source', code, source }, value, node, environment);
  }

  #attribute(node: Attribute, code: string, base: Part, value: Value, environment: Environment): Part {
    const { name } = node.attr;
    if (isObject(value)) {
      const form =
        value instanceof BoundMethod
          ? ({ kind: 'object', code, on: base } as const)
          : ({ kind: 'object', code } as const);
      return this.part(form, value, node, environment);
    }
    if (isQuantity(base.value)) return this.part({ kind: 'attribute', of: base, name }, value, node, environment);
    const getter = this.sources.getter(base.value, name);
    const finder = getter === undefined ? finderOf(base.value, name) : undefined;
    const self = base.value instanceof PySuper ? environment.self : base;
    const given = finder === undefined || self === undefined ? [self!] : [self, written(name)];
    const followed =
      (getter ?? finder) === undefined || self === undefined
        ? undefined
        : follow(this, (getter ?? finder)!, given, new Map(), environment, undefined, () => value);
    const isTold = followed !== undefined && sameValue(followed.value, value);
    if (isTold && (finder === undefined || isKnown(followed))) return followed;
    const source = this.sources.attribute(code, base, name, value);
    if (source.kind === 'object' && source.formula === undefined && this.sources.isOfComputed(base, name, value))
      return this.part({ kind: 'attribute', of: base, name }, value, node, environment);
    // Of one object of several, all that it was chosen by is told where it is read.
    if (source.formula?.kind === 'code' && source.place === undefined)
      return this.part({ ...source.formula, code }, value, node, environment);
    return this.part({ kind: 'source', code, source }, value, node, environment);
  }

  #subscript(node: Subscript, environment: Environment, known: Value | undefined): Part {
    if (node.index.kind === 'Slice') return sliced(node, this.#code(node, environment, known), this, environment);
    if (node.index.kind === 'Tuple') return this.#code(node, environment, known);
    const of = this.trace(node.value, environment);
    const index = this.trace(node.index, environment);
    const own =
      environment.depth === 0
        ? undefined
        : (this.contents.itemOf(of.value, index.value) ?? this.contents.missing(of, index.value));
    if (own !== undefined) return this.contents.hasChanged(own.value) ? this.contents.told(own, codeOf(own)) : own;
    const value = known !== undefined && !isOwn(of.value) ? known : getItem(of.value, index.value);
    if (known !== undefined && !sameValue(value, known)) throw new NotFollowed('an item');
    return this.#held(node, of, index, value, environment);
  }

  /** What a container holds under a key. */
  #held(node: Expression, of: Part, index: Part, value: Value, environment: Environment): Part {
    const isNamed = environment.depth > 0 && of.kind === 'source';
    const place = isTurned(node, environment) ? placeName(of) : isNamed ? of.code : undefined;
    const code = place === undefined ? textOf(node, environment) : `${place}[${codeOf(index) ?? '…'}]`;
    const source = this.#sourceOfItem(code, of, index.value, value);
    return source === undefined
      ? this.part({ kind: 'item', of, index }, value, node, environment)
      : this.part({ kind: 'source', code, source }, value, node, environment);
  }

  #sourceOfItem(code: string, of: Part, key: Value, value: Value): Source | undefined {
    const container = of.value;
    const origin = typeof container === 'object' && container !== null ? originOf(container, key) : undefined;
    return origin === undefined
      ? this.sources.item(code, of, key, value)
      : this.sources.leaf(code, value, 'data', { origin });
  }

  /** What a container holds under a key, where no expression asks for it. */
  element(of: Part, key: Value, value: Value): Part {
    const index: Part = { kind: 'literal', code: repr(key), value: key, at: undefined };
    const name = codeOf(of);
    const code = name === undefined ? index.code : `${name}[${index.code}]`;
    const source = this.#sourceOfItem(code, of, key, value);
    return source === undefined
      ? { kind: 'item', of, index, value, at: undefined }
      : { kind: 'source', code, source, value, at: undefined };
  }

  /** An attribute of an object, where no expression asks for it. */
  member(of: Part, name: string, value: Value): Part {
    const code = `${codeOf(of) ?? '…'}.${name}`;
    return { kind: 'source', code, source: this.sources.attribute(code, of, name, value), value, at: undefined };
  }

  // ------------------------------------------------------------------------------------------------ calls

  /** What a function makes of arguments, where no expression calls it; undefined where it is not followed. */
  called(callee: Value, args: readonly Part[]): Part | undefined {
    return attempted(() => follow(this, callee, args, new Map(), NOWHERE));
  }

  /** What a function does to the containers that it is given. Throws `NotFollowed` where nobody knows. */
  does(callee: Value, args: readonly Part[], keywords: ReadonlyMap<string, Part>, { depth }: Environment): void {
    done(this, callee, args, keywords, depth + 1);
  }

  #call(node: Call, environment: Environment, known: Value | undefined): Part {
    const { func } = node;
    const above = environment.superOf?.(node);
    if (above !== undefined)
      return this.part({ kind: 'object', code: textOf(node, environment) }, above, node, environment);
    if (node.args.some(one => one.kind === 'Starred') || node.keywords.some(one => one.name === undefined))
      return spread(this, node, environment, known) ?? this.#code(node, environment, known);
    const callee = this.trace(func, environment);
    const object = func.kind === 'Attribute' ? this.trace(func.value, environment) : undefined;
    const on = object?.value instanceof PySuper ? environment.self : object;
    const args = node.args.map(one => this.trace(one, environment));
    const taken = on === undefined ? undefined : this.#taken(node, on, callee.value, args, environment);
    if (taken !== undefined) return taken;
    const next = nextTaken(this, node, callee.value, object, args, environment);
    if (next !== undefined) return next;
    const keywords = node.keywords.map(one => [one.name!.name, this.trace(one.value, environment)] as const);
    const given = new Map(keywords);
    const named =
      callee.value === GETATTR && keywords.length === 0 ? this.#namedIn(node, args, environment) : undefined;
    if (named !== undefined) return named;
    const changed =
      object === undefined ? undefined : this.contents.performed((func as Attribute).attr.name, object, args, given);
    if (changed !== undefined) return changed;
    if (callee.value === dictClass && args.length === 0 && keywords.length > 0 && given.size <= MOST_ITEMS)
      return this.#display(node, new Map<Value, Part>(given), environment, known);
    this.makers.lookFor(func, callee, on);
    const partial = partialCall(callee, args, given);
    if (partial !== undefined) return this.#made(node, partial, partial.on, partial.name, environment, known);
    const owner = on === undefined || isObject(on.value) ? undefined : on;
    const name = owner === undefined ? calledName(func, callee.value, environment) : (func as Attribute).attr.name;
    return this.#made(node, { func: callee, args, keywords: given }, on, name, environment, known);
  }

  /** What a call makes; `on` is the object of a method. */
  #made(
    node: Call,
    { func: callee, args, keywords }: GivenCall,
    on: Part | undefined,
    name: string,
    environment: Environment,
    known: Value | undefined,
  ): Part {
    const passed = [...args, ...keywords.values()];
    let called: Value | undefined;
    const returned = () =>
      (called ??= call(
        callee.value,
        args.map(one => one.value),
        keywords.size === 0 ? undefined : new Map([...keywords].map(([key, part]) => [key, part.value] as const)),
      ));
    // A second call would change once more what it was given.
    const mayChange = passed.some(one => isOwn(one.value)) && isWritten(callee.value);
    const within = this.sources.states.calling(name, callee.value, node, environment, () =>
      follow(this, callee.value, args, keywords, environment, on ?? callee, () =>
        mayChange ? undefined : (known ?? returned()),
      ),
    );
    // A function that is made again knows nothing of the variables around it.
    const followed = within?.kind === 'code' && within.value instanceof PyFunction ? undefined : within;
    if (followed === undefined && mayChange) throw new NotFollowed('a call');
    if (followed !== undefined && (known === undefined || sameValue(followed.value, known))) return followed;
    // What a comprehension read may be something else by now, which shows in what comes of it.
    const isOfOwn = (on === undefined ? passed : [on, ...passed]).some(readsOwn);
    if (known !== undefined && isOfOwn && !sameValue(returned(), known)) throw new NotFollowed('a call');
    const value =
      (node.args.some(isComprehension) && callee.value instanceof NativeFunction ? undefined : known) ?? returned();
    const owner = on === undefined || isObject(on.value) ? undefined : on;
    this.makers.made(value, callee.value, args, keywords);
    // What comes out otherwise by now read something else.
    const reads =
      followed === undefined
        ? [
            ...readsBehind(callee, passed, this.sources),
            ...keptBy(name, callee, { file: environment.file, start: node.start }, this.sources.states),
          ]
        : [];
    const copied = copiedBy(callee.value, name.slice(name.lastIndexOf('.') + 1), owner, args, keywords, value);
    const text = textRead(name, value, this.sources);
    if (text !== undefined)
      return this.part({ kind: 'source', code: text.name, source: text }, value, node, environment);
    const form = { kind: 'call', callee: name, on: owner, args, keywords: [...keywords], copied } as const;
    return this.part(reads.length === 0 ? form : { ...form, reads }, value, node, environment);
  }

  /** `getattr(record, "peak")`, where the record has it. */
  #namedIn(node: Call, [of, key]: readonly Part[], environment: Environment): Part | undefined {
    const name = key?.value;
    if (of === undefined || typeof name !== 'string') return undefined;
    const value = attempted(() => getAttribute(of.value, name));
    const attr = { name, start: node.start, end: node.end };
    const code = `${codeOf(of) ?? '…'}.${name}`;
    return value === undefined
      ? undefined
      : this.#attribute({ ...node, kind: 'Attribute', value: node, attr }, code, of, value, environment);
  }

  /** `d.get(key)` of a key that is there is an item as `d[key]` is. */
  #taken(node: Call, on: Part, callee: Value, args: readonly Part[], environment: Environment): Part | undefined {
    const [key] = args;
    const container = on.value;
    if (!(container instanceof PyDict) || key === undefined || node.keywords.length > 0) return undefined;
    if (!(callee instanceof BoundMethod) || callee.func !== dictClass.attrs.get('get')) return undefined;
    const value = container.get(key.value);
    if (value === undefined) return isOwn(container) ? args[1] : undefined;
    return this.contents.itemOf(container, key.value) ?? this.#held(node, on, key, value, environment);
  }

  // ------------------------------------------------------------------------------------------------ other code

  #sequence(
    node: Extract<Expression, { kind: 'Tuple' | 'List' | 'Set' }>,
    environment: Environment,
    known: Value | undefined,
  ): Part {
    if (node.elements.length > MOST_ITEMS || node.elements.some(one => one.kind === 'Starred'))
      return this.#code(node, environment, known);
    const items = new Map<Value, Part>();
    for (const [at, one] of node.elements.entries()) items.set(BigInt(at), this.trace(one, environment));
    return this.#display(node, items, environment, known);
  }

  #dict(node: Dict, environment: Environment, known: Value | undefined): Part {
    const items = new Map<Value, Part>();
    for (const { key, value } of node.entries) {
      if (key === undefined) {
        // `**d`
        const of = this.trace(value, environment);
        if (!(of.value instanceof PyDict) || of.value.size > MOST_ITEMS) return this.#code(node, environment, known);
        for (const [one, held] of of.value.entries()) items.set(one, this.element(of, one, held));
      } else if (key.kind === 'Constant') items.set(key.value as Value, this.trace(value, environment));
      else return this.#code(node, environment, known);
    }
    const isPlain = [...items.keys()].every(key => typeof key === 'string' || typeof key === 'bigint');
    return isPlain && items.size <= MOST_ITEMS
      ? this.#display(node, items, environment, known)
      : this.#code(node, environment, known);
  }

  #display(
    node: Expression,
    items: ReadonlyMap<Value, Part>,
    environment: Environment,
    known: Value | undefined,
  ): Part {
    const value = known ?? madeOf(node, items) ?? this.evaluate(node, environment);
    return this.part({ kind: 'display', code: textOf(node, environment), items }, value, node, environment);
  }

  /** Any expression, as a whole. */
  #code(node: Expression, environment: Environment, known: Value | undefined): Part {
    const over = isComprehension(node) ? listed(node, this, environment, MOST_ITEMS) : undefined;
    if (over !== undefined) {
      const part = this.#code(over.node, over.environment, known) as Part & { readonly kind: 'code' };
      const names = part.names.filter(([code]) => code !== over.stream[0]);
      return Object.assign(part, { names: [...names, over.stream] });
    }
    const names = this.#withItems(node, this.#namesIn(node, environment), environment);
    const isOfOwn = names.some(([, part]) => isOwn(part.value));
    const value = known === undefined || isOfOwn ? this.evaluate(node, environment) : known;
    if (isOfOwn && known !== undefined && !sameValue(value, known)) throw new NotFollowed('code');
    const part = this.part({ kind: 'code', code: textOf(node, environment), names }, value, node, environment);
    if (node.kind === 'ListComp' || node.kind === 'DictComp' || node.kind === 'GeneratorExp')
      this.sources.makes(part, () => madeItems(this, node, environment));
    return part;
  }

  /** A text with the values that it shows; what its format specs read shows no value. */
  #text(node: JoinedStr, environment: Environment, known: Value | undefined): Part {
    const shown = new Map<string, Part>();
    for (const one of node.parts) {
      if (typeof one === 'string') continue;
      const part = this.#tryTrace(one.value, environment);
      if (part === undefined) for (const [code, name] of this.#namesIn(one.value, environment)) shown.set(code, name);
      else shown.set(textOf(one.value, environment), part);
    }
    const value = known ?? this.evaluate(node, environment);
    return this.part({ kind: 'code', code: textOf(node, environment), names: [...shown] }, value, node, environment);
  }

  /** The names in a comprehension, with what it took of containers in their places. */
  #withItems(
    node: Expression,
    names: (readonly [string, Part])[],
    environment: Environment,
  ): (readonly [string, Part])[] {
    if (!isComprehension(node)) return names;
    const turned = attempted(() => turnedIn(this, node, environment));
    if (turned === undefined) return names;
    const told = new Set<string>();
    const look = (one: Span): void => {
      const path = isRead(one) ? pathOf(one) : undefined;
      if (path === undefined) forEachChild(one, look);
      else told.add(path);
    };
    for (const iter of turned.through) look(iter);
    const isThrough = (code: string) => [...told].some(path => path === code || path.startsWith(`${code}.`));
    // A number in what it goes through says how often: `range(n)`.
    const kept = names.filter(([code, { value }]) => numberOf(value) !== undefined || !isThrough(code));
    const known = new Set(kept.map(([, part]) => keyOf(part)));
    const items = [...sourcesIn(turned.parts).values()].flatMap(part => {
      const key = keyOf(part);
      if (known.has(key)) return [];
      known.add(key);
      const { name } = part.source;
      return [[name, { ...part, code: name }] as const];
    });
    return [...kept, ...items];
  }

  #tryTrace(node: Expression, environment: Environment): Part | undefined {
    return attempted(() => this.trace(node, environment));
  }

  /** Code that led to a value in a way that is not followed: a stretch of it as it is written, and the names in a node of it. */
  within(
    written: Span,
    node: Span,
    value: Value,
    environment: Environment,
    isMeant: (name: string) => boolean = () => true,
  ): Part {
    const names = this.#namesIn(node, environment).filter(([code]) => isMeant(code.split('.', 1)[0]!));
    return this.part({ kind: 'code', code: textOf(written, environment), names }, value, written, environment);
  }

  /** The reads in an expression, each once: of chains of attributes the longest that is a value. */
  #namesIn(node: Span, environment: Environment): (readonly [string, Part])[] {
    const own = new Set<string>();
    const found = new Map<string, Part>();
    const look = (one: Span, into: (node: Span) => void): void => forEachChild(one, into);
    const collect = (one: Span): void => {
      if ((one as Partial<Expression>).kind === 'NamedExpr') own.add((one as NamedExpr).target.id);
      if (isComprehension(one)) for (const { target } of one.generators) look({ ...target }, bind);
      look(one, collect);
    };
    const bind = (one: Span): void => {
      if (isName(one)) own.add(one.id);
      look(one, bind);
    };
    if (isComprehension(node)) for (const { target } of node.generators) if (isName(target)) own.add(target.id);
    collect(node);
    const visit = (one: Span): void => {
      const path = isRead(one) ? pathOf(one) : undefined;
      if (path !== undefined && !own.has(path.split('.', 1)[0]!)) {
        const part = this.#tryRead(one as Name | Attribute, environment);
        if (part !== undefined) {
          if (part.kind !== 'object' && !isObject(part.value)) found.set(path, part);
          else
            for (const read of readsOfFunction(part.value, this.sources))
              if ('code' in read && !found.has(read.code)) found.set(read.code, read);
          return;
        }
      }
      look(one, visit);
    };
    visit(node);
    return [...found];
  }

  #tryRead(node: Name | Attribute, environment: Environment): Part | undefined {
    const part = attempted(() => this.#read(node, environment));
    // The method of an object is no value: its object is.
    return node.kind === 'Attribute' && part?.kind === 'object' && !(part.value instanceof PyUnit) ? undefined : part;
  }

  /** The items of a list, tuple or the like, one by one. */
  itemsOf(of: Part): readonly Part[] | undefined {
    return heldItems(this, of);
  }

  /** Evaluates an expression with the names of its place. */
  evaluate(node: Expression, environment: Environment): Value {
    return compileExpression(node, environment.file, environment.text)(new EnvironmentGlobals(node, environment));
  }
}

/** A list or dict of the values of its parts, so that a list in a list is that of its part. */
function madeOf({ kind }: Expression, items: ReadonlyMap<Value, Part>): Value | undefined {
  if (kind === 'List') return new PyList([...items.values()].map(one => one.value));
  return kind === 'Dict' || kind === 'Call' ? PyDict.from([...items].map(([key, one]) => [key, one.value])) : undefined;
}

/** True for an own container, and for what is made of one: `d.values()`. */
function readsOwn(part: Part): boolean {
  return isOwn(part.value) || (part.kind === 'call' && givenTo<Part>(part).some(readsOwn));
}

/** Where nothing has a name. */
const NOWHERE: Environment = { file: '', text: '', isLibrary: true, depth: 0, read: () => undefined };

/** So many items of a display are followed. */
const MOST_ITEMS = 200;

/** The names that an expression reads, as they were at its place. */
class EnvironmentGlobals extends MapGlobals implements Globals {
  constructor(node: Expression, environment: Environment) {
    const names = new Map<string, Value>();
    const visit = (one: Span): void => {
      if (isName(one)) {
        const read = environment.read(one);
        if (read !== undefined) names.set(one.id, read.value);
      }
      forEachChild(one, visit);
    };
    visit(node);
    super(names);
  }
}

function isQuantity(value: Value): boolean {
  return typeOf(value).name === 'Quantity';
}
