/** What all turns of a loop of a module or class body made of a name together: sums, the largest, texts that grow. */
import { truth } from '../python/runtime/operations';
import type { Binding } from '../python/runtime/provenance';
import { pathOf } from '../python/runtime/provenance';
import type { Attribute, Expression, For, Identifier, Name, Span, Statement, While } from '../python/syntax/ast';
import { forEachChild, nodesIn } from '../python/syntax/nodes';
import { Body, type LocalEnvironment, localPart } from './bodies';
import type { Part } from './graph';
import type { Sources } from './sources';
import type { Environment, Read, Tracer } from './tracer';
import { placed } from './turns';

type Loop = For | While;

/** A loop that makes the value of a binding with all its turns, and the name that it makes so. */
export interface CarryingLoop {
  readonly loop: Loop;
  readonly name: string;
}

/** The outermost loop around a binding; undefined where the last turn alone tells its value. `path` leads to its statement. */
export function loopAround(path: readonly Span[], binding: Binding): CarryingLoop | undefined {
  const kinds = path.map(one => (one as Partial<Statement>).kind);
  const from = Math.max(kinds.lastIndexOf('FunctionDef'), kinds.lastIndexOf('ClassDef')) + 1;
  const at = kinds.findIndex((kind, at) => at >= from && (kind === 'For' || kind === 'While'));
  if (at < 0) return undefined;
  const name = binding.name.slice(binding.site.prefix.length);
  // What is put into a container is made at one turn.
  const target = path.at(-1) as Partial<Name & Identifier>;
  if (target.id !== name && target.name !== name) return undefined;
  return isCarried(path.slice(at + 1), name) ? { loop: path[at] as Loop, name } : undefined;
}

/** What a loop made of the name of a binding, turn by turn. Whoever asks compares the values. */
export function loopPart(
  { loop, name }: CarryingLoop,
  binding: Binding,
  outer: Environment,
  tracer: Tracer,
): Part | undefined {
  const environment = new LoopEnvironment(outer, binding, loop, tracer.sources, neededFor(name, loop));
  new Body(tracer, environment).loop(loop);
  const part = environment.locals.get(name);
  // All turns as one formula need no second name.
  const isWhole = part?.kind === 'source' && part.source.name === name && part.source.formula?.kind === 'code';
  return isWhole ? part.source.formula : part;
}

/**
 * The same for a loop whose turns are too many, or do more than is followed: its code as it is written, with all that it reads
 * to come to the value, as that was before it.
 */
export function loopCode({ loop, name }: CarryingLoop, binding: Binding, outer: Environment, tracer: Tracer): Part {
  const needed = neededFor(name, loop);
  const environment = new LoopEnvironment(outer, binding, loop, tracer.sources, needed);
  const given = new Set<string>();
  // Each turn gives these another value before anything reads them.
  for (const node of nodesIn(loop)) if (node.kind === 'For') addAll(given, readsOf(node.target));
  return tracer.within(loop, loop, binding.value, environment, one => needed.has(one) && !given.has(one));
}

/** True where earlier turns matter to a name: it is read where it is set, or not set at each turn. */
function isCarried(path: readonly Span[], name: string): boolean {
  return path.some(one => {
    const node = one as Statement;
    if (node.kind === 'If' || node.kind === 'For' || node.kind === 'While') return true;
    if (node.kind === 'AugAssign') return true;
    return node.kind === 'Assign' && readsOf(node.value).has(name);
  });
}

/** The names that a loop reads to come to the value of one, which its own statements set or not. */
function neededFor(name: string, loop: Loop): ReadonlySet<string> {
  const needed = new Set([name]);
  const statements: (readonly [sets: ReadonlySet<string>, reads: ReadonlySet<string>])[] = [];
  for (const node of nodesIn(loop)) {
    if (node.kind === 'If' || node.kind === 'While') addAll(needed, readsOf(node.test));
    if (node.kind === 'For') addAll(needed, readsOf(node.iter));
    if (node.kind === 'Assign' || node.kind === 'AugAssign' || node.kind === 'AnnAssign')
      statements.push([new Set(setBy(node)), readsOf(node)]);
  }
  for (let size = -1; size !== needed.size; ) {
    size = needed.size;
    for (const [sets, reads] of statements) if ([...sets].some(one => needed.has(one))) addAll(needed, reads);
  }
  return needed;
}

