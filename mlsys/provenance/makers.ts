/** Functions that were made by calls of others, and what the variables around them had: `double = scaler(rate)`. */
import { PyFunction } from '../python/runtime/function';
import type { Value } from '../python/runtime/objects';
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
    if (!hasVariables(value) || !(maker instanceof PyFunction)) return;
    this.#calls.set(value, { maker, variables: () => enclosed(this.#tracer, maker, args, keywords) });
  }

  /** Looks for the call that made a function of a module-level name. */
  look(name: string, func: Value): void {
    if (hasVariables(func) && !this.#calls.has(func)) this.#tracer.sources.trace(name, func);
  }

  /** What a variable had, where it has that still. */
  variable(func: PyFunction, name: string, value: Value): Part | undefined {
    const call = this.#calls.get(func);
    if (call === undefined || isObject(value)) return undefined;
    let variables = this.#variables.get(func);
    if (variables === undefined) {
      // A function that is made of itself has no variables yet.
      this.#variables.set(func, new Map());
      variables = call.variables();
      this.#variables.set(func, variables);
    }
    const part = variables.get(name);
    // What is further out, the maker has from its own maker.
    if (part === undefined) return this.variable(call.maker, name, value);
    return sameValue(part.value, value) ? { ...part, value } : undefined;
  }
}

function hasVariables(value: Value): value is PyFunction {
  return value instanceof PyFunction && value.closure.length > 0;
}
