/** Follows calls of functions written in Python: their bodies with the parts of the arguments in place of the parameters. */

import { definitions } from '../python/compiler/referents';
import { PySuper } from '../python/runtime/attributes';
import { PyFunction } from '../python/runtime/function';
import { builtinScope } from '../python/runtime/globals';
import { BoundMethod, PyClass, PyClassMethod, PyInstance, PyStaticMethod, type Value } from '../python/runtime/objects';
import { getAttribute } from '../python/runtime/operations';
import type { Attribute, Call, Expression, FunctionDef, Lambda, Name, Statement } from '../python/syntax/ast';
import { sameValue } from '../session/same';
import { argumentsOf, Body, givenWithin, type LocalEnvironment } from './bodies';
import type { Part, Source } from './graph';
import { isObject, sourceOfPart } from './parts';
import { attempted, NotFollowed } from './refusals';
import { othersPart, restPart } from './restParameters';
import type { Environment, Read, Tracer } from './tracer';

/** Calls are followed to this depth. */
const DEEPEST = 12;

/**
 * The parts of what a call returns; undefined where it is not followed. `on` is the object of a method call; `returned` tells what the
 * call gives, which is asked where what is passed over in the body may have had a say in it.
 */
export function follow(
  tracer: Tracer,
  callee: Value,
  args: readonly Part[],
  keywords: ReadonlyMap<string, Part>,
  environment: Environment,
  on?: Part,
  returned?: () => Value | undefined,
): Part | undefined {
  if (environment.depth >= DEEPEST) return undefined;
  if (callee instanceof PyStaticMethod || callee instanceof PyClassMethod)
    return callee instanceof PyStaticMethod
      ? follow(tracer, callee.func, args, keywords, environment, undefined, returned)
      : undefined;
  if (callee instanceof BoundMethod) {
    const self: Part =
      on?.value === callee.self ? on : { kind: 'object', code: 'self', value: callee.self, at: undefined };
    return follow(tracer, callee.func, [self, ...args], keywords, environment, undefined, returned);
  }
  if (callee instanceof PyInstance && on?.value === callee) {
    const method = callee.cls.lookup('__call__');
    return method === undefined
      ? undefined
      : follow(tracer, method, [on, ...args], keywords, environment, undefined, returned);
  }
  // What the standard library does inside is no formula of anybody's; those of `mlsys.formulas` are no such code.
  if (!(callee instanceof PyFunction) || isStandard(callee)) return undefined;
  const node = definitions.get(callee.code)?.node as FunctionDef | Lambda | undefined;
  if (node === undefined || callee.code.isGenerator || callee.code.guard !== undefined) return undefined;
  const locals = parameters(tracer, callee, node, args, keywords);
  if (locals === undefined) return undefined;
  const inner = new FunctionEnvironment(tracer, callee, locals, environment.depth + 1);
  // An error of its own shows where the call as a whole is evaluated.
  return attempted(() => {
    if (node.kind === 'Lambda') return tracer.trace(node.body, inner);
    const body = new Body(tracer, inner);
    const part = body.run(node.body);
    // What statements do that run once more is compared in the end.
    const { kept } = tracer.sources.states;
    if (typeof part !== 'object') return kept && { kind: 'literal', code: 'None', value: null, at: undefined };
    if (!body.isUnsure || kept !== undefined) return part;
    const value = returned?.();
    return value !== undefined && sameValue(part.value, value) ? part : undefined;
  });
}

/** True for functions of standard modules, whose code runs under names as `<collections>`. */
function isStandard({ code }: PyFunction): boolean {
  return code.text.library === true || code.file.startsWith('<');
}

/** What a constructor written in Python gave the attributes of an object, by name; undefined where it is not followed. */
export function constructed(
  tracer: Tracer,
  init: PyFunction,
  self: Part,
  args: readonly Part[],
  keywords: ReadonlyMap<string, Part>,
): ReadonlyMap<string, Part> | undefined {
  const node = definitions.get(init.code)?.node as FunctionDef | undefined;
  const locals = node?.kind === 'FunctionDef' ? parameters(tracer, init, node, [self, ...args], keywords) : undefined;
  const [name] = init.code.signature.positional;
  if (node === undefined || locals === undefined || name === undefined) return undefined;
  const fields = new Map<string, Part>();
  const inner = new FunctionEnvironment(tracer, init, locals, 1, { name, fields });
  // What was given before something that is not followed is known.
  attempted(() => new Body(tracer, inner).run(node.body));
  return fields;
}

