/**
 * What a list or dict of a module or a class body holds: the statements that name it, once more, on a container of the look's own.
 * Whoever asks compares it with the program's.
 */
import { type Binding, pathOf } from '../python/runtime/provenance';
import type { Attribute, Call, Expression, Name, Span, Statement } from '../python/syntax/ast';
import { nodeAt, nodesIn } from '../python/syntax/nodes';
import type { Program } from '../python/syntax/program';
import { BindingEnvironment } from './bindingEnvironment';
import { Body, givenWithin, type LocalEnvironment } from './bodies';
import { isChange, isOwn } from './contents';
import { isCounter } from './counters';
import { type Changed, type Part, partsOf, sourcesIn } from './graph';
import { givenItems } from './handedOn';
import { isObject, sourceOfPart } from './parts';
import { attempted, NotFollowed } from './refusals';
import type { Placed } from './remembered';
import type { Sources } from './sources';
import type { Read, Tracer } from './tracer';

/** Where something read a container: what was done to it from there on is not told. */
export interface Reading {
  readonly file: string;
  readonly start: number;
}

/** So many statements that name a container are followed. */
const MOST = 200;

/**
 * A container with what it held where something read it, or in the end. `programs` are that of the binding and those that ran behind it.
 * Throws `NotFollowed` where a statement is not followed.
 */
export function replayed(
  binding: Binding,
  programs: readonly Program[],
  sources: Sources,
  tracer: Tracer,
  until?: Reading,
): Part | undefined {
  const [program] = programs;
  const { site, span } = binding;
  const name = site.name.slice(site.prefix.length);
  const around = program && bodyAround(program, span.start);
  const isPlain = around !== undefined && (around.kind === undefined || KINDS.has(around.kind));
  const statement = around?.body.find(one => one.start <= span.start && span.end <= one.end);
  const value = isPlain && program !== undefined ? valueGiven(statement, name) : undefined;
  if (around === undefined || program === undefined || value === undefined) return undefined;
  const made = tracer.trace(value, new BindingEnvironment(binding, program, sources));
  if (!isOwn(made.value)) return undefined;
  const { value: own, at } = made;
  // What is known of a counter has no other names than those of its places.
  const isNamed =
    made.kind === 'call' && isCounter(own) && attempted(() => givenItems(tracer, made))?.size === own.size;
  const named: Part = isNamed ? { kind: 'source', code: name, source: sourceOfPart(name, made), value: own, at } : made;
  const locals = new Map([[name, named]]);
  let left = MOST;
  for (const [at, one] of programs.entries()) {
    const isLast = one.file === until?.file;
    const body = at === 0 ? around.body : one.module.body;
    const environment = new ReplayEnvironment(one, binding, locals, sources);
    for (const node of body) {
      if (at === 0 && node.start <= statement!.start) continue;
      if (isLast && node.end > until.start) break;
      if (!names(node, locals)) continue;
      if (--left < 0) throw new NotFollowed('many statements');
      environment.run(node, tracer);
    }
    // What follows a class body has another name for it.
    if (isLast || site.prefix !== '') break;
  }
  const code = site.name;
  return tracer.contents.hasChanged(own) ? tracer.contents.told(made, code) : made;
}

/** Why nothing is told of the value of a binding: the last of the statements that changed it, and what all of them read. */
export function changedBy(statements: readonly Placed[], binding: Binding, tracer: Tracer): Changed {
  const last = statements.at(-1);
  if (last === undefined) return {};
  const own = binding.site.name.slice(binding.site.prefix.length).split('.', 1)[0]!;
  const parts = statements.slice(-MOST).flatMap(([node, program]) => {
    const environment = new ReplayEnvironment(program, binding, new Map(), tracer.sources);
    return environment.readsOf(node, name => name !== own, tracer);
  });
  const [{ start, end }, { source }] = last;
  const read = [...sourcesIn(parts).values()];
  return {
    changedBy: source.slice(start, end).split('\n', 1)[0]!,
    ...(read.length === 0 ? {} : { changedWith: read }),
  };
}

/** The body of a module, class or statement in which a statement stands. */
export function bodyAround({ module }: Pick<Program, 'module'>, offset: number): Block {
  const path = nodeAt(module, offset);
  return (path.findLast(one => 'body' in one && Array.isArray(one.body)) as Block | undefined) ?? module;
}

interface Block {
  readonly kind?: string;
  readonly body: readonly Statement[];
}

const KINDS: ReadonlySet<string> = new Set(['Module', 'ClassDef']);

