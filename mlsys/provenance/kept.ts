/**
 * What functions keep outside of themselves (`global`, `nonlocal`), and what was taken of iterators: the statements that call and
 * take, once more. Whoever asks compares what comes of it with the program's own.
 */
import type { Cell } from '../python/runtime/frame';
import { PyFunction } from '../python/runtime/function';
import { PyGenerator } from '../python/runtime/generator';
import { builtinScope } from '../python/runtime/globals';
import { PyIterator, typeOf, type Value } from '../python/runtime/objects';
import type { Binding } from '../python/runtime/provenance';
import type { Attribute, Call, Expression, Name, Statement } from '../python/syntax/ast';
import { nodesIn } from '../python/syntax/nodes';
import type { Program } from '../python/syntax/program';
import { Body } from './bodies';
import { globalsOf } from './functionReads';
import { yielded } from './functions';
import type { Part } from './graph';
import { NotFollowed } from './refusals';
import { type Placed, setOutside } from './remembered';
import { type Reading, ReplayEnvironment } from './replay';
import type { Environment, Read, Tracer } from './tracer';
import { heldItems, written } from './turns';

/** So many statements are followed, and so many items taken. */
const MOST = 100;

/** What is kept while statements are followed that change it. */
export class Kept {
  /** Names of the chapter that functions set. */
  readonly names = new Map<string, Part>();
  /** Variables around functions. */
  readonly cells = new Map<Cell, Part>();
  readonly iterators = new Map<Value, Taken>();
}

/** What made an iterator, and what each taking gave it: `None`, or what was sent. */
interface Taken {
  readonly made: Part;
  readonly given: Part[];
}

/** The statements of programs behind a binding, as far as they end before a place. */
export function statementsBehind(
  { file, span }: Pick<Binding, 'file' | 'span'>,
  programs: readonly Program[],
  until: Reading | undefined,
): readonly Placed[] {
  const last = programs.findIndex(one => one.file === until?.file);
  return (last < 0 ? programs : programs.slice(0, last + 1)).flatMap(program =>
    program.module.body
      .filter(one => program.file !== file || one.start > span.start)
      .filter(one => program.file !== until?.file || one.end <= until.start)
      .map(one => [one, program] as const),
  );
}

/** The names in a statement. */
export function namesIn(statement: Statement): ReadonlySet<string> {
  let names = known.get(statement);
  if (names === undefined) {
    names = new Set([...nodesIn(statement)].flatMap(one => (one.kind === 'Name' ? [one.id] : [])));
    known.set(statement, names);
  }
  return names;
}

const known = new WeakMap<Statement, ReadonlySet<string>>();

/** What a function keeps outside of itself: names of the chapter, and variables around functions. */
export interface KeptNames {
  readonly names: ReadonlySet<string>;
  readonly cells: ReadonlySet<Cell>;
}

/** What a function changes outside of itself, and the functions that it calls. */
export function changedOutside(func: PyFunction): KeptNames {
  const names = new Set<string>();
  const cells = new Set<Cell>();
  const open = new Set([func]);
  for (const one of open) {
    if (open.size > MOST) break;
    for (const name of setOutside(one)) {
      const at = one.code.free.indexOf(name);
      if (at >= 0) cells.add(one.closure[at]!);
      else if (one.globals.module === undefined) names.add(name);
    }
    for (const value of globalsOf(one).values()) if (value instanceof PyFunction) open.add(value);
  }
  return { names, cells };
}

/** True where something that is changed is something that is kept. */
export function isAmong(changed: KeptNames, { names, cells }: KeptNames): boolean {
  return [...changed.names].some(one => names.has(one)) || [...changed.cells].some(one => cells.has(one));
}

/** Follows statements that change what is kept. Throws `NotFollowed` where nobody knows. */
export function followed(statements: readonly Placed[], kept: Kept, binding: Binding, tracer: Tracer): void {
  if (statements.length > MOST) throw new NotFollowed('many statements');
  for (const [node, program] of statements) new KeptEnvironment(kept, program, binding, tracer).run(node, tracer);
}

/** True where statements do no more with the iterator of a name than take its next item. */
export function isTakenOnly(name: string, statements: readonly Placed[]): boolean {
  return statements.every(([statement]) => {
    const nodes = [...nodesIn(statement)] as Expression[];
    const taking = nodes.filter((one): one is Call => one.kind === 'Call' && iteratorOf(one)?.id === name);
    const named = nodes.filter(one => one.kind === 'Name' && one.id === name);
    return statement.kind !== 'FunctionDef' && statement.kind !== 'ClassDef' && taking.length === named.length;
  });
}

