/** What lists and dicts held, and functions and iterators kept, at a time: where something read them, and in the end. */
import { PyDict } from '../python/runtime/dict';
import type { Cell } from '../python/runtime/frame';
import { PyFunction } from '../python/runtime/function';
import { PyList, type Value } from '../python/runtime/objects';
import type { Binding } from '../python/runtime/provenance';
import type { Span, Statement } from '../python/syntax/ast';
import { nodeAt } from '../python/syntax/nodes';
import { sameValue } from '../session/same';
import { kindOfFormula } from './classify';
import { globalsOf } from './functionReads';
import { alsoMadeOf, type Changed, type Part, type Source } from './graph';
import {
  changedOutside,
  followed,
  isAmong,
  isTakenOnly,
  Kept,
  type KeptNames,
  namesIn,
  statementsBehind,
} from './kept';
import { isObject } from './parts';
import { isFilledOnly } from './plainFills';
import { attempted } from './refusals';
import { callsOf, type Placed, settingCalls } from './remembered';
import { bodyAround, changedBy, type Reading, replayed } from './replay';
import type { Sources, World } from './sources';
import type { Environment, Tracer } from './tracer';

/** So many states are followed: each goes through their statements. */
const MOST = 60;
/** So many statements that add to one list are looked through. */
const MOST_STEPS = 50;

export class States {
  readonly #world: World;
  readonly #sources: Sources;
  readonly #tracer: Tracer;
  /** By where they are made and read. */
  readonly #known = new Map<string, Part | undefined>();
  /** By where values were bound, and the calls that are asked about. */
  readonly #changes = new Map<string, Changed>();

  /** What functions and iterators keep, while statements run once more. */
  kept: Kept | undefined;
  #left = MOST;
  #latest: { readonly kept: Kept; readonly name: string; readonly node: Span; readonly file: string } | undefined;
  readonly #changing = new Map<PyFunction, KeptNames>();

  constructor(world: World, sources: Sources, tracer: Tracer) {
    this.#world = world;
    this.#sources = sources;
    this.#tracer = tracer;
  }