/**
 * What a method returns that gives attributes of its object other values, which `fields` has from then on; undefined where it returns
 * nothing. Throws `NotFollowed` where it is not followed.
 */
export function performed(
  tracer: Tracer,
  method: PyFunction,
  args: readonly Part[],
  keywords: ReadonlyMap<string, Part>,
  fields: Map<string, Part>,
  depth = 1,
): Part | undefined {
  const node = definitions.get(method.code)?.node as FunctionDef | undefined;
  const locals = node?.kind === 'FunctionDef' ? parameters(tracer, method, node, args, keywords) : undefined;
  const [name] = method.code.signature.positional;
  if (node === undefined || locals === undefined || name === undefined || depth > DEEPEST)
    throw new NotFollowed('a call');
  const inner = new FunctionEnvironment(tracer, method, locals, depth, { name, fields });
  const returned = new Body(tracer, inner).run(node.body);
  return typeof returned === 'object' ? returned : undefined;
}

/** Does what a function does to the containers that it is given; what it returns is nobody's. Throws `NotFollowed` where nobody knows. */
export function done(
  tracer: Tracer,
  callee: Value,
  args: readonly Part[],
  keywords: ReadonlyMap<string, Part>,
  depth: number,
): void {
  const node =
    callee instanceof PyFunction ? (definitions.get(callee.code)?.node as FunctionDef | undefined) : undefined;
  if (!(callee instanceof PyFunction) || node?.kind !== 'FunctionDef' || callee.code.isGenerator || depth > DEEPEST)
    throw new NotFollowed('a call');
  const locals = parameters(tracer, callee, node, args, keywords);
  if (locals === undefined) throw new NotFollowed('a call');
  new Body(tracer, new FunctionEnvironment(tracer, callee, locals, depth)).run(node.body);
}

/**
 * What a generator yields: of what it is `given` at each turn, so many, else all. Undefined where that is not known.
 */
export function yielded(
  tracer: Tracer,
  func: PyFunction,
  args: readonly Part[],
  keywords: ReadonlyMap<string, Part>,
  given?: readonly Part[],
): readonly Part[] | undefined {
  const node = definitions.get(func.code)?.node as FunctionDef | undefined;
  const locals = node?.kind === 'FunctionDef' ? parameters(tracer, func, node, args, keywords) : undefined;
  if (node === undefined || locals === undefined || func.code.guard !== undefined) return undefined;
  const items: Part[] = [];
  const body = new Body(tracer, new FunctionEnvironment(tracer, func, locals, 1), part => {
    items.push(part);
    if (items.length === given?.length) throw new Enough();
    if (items.length > MOST_ITEMS) throw new NotFollowed('many items');
    return given?.[items.length] ?? { kind: 'literal', code: 'None', value: null, at: undefined };
  });
  return attempted(() => {
    try {
      body.run(node.body);
      return given === undefined ? items : undefined;
    } catch (error) {
      if (!(error instanceof Enough)) throw error;
      return items;
    }
  });
}

/** So many items of a generator are followed. */
const MOST_ITEMS = 200;

/** Ends the following of a generator. */
class Enough extends Error {}

/** What the variables of a function had whose call made another function: the names that the inner one reads. */
export function enclosed(
  tracer: Tracer,
  maker: PyFunction,
  args: readonly Part[],
  keywords: ReadonlyMap<string, Part>,
): ReadonlyMap<string, Part> {
  const node = definitions.get(maker.code)?.node as FunctionDef | Lambda | undefined;
  const locals = node && parameters(tracer, maker, node, args, keywords);
  if (node === undefined || locals === undefined) return new Map();
  const environment = new MakerEnvironment(tracer, maker, locals, 1);
  // What was given before something that is not followed is known.
  if (node.kind === 'FunctionDef') attempted(() => new Body(tracer, environment).run(node.body));
  return locals;
}

/** An object that is being made: the name that its constructor has for it, and what its attributes were given. */
interface Made {
  readonly name: string;
  readonly fields: Map<string, Part>;
}

