/**
 * How the library defines functions, methods and classes for Python.
 *
 * A function is its signature in Python's own notation and a body that receives the bound arguments in order:
 *
 * ```ts
 * fn('round(number, ndigits=None)', (number, ndigits) => ...)
 * fn('max(*args, key=None)', (args, key) => ...)            // *args arrives as a PyTuple
 * fn('dict(**kwargs)', kwargs => ...)                       // **kwargs arrives as a Map
 * ```
 *
 * A parameter that was not passed arrives as `undefined`; a default in the signature is documentation (and tells that
 * the parameter may be left out). Names starting with `_`, and all before `/`, are positional-only. A parameter with `!` behind
 * its name, `out!=None`, is one that the body does not heed: what is no such default is refused.
 */
import { type PyError, raise, Unsupported } from './errors';
import { refusedAttributes } from './members';
import { channels, withheld } from './nativeEffects';
import {
  isInstance,
  type Keywords,
  NativeFunction,
  type PyClass,
  PyClassMethod,
  PyIterator,
  PyObject,
  PyProperty,
  PyStaticMethod,
  PyTuple,
  setClass,
  typeOf,
  type Value,
} from './objects';
import { passAll } from './origins';
import { hashMethod } from './shownHash';
import {
  causeOf,
  causeOfThrown,
  isUnknown,
  leadingTo,
  orderOnly,
  PyUnknown,
  spread,
  UnknownRaised,
  UnknownReached,
  unknownAmong,
  unknowns,
} from './unknown';
import { vm } from './vm';

/** What a body gets: a value, undefined, a tuple for `*args`, a map for `**kwargs`. */
// biome-ignore lint/suspicious/noExplicitAny: the signature text, not TypeScript, types these arguments
export type NativeBody = (...args: any[]) => Value;

interface Parameter {
  readonly name: string;
  readonly optional: boolean;
  readonly positionalOnly: boolean;
  /** The default, of a parameter that takes nothing else. */
  readonly only: string | undefined;
}

interface Signature {
  readonly name: string;
  /** Class of a method, or module of a function, as messages name it; empty where they do not. */
  readonly owner: string;
  /** True where no argument can be given by name. */
  readonly positionalOnly: boolean;
  readonly positional: readonly Parameter[];
  readonly rest: boolean;
  readonly keywordOnly: readonly Parameter[];
  readonly keywords: boolean;
  readonly required: number;
  /** True where a parameter takes nothing but its default. */
  readonly refuses: boolean;
}

function parseSignature(text: string): Signature {
  const open = text.indexOf('(');
  const path = text.slice(0, open);
  const dot = path.lastIndexOf('.');
  const name = path.slice(dot + 1);
  const inner = text.slice(open + 1, text.lastIndexOf(')')).trim();
  const positional: Parameter[] = [];
  const keywordOnly: Parameter[] = [];
  let rest = false;
  let keywords = false;
  let onlyKeywords = false;
  for (const piece of inner === '' ? [] : splitParameters(inner)) {
    if (piece === '/') {
      positional.forEach((parameter, at) => {
        positional[at] = { ...parameter, positionalOnly: true };
      });
    } else if (piece.startsWith('**')) keywords = true;
    else if (piece.startsWith('*')) {
      onlyKeywords = true;
      rest = piece.length > 1;
    } else {
      const [label, fallback] = piece.split('=', 2).map(part => part.trim());
      const positionalOnly = !onlyKeywords && label!.startsWith('_');
      const only = label!.endsWith('!') ? fallback : undefined;
      const name = only === undefined ? label! : label!.slice(0, -1);
      const parameter = { name, optional: fallback !== undefined, positionalOnly, only };
      (onlyKeywords ? keywordOnly : positional).push(parameter);
    }
  }
  return {
    name,
    owner: path.slice(0, Math.max(0, dot)),
    positional,
    rest,
    keywordOnly,
    keywords,
    required: positional.filter(p => !p.optional).length,
    positionalOnly: keywordOnly.length === 0 && positional.every(p => p.positionalOnly),
    refuses: [...positional, ...keywordOnly].some(({ only }) => only !== undefined),
  };
}

/** A signature as authors see it, without the marks of parameters that are not heeded. */
const shownSignature = (text: string): string => text.replace(/!(?==)/g, '');

