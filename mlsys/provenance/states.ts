/** What lists and dicts held at a time: where something read them, and in the end. */
import { PyDict } from '../python/runtime/dict';
import { PyList, type Value } from '../python/runtime/objects';
import type { Binding } from '../python/runtime/provenance';
import type { Span, Statement } from '../python/syntax/ast';
import { nodeAt } from '../python/syntax/nodes';
import { sameValue } from '../session/same';
import { kindOfFormula } from './classify';
import type { Changed, Part, Source } from './graph';
import { isFilledOnly } from './plainFills';
import { attempted } from './refusals';
import { callsOf, type Placed, settingCalls } from './remembered';
import { bodyAround, changedBy, type Reading, replayed } from './replay';
import type { Sources, World } from './sources';
import type { Tracer } from './tracer';

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

  /** What gave a global name another value than its binding did: calls of functions that set it. */
  setBy(name: string, binding: Binding): Changed {
    const programs = this.#world.programsFrom(binding.file);
    return this.#changed(
      settingCalls(name, programs, one => this.#world.valueOf(one)),
      binding,
    );
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

type Assignment = Extract<Statement, { kind: 'Assign' | 'AnnAssign' | 'AugAssign' }>;
const ASSIGNMENTS: ReadonlySet<string> = new Set(['Assign', 'AnnAssign', 'AugAssign']);
/** Values of which each item is written. */
const WRITTEN: ReadonlySet<string> = new Set(['List', 'Dict', 'Call']);
