/** Functions that were made by calls of others, and what the variables around them had: `double = scaler(rate)`. */
import { PyFunction } from '../python/runtime/function';
import {
  BoundMethod,
  PyClass,
  PyClassMethod,
  PyInstance,
  PyList,
  PyStaticMethod,
  PyTuple,
  type Value,
} from '../python/runtime/objects';
import type { Expression } from '../python/syntax/ast';
import { sameValue } from '../session/same';
import { enclosed } from './functions';
import type { Part } from './graph';
import { isObject } from './parts';
import type { Tracer } from './tracer';

/** A call that made a function. */
interface MakingCall {
  readonly maker: PyFunction;
  readonly variables: () => ReadonlyMap<string, Part>;
}

export class Makers {
  readonly #tracer: Tracer;
  readonly #calls = new Map<PyFunction, MakingCall>();
  readonly #variables = new Map<PyFunction, ReadonlyMap<string, Part>>();

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
  }

  /** Tells which call made a value; only functions with variables around them are kept. */
  made(value: Value, maker: Value, args: readonly Part[], keywords: ReadonlyMap<string, Part>): void {
    if (!(maker instanceof PyFunction)) return;
    // Functions that share their variables are made together.
    if (value instanceof PyTuple || value instanceof PyList)
      for (const one of value.items.slice(0, MOST_ITEMS)) this.made(one, maker, args, keywords);
    if (!hasVariables(value)) return;
    this.#calls.set(value, { maker, variables: () => enclosed(this.#tracer, maker, args, keywords) });
  }

  /** Tells that what made a function made another one of the same code: of several that are made together, the program's own. */
  alsoMade(func: Value, again: Value): void {
    if (!hasVariables(func) || !hasVariables(again) || func.code !== again.code) return;
    const call = this.#calls.get(again);
    if (call !== undefined) this.#calls.set(func, call);
  }

  /** The same for an object that may be called: a function, or one of a class that has `__call__`. */
  madeBy(value: Value, maker: Part, args: readonly Part[], keywords: ReadonlyMap<string, Part>): void {
    const method = maker.value instanceof PyInstance ? maker.value.cls.lookup('__call__') : undefined;
    if (method === undefined) this.made(value, maker.value, args, keywords);
    else this.made(value, method, [maker, ...args], keywords);
  }

  /** Looks for what made a function that is called by its name, or as the method of an object. */
  lookFor(func: Expression, { value }: Part, on: Part | undefined): void {
    if (func.kind === 'Name') this.look(func.id, value);
    const method = value instanceof BoundMethod ? value.func : value;
    if (func.kind !== 'Attribute' || on === undefined || !this.#isNew(method)) return;
    const cls = on.value instanceof PyInstance ? on.value.cls : on.value;
    const { name } = func.attr;
    const owner = cls instanceof PyClass ? cls.mro.find(one => one.attrs.has(name)) : undefined;
    const held = owner?.attrs.get(name);
    if (owner !== undefined && held !== undefined && functionIn(held) === method)
      this.#tracer.sources.ofFunction(`${owner.qualname}.${name}`, held);
  }

  /** Looks for what made the function of a name. */
  look(name: string, func: Value): void {
    if (this.#isNew(func)) this.#tracer.sources.ofFunction(name, func);
  }

  #isNew(func: Value): boolean {
    return hasVariables(func) && !this.#calls.has(func);
  }

  /** What a variable had, where it has that still. */
  variable(func: PyFunction, name: string, value: Value): Part | undefined {
    const part = isObject(value) ? undefined : this.initial(func, name);
    return part !== undefined && sameValue(part.value, value) ? { ...part, value } : undefined;
  }

  /** What a variable had before functions changed it that have it as well. */
  initial(func: PyFunction, name: string): Part | undefined {
    const call = this.#calls.get(func);
    if (call === undefined) return undefined;
    let variables = this.#variables.get(func);
    if (variables === undefined) {
      // A function that is made of itself has no variables yet.
      this.#variables.set(func, new Map());
      variables = call.variables();
      this.#variables.set(func, variables);
    }
    const part = variables.get(name);
    // What is further out, the maker has from its own maker.
    return part === undefined ? this.initial(call.maker, name) : part.kind === 'object' ? undefined : part;
  }
}

/** The function of a method that needs no object. */
export function functionIn(method: Value): Value {
  return method instanceof PyStaticMethod || method instanceof PyClassMethod ? method.func : method;
}

/** So many functions are made together. */
const MOST_ITEMS = 20;

function hasVariables(value: Value): value is PyFunction {
  return value instanceof PyFunction && value.closure.length > 0;
}
