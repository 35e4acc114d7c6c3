/** Binds the arguments of a call to the parameters of a function written in Python, with CPython's TypeErrors. */
import { PyDict } from './dict';
import { type PyError, raise } from './errors';
import type { Slot } from './frame';
import { HashMap } from './hashMap';
import { type Keywords, PyTuple, type Value } from './objects';
import { passAll } from './origins';
import { suggest } from './suggestions';

/**
 * The parameters of a function. In a frame they take the first slots: positional ones, keyword-only ones, `*args`,
 * `**kwargs`.
 */
export interface Signature {
  /** Positional-only ones first. */
  readonly positional: readonly string[];
  readonly positionalOnly: number;
  readonly keywordOnly: readonly string[];
  readonly rest: string | undefined;
  readonly keywords: string | undefined;
}

/** How many slots the parameters take. */
export function parameterCount(signature: Signature): number {
  return (
    signature.positional.length +
    signature.keywordOnly.length +
    (signature.rest === undefined ? 0 : 1) +
    (signature.keywords === undefined ? 0 : 1)
  );
}

/** What a call needs to know of the function. */
export interface Callee {
  readonly qualname: string;
  /** Defaults of the last positional parameters. */
  readonly defaults: readonly Value[];
  readonly keywordDefaults: ReadonlyMap<string, Value> | undefined;
}

/** Fills the parameters' slots, which are the first of `slots`. */
export function bindArguments(
  slots: Slot[],
  signature: Signature,
  callee: Callee,
  args: readonly Value[],
  keywords: Keywords,
): void {
  const { positional, keywordOnly } = signature;
  const count = positional.length;
  const given = Math.min(args.length, count);
  for (let at = 0; at < given; at++) slots[at] = args[at];
  let next = count + keywordOnly.length;
  if (signature.rest !== undefined) slots[next++] = new PyTuple(args.length > count ? args.slice(count) : []);
  let extra: HashMap | undefined;
  if (signature.keywords !== undefined) {
    extra = new HashMap();
    slots[next] = new PyDict(extra);
  }
  if (keywords !== undefined) {
    bindKeywords(slots, signature, callee, keywords, extra);
    if (extra !== undefined) passAll(keywords, slots[next] as PyDict);
  }
  if (args.length > count && signature.rest === undefined) throw tooMany(slots, signature, callee, args.length);
  if (given < count) {
    const firstDefault = count - callee.defaults.length;
    let missing: string[] | undefined;
    for (let at = given; at < count; at++) {
      if (slots[at] !== undefined) continue;
      if (at >= firstDefault) slots[at] = callee.defaults[at - firstDefault];
      else {
        missing ??= [];
        missing.push(positional[at]!);
      }
    }
    if (missing !== undefined) throw missingArguments(callee, 'positional', missing);
  }
  if (keywordOnly.length > 0) {
    let missing: string[] | undefined;
    for (let at = 0; at < keywordOnly.length; at++) {
      if (slots[count + at] !== undefined) continue;
      const name = keywordOnly[at]!;
      const value = callee.keywordDefaults?.get(name);
      if (value !== undefined) slots[count + at] = value;
      else {
        missing ??= [];
        missing.push(name);
      }
    }
    if (missing !== undefined) throw missingArguments(callee, 'keyword-only', missing);
  }
}

function bindKeywords(
  slots: Slot[],
  signature: Signature,
  callee: Callee,
  keywords: ReadonlyMap<string, Value>,
  extra: HashMap | undefined,
): void {
  const { positional, positionalOnly, keywordOnly } = signature;
  for (const [name, value] of keywords) {
    let at = positional.indexOf(name, positionalOnly);
    if (at < 0) {
      const only = keywordOnly.indexOf(name);
      if (only >= 0) at = positional.length + only;
    }
    if (at < 0) {
      if (extra === undefined) throw unexpectedKeyword(signature, callee, keywords, name);
      extra.set(name, value);
    } else if (slots[at] !== undefined)
      throw raise('TypeError', `${callee.qualname}() got multiple values for argument '${name}'`);
    else slots[at] = value;
  }
}

function unexpectedKeyword(
  signature: Signature,
  callee: Callee,
  keywords: ReadonlyMap<string, Value>,
  name: string,
): PyError {
  const only = signature.positional.slice(0, signature.positionalOnly).filter(one => keywords.has(one));
  if (only.length > 0)
    return raise(
      'TypeError',
      `${callee.qualname}() got some positional-only arguments passed as keyword arguments: '${only.join(', ')}'`,
    );
  const names = [...signature.positional.slice(signature.positionalOnly), ...signature.keywordOnly];
  const near = suggest(name, names);
  const hint = near === undefined ? '' : `. Did you mean '${near}'?`;
  return raise('TypeError', `${callee.qualname}() got an unexpected keyword argument '${name}'${hint}`);
}

function missingArguments(callee: Callee, kind: string, names: readonly string[]): PyError {
  const quoted = names.map(name => `'${name}'`);
  const last = quoted[quoted.length - 1]!;
  const list =
    quoted.length === 1
      ? last
      : quoted.length === 2
        ? `${quoted[0]} and ${last}`
        : `${quoted.slice(0, -1).join(', ')}, and ${last}`;
  const plural = quoted.length === 1 ? '' : 's';
  return raise(
    'TypeError',
    `${callee.qualname}() missing ${quoted.length} required ${kind} argument${plural}: ${list}`,
  );
}

function tooMany(slots: readonly Slot[], signature: Signature, callee: Callee, given: number): PyError {
  const count = signature.positional.length;
  const optional = callee.defaults.length;
  const plural = count === 1 ? '' : 's';
  const takes = optional > 0 ? `from ${count - optional} to ${count} positional arguments` : undefined;
  const only = signature.keywordOnly.filter((_, at) => slots[count + at] !== undefined).length;
  const were =
    only > 0
      ? `${given} positional argument${given === 1 ? '' : 's'} (and ${only} keyword-only argument${only === 1 ? '' : 's'}) were`
      : `${given} ${given === 1 ? 'was' : 'were'}`;
  return raise(
    'TypeError',
    `${callee.qualname}() takes ${takes ?? `${count} positional argument${plural}`} but ${were} given`,
  );
}
