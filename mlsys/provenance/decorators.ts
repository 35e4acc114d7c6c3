/** Functions that decorators made of others. */
import { PyFunction } from '../python/runtime/function';
import { PyInstance, type Value } from '../python/runtime/objects';
import type { FunctionDef } from '../python/syntax/ast';
import { type Part, sourcesIn } from './graph';
import { functionIn } from './makers';
import type { Environment, Tracer } from './tracer';

/** The decorators of a function with all that they read, and what each made of which function; undefined for a function without. */
export function decorated(
  { name, decorators }: FunctionDef,
  value: Value,
  environment: Environment,
  tracer: Tracer,
): Part | undefined {
  if (decorators.length === 0) return undefined;
  const by = decorators.map(one => tracer.trace(one, environment));
  let made: Value | undefined = value;
  for (const decorator of by) {
    const inner: Value | undefined = made && decoratedBy(decorator, made);
    if (inner === undefined) break;
    tracer.makers.madeBy(
      made!,
      decorator,
      [{ kind: 'object', code: name.name, value: inner, at: undefined }],
      NO_KEYWORDS,
    );
    made = inner;
  }
  const code = decorators.map(({ start, end }) => `@${environment.text.slice(start, end)}`).join(' ');
  const names = [...sourcesIn(by).values()].map(one => [one.source.name, { ...one, code: one.source.name }] as const);
  return { kind: 'code', code, names, value, at: undefined };
}

/** The function that a decorator was given: it is a variable around the one that it made. */
function decoratedBy({ value: decorator }: Part, made: Value): Value | undefined {
  const bare = functionIn(made);
  if (bare !== made) return bare;
  const maker = decorator instanceof PyInstance ? decorator.cls.lookup('__call__') : decorator;
  if (!(maker instanceof PyFunction) || !(made instanceof PyFunction)) return undefined;
  const name = maker.code.signature.positional[decorator instanceof PyInstance ? 1 : 0];
  return name === undefined ? undefined : made.closure[made.code.free.indexOf(name)]?.value;
}

const NO_KEYWORDS: ReadonlyMap<string, Part> = new Map();