/** What an assignment gives a name, and nothing else. */
function valueGiven(node: Statement | undefined, name: string): Expression | undefined {
  const targets = node?.kind === 'Assign' ? node.targets : node?.kind === 'AnnAssign' ? [node.target] : [];
  const isIt = targets.length === 1 && targets[0]!.kind === 'Name' && targets[0].id === name;
  return isIt ? (node as { readonly value?: Expression }).value : undefined;
}

function names(statement: Statement, locals: ReadonlyMap<string, Part>): boolean {
  for (const node of nodesIn(statement)) if (node.kind === 'Name' && locals.has(node.id)) return true;
  return false;
}

/** What names have while statements run once more: the container its own, others what they had there. */
export class ReplayEnvironment implements LocalEnvironment {
  readonly locals: Map<string, Part>;
  /** Objects go by their own names, as they do in a function. */
  readonly depth = 1;
  readonly isLibrary = false;
  readonly file: string;
  readonly text: string;
  readonly #binding: Binding;
  readonly #sources: Sources;
  protected statement: Span = { start: 0, end: 0 };

  constructor({ file, source }: Program, binding: Binding, locals: Map<string, Part>, sources: Sources) {
    this.locals = locals;
    this.file = file;
    this.text = source;
    this.#binding = binding;
    this.#sources = sources;
  }

  run(node: Statement, tracer: Tracer): void {
    this.statement = node;
    const [target] = node.kind === 'Assign' && node.targets.length === 1 ? node.targets : [];
    const given = target && namesIn(target);
    if (given !== undefined) {
      const { value } = node as { readonly value: Expression };
      // What a value was made of matters where it is the container, or the container was changed for it.
      const part = this.#mayChange(value) ? attempted(() => tracer.trace(value, this)) : undefined;
      for (const name of given) this.locals.delete(name);
      if (target?.kind === 'Name' && part !== undefined && isOwn(part.value)) this.locals.set(target.id, part);
    } else if (!PASSED.has(node.kind)) new Body(tracer, this).run([node]);
    for (const [name, part] of this.locals) if (!isOwn(part.value)) this.locals.delete(name);
  }

  /** What a statement reads. */
  readsOf(node: Statement, isMeant: (name: string) => boolean, tracer: Tracer): readonly Part[] {
    this.statement = node;
    // The names that it gives values are none that it reads.
    const { value = node } = node as { readonly value?: Expression | undefined };
    const part = tracer.within(value, value, null, this, isMeant);
    return partsOf<Part>(part);
  }

  #mayChange(value: Expression): boolean {
    if (value.kind === 'Name' || value.kind === 'Subscript') return true;
    for (const node of [value, ...nodesIn(value)] as Expression[]) {
      if (node.kind !== 'Call') continue;
      const { func, args } = node as Call;
      if (func.kind === 'Attribute' ? isChange(func.attr.name) : args.some(one => one.kind === 'Name')) return true;
    }
    return false;
  }

  fieldsOf(): undefined {
    return undefined;
  }

  isTurned(name: Name): boolean {
    return this.locals.has(name.id);
  }

  read(node: Name | Attribute): Read | undefined {
    const own = givenWithin(node, this);
    if (own !== undefined) return own;
    const path = pathOf(node);
    if (path === undefined || this.locals.has(path.split('.', 1)[0]!)) return undefined;
    const { prefix } = this.#binding.site;
    const made = this.#sources.states.above(this.statement, this.file, this.#binding, path);
    if (made === undefined) {
      const value = node.kind === 'Name' ? this.#sources.valueOf(path) : undefined;
      return value === undefined ? undefined : { value, part: undefined };
    }
    if (made.name !== path && made.name !== prefix + path) return undefined;
    const { value } = made;
    return {
      value,
      part: isObject(value)
        ? undefined
        : { kind: 'source', code: path, source: this.#sources.of(made), value, at: undefined },
    };
  }
}

/** The names of a target that gives nothing but names values. */
function namesIn(target: Expression): readonly string[] | undefined {
  if (target.kind === 'Name') return [target.id];
  if (target.kind !== 'Tuple' && target.kind !== 'List') return undefined;
  const names = target.elements.map(namesIn);
  return names.every(one => one !== undefined) ? names.flat() : undefined;
}

/** What names the container in there runs later, or does no more than name it. */
const PASSED: ReadonlySet<string> = new Set(['FunctionDef', 'ClassDef', 'Import', 'ImportFrom', 'Assert', 'Pass']);
