/** What calls of functions of the library may change: what they are given, and what that calls in turn. */
import { PyFunction } from '../runtime/function';
import { PyGenerator } from '../runtime/generator';
import {
  changesArguments,
  changesReceiver,
  drawsOn,
  loseState,
  mayChange,
  prints,
  setsAttributes,
  withMagnitude,
} from '../runtime/nativeEffects';
import { NativeFunction, PyClass, PyObject, type Value } from '../runtime/objects';
import { drawnBy, loseDraws } from '../runtime/sharedGenerators';
import { classOf, leadingTo, loseAttributes, type PyUnknown, type UnknownCause } from '../runtime/unknown';
import { receiversOf } from './implicit';
import type { Reaching } from './reaching';
import { CHANNELS, exactly, type Referents, settable, wholeOf } from './referents';
import { once } from './visit';

/** Where effects are noted, and followed further. */
interface Noting {
  readonly reaching: Reaching;
  readonly cause: UnknownCause;
  change(value: Value, held?: readonly Value[]): void;
  changeReached(values: readonly Value[]): void;
  escape(values: readonly Value[]): void;
  iterate(referents: Referents): void;
  callable(value: Value, args: readonly Referents[] | undefined): void;
  /** A call of a function; `inAnyOrder` where its parameters may have any of the arguments. */
  function(func: PyFunction, args: readonly Referents[], inAnyOrder?: boolean): void;
  lose(values: readonly Value[]): void;
  loseNames(): void;
  later(change: () => void): void;
}

export class LibraryCalls {
  /** True where something may have been printed. */
  prints = false;
  readonly #note: Noting;

  constructor(noting: Noting) {
    this.#note = noting;
  }

  /** A call of a function of the library. */
  apply(func: NativeFunction, self: Value | undefined, args: readonly Referents[], module: string | undefined): void {
    const { name } = func;
    const note = this.#note;
    const held = once(() => args.flatMap(valuesOf));
    for (const one of receiversOf(func, self, args))
      if (changesReceiver(one, name) || drawsOn(one, name)) note.change(one, held());
    if (self instanceof PyFunction && name === '__call__') note.function(self, args, true);
    if (self instanceof PyGenerator) note.iterate(exactly(self));
    note.lose([func, ...(self === undefined ? [] : [self])]);
    const channel = CHANNELS.get(module ?? '');
    if (channel !== undefined) note.later(() => loseState(channel, note.cause));
    this.prints ||= prints(name);
    if (name === 'exec' || name === 'eval') note.loseNames();
    this.#fill(outputAt(func), args);
    this.handOver(name, args);
  }

  /** A call of an object of the library. */
  called(value: Value, args: readonly Referents[]): void {
    this.#fill(outputAt(value), args);
    if (callsByName(value)) this.#note.escape(args.flatMap(valuesOf));
  }

  /** A call of something of a missing library, which may draw from the generators that all code shares. */
  draw({ cause, path, method }: PyUnknown, name = path ?? method ?? ''): void {
    const drawn = drawnBy(cause, name);
    if (drawn.length > 0) this.#note.later(() => loseDraws(drawn, cause));
  }

  /** What a function of the library of that name may change of what it is given, and call. */
  handOver(name: string, args: readonly Referents[]): void {
    if (setsAttributes(name))
      for (const one of settable(args[0]))
        this.#note.later(() => loseAttributes(one, this.#note.cause, args.flatMap(valuesOf)));
    if (changesArguments(name)) for (const arg of args) this.#changeWhole(arg);
    this.useAll(args);
  }

  /** What functions and classes of the library go through and call of what they are given. */
  useAll(args: readonly Referents[]): void {
    for (const arg of args) {
      this.#note.iterate(wholeOf(arg));
      for (const one of [...arg.exact, ...arg.reach])
        if (args.length > 1 && one instanceof PyFunction) this.#note.function(one, args, true);
        else this.#note.callable(one, undefined);
    }
    if (args.length > 1) for (const [at, arg] of args.entries()) this.#handed(arg, args.toSpliced(at, 1));
  }

  /** What functions of the library among the arguments may change of the others, which they are called with: `map(list.append, ...)`. */
  #handed(functions: Referents, others: readonly Referents[]): void {
    const { exact, reach } = wholeOf(functions);
    for (const func of [...exact, ...reach]) {
      if (callsByName(func)) this.#note.escape(others.flatMap(valuesOf));
      if (!(func instanceof NativeFunction) || func.self !== undefined || !mayChange(func.name)) continue;
      const given = others.flatMap(valuesOf);
      const all = changesArguments(func.name);
      for (const one of this.#note.reaching.from(given).objects)
        if (all || (changesReceiver(one, func.name) && classOf(one).lookup(func.name) === func))
          this.#note.change(one, given);
    }
  }

  /** The argument in which a function puts what it gives. */
  #fill(at: number | undefined, args: readonly Referents[]): void {
    const output = at === undefined ? undefined : args[at];
    if (output !== undefined) this.#changeWhole(output);
  }

  #changeWhole({ exact, reach }: Referents): void {
    for (const one of exact.flatMap(withMagnitude)) this.#note.change(one);
    this.#note.changeReached(reach);
  }
}

/** Everything that an argument may lead to. */
export function valuesOf(given: Referents): readonly Value[] {
  const { exact, reach } = wholeOf(given);
  return leadingTo([...exact, ...reach]);
}

/** True for a function, or an object made of one, that calls a method by its name: what it is given may change in any way. */
export function callsByName(value: Value): boolean {
  if (value instanceof NativeFunction || value instanceof PyClass) return value.name === 'methodcaller';
  return value instanceof PyObject && value.cls.native && value.cls.name === 'methodcaller';
}

const outputs = new WeakMap<NativeFunction, number>();

/** At which position a function of the library takes the array in which it puts what it gives. */
function outputAt(value: Value): number | undefined {
  if (!(value instanceof NativeFunction)) {
    const { spec } = value as { readonly spec?: { readonly inputs?: unknown } };
    return typeof spec?.inputs === 'number' ? spec.inputs : undefined;
  }
  let at = outputs.get(value);
  if (at === undefined) {
    const names = value.signature.replace(/^[^(]*\(|\/, /g, '').split(', ');
    const keywords = names.findIndex(one => one.startsWith('*'));
    at = names.findIndex(one => /^out\b/.test(one));
    if (keywords >= 0 && keywords < at) at = -1;
    outputs.set(value, at);
  }
  return at < 0 ? undefined : at;
}
