/** Follows the statements of functions and loops: what they give their variables, and what they return. */
import { PyError } from '../python/runtime/errors';
import { asOwnError } from '../python/runtime/frame';
import { PyClass, PyList, PyRange, PyTuple } from '../python/runtime/objects';
import { binary, truth } from '../python/runtime/operations';
import type {
  Attribute,
  Call,
  ExceptHandler,
  Expression,
  For,
  If,
  Match,
  Name,
  Statement,
  Try,
  While,
  With,
  Yield,
  YieldFrom,
} from '../python/syntax/ast';
import { asCalled, chosenUnder, isTelling, type Tested } from './branches';
import { isChange, isOwn } from './contents';
import { isLonger, type Part, sourcesIn } from './graph';
import { isWritten } from './handedOn';
import { keyOf, placeOf, sourceOfPart, textOf } from './parts';
import { matched } from './patterns';
import { attempted, NotFollowed } from './refusals';
import { isStream, openedAs } from './streams';
import type { Environment, Read, Tracer } from './tracer';
import { MOST_TURNS, type Turn, turnsOf } from './turns';

const NO_NAMES: Turn = new Map();

/** In place of what a name has of which nobody knows what it is: the context of a `with`, the exception of an `except`. */
const LOST: Part = { kind: 'object', code: '', value: null, at: undefined };

/** What a local variable has; throws `NotFollowed` where that is not known. */
export function localPart(locals: ReadonlyMap<string, Part>, name: string): Part | undefined {
  const part = locals.get(name);
  if (part === LOST) throw new NotFollowed(name);
  return part;
}

const NOTHING: Part = { kind: 'literal', code: 'None', value: null, at: undefined };

/** So many tests before a `yield` in a loop are told. */
const MOST_TESTS = 2;

/** A formula of more parts is told in two: the value of a local variable becomes a source of its own. */
const LONGEST = 14;

/** What names mean within statements that give them values. */
export interface LocalEnvironment extends Environment {
  readonly locals: Map<string, Part>;
  /** The attributes of the object that is being made, if a node names that. */
  fieldsOf(node: Expression): Map<string, Part> | undefined;
  /** Does what a call on its own does to the object that is being made. */
  performs?(node: Expression): void;
  /** Gives a name from around the function another value; false where nobody keeps what it has. */
  keep?(name: string, part: Part): boolean;
  /** True for a statement that has nothing to do with what is asked about. */
  passesOver?(node: Statement): boolean;
}

/** What statements gave an attribute of the object that is being made, or a local variable; of other names undefined. */
export function givenWithin(node: Name | Attribute, environment: LocalEnvironment): Read | undefined {
  const part =
    node.kind === 'Name'
      ? localPart(environment.locals, node.id)
      : environment.fieldsOf(node.value)?.get(node.attr.name);
  return part && { value: part.value, part };
}

/** The parts of what a call is given; undefined where it gets `**` of something. */
export function argumentsOf(
  { args, keywords }: Call,
  tracer: Tracer,
  environment: Environment,
): { readonly args: readonly Part[]; readonly keywords: ReadonlyMap<string, Part> } | undefined {
  if (keywords.some(one => one.name === undefined)) return undefined;
  return {
    args: args.map(one => tracer.trace(one, environment)),
    keywords: new Map(keywords.map(one => [one.name!.name, tracer.trace(one.value, environment)])),
  };
}

/** Goes through the statements of a body that do no more than assign, choose and return. */
export class Body {
  /** True where statements that are passed over may have had a say: whoever asks compares the values. */
  isUnsure = false;
  readonly #tracer: Tracer;
  readonly #environment: LocalEnvironment;
  /** Loops around the statement that is looked at. */
  #loops = 0;
  /** What says how often these go round, and what is done at a turn. */
  readonly #control: Part[] = [];
  /** Tests of `if` statements that lead to the statement that is looked at. */
  readonly #tests: Tested[] = [];
  /** Names of variables that are somebody else's. */
  readonly #outside = new Set<string>();

  /** What a generator is given for what it yields. */
  readonly #onYield: ((part: Part) => Part) | undefined;

  constructor(tracer: Tracer, environment: LocalEnvironment, onYield?: (part: Part) => Part) {
    this.#tracer = tracer;
    this.#environment = environment;
    this.#onYield = onYield;
  }

  /** What the body returns; `next` where it comes to its end, or how it leaves the loop around it. */
  run(body: readonly Statement[]): Part | 'next' | 'break' | 'continue' {
    for (const statement of body) {
      const done = this.#statement(statement);
      if (done !== 'next') return done;
    }
    return 'next';
  }