/** True for the default of a parameter, as a signature writes it. */
function isDefault(value: Value, fallback: string): boolean {
  if (value === null) return fallback === 'None';
  if (typeof value === 'boolean') return fallback === (value ? 'True' : 'False');
  if (typeof value === 'string') return fallback === `"${value}"`;
  return (typeof value === 'number' || typeof value === 'bigint') && Number(fallback) === Number(value);
}

/** Refuses an argument that the body of a function does not heed. */
function refuseUnheeded({ name, positional, keywordOnly }: Signature, bound: readonly unknown[], rest: number): void {
  const look = ({ name: label, only }: Parameter, value: unknown) => {
    if (only !== undefined && value !== undefined && !isDefault(value as Value, only))
      throw new Unsupported(`the argument ${label}= of ${name}`);
  };
  positional.forEach((parameter, at) => {
    look(parameter, bound[at]);
  });
  keywordOnly.forEach((parameter, at) => {
    look(parameter, bound[positional.length + rest + at]);
  });
}

/** Splits the parameters of a signature at commas outside brackets and quotes. */
export function splitParameters(text: string): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let quote = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const ch = text[at]!;
    if (quote !== '') {
      if (ch === quote) quote = '';
    } else if (ch === "'" || ch === '"') quote = ch;
    else if ('([{'.includes(ch)) depth++;
    else if (')]}'.includes(ch)) depth--;
    else if (ch === ',' && depth === 0) {
      pieces.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  pieces.push(text.slice(from).trim());
  return pieces.filter(piece => piece !== '');
}

/** How complaints name the callee: constructors without a name in their signature are just a function. */
const labelOf = ({ name }: Signature) => (name === '' ? 'function' : `${name}()`);

/** Where among parameters the one stands that takes this name; -1 where none does. */
function placeOf(name: string, parameters: readonly Parameter[]): number {
  for (let at = 0; at < parameters.length; at++)
    if (parameters[at]!.name === name && !parameters[at]!.positionalOnly) return at;
  return -1;
}

/** The arguments of a call in the order of the signature, or CPython's TypeError. `skip` hides `self` from counts. */
function bind(signature: Signature, args: Value[], keywords: Keywords, skip: number): unknown[] {
  const { positional, rest, keywordOnly } = signature;
  const label = labelOf(signature);
  if (keywords !== undefined && keywords.size > 0 && signature.positionalOnly && !signature.keywords)
    throw raise('TypeError', `${unkeyedLabel(signature)} takes no keyword arguments`);
  if (signature.name === '') checkTotal(signature, args.length - skip + (keywords?.size ?? 0), skip);
  const bound: unknown[] = new Array(positional.length);
  let unexpected: PyError | undefined;
  const taken = Math.min(args.length, positional.length);
  for (let at = 0; at < taken; at++) bound[at] = args[at];
  if (args.length > positional.length && !rest) throw tooMany(signature, args.length, skip);
  let extra: Map<string, Value> | undefined;
  const only: (Value | undefined)[] = new Array(keywordOnly.length);
  if (keywords !== undefined && keywords.size > 0) {
    for (const [key, value] of keywords) {
      const at = placeOf(key, positional);
      const onlyAt = at < 0 ? placeOf(key, keywordOnly) : -1;
      if (at >= 0) {
        if (bound[at] !== undefined)
          throw raise('TypeError', `argument for ${label} given by name ('${key}') and position (${at + 1 - skip})`);
        bound[at] = value;
      } else if (onlyAt >= 0) only[onlyAt] = value;
      else if (signature.keywords) {
        extra ??= new Map();
        extra.set(key, value);
      } else unexpected ??= raise('TypeError', `${label} got an unexpected keyword argument '${key}'`);
      // A constructor without a name complains of what is missing first.
      if (unexpected !== undefined && signature.name !== '') throw unexpected;
    }
  }
  for (let at = 0; at < positional.length; at++) {
    const parameter = positional[at]!;
    if (bound[at] === undefined && !parameter.optional) throw missing(signature, parameter, at, args.length, skip);
  }
  if (unexpected !== undefined) throw unexpected;
  if (extra !== undefined) passAll(keywords, extra);
  for (let at = 0; at < keywordOnly.length; at++)
    if (only[at] === undefined && !keywordOnly[at]!.optional)
      throw raise('TypeError', `${label} missing 1 required keyword-only argument: '${keywordOnly[at]!.name}'`);
  if (rest) bound.push(new PyTuple(args.slice(positional.length)));
  for (const value of only) bound.push(value);
  if (signature.refuses) refuseUnheeded(signature, bound, rest ? 1 : 0);
  if (signature.keywords) bound.push(extra ?? new Map());
  return bound;
}