/** The parts of a function's parameters; undefined where they are not all plain. */
function parameters(
  tracer: Tracer,
  func: PyFunction,
  node: FunctionDef | Lambda,
  args: readonly Part[],
  keywords: ReadonlyMap<string, Part>,
): Map<string, Part> | undefined {
  const { code, defaults, keywordDefaults } = func;
  const { positional, keywordOnly, rest, keywords: others } = code.signature;
  if (rest === undefined && args.length > positional.length) return undefined;
  const known = new Set([...positional, ...keywordOnly]);
  const locals = new Map<string, Part>();
  positional.forEach((name, at) => {
    const part = args[at] ?? keywords.get(name);
    if (part !== undefined) locals.set(name, argumentPart(name, part));
  });
  const more = new Map<string, Part>();
  for (const [name, part] of keywords)
    if (known.has(name)) locals.set(name, argumentPart(name, part));
    else more.set(name, part);
  if (others === undefined && more.size > 0) return undefined;
  if (rest !== undefined) locals.set(rest, restPart(rest, args.slice(positional.length)));
  if (others !== undefined) locals.set(others, othersPart(others, more));
  const written = [...node.params.positionalOnly, ...node.params.positional, ...node.params.keywordOnly];
  const firstDefault = positional.length - defaults.length;
  for (const name of known) {
    if (locals.has(name)) continue;
    const at = positional.indexOf(name);
    const value = at >= 0 ? defaults[at - firstDefault] : keywordDefaults?.get(name);
    if (value === undefined) return undefined;
    const parameter = written.find(one => one.name.name === name);
    locals.set(name, defaultPart(name, value, parameter?.defaultValue, func, tracer));
  }
  return locals;
}

/** A number that the author gave is an assumption by the name of the parameter; formulas have the number. */
function argumentPart(name: string, part: Part): Part {
  if (part.kind !== 'literal' || part.at === undefined) return part;
  const { code, value, at } = part;
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  return isNumber ? { kind: 'source', code, source: parameterSource(name, part), value, at } : part;
}

/** A default that was taken: a literal is an assumption of whoever wrote the function, a name stands for what its module has. */
function defaultPart(name: string, value: Value, node: Expression | undefined, func: PyFunction, tracer: Tracer): Part {
  const { code } = func;
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  const text = node === undefined ? name : code.text.source.slice(node.start, node.end);
  const at =
    node === undefined || code.text.library === true
      ? undefined
      : { file: code.file, start: node.start, end: node.end };
  if (isNumber && node !== undefined && isWritten(node)) {
    const literal: Part = { kind: 'literal', code: text, value, at };
    return { kind: 'source', code: name, source: parameterSource(name, literal), value, at };
  }
  // It was evaluated when the function was made: what its names have by now may be something else.
  const made = node === undefined || isObject(value) ? undefined : madeDefault(node, func, tracer);
  return made !== undefined && sameValue(made.value, value) ? made : { kind: 'object', code: text, value, at };
}

/** True for a number with or without a sign. */
function isWritten(node: Expression): boolean {
  return node.kind === 'Constant' || (node.kind === 'UnaryOp' && node.operand.kind === 'Constant');
}

function madeDefault(node: Expression, func: PyFunction, tracer: Tracer): Part | undefined {
  if (!MAY_BE_TOLD.has(node.kind)) return undefined;
  return attempted(() => tracer.trace(node, new FunctionEnvironment(tracer, func, new Map(), 1)));
}

/** Defaults that do no more than name values and compute with them. */
const MAY_BE_TOLD: ReadonlySet<Expression['kind']> = new Set(['Constant', 'Name', 'Attribute', 'BinOp', 'UnaryOp']);

function parameterSource(name: string, literal: Part): Source {
  return { ...sourceOfPart(name, literal), isParameter: true };
}

class FunctionEnvironment implements LocalEnvironment {
  readonly locals: Map<string, Part>;
  readonly depth: number;
  readonly #tracer: Tracer;
  readonly #func: PyFunction;
  readonly #made: Made | undefined;

  constructor(tracer: Tracer, func: PyFunction, locals: Map<string, Part>, depth: number, made?: Made) {
    this.#made = made;
    this.#tracer = tracer;
    this.#func = func;
    this.locals = locals;
    this.depth = depth;
  }