  #statement(node: Statement): Part | 'next' | 'break' | 'continue' {
    const tracer = this.#tracer;
    const environment = this.#environment;
    if (environment.passesOver?.(node) === true) return 'next';
    switch (node.kind) {
      case 'ExprStatement':
        if (node.value.kind === 'Yield' || node.value.kind === 'YieldFrom') {
          this.#yield(node.value);
          return 'next';
        }
        environment.performs?.(node.value);
        if (node.value.kind === 'Call' && !this.#keeps(node.value)) this.#changes(node.value);
        return 'next';
      case 'Pass':
      case 'Assert':
        return 'next';
      case 'Global':
      case 'Nonlocal':
        for (const { name } of node.names) this.#outside.add(name);
        return 'next';
      case 'Return':
        if (node.value === undefined) throw new NotFollowed('return');
        return this.#chosen(tracer.trace(node.value, environment));
      case 'Assign': {
        const part = node.value.kind === 'Yield' ? this.#yield(node.value) : tracer.trace(node.value, environment);
        for (const target of node.targets) this.#assign(target, part);
        return 'next';
      }
      case 'AnnAssign':
        if (node.value !== undefined) this.#assign(node.target, tracer.trace(node.value, environment));
        return 'next';
      case 'AugAssign': {
        if (node.target.kind === 'Name' && node.op === '+') {
          const of = attempted(() => tracer.trace(node.target as Name, environment));
          if (of !== undefined && of.value instanceof PyList && isOwn(of.value)) {
            tracer.contents.extend(of, tracer.trace(node.value, environment));
            return 'next';
          }
        }
        const isField = node.target.kind === 'Attribute' && environment.fieldsOf(node.target.value) !== undefined;
        if (node.target.kind !== 'Name' && node.target.kind !== 'Subscript' && !isField)
          throw new NotFollowed('a target');
        const operands = [tracer.trace(node.target, environment), tracer.trace(node.value, environment)] as const;
        const value = binary(node.op, operands[0].value, operands[1].value);
        this.#assign(
          node.target,
          tracer.part({ kind: 'operation', operator: node.op, operands }, value, node, environment),
        );
        return 'next';
      }
      case 'Import':
      case 'ImportFrom':
        for (const [name, part] of tracer.sources.imported(node, environment.file)) environment.locals.set(name, part);
        return 'next';
      case 'For':
      case 'While':
        return this.loop(node);
      case 'Delete':
        for (const target of node.targets) this.#delete(target);
        return 'next';
      case 'Break':
        return 'break';
      case 'Continue':
        return 'continue';
      case 'If':
        return this.#if(node);
      case 'With':
        return this.#with(node);
      case 'Try':
        return this.#try(node);
      case 'Match':
        return this.#match(node);
      default:
        throw new NotFollowed(node.kind);
    }
  }

  #if(node: If): Part | 'next' | 'break' | 'continue' {
    const test = this.#tracer.tested(node.test, this.#environment);
    const isElse = !truth(test.value);
    const taken = isElse ? node.orelse : node.body;
    if (this.#loops > 0) {
      this.#control.push(test);
      return this.run(taken);
    }
    const around = this.#tests.length;
    const isTold = !this.#environment.isLibrary && isTelling(node.test);
    if (isTold) this.#tests.push({ test: asCalled(test), isElse });
    const done = this.run(taken);
    this.#tests.length = around;
    return done;
  }

  /** A value with the tests that chose it; those of a loop are told with the loop. */
  #chosen(part: Part): Part {
    return this.#loops > 0 ? part : chosenUnder(part, this.#tests);
  }

  /** What comes back for what a generator yields, with the tests that led there. */
  #yield(node: Yield | YieldFrom): Part {
    const onYield = this.#onYield;
    const tracer = this.#tracer;
    if (onYield === undefined) throw new NotFollowed('yield');
    const part = node.value === undefined ? NOTHING : tracer.trace(node.value, this.#environment);
    const items = node.kind === 'Yield' ? [part] : tracer.itemsOf(part);
    if (items === undefined) throw new NotFollowed('yield from');
    // How often a loop goes round says nothing of one turn, and earlier turns ask the same.
    const tests = this.#control
      .filter(one => !(one.value instanceof PyRange) && sourcesIn([one]).size > 0)
      .slice(-MOST_TESTS)
      .map(test => ({ test: asCalled(test), isElse: !truth(test.value) }));
    let back = NOTHING;
    for (const one of items) back = onYield(chosenUnder(this.#chosen(one), tests));
    this.#control.length = 0;
    return back;
  }

  /** Does what a function does to what it keeps, while that is followed. */
  #keeps(node: Call): boolean {
    if (this.#tracer.sources.states.kept === undefined) return false;
    const callee = attempted(() => this.#tracer.trace(node.func, this.#environment));
    if (callee === undefined || !isWritten(callee.value)) return false;
    this.#tracer.trace(node, this.#environment);
    return true;
  }

  /** What a call on its own does to containers that were made here; what else it did would show in the value that comes out. */
  #changes(node: Call): void {
    const tracer = this.#tracer;
    const environment = this.#environment;
    const { func } = node;
    this.isUnsure = true;
    if (func.kind === 'Attribute' && isChange(func.attr.name)) {
      const on = attempted(() => tracer.trace(func.value, environment));
      if (on !== undefined && isOwn(on.value)) tracer.trace(node, environment);
      return;
    }
    const isOnStream = [...node.args, ...(func.kind === 'Attribute' ? [func.value] : [])].some(
      one => one.kind === 'Name' && isStream(environment.locals.get(one.id)?.value ?? null),
    );
    // What is taken from a file is not there for what comes next: `next(rows)`.
    if (isOnStream) {
      tracer.trace(node, environment);
      return;
    }
    const isGivenOwn = node.args.some(
      one => one.kind === 'Name' && isOwn(attempted(() => tracer.trace(one, environment).value) ?? null),
    );
    if (!isGivenOwn) return;
    const callee = tracer.trace(func, environment).value;
    const passed = argumentsOf(node, tracer, environment);
    if (passed === undefined) throw new NotFollowed('a call');
    if (isWritten(callee)) tracer.does(callee, passed.args, passed.keywords, environment);
  }

  #delete(target: Expression): void {
    const { locals } = this.#environment;
    if (target.kind === 'Name') locals.delete(target.id);
    else if (target.kind !== 'Subscript' || target.index.kind === 'Slice') throw new NotFollowed('a target');
    else
      this.#tracer.contents.delete(
        this.#tracer.trace(target.value, this.#environment),
        this.#tracer.trace(target.index, this.#environment).value,
      );
  }

  /** What a `with` gives names is not known but for files, and what it does to the statements in it shows in the value that comes out. */
  #with({ items, body }: With): Part | 'next' | 'break' | 'continue' {
    this.isUnsure = true;
    for (const { context, target } of items)
      if (target?.kind === 'Name')
        this.#environment.locals.set(target.id, openedAs(target.id, context, this.#tracer, this.#environment) ?? LOST);
      else if (target !== undefined) throw new NotFollowed('a target');
    return this.run(body);
  }

  #try({ body, handlers, orelse, finalbody, star }: Try): Part | 'next' | 'break' | 'continue' {
    if (star) throw new NotFollowed('except*');
    this.isUnsure = true;
    const [loops, control] = [this.#loops, this.#control.length];
    let done: Part | 'next' | 'break' | 'continue';
    try {
      done = this.run(body);
    } catch (error) {
      const handler = handlers.find(one => this.#catches(one, error));
      if (handler === undefined) throw error;
      this.#loops = loops;
      this.#control.length = control;
      if (handler.name !== undefined) this.#environment.locals.set(handler.name.name, LOST);
      const handled = this.run(handler.body);
      const last = this.run(finalbody);
      return last === 'next' ? handled : last;
    }
    if (done === 'next') done = this.run(orelse);
    const last = this.run(finalbody);
    return last === 'next' ? done : last;
  }

  #catches({ type }: ExceptHandler, thrown: unknown): boolean {
    const error = asOwnError(thrown);
    if (!(error instanceof PyError)) return false;
    if (type === undefined) return true;
    const named = this.#tracer.trace(type, this.#environment).value;
    const classes = named instanceof PyTuple ? named.items : [named];
    return classes.some(one => one instanceof PyClass && error.exception.cls.mro.includes(one));
  }

  #match({ subject, cases }: Match): Part | 'next' | 'break' | 'continue' {
    this.isUnsure = true;
    const { locals } = this.#environment;
    const part = this.#tracer.trace(subject, this.#environment);
    if (this.#loops > 0) this.#control.push(part);
    for (const { pattern, guard, body } of cases) {
      const names = matched(pattern, part, this.#tracer, this.#environment);
      if (names === undefined) continue;
      for (const [name, one] of names) locals.set(name, one);
      if (guard === undefined || truth(this.#tracer.trace(guard, this.#environment).value)) return this.run(body);
    }
    return 'next';
  }

  /** Goes through all turns of a loop. What they made of a name together is a source of its own where it is long. */
  loop(node: For | While): Part | 'next' {
    if (node.orelse.length > 0) throw new NotFollowed('a loop');
    const { locals } = this.#environment;
    const before = new Map(locals);
    const around = this.#control.length;
    const { contents } = this.#tracer;
    const since = contents.changes;
    for (const turn of node.kind === 'For' ? this.#turnsOf(node) : this.#turnsWhile(node)) {
      for (const [name, part] of turn) locals.set(name, part);
      this.#loops++;
      const done = this.run(node.body);
      this.#loops--;
      if (typeof done === 'object') return done;
      if (done === 'break') break;
    }
    if (this.#loops > 0) return 'next';
    const control = this.#control.splice(around);
    // What many turns read is told once.
    const read = [...new Map([...sourcesIn(control).values()].map(one => [keyOf(one), one])).values()];
    contents.decided(since, read);
    const isControlled = read.length > 0;
    for (const [name, part] of locals)
      if (before.get(name) !== part && (isControlled || isLonger(part, LONGEST)))
        locals.set(name, this.#summed(node, name, part, control));
    return 'next';
  }

  #turnsOf(node: For): readonly Turn[] {
    const turns = node.async ? undefined : turnsOf(this.#tracer, node.target, node.iter, this.#environment);
    if (turns === undefined) throw new NotFollowed('a loop');
    const iter = this.#tracer.trace(node.iter, this.#environment);
    // How often it goes round is written nowhere else.
    if (iter.value instanceof PyRange) this.#control.push(iter);
    return turns;
  }

  /** Turns as long as the test holds, which each turn may change. */
  *#turnsWhile({ test }: While): Iterable<Turn> {
    for (let turns = 0; ; turns++) {
      const part = this.#tracer.trace(test, this.#environment);
      this.#control.push(part);
      if (!truth(part.value)) return;
      if (turns >= MOST_TURNS) throw new NotFollowed('a loop');
      yield NO_NAMES;
    }
  }

  /** What a loop made, by all that it read and that said what it does. */
  #summed(node: For | While, name: string, part: Part, control: readonly Part[]): Part {
    const { value } = part;
    // A place that several turns looked at is told once.
    const read = new Map([...sourcesIn([part, ...control]).values()].map(one => [keyOf(one), one]));
    const names = [...read.values()].map(one => [one.source.name, { ...one, code: one.source.name }] as const);
    const code = textOf(node, this.#environment);
    const formula = this.#tracer.part({ kind: 'code', code, names }, value, node, this.#environment);
    return { kind: 'source', code: name, source: sourceOfPart(name, formula), value, at: formula.at };
  }

  #assign(target: Expression, given: Part): void {
    const part = this.#chosen(given);
    if (target.kind === 'Tuple' && part.kind === 'display' && part.items.size === target.elements.length) {
      for (const [at, one] of target.elements.entries()) this.#assign(one, part.items.get(BigInt(at))!);
      return;
    }
    const fields = target.kind === 'Attribute' ? this.#environment.fieldsOf(target.value) : undefined;
    if (target.kind === 'Attribute' && fields !== undefined) {
      fields.set(target.attr.name, part);
      return;
    }
    if (target.kind === 'Subscript') {
      if (target.index.kind === 'Slice') throw new NotFollowed('a target');
      const of = this.#tracer.trace(target.value, this.#environment);
      this.#tracer.contents.set(of, this.#tracer.trace(target.index, this.#environment).value, part);
      return;
    }
    const { locals } = this.#environment;
    // `context.prec = 60`
    if (target.kind === 'Attribute' && target.value.kind === 'Name' && locals.get(target.value.id) === LOST) return;
    if (target.kind !== 'Name') throw new NotFollowed('a target');
    const told = this.#loops > 0 || !isLonger(part, LONGEST) ? part : this.#named(target, part);
    if (!this.#outside.has(target.id)) locals.set(target.id, told);
    else if (this.#environment.keep?.(target.id, told) !== true) throw new NotFollowed('a target');
  }

  #named(target: Name, part: Part): Part {
    const at = placeOf(target, this.#environment);
    const source = { ...sourceOfPart(target.id, part), place: at };
    return { kind: 'source', code: target.id, source, value: part.value, at };
  }
}
