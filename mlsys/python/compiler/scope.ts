/**
 * Where each name lives. A first walk over the tree finds, for every scope, the names that it binds and uses; then each
 * used name is followed outwards, as Python's rules say, to the scope that binds it. Functions, generator expressions,
 * class bodies and the module own frames; list, set and dict comprehensions and type parameters have scopes of their own
 * whose variables take slots in the frame around them.
 */
import { parameterCount, type Signature } from '../runtime/arguments';
import { mangled } from '../runtime/classes';
import type { ReadNode } from '../runtime/provenance';
import type { Attribute, Compare, Expression, Identifier, Parameters } from '../syntax/ast';
import type { Unit } from './unit';

export type ScopeKind = 'module' | 'function' | 'class' | 'comprehension';

/** How code reaches a variable. */
export type Access =
  | { readonly how: 'slot'; readonly slot: number }
  /** Through a cell; `free` where an enclosing function owns it. */
  | { readonly how: 'cell'; readonly slot: number; readonly free: boolean }
  | { readonly how: 'global' }
  /** In the namespace of the class body that runs, then (where `cell` is set) in a cell, then global. */
  | { readonly how: 'name'; readonly cell: number | undefined };

const UNDERSCORE = 95;

const GLOBAL: Access = { how: 'global' };
const BY_NAME: Access = { how: 'name', cell: undefined };

/** Most scopes have no names of most sorts. */
const NO_NAMES: ReadonlySet<string> = new Set();
const NO_CELLS: readonly number[] = [];
const NO_SLOTS: ReadonlyMap<string, number> = new Map();

export class Scope {
  readonly kind: ScopeKind;
  readonly node: object;
  readonly parent: Scope | undefined;
  readonly unit: Unit;
  /** The scope that owns the frame: itself, or the nearest around a comprehension. */
  readonly host: Scope;
  /** Name of the function or class; for tracebacks and qualified names. */
  readonly name: string;
  /** Names of the class around, for mangling `__private` names. */
  readonly className: string | undefined;
  bound = NO_NAMES;
  uses = NO_NAMES;
  globals = NO_NAMES;
  nonlocals = NO_NAMES;
  /** Own variables that inner frames use. */
  captured = NO_NAMES;
  /** Variables of enclosing functions that this frame or one inside it uses, in order of slots. */
  readonly free: string[] = [];
  readonly signature: Signature | undefined;
  /** Collects what the expression reads that is being compiled, where its assignment is recorded. */
  reads: ReadNode[] | undefined = undefined;

  /** Comparisons of the guard that is being compiled: their operands are kept. */
  guarded: ReadonlySet<Compare> | undefined = undefined;

  /** First slot of the free variables. */
  firstFree = 0;
  #prefix: string | undefined = undefined;
  #recorded: boolean | undefined = undefined;
  #slots = NO_SLOTS;
  #size = 0;

  constructor(
    kind: ScopeKind,
    node: object,
    parent: Scope | undefined,
    unit: Unit,
    options: { name?: string; signature?: Signature } = {},
  ) {
    this.kind = kind;
    this.node = node;
    this.parent = parent;
    this.unit = unit;
    this.host = kind === 'comprehension' && parent !== undefined ? parent.host : this;
    this.name = options.name ?? parent?.host.name ?? '<module>';
    this.className = kind === 'class' ? this.name : parent?.className;
    this.signature = options.signature;
  }

  /** Adds to the names of one sort. */
  note(sort: 'bound' | 'uses' | 'globals' | 'nonlocals' | 'captured', name: string): void {
    if (this[sort] === NO_NAMES) this[sort] = new Set();
    (this[sort] as Set<string>).add(name);
  }

