/**
 * What a piece of code may do, seen without running it: the names that it binds, the objects that it stores into, its calls.
 * Functions, lambdas and classes within count as if they were called.
 */
import type { ExceptHandler, Expression, ImportFrom, Pattern, Span, Statement } from '../syntax/ast';
import { changesNumberDisplay, magicEffect } from '../syntax/magic';
import { forEachChild } from '../syntax/nodes';
import { boundNames } from '../syntax/targets';
import {
  attributeByName,
  callsNumberDisplay,
  givesNamespace,
  importsNames,
  isNamespaceAttribute,
  makesClass,
  namesNamespace,
  searchedIn,
} from './callForms';
import { findDeclarations, parameterNodes, parametersOf } from './declared';
import { formatFields } from './formatFields';
import type { AttributeUse, CallSite, ClassSite, Flow, StoreInto } from './sites';

export class Facts {
  /** Names bound or deleted at the level of the code itself, with a place where that happens. */
  readonly bound = new Map<string, Span>();
  /** Names that functions within declare `global` and bind. */
  readonly globals = new Set<string>();
  /** Names that functions within declare `nonlocal` and bind. */
  readonly nonlocals = new Set<string>();
  /** Every name that is bound anywhere within, with what it is bound to. */
  readonly flows = new Map<string, Flow[]>();
  readonly stores: StoreInto[] = [];
  /** What is put into the object of a name: it matters where the code binds the name to a new one. */
  readonly puts = new Map<string, Expression[]>();
  /** Targets of augmented assignments, whose objects may change in place. */
  readonly inPlace: Expression[] = [];
  readonly calls: CallSite[] = [];
  /** What is iterated. */
  readonly iterated: Expression[] = [];
  /** Names of methods that statements call without naming them. */
  readonly implied = new Set<string>();
  /** Attributes that are read, set or deleted; `called` for methods. */
  readonly attributes: AttributeUse[] = [];
  /** What operators are applied to, names left out. */
  readonly operands: Expression[] = [];
  /** True where names are annotated at the level of the code itself, which modules and classes remember. */
  annotates = false;
  /** True where the code has class statements, which call what bases, metaclasses and attributes define. */
  makesClasses = false;
  /** What class statements hand to bases and metaclasses. */
  readonly classes: ClassSite[] = [];
  /** Names that are read. */
  readonly loads = new Set<string>();
  /**
   * How often a name is read where operators may apply to its object: not before a dot, behind `in` of a
   * comprehension, or beside `is`.
   */
  readonly operandReads = new Map<string, number>();
  /** `from x import *`, or a magic: any name may be bound. */
  star = false;
  /** A magic that may bind or change anything. */
  anything = false;
  /** Names that it imports, each with the dotted name of what that is. */
  readonly imported = new Map<string, string>();
  /** True where the code comes by the names of a module, which may be the chapter itself, in ways that nobody follows. */
  givesNamespace = false;
  /** Attributes that give the names of the chapter where their object is a module or shell that has them. */
  readonly namespaceUses: AttributeUse[] = [];
  /** A magic that changes how floats are displayed, or the call of one. */
  numberDisplay: Span | undefined = undefined;
  /** `return`, `break` or `continue` that leave the code. */
  leaves = false;
  /** A `return` with a value other than None and False. */
  returns = false;
  /** What it returns, functions within left out. */
  readonly returned: Expression[] = [];
  /** What the function of which it is the body returns and yields. */
  readonly results: Expression[] = [];
  /** What exceptions and generators hand on: what is raised, sent and thrown, and returned by generators within. */
  readonly handed: Expression[] = [];
  /** What it raises and throws: an exception that was there before remembers that. */
  readonly raised: Expression[] = [];
  /** Functions and classes that it defines, by name. */
  readonly definitions = new Map<string, object[]>();
  /** Names of all functions and classes within. */
  readonly defined = new Set<string>();
  /** How many nodes there are. */
  size = 0;
}

const known = new WeakMap<object, Facts>();

/** The facts of one statement, expression or function body. */
export function factsOf(node: object): Facts {
  let facts = known.get(node);
  if (facts === undefined) {
    facts = new Facts();
    new Collector(facts).visit(node, { own: true, loop: false });
    known.set(node, facts);
  }
  return facts;
}

/** The facts of statements that follow each other. */
export function factsOfAll(nodes: readonly object[]): Facts {
  const [only] = nodes;
  if (only !== undefined && nodes.length === 1) return factsOf(only);
  const facts = new Facts();
  const collector = new Collector(facts);
  for (const node of nodes) collector.visit(node, { own: true, loop: false });
  return facts;
}