  get file(): string {
    return this.#func.code.file;
  }

  get text(): string {
    return this.#func.code.text.source;
  }

  get isLibrary(): boolean {
    const { text, file } = this.#func.code;
    return text.library === true || (this.#func.globals.module === undefined && file.startsWith('mlsys.'));
  }

  /** The attributes of the object that is being made, if a node names that. */
  fieldsOf(node: Expression): Map<string, Part> | undefined {
    return node.kind === 'Name' && node.id === this.#made?.name ? this.#made.fields : undefined;
  }

  get self(): Part | undefined {
    const [first] = this.#func.code.signature.positional;
    return first === undefined ? undefined : this.locals.get(first);
  }

  superOf({ func, args }: Call): Value | undefined {
    const { code, closure } = this.#func;
    const own = closure[code.free.indexOf('__class__')]?.value;
    const { self } = this;
    if (func.kind !== 'Name' || func.id !== 'super' || args.length > 0 || self === undefined) return undefined;
    return own instanceof PyClass ? new PySuper(own, self.value) : undefined;
  }

  /** `super().__init__(…)` gives attributes to the object that is being made. */
  performs(node: Expression): void {
    const made = this.#made;
    if (made === undefined || node.kind !== 'Call' || node.func.kind !== 'Attribute') return;
    const { value: above, attr } = node.func;
    if (above.kind === 'Name' && above.id === made.name) this.#performsOwn(node, attr.name, made);
    const object = attr.name === '__init__' && above.kind === 'Call' ? this.superOf(above) : undefined;
    const init = object === undefined ? undefined : getAttribute(object, '__init__');
    const self = this.self;
    if (!(init instanceof BoundMethod) || !(init.func instanceof PyFunction) || self === undefined) return;
    const passed = argumentsOf(node, this.#tracer, this);
    if (passed === undefined) return;
    const fields = constructed(this.#tracer, init.func, self, passed.args, passed.keywords);
    for (const [name, part] of fields ?? []) made.fields.set(name, part);
  }

  /** `self.drain(5)` */
  #performsOwn(node: Call, name: string, { fields }: Made): void {
    const self = this.self;
    const method = self?.value instanceof PyInstance ? self.value.cls.lookup(name) : undefined;
    if (self === undefined || !(method instanceof PyFunction)) return;
    const passed = argumentsOf(node, this.#tracer, this);
    if (passed === undefined) return;
    // What is done behind a call that is not followed is known.
    attempted(() => performed(this.#tracer, method, [self, ...passed.args], passed.keywords, fields, this.depth + 1));
  }

  keep(name: string, part: Part): boolean {
    const { closure, code, globals } = this.#func;
    const { kept } = this.#tracer.sources.states;
    const free = code.free.indexOf(name);
    if (kept === undefined || (free < 0 && globals.module !== undefined)) return false;
    if (free < 0) kept.names.set(name, part);
    else kept.cells.set(closure[free]!, part);
    return true;
  }

  read(node: Name | Attribute): Read | undefined {
    const own = givenWithin(node, this);
    if (own !== undefined || node.kind !== 'Name') return own;
    const { closure, code, globals } = this.#func;
    const free = code.free.indexOf(node.id);
    const { kept } = this.#tracer.sources.states;
    const changed =
      free < 0
        ? globals.module === undefined
          ? kept?.names.get(node.id)
          : undefined
        : kept && (kept.cells.get(closure[free]!) ?? this.#tracer.makers.initial(this.#func, node.id));
    if (changed !== undefined) return { value: changed.value, part: changed };
    if (free >= 0) {
      const value = closure[free]?.value;
      return value === undefined
        ? undefined
        : { value, part: this.#tracer.makers.variable(this.#func, node.id, value) };
    }
    const value = globals.get(node.id) ?? builtinScope.names.get(node.id);
    if (value === undefined) return undefined;
    return { value, part: this.#tracer.sources.global(node.id, value, globals.module?.name) };
  }
}

/** Within a function that makes others: their bodies run when they are called. */
class MakerEnvironment extends FunctionEnvironment {
  passesOver({ kind }: Statement): boolean {
    return kind === 'FunctionDef';
  }
}
