/** Which `if` statements let a value be what it is: their tests, with the values that these read, beside what was assigned below them. */
import { PyObject, type Value } from '../python/runtime/objects';
import { truth } from '../python/runtime/operations';
import { type Binding, pathOf } from '../python/runtime/provenance';
import type { Attribute, Expression, If, Name, Span, Statement } from '../python/syntax/ast';
import { someChild } from '../python/syntax/nodes';
import type { Program } from '../python/syntax/program';
import { numberOf } from '../session/describe';
import { PyQuantity } from '../units/registry';
import { kindOfFormula } from './classify';
import { type Part, sourcesIn } from './graph';
import { isObject, sourceOfPart } from './parts';
import { attempted, NotFollowed } from './refusals';
import type { Sources } from './sources';
import type { Environment, Read, Tracer } from './tracer';

/** A test with what it came to. */
export interface Tested {
  readonly test: Part;
  /** True where the test does not hold, and the other branch was taken. */
  readonly isElse: boolean;
}

/** A number with the tests that chose it, innermost last; any other value as it is. */
export function chosenUnder(part: Part, tests: readonly Tested[]): Part {
  if (numberOf(part.value) === undefined && !(part.value instanceof PyQuantity)) return part;
  return tests.reduceRight<Part>(
    (of, { test, isElse }) =>
      sourcesIn([test]).size === 0 ? of : { kind: 'choice', of, test, isElse, value: part.value, at: part.at },
    part,
  );
}

/** A test within a function, with the names that its caller has for what it was given. */
export function asCalled(test: Part): Part {
  if (test.kind !== 'code') return test;
  const renamed = new Map<string, string>();
  for (const [code, part] of test.names)
    if (part.kind === 'source' && part.code !== code && NAME.test(part.code)) renamed.set(code, part.code);
  const codes = test.names.map(([name]) => renamed.get(name) ?? name);
  if (renamed.size === 0 || new Set(codes).size < codes.length) return test;
  const code = test.code.replaceAll(PATHS, path => renamed.get(path) ?? path);
  return { ...test, code, names: test.names.map(([, part], at) => [codes[at]!, part]) };
}

const NAME = /^[\p{L}_][\p{L}\p{N}_.]*$/u;
const PATHS = /(?<![\p{L}\p{N}_."'])[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*(?!["'])/gu;

/** What was assigned below `if` statements of a module or class body, with their tests; `path` leads to its place. */
export function chosenPart(
  part: Part,
  path: readonly Span[],
  binding: Binding,
  program: Program,
  tracer: Tracer,
): Part {
  const tests: Tested[] = [];
  for (const one of path as readonly Statement[]) {
    if (one.kind === 'FunctionDef' || one.kind === 'For' || one.kind === 'While') return part;
    if (one.kind !== 'If' || !isTelling(one.test)) continue;
    const environment = new TestEnvironment(one, binding, program, tracer.sources);
    const test = attempted(() => tracer.tested(one.test, environment));
    const isElse = one.orelse.some(({ start, end }) => start <= binding.span.start && binding.span.end <= end);
    // What comes out otherwise by now read something else.
    if (test !== undefined && truth(test.value) !== isElse) tests.push({ test, isElse });
  }
  if (tests.length === 0) return part;
  return chosenUnder(kindOfFormula(part) === 'assumption' ? named(part, binding, program) : part, tests);
}

/** A number that the author wrote below a test stays an assumption by its name. */
function named(part: Part, { name, file, span }: Binding, { source }: Program): Part {
  const { value, at } = part;
  const place = { file, start: span.start, end: span.end };
  const code = 'code' in part ? part.code : at === undefined ? name : source.slice(at.start, at.end);
  return { kind: 'source', code, source: { ...sourceOfPart(name, part), place }, value, at };
}

/** True for a test of numbers, texts and switches: what looks for types, attributes or `None` says how code is written. */
export function isTelling(test: Expression): boolean {
  return !isOfCode(test) && !someChild(test, isAnyOfCode);
}

function isAnyOfCode(node: Span): boolean {
  return isOfCode(node) || someChild(node, isAnyOfCode);
}

function isOfCode(node: Span): boolean {
  const one = node as Expression;
  switch (one.kind) {
    case 'Compare':
      return one.ops.some(op => op.startsWith('is'));
    case 'Constant':
      return one.value === null;
    case 'Call':
      return !(one.func.kind === 'Attribute' ? METHODS.has(one.func.attr.name) : PLAIN.has(pathOf(one.func) ?? ''));
    case 'NamedExpr':
    case 'Lambda':
    case 'Await':
      return true;
    default:
      return false;
  }
}

/** Calls that give the same each time, and change nothing. */
const PLAIN: ReadonlySet<string> = new Set('abs all any float int len max min round sum'.split(' '));
const METHODS: ReadonlySet<string> = new Set(
  'm_as to get lower upper strip startswith endswith keys values items'.split(' '),
);

/** The names in a test of a module or class body, as they were where its statement begins. */
class TestEnvironment implements Environment {
  readonly file: string;
  readonly text: string;
  readonly isLibrary = false;
  readonly depth = 0;
  readonly #statement: If;
  readonly #binding: Binding;
  readonly #sources: Sources;

  constructor(statement: If, binding: Binding, program: Program, sources: Sources) {
    this.file = program.file;
    this.text = program.source;
    this.#statement = statement;
    this.#binding = binding;
    this.#sources = sources;
  }

  read(node: Name | Attribute): Read | undefined {
    const { recorder, site, file, at } = this.#binding;
    const path = pathOf(node);
    if (path === undefined) return undefined;
    const made = recorder.originAbove(file, this.#statement.start, site.prefix, path);
    const isWhole = made !== undefined && (made.name === path || made.name === site.prefix + path);
    if (!isWhole) {
      const value = node.kind === 'Name' ? this.#sources.valueOf(path) : undefined;
      return value === undefined ? undefined : { value, part: undefined };
    }
    const { value } = made;
    if (isObject(value)) return { value, part: undefined };
    if (mayDiffer(value, at)) throw new NotFollowed(path);
    return { value, part: { kind: 'source', code: path, source: this.#sources.of(made), value, at: undefined } };
  }
}

/** True for an object that was changed since. */
function mayDiffer(value: Value, at: number): boolean {
  return value instanceof PyObject && value.owner !== 0 && value.changedAt >= at;
}