function addAll(to: Set<string>, names: Iterable<string>): void {
  for (const name of names) to.add(name);
}

function readsOf(node: Span): Set<string> {
  const found = new Set<string>();
  const look = (one: Span): void => {
    if ((one as Partial<Name>).kind === 'Name') found.add((one as Name).id);
    forEachChild(one, look);
  };
  look(node);
  return found;
}

/** The names that an assignment sets, or whose objects it changes. */
function setBy(node: Extract<Statement, { kind: 'Assign' | 'AugAssign' | 'AnnAssign' }>): string[] {
  const targets = node.kind === 'Assign' ? node.targets : [node.target];
  const rootOf = (target: Expression): string[] => {
    if (target.kind === 'Name') return [target.id];
    if (target.kind === 'Tuple' || target.kind === 'List') return target.elements.flatMap(rootOf);
    if (target.kind === 'Subscript' || target.kind === 'Attribute' || target.kind === 'Starred')
      return rootOf(target.value);
    return [];
  };
  return targets.flatMap(rootOf);
}

/** Names within a loop: what its turns gave them so far, and what they had before it. */
class LoopEnvironment implements LocalEnvironment {
  readonly locals = new Map<string, Part>();
  /** Objects go by their own names, as they do in a function. */
  readonly depth = 1;
  readonly isLibrary = false;
  readonly #outer: Environment;
  readonly #binding: Binding;
  readonly #loop: Loop;
  readonly #sources: Sources;
  readonly #needed: ReadonlySet<string>;
  readonly #set = new Set<string>();

  constructor(outer: Environment, binding: Binding, loop: Loop, sources: Sources, needed: ReadonlySet<string>) {
    this.#outer = outer;
    this.#binding = binding;
    this.#loop = loop;
    this.#sources = sources;
    this.#needed = needed;
    for (const node of nodesIn(loop))
      if (node.kind === 'Assign' || node.kind === 'AugAssign' || node.kind === 'AnnAssign')
        addAll(this.#set, setBy(node));
      else if (node.kind === 'For') addAll(this.#set, readsOf(node.target));
  }

  get file(): string {
    return this.#outer.file;
  }

  get text(): string {
    return this.#outer.text;
  }

  fieldsOf(): undefined {
    return undefined;
  }

  passesOver(node: Statement): boolean {
    if (node.kind !== 'Assign' && node.kind !== 'AugAssign' && node.kind !== 'AnnAssign') return false;
    return !setBy(node).some(name => this.#needed.has(name));
  }

  isTurned(name: Name): boolean {
    return this.locals.has(name.id);
  }

  read(node: Name | Attribute): Read | undefined {
    const root = pathOf(node)?.split('.', 1)[0];
    if (root === undefined) return undefined;
    const local = localPart(this.locals, root);
    if (local === undefined && !this.#set.has(root)) return this.#outer.read(node);
    if (node.kind !== 'Name') return undefined;
    const part = local === undefined ? this.#before(root) : placed(local);
    return part && { value: part.value, part };
  }

  /** What a name had before the loop: nothing, as it is written. */
  #before(name: string): Part | undefined {
    const { recorder } = this.#binding;
    const made = recorder.originBefore(this.#loop, this.#binding, name);
    if (made === undefined) return undefined;
    const source = this.#sources.of(made);
    const { formula, value } = source;
    const isNothing = formula?.kind === 'literal' && !truth(value);
    return isNothing ? formula : { kind: 'source', code: name, source, value, at: undefined };
  }
}