/** How the complaint about a keyword names a callee without any: slots are wrappers, methods stand with their class. */
function unkeyedLabel(signature: Signature): string {
  const { name, owner } = signature;
  if (name === '__init__' && owner !== '') return `${owner}()`;
  if (isSlot(name)) return `wrapper ${name}()`;
  return owner === '' ? labelOf(signature) : `${owner}.${name}()`;
}

/** Constructors without a name count arguments by position and by name together. */
function checkTotal({ positional, keywordOnly }: Signature, given: number, skip: number): void {
  const most = positional.length - skip + keywordOnly.length;
  if (given > most) throw raise('TypeError', `function takes at most ${plural(most)} (${given} given)`);
}

const plural = (count: number) => `${count} argument${count === 1 ? '' : 's'}`;

/** Special methods that are called as other methods are; the rest goes through slots with a message of their own. */
const NAMED_SPECIALS = new Set([
  '__format__',
  '__trunc__',
  '__floor__',
  '__ceil__',
  '__reversed__',
  '__complex__',
  '__missing__',
  '__dir__',
]);

/** True for a special method that is called through a slot. */
const isSlot = (name: string): boolean => /^__\w+__$/.test(name) && !NAMED_SPECIALS.has(name);

/** The complaint about a number of arguments where none can be given by name; CPython has one per calling convention. */
function wrongCount(signature: Signature, given: number, skip: number) {
  const { name, owner, positional, required } = signature;
  const count = given - skip;
  const most = positional.length - skip;
  const least = required - skip;
  const path = owner === '' ? name : `${owner}.${name}`;
  if (count < 0) return raise('TypeError', `unbound method ${path}() needs an argument`);
  if (least === most && isSlot(name)) return raise('TypeError', `expected ${plural(most)}, got ${count}`);
  if (most === 0) return raise('TypeError', `${path}() takes no arguments (${count} given)`);
  if (least === most)
    return raise(
      'TypeError',
      most === 1
        ? `${path}() takes exactly one argument (${count} given)`
        : `${name} expected ${plural(most)}, got ${count}`,
    );
  return raise(
    'TypeError',
    count < least
      ? `${name} expected at least ${plural(least)}, got ${count}`
      : `${name} expected at most ${plural(most)}, got ${count}`,
  );
}

function tooMany(signature: Signature, given: number, skip: number) {
  const { name, positional, required, keywordOnly } = signature;
  if (signature.positionalOnly) return wrongCount(signature, given, skip);
  const most = positional.length - skip;
  const count = given - skip;
  if (most > 0 && keywordOnly.length > 0 && positional.every(p => p.positionalOnly) && required === positional.length)
    return raise('TypeError', `${name} expected ${plural(most)}, got ${count}`);
  if (most === 0 && keywordOnly.length > 0) return raise('TypeError', `${name}() takes no positional arguments`);
  const what = keywordOnly.length > 0 ? 'positional argument' : 'argument';
  const bound = required === positional.length ? 'exactly' : 'at most';
  return raise(
    'TypeError',
    `${labelOf(signature)} takes ${bound} ${most} ${what}${most === 1 ? '' : 's'} (${count} given)`,
  );
}

function missing(signature: Signature, parameter: Parameter, at: number, given: number, skip: number) {
  const { name, positional, required } = signature;
  if (signature.positionalOnly) return wrongCount(signature, given, skip);
  const count = Math.max(0, given - skip);
  const least = required - skip;
  if (parameter.positionalOnly)
    return raise(
      'TypeError',
      positional.every(p => p.positionalOnly)
        ? `${name} expected ${plural(least)}, got ${count}`
        : `${name}() takes at least ${least} positional argument${least === 1 ? '' : 's'} (${count} given)`,
    );
  return raise(
    'TypeError',
    `${labelOf(signature)} missing required argument '${parameter.name}' (pos ${at + 1 - skip})`,
  );
}

/** The complaint of a method that was looked up on its class and called with something else. */
function wrongInstance(name: string, of: PyClass, given: Value) {
  const own = of.errorName ?? of.name;
  const other = typeOf(given);
  const type = other.errorName ?? other.name;
  return raise(
    'TypeError',
    isSlot(name)
      ? `descriptor '${name}' requires a '${own}' object but received a '${type}'`
      : `descriptor '${name}' for '${own}' objects doesn't apply to a '${type}' object`,
  );
}