  /** What a list or dict of a binding holds by now; undefined where that is not known, or what put each item there tells it. */
  final(binding: Binding): Part | undefined {
    const { file, site, span } = binding;
    const name = site.name.slice(site.prefix.length);
    const statements = this.#world.programsFrom(file).flatMap((one, at) => {
      const { body } = at === 0 ? bodyAround(one, span.start) : one.module;
      return at === 0 ? body.filter(({ start }) => start > span.start) : body;
    });
    const isWritten = WRITTEN.has(this.#assigned(binding)?.value?.kind ?? '') && this.#rootOf(binding) === binding;
    return isWritten && isFilledOnly(statements, name) ? undefined : this.#replayed(binding);
  }

  /** The binding behind what a path has where a statement begins that runs behind another binding. */
  above({ start }: Span, file: string, { recorder, site, file: own }: Binding, path: string): Binding | undefined {
    if (own === file) return recorder.originAbove(file, start, site.prefix, path);
    const [root] = path.split('.', 1);
    const last = this.#world.bindingOf(path) ?? this.#world.bindingOf(root!);
    return last?.file === file ? last.recorder.originAbove(file, start, '', path) : last;
  }

  /**
   * A list or dict of a binding with what it held where something read it, by the statements that name it: somebody else may have
   * changed it, so that whoever asks compares what comes of it, or asks for what is `sure` by what it holds in the end.
   */
  at(binding: Binding, until: Reading, sure: boolean): Source | undefined {
    if (sure && this.#replayed(binding) === undefined) return undefined;
    const formula = this.#replayed(binding, until);
    if (formula === undefined) return undefined;
    const { name, file, span } = binding;
    const place = { file, start: span.start, end: span.end };
    const kind = kindOfFormula(formula);
    return { name, value: formula.value, kind, place, formula, constant: undefined, origin: undefined };
  }

  /** What may have changed the value of a binding: the last statement that names it, as it is written, and what all of them read. */
  reason(binding: Binding): Changed {
    const { file, site, span } = binding;
    const name = site.name.slice(site.prefix.length);
    const found = this.#world.programsFrom(file).flatMap((program, at) => {
      const { body } = at === 0 ? bodyAround(program, span.start) : program.module;
      const after = body.filter(one => (at > 0 || one.start > span.start) && !isFilledOnly([one], name));
      return after.map(one => [one, program] as const);
    });
    return this.#changed(found, binding);
  }

  /** A global name that functions have set since its binding: what came of that, else the last call that did. */
  setSince(name: string, binding: Binding, value: Value): Partial<Source> {
    const { file, span } = binding;
    const place = { file, start: span.start, end: span.end };
    const formula = this.setTo(name, binding, value);
    if (formula !== undefined) return { kind: kindOfFormula(formula), place, formula };
    const programs = this.#world.programsFrom(file);
    const calls = settingCalls(name, programs, one => this.#world.valueOf(one));
    return { place, ...alsoMadeOf(this.#sources.of(binding).formula, this.#changed(calls, binding)) };
  }

  /** What the calls of a function of a global name read, as far as they stand before a call of it. */
  calledWith(name: string, func: Value, until: Reading): Changed {
    const binding = this.#world.bindingOf(name);
    if (binding?.value !== func) return {};
    const programs = this.#world.programsFrom(binding.file);
    const last = programs.findIndex(one => one.file === until.file);
    const before = callsOf(name, last < 0 ? programs : programs.slice(0, last + 1));
    const isEarlier = ([{ end }, { file }]: Placed): boolean => file !== until.file || end <= until.start;
    return this.#changed(before.filter(isEarlier), binding, until);
  }

  /** What functions gave a name of the chapter since it was assigned, as far as that comes to a value that it had. */
  setTo(name: string, binding: Binding, value: Value, until?: Reading): Part | undefined {
    if (binding.site.prefix !== '' || this.kept !== undefined) return undefined;
    const own: KeptNames = { names: new Set([name]), cells: NO_CELLS };
    const statements = this.#statementsOn(own, binding, until);
    if (statements.length === 0 || this.#left <= 0) return undefined;
    const kept = attempted(() => this.#after(statements, this.#startingWith([[name, binding]]), binding));
    const part = kept?.names.get(name);
    return part !== undefined && sameValue(part.value, value) ? part : undefined;
  }

  /** Follows a call of a function with what this keeps outside of itself, as far as that is known. */
  calling(
    name: string,
    func: Value,
    node: Span,
    environment: Environment,
    call: () => Part | undefined,
  ): Part | undefined {
    if (!(func instanceof PyFunction) || environment.depth > 0) return call();
    return this.keeping(name, func, node, environment, call) ?? call();
  }

  /** Does something with what is kept where a node stands; undefined where nobody knows what that is. */
  keeping<T>(
    name: string,
    subject: Value,
    node: Span,
    { file, depth }: Environment,
    body: (kept: Kept) => T | undefined,
  ): T | undefined {
    if (depth > 0) return this.kept && body(this.kept);
    // Whether a reference comes to what it should be, nobody compares.
    if (this.kept !== undefined || file === '<reference>') return undefined;
    const kept =
      this.#goneOn(name, node, file) ?? attempted(() => this.#keptAt(name, subject, { file, start: node.start }));
    this.#latest = kept && { kept, name, node, file };
    return kept && attempted(() => this.#with(kept, () => body(kept)));
  }

  /** What an earlier call in the same statement left: `up(2) + up(3)`. */
  #goneOn(name: string, { start, end }: Span, file: string): Kept | undefined {
    const last = this.#latest;
    if (last?.name !== name || last.file !== file || last.node.end > start) return undefined;
    const around = this.#world.programOf(file)?.module.body.find(one => one.start <= start && end <= one.end);
    return around !== undefined && around.start <= last.node.start ? last.kept : undefined;
  }

  /** Does something that has nothing to do with the statements that are followed. */
  apart<T>(body: () => T): T {
    return this.#with(undefined, body);
  }

  #with<T>(kept: Kept | undefined, body: () => T): T {
    const around = this.kept;
    this.kept = kept;
    try {
      return body();
    } finally {
      this.kept = around;
    }
  }

  #keptAt(name: string, subject: Value, until: Reading): Kept | undefined {
    const binding = this.#world.bindingOf(name);
    if (binding === undefined || binding.value !== subject || binding.site.prefix !== '') return undefined;
    if (this.#left <= 0) return undefined;
    if (!(subject instanceof PyFunction)) {
      const statements = statementsBehind(binding, this.#world.programsFrom(binding.file), until).filter(([one]) =>
        namesIn(one).has(name),
      );
      const made = this.#sources.of(binding).formula;
      if (made === undefined || !isTakenOnly(name, statements)) return undefined;
      const kept = new Kept();
      kept.iterators.set(subject, { made, given: [] });
      return this.#after(statements, kept, binding);
    }
    const changed = this.#changedBy(subject);
    // A name that it reads may have been set by another function.
    const set = [...globalsOf(subject)].filter(([one, value]) => {
      const made = isObject(value) ? undefined : this.#world.bindingOf(one);
      return made !== undefined && !sameValue(made.value, value);
    });
    const isOfChapter = subject.globals.module === undefined;
    const names = new Set([...changed.names, ...(isOfChapter ? set.map(([one]) => one) : [])]);
    const own: KeptNames = { names, cells: new Set([...subject.closure, ...changed.cells]) };
    const starts = [...names].flatMap(one => {
      const start = this.above({ ...until, end: until.start }, until.file, binding, one);
      return start === undefined ? [] : [[one, start] as const];
    });
    if (own.cells.size + starts.length === 0) return undefined;
    const from = starts.length === 0 ? binding : this.#first(starts.map(([, one]) => one));
    const statements = this.#statementsOn(own, from, until);
    const isOwn = changed.names.size + changed.cells.size > 0;
    return statements.length === 0 && !isOwn ? undefined : this.#after(statements, this.#startingWith(starts), from);
  }

  #first(bindings: readonly Binding[]): Binding {
    const order = (one: Binding): number => -this.#world.programsFrom(one.file).length;
    return bindings.toSorted((a, b) => order(a) - order(b) || a.span.start - b.span.start)[0]!;
  }

  #after(statements: readonly Placed[], kept: Kept, binding: Binding): Kept {
    this.#left--;
    this.#with(kept, () => followed(statements, kept, binding, this.#tracer));
    return kept;
  }

  #startingWith(names: readonly (readonly [name: string, binding: Binding])[]): Kept {
    const kept = new Kept();
    for (const [name, binding] of names) {
      const { value } = binding;
      kept.names.set(name, { kind: 'source', code: name, source: this.#sources.of(binding), value, at: undefined });
    }
    return kept;
  }

  /** Statements that call functions which change what one keeps, or set its names. */
  #statementsOn(own: KeptNames, binding: Binding, until: Reading | undefined): readonly Placed[] {
    const isMeant = (name: string): boolean => {
      const func = this.#world.valueOf(name);
      return func instanceof PyFunction && isAmong(this.#changedBy(func), own);
    };
    return statementsBehind(binding, this.#world.programsFrom(binding.file), until).filter(([one]) => {
      const isSet =
        one.kind === 'Assign' && one.targets.some(target => target.kind === 'Name' && own.names.has(target.id));
      return isSet || (one.kind !== 'FunctionDef' && one.kind !== 'ClassDef' && [...namesIn(one)].some(isMeant));
    });
  }

  #changedBy(func: PyFunction): KeptNames {
    let names = this.#changing.get(func);
    if (names === undefined) {
      names = changedOutside(func);
      this.#changing.set(func, names);
    }
    return names;
  }

  #changed(statements: readonly Placed[], binding: Binding, until?: Reading): Changed {
    const key = `${binding.file} ${binding.span.start} ${until?.file} ${until?.start}`;
    const known = this.#changes.get(key);
    if (known !== undefined) return known;
    // What is changed by what it is changed to is told by itself.
    this.#changes.set(key, {});
    const changed = changedBy(statements, binding, this.#tracer);
    this.#changes.set(key, changed);
    return changed;
  }

  #replayed(binding: Binding, until?: Reading): Part | undefined {
    const root = this.#rootOf(binding);
    const { value, file, span } = root;
    if (!(value instanceof PyList || value instanceof PyDict)) return undefined;
    const key = `[] ${file} ${span.start} ${until?.file} ${until?.start}`;
    if (this.#known.has(key) || this.#known.size >= MOST) return this.#known.get(key);
    // What is changed by what it holds is not followed.
    this.#known.set(key, undefined);
    const part = attempted(() => replayed(root, this.#world.programsFrom(file), this.#sources, this.#tracer, until));
    const found = part !== undefined && (until !== undefined || sameValue(part.value, value)) ? part : undefined;
    this.#known.set(key, found);
    return found;
  }

  /** What made the list or dict that `items += more` changed, or that `other = items` gave a second name. */
  #rootOf(binding: Binding): Binding {
    let at = binding;
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      const statement = this.#assigned(at);
      const own = at.name.slice(at.site.prefix.length);
      const { kind, value } = statement ?? {};
      const name = kind === 'AugAssign' ? own : value?.kind === 'Name' ? value.id : undefined;
      const before = statement && name !== undefined ? this.above(statement, at.file, at, name) : undefined;
      if (before === undefined || before === at || before.value !== at.value) return at;
      at = before;
    }
    return at;
  }

  #assigned({ file, span }: Binding): Assignment | undefined {
    const program = this.#world.programOf(file);
    const path = program === undefined ? [] : nodeAt(program.module, span.start);
    return path.find((one): one is Assignment => ASSIGNMENTS.has((one as Partial<Statement>).kind ?? ''));
  }
}

const NO_CELLS: ReadonlySet<Cell> = new Set();

type Assignment = Extract<Statement, { kind: 'Assign' | 'AnnAssign' | 'AugAssign' }>;
const ASSIGNMENTS: ReadonlySet<string> = new Set(['Assign', 'AnnAssign', 'AugAssign']);
/** Values of which each item is written. */
const WRITTEN: ReadonlySet<string> = new Set(['List', 'Dict', 'Call']);
