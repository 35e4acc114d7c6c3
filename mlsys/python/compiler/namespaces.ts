/**
 * `locals()`, `globals()`, `vars()` and `dir()` without arguments: what the calling code sees. Of a module of the workspace it
 * is the namespace itself, of a function a copy as in CPython, of a cell what shows the namespace and cannot be changed.
 */
import { PyDict } from '../runtime/dict';
import { Unsupported } from '../runtime/errors';
import { Cell, type Frame } from '../runtime/frame';
import { builtinScope, type Globals } from '../runtime/globals';
import { HashMap } from '../runtime/hashMap';
import { instanceDict } from '../runtime/instanceDict';
import { NAMESPACE } from '../runtime/mutation';
import { NAMES } from '../runtime/namespaceNames';
import { type Attributes, creation, PyList, type Value } from '../runtime/objects';
import { call } from '../runtime/operations';
import { copiedFrom, leadingTo, PyUnknown, type UnknownCause, UnknownReached } from '../runtime/unknown';
import { vm } from '../runtime/vm';
import type { Call, Expression } from '../syntax/ast';
import type { Scope } from './scope';
import type { Evaluate } from './unit';

const NAMESPACE_FUNCTIONS = new Set(['locals', 'globals', 'vars', 'dir']);

const searched = new WeakSet<Expression>();

/** Notes an expression of which it is asked whether it contains something: names of the kernel beside others do no harm. */
export function noteSearched(node: Expression): void {
  searched.add(node);
}

/** The closure for such a call, or undefined where `name` is another function. */
export function namespaceCall(node: Call, name: string, callee: Evaluate, scope: Scope): Evaluate | undefined {
  if (!NAMESPACE_FUNCTIONS.has(name)) return undefined;
  const locals = localVariables(scope);
  return frame => {
    const f = callee(frame);
    frame.at = node;
    if (f !== builtinScope.names.get(name)) return call(f, []);
    const { kind } = scope.host;
    const { module } = frame.globals;
    if (name === 'globals' || (name !== 'dir' && kind === 'module')) return globalsOf(frame);
    if (name === 'dir' && kind === 'module' && module === undefined && !searched.has(node))
      throw new Unsupported('dir() of a cell', 'it lists names of the kernel as well');
    if (name !== 'dir' && kind === 'class') return namesOfClass(frame.names!);
    const entries = locals(frame);
    return name === 'dir' ? new PyList([...entries.map(([key]) => key)].sort()) : PyDict.from(entries);
  };
}

/** The names of the module whose code a frame runs, as `globals()` gives them there. */
export function globalsOf(frame: Frame): PyDict {
  const { module } = frame.globals;
  if (module !== undefined) return instanceDict(module)!;
  refuseOpen(frame.globals);
  return namesOf(frame.globals);
}

/** What code that does not run would have changed there; of a class body its own names. */
export function namespaceOf(globals: Globals, { names }: Partial<Frame> = {}): PyDict {
  if (names !== undefined) return namesOfClass(names);
  return globals.module === undefined ? namesOf(globals) : instanceDict(globals.module)!;
}

type Entries = () => Iterable<readonly [string, Value]>;

/**
 * A dict that shows the names of a namespace as they are whenever somebody looks. Its own methods are for those who follow code that
 * does not run: they see the names that are known.
 */
class PyNamespace extends PyDict {
  readonly #entries: Entries;
  readonly #known: Entries;
  readonly #shown = new HashMap();

  constructor(entries: Entries, known: Entries) {
    super();
    this.#entries = entries;
    this.#known = known;
    Object.defineProperty(this, 'map', { get: () => this.#show(this.#entries) });
  }

  override get(key: Value): Value | undefined {
    return this.#show(this.#known).get(key);
  }

  override entries(): IterableIterator<[Value, Value]> {
    return this.#show(this.#known).entries();
  }

  #show(entries: Entries): HashMap {
    // After a run, it is what the run last saw.
    if (!vm.inSession) return this.#shown;
    vm.readState(NAMES, '');
    const present = new Map(entries());
    for (const key of [...this.#shown.keys()]) if (!present.has(key as string)) this.#shown.delete(key);
    for (const [key, value] of present) if (this.#shown.get(key) !== value) this.#shown.set(key, value);
    return this.#shown;
  }
}

/** What makes a namespace unknown, or one of its names. */
type Lose = (cause: UnknownCause, held: readonly Value[], name?: string) => void;

/** A namespace that refuses changes: in CPython they would take effect. */
function readOnly(entries: Entries, known: Entries, lose: Lose): PyDict {
  const { owner } = creation;
  creation.owner = NAMESPACE;
  const made = new PyNamespace(entries, known);
  creation.owner = owner;
  copiedFrom.set(made, lose);
  return made;
}

function namesOf(globals: Globals): PyDict {
  return readOnly(
    () => globalEntries(globals),
    () => knownEntries(globals),
    loserOf(globals),
  );
}

function namesOfClass(names: Attributes): PyDict {
  const entries = () => names.entries();
  return readOnly(entries, entries, loserOfClass(names));
}

function* boundIn(globals: Globals): Iterable<[string, Value]> {
  for (const name of [...globals.names()]) {
    const value = globals.get(name);
    if (value !== undefined && !name.startsWith('__')) yield [name, value];
  }
}

function loserOf(globals: Globals): Lose {
  return (cause, held, only) => {
    const bound = only === undefined ? boundIn(globals) : [[only, globals.get(only) ?? null] as const];
    for (const [name, value] of bound)
      globals.set(name, new PyUnknown(cause, { unsure: true, may: leadingTo([value, ...held]) }));
    if (only === undefined) globals.open = new PyUnknown(cause);
  };
}

function loserOfClass(names: Attributes): Lose {
  return (cause, held, only) => {
    const bound = only === undefined ? [...names.entries()] : [[only, names.get(only) ?? null] as const];
    for (const [name, value] of bound)
      if (only !== undefined || !name.startsWith('__'))
        names.set(name, new PyUnknown(cause, { unsure: true, may: leadingTo([value, ...held]) }));
  };
}

/** Refuses to list names where there may be others. */
function refuseOpen({ open }: Globals): void {
  if (open instanceof PyUnknown) throw new UnknownReached(open.cause);
  if (open !== undefined) throw new Unsupported('listing names after an import of all names of a module');
}

function globalEntries(globals: Globals): [string, Value][] {
  refuseOpen(globals);
  return knownEntries(globals);
}

/** Those that are known, whatever else there may be. */
function knownEntries(globals: Globals): [string, Value][] {
  const entries: [string, Value][] = [];
  for (const key of globals.names()) {
    const value = globals.get(key);
    if (value !== undefined) entries.push([key, value]);
  }
  // Of cells, which have no module whose attribute it is.
  if (!entries.some(([key]) => key === '__name__')) entries.unshift(['__name__', '__main__']);
  return entries;
}

/** Collects the variables of the innermost scope that are bound. */
function localVariables(scope: Scope): (frame: Frame) => [string, Value][] {
  const { host } = scope;
  if (host.kind === 'module') return ({ globals }) => globalEntries(globals);
  if (host.kind === 'class') return frame => [...frame.names!.entries()];
  return frame => {
    const entries: [string, Value][] = [];
    for (const key of [...host.bound, ...host.free]) {
      const slot = host.slot(key);
      const held = slot === undefined ? undefined : frame.slots[slot];
      const value = held instanceof Cell ? held.value : held;
      if (value !== undefined) entries.push([key, value]);
    }
    return entries;
  };
}
