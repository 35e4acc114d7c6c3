/** Generators: what a function with `yield`, or a generator expression, makes. */
import { findAttribute } from './attributes';
import { call } from './calls';
import { baseExceptionClass, exceptionClassOf, PyError, PyException, raise } from './errors';
import { type Frame, handling, locate } from './frame';
import { touch } from './mutation';
import { defineMethods, defineProperties } from './native';
import { generatorClass, isInstance, PyClass, PyIterator, PyTuple, type Value } from './objects';
import { address, repr } from './representation';
import { refuseOrder } from './setNotice';
import { typeName } from './typeName';
import { causeOfThrown, type UnknownCause, UnknownRaised, UnknownReached } from './unknown';
import { vm } from './vm';

/** The running body: yields values, is resumed with what was sent, and returns what `return` returned. */
export type Body = Generator<Value, Value, Value>;

/** What a body that suspends within `yield from` says it waits for. */
export const suspension: { target: Value | undefined } = { target: undefined };

/** The arguments of `throw()` on their way to what a suspended body waits for, which gets them as they are. */
export class PassedThrow extends Error {
  readonly args: readonly Value[];
  constructor(args: readonly Value[]) {
    super('throw()');
    this.args = args;
  }
}

/** How many generators were made so far. */
export const generators = { made: 0 };

export class PyGenerator extends PyIterator {
  /** How many had been made with this one. */
  readonly serial: number;
  /** Depth of the frames where it was made. */
  readonly #depth = vm.depth;
  name: string;
  qualname: string;
  /** What the body returned, once it has. */
  returned: Value = null;
  /** The code object that it runs, for whoever wants to know what that may do. */
  code: object | undefined = undefined;
  readonly #frame: Frame;
  readonly #file: string;
  #body: Body | undefined;
  #started = false;
  #running = false;
  /** What the body waits for since it was suspended within `yield from`. */
  #target: Value | undefined = undefined;
  /** Why it is unknown in which order it yields its items; only `pull` gives them then. */
  loose: UnknownCause | undefined = undefined;
  /** Why it is unknown what the generator still yields. */
  #unknown: UnknownCause | undefined = undefined;
  /** The exception that the body was handling when it was suspended. */
  #handled: PyException | undefined = undefined;

  constructor(name: string, qualname: string, file: string, frame: Frame, body: Body) {
    super(() => this.send(null), generatorClass);
    this.name = name;
    this.qualname = qualname;
    this.serial = ++generators.made;
    this.#frame = frame;
    frame.generator = this;
    this.#file = file;
    this.#body = body;
  }

  /** What the body's frame holds. */
  get frame(): Frame {
    return this.#frame;
  }

