/** Where the value of an expression comes from, as it stands at a position of a session. */
import { builtinScope, type Globals } from '../python/runtime/globals';
import type { Value } from '../python/runtime/objects';
import { pathOf } from '../python/runtime/provenance';
import type { Attribute, Expression, Name } from '../python/syntax/ast';
import { sameValue } from '../session/same';
import type { Source } from './graph';
import { isObject, sourceOfPart } from './parts';
import type { World } from './sources';
import { type Environment, type Read, Tracer } from './tracer';

/** The source of an expression's value; `text` is the expression as written. Throws what evaluating it throws. */
export function sourceOfExpression(
  expression: Expression,
  text: string,
  globals: Globals,
  others: Omit<World, 'valueOf'>,
): Source {
  const world: World = { ...others, valueOf: name => globalValue(name, globals) };
  const tracer = new Tracer(world);
  const unbound = ofUnfinishedClass(expression, tracer, world);
  if (unbound !== undefined) return { ...unbound, name: text };
  const environment: Environment = {
    file: '<reference>',
    text,
    // Its places are those of a reference, which the asker knows.
    isLibrary: true,
    depth: 0,
    read: node => read(node, tracer, world),
  };
  const source = sourceOfPart(text, tracer.trace(expression, environment));
  return { ...source, name: text };
}

/** What the body of a class assigned before it raised, so that nothing is called like the class. */
function ofUnfinishedClass(expression: Expression, { sources }: Tracer, world: World): Source | undefined {
  const path = pathOf(expression);
  if (path === undefined || !path.includes('.') || world.valueOf(path.split('.', 1)[0]!) !== undefined)
    return undefined;
  const binding = world.bindingOf(path);
  return binding && sources.of(binding);
}

function globalValue(name: string, globals: Globals): Value | undefined {
  const own = globals.get(name);
  return own === undefined ? builtinScope.names.get(name) : own;
}

function read(node: Name | Attribute, { sources }: Tracer, world: World): Read | undefined {
  // What an attribute is, its object tells.
  if (node.kind === 'Attribute') return undefined;
  const name = node.id;
  const value = world.valueOf(name);
  if (value === undefined) return undefined;
  const binding = isObject(value) ? undefined : world.bindingOf(name);
  if (binding === undefined || !sameValue(binding.value, value)) return { value, part: undefined };
  return { value, part: { kind: 'source', code: name, source: sources.of(binding), value, at: undefined } };
}
