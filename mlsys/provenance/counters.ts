/** What `collections.Counter` objects hold: what they were made with, and what `update` and `subtract` added to it. */
import { PyDict } from '../python/runtime/dict';
import type { Value } from '../python/runtime/objects';
import { binary, repr } from '../python/runtime/operations';
import type { Part } from './graph';
import { NotFollowed } from './refusals';

/** True for a counter, which adds where a dict replaces. */
export function isCounter(value: Value): value is PyDict {
  return value instanceof PyDict && value.cls.name === 'Counter' && value.cls.module === 'collections';
}

/** A count with its key. */
export type Count = readonly [key: Value, count: Part];

/** The part of what a dict holds under a key. */
type Element = (of: Part, key: Value, value: Value) => Part;

/** What a counter is given, in order: by a dict, by names, or one for each item. Throws `NotFollowed` where nobody knows. */
export function countsOf(
  [given]: readonly Part[],
  keywords: ReadonlyMap<string, Part>,
  element: Element,
): readonly Count[] {
  return [...(given === undefined || given.value === null ? [] : countsIn(given, element)), ...keywords];
}

function countsIn(given: Part, element: Element): readonly Count[] {
  const { value } = given;
  if (value instanceof PyDict && given.kind === 'display') return [...given.items];
  if (value instanceof PyDict) return [...value.entries()].map(([key, count]) => [key, element(given, key, count)]);
  // Of items that are not written there, each would have to be told with what it was counted in.
  const items = given.kind === 'display' ? [...given.items.values()] : undefined;
  if (items?.every(one => one.kind === 'literal') !== true) throw new NotFollowed('a counter');
  return items.map(({ value: key }) => [key, ONE]);
}

/** What a counter has after a count; `known` is what it had. */
export function tallied(known: Part | undefined, count: Part, operator: '+' | '-'): Part {
  if (known === undefined && operator === '+') return count;
  const operands = [known ?? number(0n), count] as const;
  // One and one more is told as two.
  if (operands.every(one => one.kind === 'literal' && one.at === undefined))
    return number(binary(operator, operands[0].value, operands[1].value));
  return {
    kind: 'operation',
    operator,
    operands,
    value: binary(operator, operands[0].value, count.value),
    at: undefined,
  };
}

/** What a counter holds that a call made. Throws `NotFollowed` where nobody knows. */
export function countedItems(
  { args, keywords }: Part & { readonly kind: 'call' },
  element: Element,
): ReadonlyMap<Value, Part> {
  if (args.some(one => !(one.value instanceof PyDict))) throw new NotFollowed('a counter');
  const items = new Map<Value, Part>();
  for (const [key, count] of countsOf(args, new Map(keywords), element))
    items.set(key, tallied(items.get(key), count, '+'));
  return items;
}

function number(value: Value): Part {
  return { kind: 'literal', code: repr(value), value, at: undefined };
}

const ONE = number(1n);