/** `of` is the class whose instances alone a method takes. */
function callable(
  text: string,
  body: NativeBody,
  skip: number,
  of?: PyClass,
  made?: () => NativeFunction,
): (args: Value[], keywords: Keywords) => Value {
  // There are thousands of them, and most are never called: the signature is read at the first call.
  let signature: Signature | undefined;
  let least = 0;
  /** -1 where arguments must be bound even if none is given by name. */
  let most = -1;
  /** True where unknown arguments may be kept as they are. */
  let keeps = false;
  return (args, keywords) => {
    if (signature === undefined) {
      signature = parseSignature(text);
      const { positional, rest, keywordOnly, keywords: takesKeywords, required } = signature;
      least = required;
      if (!rest && keywordOnly.length === 0 && !takesKeywords) {
        const unheeded = positional.findIndex(({ only }) => only !== undefined);
        most = unheeded < 0 ? positional.length : unheeded;
      }
      keeps = KEEPS_UNKNOWN.has(signature.name);
    }
    try {
      if (unknowns.met && !(keeps && (skip === 0 || !isUnknown(args[0]))) && !putsKey(signature.name, args)) {
        const orderless = TAKES_ANY_ORDER.has(signature.name) && isTakenAnyway(args[skip]);
        const unknown = unknownAmong(orderless ? args.toSpliced(skip, 1) : args, keywords);
        if (unknown !== undefined)
          return withheld(signature.name, args, keywords, skip, causeOf(unknown), made && channels.get(made()));
      }
      if (of !== undefined && args.length > 0 && !isInstance(args[0]!, of))
        throw wrongInstance(signature.name, of, args[0]!);
      if (keywords !== undefined || args.length < least || args.length > most)
        return body(...bind(signature, args, keywords, skip));
      // Most calls are of these two kinds, and a spread is slow until it is compiled.
      if (args.length === 1) return body(args[0]);
      return args.length === 2 ? body(args[0], args[1]) : body(...args);
    } catch (error) {
      return refusedCall(error, signature.name, args, keywords, skip, made && channels.get(made()));
    }
  };
}

/** The unknown result of a call that could not be carried out; throws on what is an exception of Python's. */
function refusedCall(
  error: unknown,
  name: string,
  args: Value[],
  keywords: Keywords,
  skip: number,
  channel: string | undefined,
): Value {
  if (vm.running?.text.library === true) throw error;
  const cause = causeOfThrown(error);
  if (cause === undefined) throw error;
  const unknown = withheld(name, args, keywords, skip, cause, channel);
  // It raised what the function that it called did.
  if (error instanceof UnknownRaised) throw error;
  // Whoever calls these needs a text, a number or a class.
  if (NEEDS_ANSWER.test(name)) throw new UnknownReached(cause);
  // Whoever calls it calls a method of the object.
  if (error instanceof Unsupported && error.path !== undefined) return spread(cause, { path: error.path });
  return error instanceof RefusedAttribute ? new PyUnknown(cause, { may: leadingTo(args), method: name }) : unknown;
}

const NEEDS_ANSWER =
  /^__(bool|len|iter|hash|str|repr|format|float|int|index|complex|contains|length_hint|mro_entries|instancecheck|subclasscheck|set_name|bytes|fspath)__$/;

/**
 * Functions that take values without a look at them, so that what they are may be unknown: those of containers, of attributes,
 * and those that deal with it themselves.
 */
const KEEPS_UNKNOWN = new Set(
  (
    'append insert appendleft setdefault get pop dict SimpleNamespace field getattr setattr vars print check __setitem__ __init__ __new__ ' +
    '__setattr__ __init_subclass__ __set_name__ __defaults__ hasattr'
  ).split(' '),
);

/** True where a set is given an item, or asked to leave it, of which all that matters there is known. */
function putsKey(name: string, args: readonly Value[]): boolean {
  const [self, item] = args;
  if (!(item instanceof PyUnknown) || !item.isKey || args.length !== 2) return false;
  return OF_SETS.has(name) && !isUnknown(self) && self instanceof PyObject && self.cls === setClass;
}

const OF_SETS = new Set(['add', 'discard', 'remove']);

/** True for a container of which nothing but the order is unknown. */
function isTakenAnyway(value: Value | undefined): boolean {
  return isUnknown(value) && orderOnly.has(value);
}

/** Functions that take containers of which the order is unknown. */
const TAKES_ANY_ORDER = new Set(
  'len bool sorted min max sum any all list tuple set frozenset update union issuperset isdisjoint intersection difference'.split(
    ' ',
  ),
);

