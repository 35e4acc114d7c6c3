/** What becomes of values that code nobody knows is given: it may keep, change and call them, and what they give in turn. */
import { PyFunction } from '../runtime/function';
import { PyGenerator } from '../runtime/generator';
import type { Value } from '../runtime/objects';
import { loseClasses, type UnknownCause } from '../runtime/unknown';
import type { Following } from './following';
import { classesOf, functionsIn, handedOut } from './handedOut';
import { giveAway } from './heldCode';
import { methodsOf } from './implicit';
import { callable, type Reaching } from './reaching';
import { exactly, type Names, type Referents } from './referents';

/** Where effects are noted, and followed further. */
interface Noting {
  readonly reaching: Reaching;
  readonly refers: Following;
  readonly cause: UnknownCause;
  changeReached(values: readonly Value[]): void;
  callable(value: Value, args: readonly Referents[] | undefined): void;
  function(func: PyFunction, args: readonly Referents[], inAnyOrder?: boolean): void;
  iterate(referents: Referents): void;
  /** Has a function or generator looked into again. */
  again(code: PyFunction | PyGenerator): void;
  later(change: () => void): void;
}

export class GivenAway {
  readonly #note: Noting;
  readonly #handingOut = new Set<object>();

  constructor(noting: Noting) {
    this.#note = noting;
  }

  escape(values: readonly Value[]): void {
    const note = this.#note;
    note.changeReached(values);
    const escaped = note.reaching.newIn(values, note.reaching.escaped);
    for (const one of callable(escaped))
      if (one instanceof PyFunction) note.function(one, [{ exact: [], reach: values }], true);
      else note.callable(one, undefined);
    for (const one of functionsIn(escaped)) this.#handOut(one);
    for (const [method, args] of methodsOf(escaped)) {
      note.callable(method, args);
      if (method instanceof PyFunction) this.#handOut(method);
    }
    for (const one of escaped) if (one instanceof PyGenerator) this.#handOutItems(one);
    note.later(() => {
      loseClasses(classesOf(escaped), note.cause);
      giveAway(escaped);
    });
  }

  /** What code returns or yields that was given away reaches code that nobody knows. */
  ends(code: PyFunction | PyGenerator, names: Names): void {
    if (this.#handingOut.has(code)) this.escape(handedOut(names, this.#note.refers));
  }

  #handOut(func: PyFunction): void {
    if (this.#handingOut.has(func)) return;
    this.#handingOut.add(func);
    this.#note.function(func, []);
    this.#note.again(func);
  }

  #handOutItems(generator: PyGenerator): void {
    this.#handingOut.add(generator);
    this.#note.iterate(exactly(generator));
    this.#note.again(generator);
  }
}