  /** Lays out parameters, variables and free variables; call it once the names are resolved. */
  layout(): void {
    if (this.host !== this) {
      for (const name of this.bound) this.#place(name);
      return;
    }
    const { signature } = this;
    if (signature !== undefined) {
      const names = [...signature.positional, ...signature.keywordOnly];
      if (signature.rest !== undefined) names.push(signature.rest);
      if (signature.keywords !== undefined) names.push(signature.keywords);
      for (const name of names) this.#place(name);
    }
    if (this.kind === 'function') {
      for (const name of this.bound) if (!this.#slots.has(name)) this.#place(name);
    } else for (const name of this.captured) this.#place(name);
    this.firstFree = this.#size;
    for (const name of this.free) this.#place(name);
  }

  #place(name: string): void {
    if (this.#slots === NO_SLOTS) this.#slots = new Map();
    (this.#slots as Map<string, number>).set(name, this.allocate());
  }

  /** Slots that the frame needs so far. */
  get size(): number {
    return this.#size;
  }

  /** A slot for a variable of the compiler's own, in this scope's frame. */
  allocate(): number {
    return this.host.#size++;
  }

  /** The slot of a variable that is laid out here. */
  slot(name: string): number | undefined {
    return this.#slots.get(name);
  }

  /** Slots of captured parameters. */
  get cellParameters(): number[] {
    const count = this.signature === undefined ? 0 : parameterCount(this.signature);
    return [...this.captured].map(name => this.#slots.get(name)!).filter(slot => slot < count);
  }

  /** Slots of the other captured variables. */
  get cells(): readonly number[] {
    if (this.captured.size === 0) return NO_CELLS;
    const count = this.signature === undefined ? 0 : parameterCount(this.signature);
    return [...this.captured].map(name => this.#slots.get(name)!).filter(slot => slot >= count);
  }

  /** How code in this scope reaches a name. */
  resolve(name: string): Access {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      // A comprehension in a class body does not see the class's names.
      if (scope.kind === 'class' && scope !== this) return this.#throughFrame(scope, name);
      if (scope.globals.has(name)) return GLOBAL;
      if (scope.kind === 'class') {
        if (scope.nonlocals.has(name)) return { how: 'cell', slot: scope.#slots.get(name)!, free: true };
        // A name that the body binds passes by the functions around it, also before it is bound.
        return scope.free.includes(name) && !scope.bound.has(name)
          ? { how: 'name', cell: scope.#slots.get(name) }
          : BY_NAME;
      }
      if (scope.kind === 'module') return GLOBAL;
      if (scope.bound.has(name)) {
        const slot = scope.#slots.get(name)!;
        return scope.captured.has(name) ? { how: 'cell', slot, free: false } : { how: 'slot', slot };
      }
      if (scope.host === scope) return this.#throughFrame(scope, name);
    }
    return GLOBAL;
  }

  #throughFrame(frame: Scope, name: string): Access {
    if (frame.kind === 'class' && name === '__class__' && frame.captured.has(name))
      return { how: 'cell', slot: frame.#slots.get(name)!, free: false };
    return frame.free.includes(name) ? { how: 'cell', slot: frame.#slots.get(name)!, free: true } : GLOBAL;
  }

  /** The slot that holds the cell of a variable which an inner frame shares. */
  cellSlot(name: string): number {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const found = scope.captured.has(name) || scope.free.includes(name) ? scope.#slots.get(name) : undefined;
      if (found !== undefined) return found;
      if (scope.host === scope) break;
    }
    throw new Error(`no cell was laid out for ${name}`);
  }

  /** `__x` in a class is `_Class__x`. */
  mangle(name: string): string {
    if (this.className === undefined || name.charCodeAt(0) !== UNDERSCORE) return name;
    return mangled(name, this.className);
  }

  /** What stands before the name of a function or class that is defined here. */
  get qualifier(): string {
    const { host } = this;
    if (host.kind === 'module') return '';
    const own = `${host.parent?.qualified(host.name) ?? ''}${host.name}`;
    return host.kind === 'class' ? `${own}.` : `${own}.<locals>.`;
  }

  /** The qualifier of a name defined here; none where the name is declared `global`. */
  qualified(name: string): string {
    return this.host.globals.has(name) ? '' : this.qualifier;
  }

  /** Compiles an expression, collecting in `reads` what it reads. */
  collecting<N, T>(reads: ReadNode[] | undefined, compile: (node: N, scope: Scope) => T, node: N): T {
    const outer = this.reads;
    this.reads = reads;
    try {
      return compile(node, this);
    } finally {
      this.reads = outer;
    }
  }

  /** Compiles the object of an attribute: part of a chain that is one read, or an expression with reads of its own. */
  ofAttribute<T>(compile: (node: Expression, scope: Scope) => T, node: Attribute): T {
    let at = node.value;
    while (at.kind === 'Attribute') at = at.value;
    return at.kind === 'Name' ? this.collecting(undefined, compile, node.value) : compile(node.value, this);
  }

  /** True for a variable of a comprehension or a type parameter that is visible here. */
  isComprehensionVariable(name: string): boolean {
    for (let scope: Scope | undefined = this; scope?.kind === 'comprehension'; scope = scope.parent)
      if (scope.bound.has(name)) return true;
    return false;
  }

  /** What stands before names that are bound here where bindings are recorded: `Class.` in a class body. */
  get prefix(): string {
    this.#prefix ??= this.host.kind === 'class' ? this.qualifier : '';
    return this.#prefix;
  }

  /** True where assignments are recorded for provenance: in modules and class bodies outside functions. */
  get recorded(): boolean {
    this.#recorded ??= this.kind !== 'function' && (this.parent === undefined || this.parent.recorded);
    return this.#recorded;
  }
}

/** The parameters as a call binds them. */
export function signatureOf(params: Parameters, mangle: (name: string) => string): Signature {
  const name = (parameter: { readonly name: Identifier }) => mangle(parameter.name.name);
  return {
    positional: [...params.positionalOnly, ...params.positional].map(name),
    positionalOnly: params.positionalOnly.length,
    keywordOnly: params.keywordOnly.map(name),
    rest: params.rest === undefined ? undefined : name(params.rest),
    keywords: params.keywords === undefined ? undefined : name(params.keywords),
  };
}