  /** Nobody goes on with it, since what uses it is given up; what it had left to do when it is closed is no matter of its own. */
  giveUp(): void {
    for (const mark of vm.record.pending) {
      if (mark.frame !== this.#frame) continue;
      mark.ended = true;
      vm.record.pending.delete(mark);
    }
  }

  /** True where the call that just returned it here made it, so that nobody else knows it. */
  isOwn(before: number): boolean {
    return this.serial > before && this.#depth === vm.depth;
  }

  /** What CPython does when the last reference goes: the generator is closed, and what that raises is not heard. */
  drop(): void {
    try {
      this.close();
    } catch (error) {
      if (!(error instanceof PyError)) throw error;
    }
  }

  /** The return value, which is told once: later calls find an ended generator. */
  takeReturned(): Value {
    const value = this.returned;
    this.returned = null;
    return value;
  }

  get running(): boolean {
    return this.#running;
  }

  /** Resumes with a value; undefined where the generator has ended. */
  send(value: Value): Value | undefined {
    if (this.loose !== undefined) refuseOrder(this.loose);
    if (this.#unknown !== undefined) throw new UnknownReached(this.#unknown);
    if (this.#body === undefined) return undefined;
    if (!this.#started && value !== null)
      throw raise('TypeError', "can't send non-None value to a just-started generator");
    return this.#resume(body => body.next(value));
  }

  /** The next item for whom their order makes no difference. */
  pull(): Value | undefined {
    const { loose } = this;
    this.loose = undefined;
    try {
      return this.send(null);
    } finally {
      this.loose = loose;
    }
  }

  /** Raises an exception where the body is suspended; undefined where it ends in consequence. */
  throwInto(error: PyError): Value | undefined {
    if (this.#unknown !== undefined) throw new UnknownReached(this.#unknown);
    if (this.#body === undefined) throw error;
    if (!this.#started && !this.#running) {
      this.#body = undefined;
      throw error;
    }
    return this.#resume(body => body.throw(error));
  }

  /** `throw(*args)`: what the body waits for gets the arguments first, whatever they are. */
  throwGiven(args: readonly Value[]): Value | undefined {
    const target = this.#target;
    if (target !== undefined && this.#body !== undefined && !this.#running && !isGeneratorExit(args[0]!))
      if (target instanceof PyGenerator || findAttribute(target, 'throw') !== undefined)
        return this.#resume(body => body.throw(new PassedThrow(args)));
    return this.throwInto(thrown(args[0]!, args[1]));
  }

  /** Ends the generator: raises GeneratorExit where it is suspended. */
  close(): Value {
    if (this.#body === undefined) return null;
    if (!this.#started) {
      this.#body = undefined;
      return null;
    }
    try {
      if (this.throwInto(raise('GeneratorExit')) !== undefined)
        throw raise('RuntimeError', 'generator ignored GeneratorExit');
    } catch (error) {
      if (!isExit(error)) throw error;
      return null;
    }
    return this.returned;
  }

  #resume(step: (body: Body) => IteratorResult<Value, Value>): Value | undefined {
    if (this.#running) throw raise('ValueError', 'generator already executing');
    touch(this);
    vm.step();
    vm.enter();
    const { running, pending, allocated } = vm;
    this.#frame.back = running;
    vm.running = this.#frame;
    let value: Value | undefined;
    const outer = handling.current;
    if (this.#handled !== undefined) handling.current = this.#handled;
    this.#running = true;
    this.#started = true;
    let done = true;
    try {
      const result = step(this.#body!);
      done = result.done === true;
      if (suspension.target !== undefined || this.#target !== undefined) {
        this.#target = suspension.target;
        suspension.target = undefined;
      }
      value = result.value;
      if (!done) {
        this.#handled = handling.current === outer ? undefined : handling.current;
        return value;
      }
      this.returned = value;
      return undefined;
    } catch (thrown) {
      const cause = causeOfThrown(thrown, this.#frame);
      if (cause !== undefined) {
        this.#unknown = cause;
        throw thrown instanceof UnknownRaised ? thrown : new UnknownReached(cause);
      }
      const error = locate(thrown, this.#frame, this.name, this.#file);
      if (error instanceof PyError && isInstance(error.exception, exceptionClassOf('StopIteration'))) {
        const wrapped = raise('RuntimeError', 'generator raised StopIteration');
        wrapped.exception.cause = error.exception;
        wrapped.exception.context = error.exception;
        wrapped.exception.suppressContext = true;
        wrapped.exception.trace.push(...error.exception.trace);
        throw wrapped;
      }
      throw error;
    } finally {
      if (done) this.#body = undefined;
      this.#running = false;
      handling.current = outer;
      vm.running = running;
      if (vm.allocated !== allocated) vm.settle(pending, allocated, value);
      vm.leave();
    }
  }
}

function isGeneratorExit(kind: Value): boolean {
  const exit = exceptionClassOf('GeneratorExit');
  return kind instanceof PyClass ? kind.isSubclassOf(exit) : isInstance(kind, exit);
}

function isExit(error: unknown): boolean {
  return (
    error instanceof PyError &&
    (isInstance(error.exception, exceptionClassOf('GeneratorExit')) ||
      isInstance(error.exception, exceptionClassOf('StopIteration')))
  );
}

/** The StopIteration that tells the end of a generator and its return value. */
export function stopIteration(value: Value): PyError {
  return value === null ? raise('StopIteration') : raise('StopIteration', value);
}

/** The exception that `throw(type, value)` means. */
function thrown(kind: Value, value: Value | undefined): PyError {
  if (kind instanceof PyException) {
    if (value !== undefined && value !== null)
      throw raise('TypeError', 'instance exception may not have a separate value');
    return new PyError(kind);
  }
  if (kind instanceof PyClass && kind.isSubclassOf(baseExceptionClass)) {
    if (value instanceof PyException && isInstance(value, kind)) return new PyError(value);
    const args = value === undefined || value === null ? [] : value instanceof PyTuple ? [...value.items] : [value];
    const made = call(kind, args);
    if (made instanceof PyException) return new PyError(made);
    return raise(
      'TypeError',
      `calling ${repr(kind)} should have returned an instance of BaseException, not ${typeName(made)}`,
    );
  }
  throw raise(
    'TypeError',
    `exceptions must be classes or instances deriving from BaseException, not ${typeName(kind)}`,
  );
}

defineMethods(generatorClass, {
  '__repr__()': (self: PyGenerator) => `<generator object ${self.qualname} at ${address(self)}>`,
  '__iter__()': (self: PyGenerator) => self,
  '__next__()': (self: PyGenerator) => {
    const value = self.send(null);
    if (value === undefined) throw ended(self);
    return value;
  },
  'send(arg, /)': (self: PyGenerator, arg: Value) => {
    const value = self.send(arg);
    if (value === undefined) throw ended(self);
    return value;
  },
  'throw(typ, val=None, tb=None, /)': (self: PyGenerator, ...args: (Value | undefined)[]) => {
    const value = self.throwGiven(args.filter(arg => arg !== undefined));
    if (value === undefined) throw ended(self);
    return value;
  },
  'close()': (self: PyGenerator) => self.close(),
});

function ended(self: PyGenerator): PyError {
  return stopIteration(self.takeReturned());
}

defineProperties(generatorClass, {
  __name__: (self: PyGenerator) => self.name,
  __qualname__: (self: PyGenerator) => self.qualname,
  gi_running: (self: PyGenerator) => self.running,
});