/** `next(items)`, `items.send(5)` */
function iteratorOf({ func, args }: Call): Name | undefined {
  const of =
    func.kind === 'Name' && func.id === 'next'
      ? args[0]
      : func.kind === 'Attribute' && TAKING.has(func.attr.name)
        ? func.value
        : undefined;
  return of?.kind === 'Name' ? of : undefined;
}

const TAKING: ReadonlySet<string> = new Set(['send', '__next__']);

/** What a call takes of an iterator of which it is known what was taken before; undefined for other calls. */
export function taken(
  tracer: Tracer,
  node: Call,
  callee: Value,
  object: Part | undefined,
  args: readonly Part[],
  environment: Environment,
): Part | undefined {
  const name = iteratorOf(node)?.id;
  const isNext = callee === NEXT;
  const of = isNext ? args[0] : object;
  if (name === undefined || node.keywords.length > 0 || !(of?.value instanceof PyIterator)) return undefined;
  const { states } = tracer.sources;
  return states.keeping(name, of.value, node, environment, kept => {
    const entry = kept.iterators.get(of.value);
    if (entry === undefined) return undefined;
    if (entry.given.length >= MOST) throw new NotFollowed('many items');
    entry.given.push((isNext ? undefined : args[0]) ?? NONE);
    const part = itemTaken(tracer, entry);
    if (part === undefined) throw new NotFollowed('an item');
    return part;
  });
}

const NEXT = builtinScope.names.get('next');
const NONE = written(null);

function itemTaken(tracer: Tracer, { made, given }: Taken): Part | undefined {
  const of = generatorFunction(tracer, made);
  if (of !== undefined && made.kind === 'call')
    return yielded(tracer, of.func, [...of.self, ...made.args], new Map(made.keywords), given)?.[given.length - 1];
  const items =
    made.kind === 'call' && made.callee === 'iter' && made.args.length === 1
      ? heldItems(tracer, made.args[0]!)
      : made.kind === 'code'
        ? [...(tracer.sources.madeBy(made)?.values() ?? [])]
        : undefined;
  return items?.[given.length - 1];
}

/** The function whose call made a generator, and the object that its method was called on. */
function generatorFunction(
  tracer: Tracer,
  made: Part,
): { readonly func: PyFunction; readonly self: readonly Part[] } | undefined {
  if (made.kind !== 'call' || !(made.value instanceof PyGenerator)) return undefined;
  const { on, callee } = made;
  const found = on === undefined ? tracer.sources.valueOf(callee) : typeOf(on.value).lookup(callee);
  const isIt = found instanceof PyFunction && found.code === made.value.code;
  return isIt ? { func: found, self: on === undefined ? [] : [on] } : undefined;
}

/** All that a generator yields which a call makes there and then; undefined where that is not known. */
export function yieldedBy(tracer: Tracer, made: Part): readonly Part[] | undefined {
  const of = generatorFunction(tracer, made);
  if (of === undefined || made.kind !== 'call') return undefined;
  return yielded(tracer, of.func, [...of.self, ...made.args], new Map(made.keywords));
}

/** What names have while statements run once more that change what is kept. */
class KeptEnvironment extends ReplayEnvironment {
  readonly #kept: Kept;

  constructor(kept: Kept, program: Program, binding: Binding, tracer: Tracer) {
    super(program, binding, new Map(), tracer.sources);
    this.#kept = kept;
  }

  override run(node: Statement, tracer: Tracer): void {
    this.statement = node;
    if (node.kind !== 'ExprStatement' && node.kind !== 'Assign') {
      new Body(tracer, this).run([node]);
      return;
    }
    const part = tracer.trace(node.value, this);
    const { names } = this.#kept;
    for (const target of node.kind === 'Assign' ? node.targets : [])
      if (target.kind === 'Name' && names.has(target.id)) names.set(target.id, part);
  }

  override read(node: Name | Attribute): Read | undefined {
    const part = node.kind === 'Name' ? this.#kept.names.get(node.id) : undefined;
    return part === undefined ? super.read(node) : { value: part.value, part };
  }
}