const bodies = new WeakMap<object, Facts>();

/** The facts of the body of a function, for whoever calls it; its own names are none of the caller's. */
export function factsOfBody(node: object): Facts {
  let facts = bodies.get(node);
  if (facts === undefined) {
    facts = new Facts();
    const collector = new Collector(facts);
    if ((node as { kind?: string }).kind === 'GeneratorExp') collector.visit(node, { own: false, loop: true });
    else collector.functionBody(node as FunctionLike, false);
    bodies.set(node, facts);
  }
  return facts;
}

interface FunctionLike {
  readonly params?: object;
  readonly body: object | readonly object[];
}

type Comprehension = Extract<Expression, { kind: 'ListComp' | 'SetComp' | 'DictComp' | 'GeneratorExp' }>;

/** Where the collector is: `own` at the level of the code itself, `loop` within a loop of it. */
interface Place {
  readonly own: boolean;
  readonly loop: boolean;
  /** Names that the innermost function declares. */
  readonly globals?: ReadonlySet<string>;
  readonly nonlocals?: ReadonlySet<string>;
  /** Collects the names that a class body binds. */
  readonly names?: Set<string>;
}

/** Nodes that apply operators to what stands in them. */
const OPERATING = new Set([
  ...['BinOp', 'UnaryOp', 'BoolOp', 'Compare', 'Subscript', 'AugAssign', 'If', 'IfExp', 'While', 'Assert', 'Match'],
  ...['List', 'Tuple', 'Set', 'Dict', 'With', 'For', 'Call'],
]);
/** Methods of generators, and what ends a program, whose arguments arrive elsewhere. */
const HANDING = new Set(['send', 'throw', 'asend', 'athrow', 'exit']);
/** Expressions that refer to objects of which the code has no name. */
const REFERRING = new Set(['Attribute', 'Subscript', 'Call', 'NamedExpr', 'IfExp']);
class Collector {
  readonly #facts: Facts;
  /** What the innermost function returns. */
  #results: Expression[] = [];
  #yields = false;
  #yielded: Expression[] = [];
  /** The function of the call that was come by last. */
  #called: Expression | undefined;
  /** What gives no more than names, or parts that have others: `sys.modules`. */
  readonly #searched = new Set<Expression>();

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  visit(given: object, place: Place): void {
    const node = given as Statement | Expression;
    const facts = this.#facts;
    facts.size++;
    for (const one of searchedIn(node)) this.#searched.add(one);
    if (OPERATING.has(node.kind))
      forEachChild(node, child => {
        if (REFERRING.has((child as Expression).kind)) facts.operands.push(child as Expression);
      });
    switch (node.kind) {
      case 'Name':
        facts.loads.add(node.id);
        if (node !== this.#called && givesNamespace(node)) facts.givesNamespace = true;
        this.#reads(node, 1);
        return;
      case 'Assign':
        for (const target of node.targets) this.#target(target, node.value, false, place);
        this.visit(node.value, place);
        return;
      case 'AnnAssign':
        if (node.value !== undefined) this.#target(node.target, node.value, false, place);
        if (place.own && node.target.kind === 'Name') facts.annotates = true;
        break;
      case 'AugAssign':
        facts.inPlace.push(node.target);
        this.#target(node.target, node.value, false, place);
        break;
      case 'NamedExpr':
        this.#target(node.target, node.value, false, place);
        break;
      case 'For':
        facts.iterated.push(node.iter);
        this.#target(node.target, node.iter, true, place);
        this.visit(node.iter, place);
        this.#all(node.body, { ...place, loop: true });
        this.#all(node.orelse, place);
        return;
      case 'While':
        this.visit(node.test, place);
        this.#all(node.body, { ...place, loop: true });
        this.#all(node.orelse, place);
        return;
      case 'With':
        this.#with(node, place);
        return;
      case 'Delete':
        for (const target of node.targets) this.#target(target, undefined, false, place);
        break;
      case 'Import':
      case 'ImportFrom':
        this.#imports(node, place);
        return;
      case 'Magic':
        this.#magic(node, place);
        return;
      case 'TypeAlias':
        this.#bind(node.name.name, undefined, false, node, place);
        return;
      case 'FunctionDef':
        this.#defines(node, place);
        this.#defaults(node.params, place);
        this.functionBody(node, true);
        return;
      case 'Lambda':
        this.#defaults(node.params, place);
        this.functionBody(node, true);
        return;
      case 'ClassDef':
        this.#class(node, place);
        return;
      case 'ListComp':
      case 'SetComp':
      case 'DictComp':
      case 'GeneratorExp':
        this.#comprehension(node, place);
        return;
      case 'Attribute':
        this.#attribute(node.value, node.attr.name, false, this.#searched.has(node));
        this.#reads(node.value, -1);
        if (givesNamespace(node)) facts.givesNamespace = true;
        if (node.attr.name === 'display_formatter') facts.numberDisplay ??= node;
        break;
      case 'Compare':
        if (node.ops.every(op => op === 'is' || op === 'is not'))
          for (const one of [node.left, ...node.comparators]) this.#reads(one, -1);
        break;
      case 'Subscript':
        facts.implied.add('__class_getitem__');
        break;
      case 'Starred':
        facts.iterated.push(node.value);
        break;
      case 'JoinedStr':
        for (const part of node.parts)
          if (typeof part !== 'string' && REFERRING.has(part.value.kind)) facts.operands.push(part.value);
        break;
      case 'Call':
        this.#call(node);
        if (node.func.kind !== 'Attribute') break;
        // A method is no attribute that is read.
        this.#all([node.func.value, ...node.args], place);
        this.#all(
          node.keywords.map(keyword => keyword.value),
          place,
        );
        return;
      case 'YieldFrom':
        facts.iterated.push(node.value);
        this.#yields = true;
        break;
      case 'Yield':
        this.#yields = true;
        if (node.value !== undefined) this.#yielded.push(node.value);
        break;
      case 'Raise':
        this.#hand(node.exc, node.cause);
        if (node.exc !== undefined) facts.raised.push(node.exc);
        // It remembers the exception that was handled then.
        if (node.exc?.kind === 'Name') this.#flow(node.exc.id, { from: undefined, item: false }, true);
        break;
      case 'Assert':
        this.#hand(node.message);
        break;
      case 'Match':
        this.#match(node, place);
        return;
      case 'Return':
        this.#return(node.value, place);
        break;
      case 'Break':
      case 'Continue':
        if (place.own && !place.loop) facts.leaves = true;
        return;
      default:
        if (isHandler(node) && node.name !== undefined) {
          this.#bind(node.name.name, undefined, false, node, place);
          this.#flow(node.name.name, { from: undefined, item: false }, true);
        }
    }
    forEachChild(node, child => {
      this.visit(child, place);
    });
  }