/** A library function; `signature` in Python's notation, see the top of this file. */
export function fn(signature: string, body: NativeBody, doc?: string): NativeFunction {
  const open = signature.indexOf('(');
  const shown = shownSignature(signature.slice(signature.lastIndexOf('.', open) + 1));
  const call = callable(signature, body, 0, undefined, () => made);
  const made: NativeFunction = new NativeFunction(shown.slice(0, shown.indexOf('(')), call, { signature: shown });
  made.doc = doc;
  return made;
}

/** A method: the first argument of `body` is the instance, which `signature` leaves out. */
export function method(signature: string, body: NativeBody, doc?: string, owner = '', of?: PyClass): NativeFunction {
  const open = signature.indexOf('(');
  const inner = signature.slice(open + 1);
  const path = `${owner === '' ? '' : `${owner}.`}${signature.slice(0, open)}`;
  const whole = `${path}(_self${inner.startsWith(')') ? '' : ', '}${inner}`;
  const call = callable(whole, body, 1, of, () => made);
  const made: NativeFunction = new NativeFunction(signature.slice(0, open), call, {
    signature: shownSignature(signature),
    binds: true,
    ...(of === undefined ? {} : { of }),
  });
  made.doc = doc;
  return made;
}

/**
 * Adds methods to a class of the library, each with its signature as key and its body as value. The body's first
 * argument is the instance. Operators are methods too: `'__add__(other, /)'`; they return `NotImplemented` to pass.
 */
export function defineMethods(cls: PyClass, methods: Readonly<Record<string, NativeBody>>): void {
  for (const [signature, body] of Object.entries(methods)) {
    const own = signature === '__hash__()' ? hashMethod(cls, body) : body;
    const made = method(signature, own, undefined, cls.name, cls);
    cls.setAttribute(made.name, made);
  }
}

/** Adds read-only properties. */
// biome-ignore lint/suspicious/noExplicitAny: each getter knows the class of its instance
export function defineProperties(cls: PyClass, getters: Readonly<Record<string, (self: any) => Value>>): void {
  for (const [name, getter] of Object.entries(getters))
    cls.setAttribute(name, new PyProperty(method(`${name}()`, getter)));
}

/** Thrown by an attribute that Python's class has and this one has not. */
class RefusedAttribute extends Unsupported {}

/** The class does not tell either: the attribute may be a method, which could be called there with its object. */
class RefusedProperty extends PyProperty {
  readonly #refuse: () => never;
  constructor(name: string, refuse: () => never) {
    super(method(`${name}()`, refuse));
    this.#refuse = refuse;
  }

  override onClass(): never {
    return this.#refuse();
  }
}

/** Adds attributes that Python's class has and this one has not, by names with blanks between: whoever asks is told so. */
export function refuseAttributes(cls: PyClass, names: string): void {
  for (const name of names.split(' ')) {
    if (cls.attrs.has(name)) continue;
    const refuse = (): never => {
      throw new RefusedAttribute(`${cls.name}.${name}`);
    };
    const attribute = new RefusedProperty(name, refuse);
    refusedAttributes.add(attribute);
    cls.setAttribute(name, attribute);
  }
}

/** Adds static methods. */
export function defineStatic(cls: PyClass, methods: Readonly<Record<string, NativeBody>>): void {
  for (const [signature, body] of Object.entries(methods)) {
    const made = fn(`${cls.name}.${signature}`, body);
    cls.setAttribute(made.name, new PyStaticMethod(made));
  }
}

/** Class methods: the body's first argument is the class. */
export function defineClassMethods(cls: PyClass, methods: Readonly<Record<string, NativeBody>>): void {
  for (const [signature, body] of Object.entries(methods)) {
    const made = method(signature, body, undefined, cls.name);
    cls.setAttribute(made.name, new PyClassMethod(made));
  }
}

/**
 * Sets how a class makes instances: `signature` is that of the call, `body` gets the class (the subclass that is being
 * made, perhaps) and the bound arguments.
 */
export function defineConstructor(cls: PyClass, signature: string, body: NativeBody): void {
  const open = signature.indexOf('(');
  const inner = signature.slice(open + 1);
  const whole = `${signature.slice(0, open)}(_cls${inner.startsWith(')') ? '' : ', '}${inner}`;
  const call = callable(whole, body, 1);
  cls.construct = (made, args, keywords) => {
    const result = call([made, ...args], keywords);
    if (result instanceof PyIterator) result.source = args;
    return result;
  };
}
