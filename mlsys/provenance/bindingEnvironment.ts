/** What names meant to an assignment, as its run recorded them. */
import { isTextFile } from '../modules/files/origins';
import { PyDict } from '../python/runtime/dict';
import { PyList, type Value } from '../python/runtime/objects';
import { getAttribute } from '../python/runtime/operations';
import { type Binding, pathOf } from '../python/runtime/provenance';
import type { Attribute, Name, Span, Statement, With } from '../python/syntax/ast';
import { nodeAt } from '../python/syntax/nodes';
import type { Program } from '../python/syntax/program';
import { sameValue } from '../session/same';
import { callsChange } from './contents';
import type { Part, Source } from './graph';
import { isObject, sourceOfPart } from './parts';
import type { Sources } from './sources';
import { openedAs } from './streams';
import { isShared } from './targets';
import type { Environment, Read, Tracer } from './tracer';

const STATEMENTS: ReadonlySet<string> = new Set(['Assign', 'AugAssign', 'AnnAssign']);

/** The names of an assignment, as its run recorded them. */
export class BindingEnvironment implements Environment {
  readonly file: string;
  readonly text: string;
  readonly isLibrary = false;
  readonly depth = 0;
  readonly #binding: Binding;
  readonly #sources: Sources;
  readonly #program: Program;
  /** True while reads are told without what was made of them, so that nothing can be compared. */
  #isListing = false;

  /** The assignment itself. */
  get #statement(): Span {
    const path = nodeAt(this.#program.module, this.#binding.span.start);
    return path.findLast(one => STATEMENTS.has((one as Partial<Statement>).kind ?? '')) ?? this.#binding.span;
  }

  constructor(binding: Binding, program: Program, sources: Sources) {
    this.#program = program;
    this.#binding = binding;
    this.#sources = sources;
    this.file = program.file;
    this.text = program.source;
  }

  read(node: Name | Attribute): Read | undefined {
    const { site, trail, recorder } = this.#binding;
    const at = site.reads.findIndex(one => one.start === node.start && one.end === node.end);
    const path = pathOf(node);
    if (path === undefined) return undefined;
    const made = recorder.originOf(this.#binding, path);
    const turned = node.kind === 'Name' && made !== undefined ? this.#turned(path, made) : undefined;
    if (turned !== undefined) return turned;
    const value =
      (at < 0 ? undefined : trail?.[at]) ?? (node.kind === 'Name' ? this.#unrecorded(path, made) : undefined);
    if (value === undefined) return undefined;
    const reopened = node.kind === 'Name' && made !== undefined && isTextFile(value) ? this.#reopened(made) : undefined;
    if (reopened !== undefined) return reopened;
    const isWhole = made !== undefined && (made.name === path || made.name === site.prefix + path);
    if (!isWhole || isObject(value)) return { value, part: undefined };
    const state = this.#stateOf(made, path, value);
    if (state !== undefined) return { value: state.value, part: state };
    const source = this.#sourceOf(made, path, value);
    return { value, part: source && { kind: 'source', code: path, source, value, at: undefined } };
  }

  /** A file that a `with` opened, once more: what has been read of the program's own is gone. */
  #reopened(made: Binding): Read | undefined {
    if (made.file !== this.file) return undefined;
    const program = this.#program;
    const path = nodeAt(program.module, made.span.start);
    const opening = path.findLast((one): one is With => (one as Partial<Statement>).kind === 'With');
    const item = opening?.items.find(({ target }) => target?.start === made.span.start);
    if (item === undefined) return undefined;
    const { name } = made;
    const part = openedAs(
      name,
      item.context,
      this.#sources.tracer,
      new BindingEnvironment(made, program, this.#sources),
    );
    if (part === undefined) return undefined;
    return {
      value: part.value,
      part: { kind: 'source', code: name, source: this.#sources.of(made), value: part.value, at: undefined },
    };
  }

  /** A list or dict with what it held here, where something has changed it since. */
  #stateOf(made: Binding, path: string, value: Value): Part | undefined {
    if (!(value instanceof PyList || value instanceof PyDict) || value.changedAt < this.#binding.at - 1)
      return undefined;
    const state = this.#sources.states.at(made, { file: this.file, start: this.#statement.start }, this.#isListing);
    if (state !== undefined) return { kind: 'source', code: path, source: state, value: state.value, at: undefined };
    if (value.changedAt < this.#binding.at && !mayChange(this.#statement)) return undefined;
    const leaf = { ...this.#sources.leaf(path, value, 'object'), ...this.#sources.states.reason(made) };
    return { kind: 'source', code: path, source: leaf, value, at: undefined };
  }

  /** The source of a read value: what the name was bound to, before the statement gave it another value, or at a turn of a loop. */
  #sourceOf(made: Binding, path: string, value: Value): Source | undefined {
    if (sameValue(made.value, value)) return this.#sources.of(made);
    const { recorder } = this.#binding;
    const before = recorder.originBefore(this.#statement, this.#binding, path);
    if (before !== undefined && sameValue(before.value, value)) return this.#sources.of(before);
    const set = this.#sources.states.setTo(path, made, value, { file: this.file, start: this.#statement.start });
    if (set !== undefined) return sourceOfPart(path, set);
    return this.#sources.during(made, value);
  }

  /** A variable of a loop, as it was when the item was put where it is. */
  #turned(name: string, made: Binding): Read | undefined {
    const { site, trail } = this.#binding;
    const turn = this.#sources.turnOf(made, turn =>
      site.reads.every((read, at) => {
        const was = trail?.[at];
        const [root, ...rest] = pathOf(read)!.split('.');
        const part = was === undefined ? undefined : turn.get(root!);
        return part === undefined || sameValue(rest.reduce<Value>(getAttribute, part.value), was);
      }),
    );
    const part = turn?.get(name);
    return part && { value: part.value, part };
  }

  /** Of `a.b.c` only the whole is recorded. */
  #unrecorded(name: string, made: Binding | undefined): Value | undefined {
    const own = made !== undefined && (made.name === name || made.name === this.#binding.site.prefix + name);
    return own ? made.value : this.#sources.valueOf(name);
  }

  /** All that was read, but for functions and the like. */
  parts(tracer: Tracer): (readonly [string, Part])[] {
    const found = new Map<string, Part>();
    this.#isListing = true;
    for (const node of this.#binding.site.reads) {
      const read = this.read(node);
      if (read === undefined || isObject(read.value)) continue;
      const code = pathOf(node)!;
      if (read.part !== undefined) found.set(code, read.part);
      else if (node.kind === 'Name') found.set(code, tracer.named(code, read.value, node, this));
    }
    return [...found];
  }
}

/** True for a statement that changes a list or dict before it binds what it made: `x = items.pop()`, `items += more`. */
function mayChange(node: Span): boolean {
  return (node as Partial<Statement>).kind === 'AugAssign' || callsChange(node);
}

/** What is known where no formula is: what the statement read. */
export function reads(
  binding: Binding,
  statement: Statement | undefined,
  environment: BindingEnvironment,
  tracer: Tracer,
): Part | undefined {
  const names = environment.parts(tracer);
  if (statement === undefined) return undefined;
  const isWhole =
    statement.kind === 'AugAssign' ||
    isShared(statement, binding) ||
    !('value' in statement) ||
    statement.value === undefined;
  const node = isWhole ? statement : (statement as { readonly value: Span }).value;
  // Of a loop or a definition that reads nothing, there is nothing to tell.
  if (names.length === 0 && node === statement) return undefined;
  const code = environment.text.slice(node.start, node.end);
  return { kind: 'code', code, names, value: binding.value, at: undefined };
}