  #with({ items, body }: Extract<Statement, { kind: 'With' }>, place: Place): void {
    this.#facts.implied.add('__enter__').add('__exit__');
    for (const { context, target } of items) {
      this.visit(context, place);
      if (target !== undefined) this.#target(target, context, true, place);
    }
    this.#all(body, place);
  }

  #imports(node: Extract<Statement, { kind: 'Import' | 'ImportFrom' }>, place: Place): void {
    if (importsNames(node)) this.#facts.givesNamespace = true;
    for (const { name, asname } of node.names) {
      const top = name.name.split('.', 1)[0]!;
      if (node.kind === 'Import')
        this.#import(asname?.name ?? top, asname === undefined ? top : name.name, node, place);
      else if (name.name === '*') this.#facts.star = true;
      else this.#import((asname ?? name).name, importedPath(node, name.name), node, place);
    }
  }

  #magic(node: Extract<Statement | Expression, { kind: 'Magic' }>, place: Place): void {
    const facts = this.#facts;
    const { names, anything, star = false } = magicEffect(node.text);
    for (const name of names) this.#bind(name, undefined, false, node, place);
    if (anything) facts.anything = true;
    if (changesNumberDisplay(node.text)) facts.numberDisplay ??= node;
    if (star) facts.star = true;
  }

  /** The name of a function or class, and its decorators. */
  #defines(node: Extract<Statement, { kind: 'FunctionDef' | 'ClassDef' }>, place: Place): void {
    for (const decorator of node.decorators) this.#facts.calls.push({ func: decorator, args: [] });
    this.#define(node.name.name, node, place);
    this.#all(node.decorators, place);
  }

  #class(node: Extract<Statement, { kind: 'ClassDef' }>, place: Place): void {
    const facts = this.#facts;
    facts.makesClasses = true;
    this.#defines(node, place);
    this.#all(node.bases, place);
    this.#all(node.keywords, place);
    const names = new Set<string>();
    this.#all(node.body, { own: false, loop: true, names });
    const given = node.keywords.map(({ value }) => value);
    const makers = [...node.bases, ...given];
    if (makers.length > 0) facts.classes.push({ makers, given, names });
  }

  #comprehension(node: Comprehension, place: Place): void {
    for (const { target, iter, ifs } of node.generators) {
      this.#facts.iterated.push(iter);
      this.#target(target, iter, true, { own: false, loop: place.loop });
      this.#reads(iter, -1);
      this.visit(iter, place);
      this.#all(ifs, place);
    }
    if (node.kind === 'DictComp') this.#all([node.key, node.value], place);
    else this.visit(node.element, place);
  }

  /** What a call does by itself. */
  #call(node: Extract<Expression, { kind: 'Call' }>): void {
    const facts = this.#facts;
    const { func } = node;
    this.#called = func;
    const args = node.args.map(arg => (arg.kind === 'Starred' ? arg.value : arg));
    const all = [...args, ...node.keywords.map(keyword => keyword.value)];
    const out = node.keywords.find(({ name }) => name?.name === 'out')?.value;
    facts.calls.push({ func, args: all, out });
    for (const { object, name } of formatFields(node)) this.#attribute(object, name, false);
    if (makesClass(node)) facts.makesClasses = true;
    if (namesNamespace(node)) facts.givesNamespace = true;
    if (callsNumberDisplay(func, args)) facts.numberDisplay ??= node;
    const named = attributeByName(node);
    if (named !== undefined) this.#attribute(named.object, named.name, named.called);
    if (func.kind !== 'Attribute') return;
    this.#attribute(func.value, func.attr.name, true);
    if (givesNamespace(func)) facts.givesNamespace = true;
    if (HANDING.has(func.attr.name)) this.#hand(...all);
    if (func.attr.name === 'throw') facts.raised.push(...all);
    for (const arg of all) this.#put(func.value, arg);
    this.#reads(func.value, -1);
  }

  #match({ subject, cases }: Extract<Statement, { kind: 'Match' }>, place: Place): void {
    this.visit(subject, place);
    for (const { pattern, guard, body } of cases) {
      this.#pattern(pattern, subject, place);
      if (guard !== undefined) this.visit(guard, place);
      this.#all(body, place);
    }
  }

  #return(value: Expression | undefined, { own }: Place): void {
    const facts = this.#facts;
    if (own) facts.leaves = true;
    if (value !== undefined && !isFalse(value)) facts.returns = true;
    if (value !== undefined) (own ? facts.returned : this.#results).push(value);
  }

  /** Visits the body of a function; `within` tells that it stands in the code, rather than being all of it. */
  functionBody(node: FunctionLike, within: boolean): void {
    const declared = { global: new Set<string>(), nonlocal: new Set<string>() };
    const body = Array.isArray(node.body) ? (node.body as readonly object[]) : [node.body as object];
    for (const statement of body) findDeclarations(statement, declared);
    for (const name of parametersOf(node.params)) this.#flow(name, { from: undefined, item: false }, within);
    const outer = [this.#results, this.#yields, this.#yielded] as const;
    [this.#results, this.#yields, this.#yielded] = [[], false, []];
    this.#all(body, { own: false, loop: true, globals: declared.global, nonlocals: declared.nonlocal });
    if (this.#yields) this.#hand(...this.#results);
    const isLambda = !Array.isArray(node.body);
    if (!within) this.#facts.results.push(...(isLambda ? [node.body as Expression] : this.#results), ...this.#yielded);
    [this.#results, this.#yields, this.#yielded] = outer;
  }

  #hand(...given: readonly (Expression | undefined)[]): void {
    for (const one of given) if (one !== undefined && one.kind !== 'Constant') this.#facts.handed.push(one);
  }

  #reads(node: Expression, times: 1 | -1): void {
    if (node.kind !== 'Name') return;
    const { operandReads } = this.#facts;
    operandReads.set(node.id, (operandReads.get(node.id) ?? 0) + times);
  }

  #put(object: Expression, value: Expression | undefined): void {
    const root = rootName(object);
    if (root === undefined || value === undefined || value.kind === 'Constant') return;
    const puts = this.#facts.puts.get(root);
    if (puts === undefined) this.#facts.puts.set(root, [value]);
    else puts.push(value);
  }

  #import(name: string, path: string, node: Span, place: Place): void {
    this.#facts.imported.set(name, path);
    this.#bind(name, undefined, false, node, place);
  }

  #attribute(object: Expression, name: string, called: boolean, searched = false): void {
    const use: AttributeUse = { object, name, called };
    this.#facts.attributes.push(use);
    if (!searched && isNamespaceAttribute(name)) this.#facts.namespaceUses.push(use);
  }

  #all(nodes: readonly object[], place: Place): void {
    for (const node of nodes) this.visit(node, place);
  }

  #defaults(params: object, place: Place): void {
    for (const parameter of parameterNodes(params))
      if (parameter.defaultValue !== undefined) this.visit(parameter.defaultValue, place);
  }

  #target(target: Expression, from: Expression | undefined, item: boolean, place: Place): void {
    switch (target.kind) {
      case 'Name':
        this.#bind(target.id, from, item, target, place);
        return;
      case 'Attribute':
        this.#facts.stores.push({ object: target.value, attribute: target.attr.name, key: undefined, value: from });
        this.#put(target.value, from);
        this.#attribute(target.value, target.attr.name, true);
        this.#reads(target.value, -1);
        this.visit(target.value, place);
        return;
      case 'Subscript':
        for (const one of [target.value, target.index]) if (REFERRING.has(one.kind)) this.#facts.operands.push(one);
        this.#put(target.value, from);
        this.#facts.stores.push({
          object: target.value,
          attribute: undefined,
          key: constantOf(target.index),
          value: from,
        });
        this.visit(target.value, place);
        this.visit(target.index, place);
        return;
      case 'Tuple':
      case 'List': {
        const parts =
          from !== undefined && !item && (from.kind === 'Tuple' || from.kind === 'List') ? from.elements : undefined;
        if (from !== undefined && parts === undefined) this.#facts.iterated.push(from);
        const paired = parts?.length === target.elements.length && !target.elements.some(one => one.kind === 'Starred');
        target.elements.forEach((element, at) => {
          if (paired) this.#target(element, parts![at], false, place);
          else this.#target(element, from, true, place);
        });
        return;
      }
      case 'Starred':
        this.#target(target.value, from, true, place);
        return;
      default:
        for (const name of boundNames(target)) this.#bind(name.id, from, item, name, place);
    }
  }

  #pattern(pattern: Pattern, subject: Expression, place: Place): void {
    switch (pattern.kind) {
      case 'MatchAs':
      case 'MatchStar':
        if (pattern.name !== undefined) this.#bind(pattern.name.name, subject, true, pattern, place);
        if (pattern.kind === 'MatchAs' && pattern.pattern !== undefined) this.#pattern(pattern.pattern, subject, place);
        return;
      case 'MatchMapping':
        if (pattern.rest !== undefined) this.#bind(pattern.rest.name, subject, true, pattern, place);
        for (const one of pattern.patterns) this.#pattern(one, subject, place);
        return;
      case 'MatchSequence':
      case 'MatchOr':
        for (const one of pattern.patterns) this.#pattern(one, subject, place);
        return;
      case 'MatchClass':
        this.visit(pattern.cls, place);
        for (const one of pattern.patterns) this.#pattern(one, subject, place);
        for (const keyword of pattern.keywords) this.#pattern(keyword.pattern, subject, place);
        return;
      case 'MatchValue':
        this.visit(pattern.value, place);
    }
  }

  #bind(name: string, from: Expression | undefined, item: boolean, at: Span, place: Place): void {
    place.names?.add(name);
    if (place.own) this.#facts.bound.set(name, at);
    else if (place.globals?.has(name)) this.#facts.globals.add(name);
    else if (place.nonlocals?.has(name)) this.#facts.nonlocals.add(name);
    if (from !== undefined) this.#flow(name, { from, item }, true);
    else this.#flow(name, undefined, true);
  }

  #define(name: string, node: Span, place: Place): void {
    this.#bind(name, undefined, false, node, place);
    this.#facts.defined.add(name);
    if (!place.own) return;
    const { definitions } = this.#facts;
    const known = definitions.get(name);
    if (known === undefined) definitions.set(name, [node]);
    else known.push(node);
  }

  #flow(name: string, flow: Flow | undefined, add: boolean): void {
    const { flows } = this.#facts;
    if (!flows.has(name)) flows.set(name, []);
    if (flow !== undefined && add) flows.get(name)!.push(flow);
  }
}

/** What `from` binds a name to, for `importedValue`. */
function importedPath({ level, module }: ImportFrom, name: string): string {
  return `${'.'.repeat(level)}${[...(module === undefined ? [] : [module.name]), name].join('.')}`;
}

function isHandler(node: object): node is ExceptHandler {
  return !('kind' in node) && 'type' in node && 'body' in node;
}

function isFalse(node: Expression): boolean {
  return node.kind === 'Constant' && (node.value === null || node.value === false);
}

function constantOf(index: Expression): StoreInto['key'] {
  if (index.kind === 'Constant' && (index.value === null || typeof index.value !== 'object')) return index.value;
  return undefined;
}

/** The name that a chain of attributes and items starts with. */
export function rootName(node: Expression): string | undefined {
  let at = node;
  while (at.kind === 'Attribute' || at.kind === 'Subscript') at = at.value;
  return at.kind === 'Name' ? at.id : undefined;
}
