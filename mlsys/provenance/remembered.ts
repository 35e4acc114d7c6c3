/** Values that functions change outside of themselves: names that they declare `global` or `nonlocal`. */
import { definitions } from '../python/compiler/referents';
import { PyFunction } from '../python/runtime/function';
import { BoundMethod, type Value } from '../python/runtime/objects';
import type { Call, Statement } from '../python/syntax/ast';
import { nodesIn } from '../python/syntax/nodes';
import type { Program } from '../python/syntax/program';
import type { Part, Source } from './graph';
import type { Reading } from './replay';
import type { States } from './states';

/** The names that a function sets outside of itself. */
export function setOutside(callee: Value | undefined): ReadonlySet<string> {
  if (callee instanceof BoundMethod) return setOutside(callee.func);
  const node = callee instanceof PyFunction ? definitions.get(callee.code)?.node : undefined;
  if (!(callee instanceof PyFunction) || node === undefined) return NONE;
  let names = known.get(node);
  if (names === undefined) {
    names = new Set(declaredIn(node, callee.code.free));
    known.set(node, names);
  }
  return names;
}

const NONE: ReadonlySet<string> = new Set();
const known = new WeakMap<object, ReadonlySet<string>>();

/** Names that functions within declare `nonlocal` may be those of a function itself: only `free` ones are from around it. */
function* declaredIn(node: object, free: readonly string[]): Iterable<string> {
  for (const one of nodesIn(node as Statement))
    if (one.kind === 'Global' || one.kind === 'Nonlocal')
      for (const { name } of one.names) if (one.kind === 'Global' || free.includes(name)) yield name;
}

/** A statement with the program that it stands in. */
export type Placed = readonly [node: Statement, program: Program];

/** The statements of programs that call functions which set a global name. */
export function settingCalls(
  name: string,
  programs: readonly Program[],
  meaning: (name: string) => Value | undefined,
): readonly Placed[] {
  return calling(programs, called => setOutside(meaning(called)).has(name));
}

/** The statements of programs that call a function by its name. */
export function callsOf(name: string, programs: readonly Program[]): readonly Placed[] {
  return calling(programs, called => called === name);
}

function calling(programs: readonly Program[], isMeant: (called: string) => boolean): readonly Placed[] {
  const isCall = ({ func }: Call): boolean => func.kind === 'Name' && isMeant(func.id);
  return programs.flatMap(program =>
    program.module.body
      .filter(one => !DEFINITIONS.has(one.kind) && callsIn(one).some(isCall))
      .map(one => [one, program] as const),
  );
}

const DEFINITIONS: ReadonlySet<Statement['kind']> = new Set(['FunctionDef', 'ClassDef']);

function callsIn(statement: Statement): readonly Call[] {
  return [...nodesIn(statement)].filter(one => one.kind === 'Call');
}

/** Of a function that changes what it keeps outside of itself: that its earlier calls are behind what it returns. */
export function keptBy(name: string, { value }: Part, call: Reading, states: States): readonly Part[] {
  if (setOutside(value).size === 0) return [];
  const { changedWith } = states.calledWith(name, value, call);
  const source: Source = {
    name,
    value,
    kind: 'object',
    place: undefined,
    ...NOT_FOLLOWED,
    changedBy: 'its earlier calls',
    ...(changedWith === undefined ? {} : { changedWith }),
  };
  return [{ kind: 'source', code: name, source, value, at: undefined }];
}

const NOT_FOLLOWED = { formula: undefined, constant: undefined, origin: undefined };
