/**
 * Mutated programs: whatever is fed to the evaluator, nothing but Python's exceptions, refusals by name and used-up
 * budgets come out. `FUZZ_RUNS` sets how many programs are tried, `FUZZ_SEED` where the sequence starts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseProgram, Session } from '../../mlsys';

const sources = ['programs', 'python', 'modules'].flatMap(kind => {
  const folder = fileURLToPath(new URL(`../conformance/${kind}/`, import.meta.url));
  return readdirSync(folder)
    .filter(name => name.endsWith('.py'))
    .map(name => readFileSync(folder + name, 'utf8'));
});

/** The top-level statements of each program, which become the cells of a chapter. */
const programs = sources.map(source => source.split(/\n(?=[A-Za-z@"'([{#])(?!elif|else|except|finally|case)/));

const TOKEN = /[A-Za-z_]\w*|\d[\w.]*|"[^"\n]*"|'[^'\n]*'|[^\s\w]{1,2}/g;
const KEYWORDS =
  /^(and|as|assert|break|case|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|match|nonlocal|not|or|pass|raise|return|try|while|with|yield)$/;

/** Tokens that may stand for one another without a syntax error, mostly. */
function kindOf(token: string): string {
  if (KEYWORDS.test(token)) return token;
  if (/^[A-Za-z_]/.test(token)) return 'value';
  if (/^[\d"']/.test(token)) return 'value';
  if (/^(\+|-|\*|\/|%|\*\*|\/\/|@|<|>|<=|>=|==|!=|&|\||\^|<<|>>)$/.test(token)) return 'operator';
  return token;
}

const vocabulary = new Map<string, string[]>();
const odd =
  '__class__ __dict__ __proto__ constructor None -1 1e400 10**40 {} [] "" float("nan") (lambda:0) object() (1,) -0.0 range(3) ... 2j b"a" True type super iter'.split(
    ' ',
  );
for (const token of new Set(sources.flatMap(source => source.match(TOKEN) ?? []))) {
  const kind = kindOf(token);
  vocabulary.set(kind, [...(vocabulary.get(kind) ?? []), token]);
}

/** A small generator of random numbers with a seed (xorshift). */
function randomOf(seed: number): (below: number) => number {
  let state = seed * 2654435761 || 1;
  return below => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.abs(state) % below;
  };
}

/** Cells of tokens in no order at all, with and without line breaks. */
function scrambled(random: (below: number) => number): string[] {
  const kinds = [...vocabulary.values()];
  const token = (): string => {
    const words = kinds[random(kinds.length)]!;
    return words[random(words.length)]! + ['', ' ', ' ', '\n', '\n    '][random(5)]!;
  };
  return [Array.from({ length: 1 + random(60) }, token).join('')];
}

/** The cells of a program with some tokens exchanged. */
function mutated(random: (below: number) => number): string[] {
  const pick = <T>(items: readonly T[]): T => items[random(items.length)]!;
  return pick(programs).map(cell => {
    let source = cell;
    for (let edits = random(4); edits > 0; edits--) {
      const tokens = [...source.matchAll(TOKEN)];
      if (tokens.length === 0) break;
      const token = pick(tokens);
      const kind = kindOf(token[0]);
      const others = kind === 'value' && random(4) === 0 ? odd : (vocabulary.get(kind) ?? []);
      const replacement = random(20) === 0 ? '' : others.length === 0 ? token[0] : pick(others);
      source = source.slice(0, token.index) + replacement + source.slice(token.index + token[0].length);
    }
    return source;
  });
}

const SETUP = `
import bisect, calendar, cmath, collections, copy, dataclasses, datetime, decimal, enum, fractions, functools, heapq, itertools
import json, math, operator, random, re, statistics, string, textwrap, types, typing, warnings
import matplotlib.pyplot as plt
import numpy as np
import pint
import mlsys.formatting, mlsys.formulas
from mlsys.constants import ureg
random.seed(1)
np.random.seed(1)
class Own:
    def __init__(self, *args): self.args = args
    def __getitem__(self, at): return at
    def __len__(self): return 3
values = dict(
    text='ab', number=5, real=1.5, many=[3, 1, 2], pair=(1, 'a'), table={'a': 1}, bag={1, 2}, data=b'ab', own=Own(1), array=np.arange(6.0),
    grid=np.eye(2), whole=np.arange(4), length=3 * ureg.meter, unit=ureg.second, fraction=fractions.Fraction(1, 3), decimal=decimal.Decimal('1.5'),
    day=datetime.date(2024, 1, 2), moment=datetime.datetime(2024, 1, 2), span=datetime.timedelta(1), queue=collections.deque([1, 2]),
    counts=collections.Counter('aab'), pattern=re.compile('(a)(b)?'), found=re.match('(a)(b)?', 'ab'), rng=np.random.default_rng(1),
    figure=plt.figure(), axes=plt.gca(), wrapper=textwrap.TextWrapper(), made=(i for i in range(3)), registry=ureg,
)
homes = [bisect, calendar, cmath, collections, copy, dataclasses, datetime, decimal, enum, fractions, functools, heapq, itertools, json,
    math, operator, random, re, statistics, string, textwrap, types, typing, warnings, plt, np, np.linalg, np.random, pint,
    mlsys.formatting, mlsys.formulas]
names = ['values["' + k + '"].' + n for k, v in values.items() for c in type(v).__mro__ for n in vars(c)]
names += ['values["text"]', 'len', 'sum', 'sorted', 'int', 'float', 'str', 'dict', 'list', 'set', 'range', 'zip', 'map', 'round', 'pow', 'format', 'type']
`;

/** What calls are given; some of it no function expects. */
const ARGUMENTS =
  'None -1 0 3 1e308 float("nan") 10**30 "" "a" "%s" "constructor" "__proto__" "{0}" b"a" [] [1,2] [[1],[2]] () {} {"a":1} {1} len (lambda*a:1) Own ' +
  'Own() object() range(3) ... True 2j slice(1,None) values["array"] values["length"] values["own"] values["text"] values["unit"] values["day"] ' +
  'values["decimal"] values["fraction"] values["whole"] values["pattern"] iter([1]) [values] np.float64(2) int str Exception Exception("a") ""*3 -0.0 "1"*99 "meter" "km/h"';

/** Calls and operators of the library on whatever there is. */
function call(random: (below: number) => number, names: readonly string[]): string {
  const values = ARGUMENTS.split(' ');
  const value = () => values[random(values.length)]!;
  const name = names[random(names.length)]!;
  const given = Array.from({ length: random(4) }, value);
  if (random(6) === 0)
    given.push(`${['key', 'default', 'axis', 'n', 'prec', 'constructor', '__proto__', 'size'][random(8)]!}=${value()}`);
  const operator = ['+', '-', '*', '/', '//', '%', '**', '@', '<', '==', '&', 'in', 'is', '<<', 'and'][random(15)]!;
  switch (random(8)) {
    case 0:
      return `x = ${name} ${operator} ${value()}`;
    case 1:
      return `x = f"{${value()} ${operator} ${name}!r:.40}"`;
    case 2:
      return `x = ${name}[${value()}]`;
    case 3:
      return `x = list(${name}(${given.join(', ')}))`;
    default:
      return `x = ${name}(${given.join(', ')})\ny = str(x), repr(x)`;
  }
}

test('nothing but Python exceptions comes out of calls of the library with anything', () => {
  const runs = 20 * Number(process.env.FUZZ_RUNS ?? 40);
  const first = Number(process.env.FUZZ_SEED ?? 1);
  const budgets = { steps: 100_000, milliseconds: 1000, bytes: 30_000_000, output: 50_000 };
  const fresh = (): Session => {
    const session = new Session({ budgets: { ...budgets, steps: 20_000_000, bytes: 1e9 } });
    expect(session.run(parseProgram(SETUP, 'setup'), 0).fault?.message).toBeUndefined();
    return session;
  };
  let session = fresh();
  const listOf = <T>(name: string) =>
    (session.namespace.get(name, 1) as unknown as { readonly items: readonly T[] }).items;
  const names = [...listOf<string>('names')];
  // What modules have here is not what they have in Python, so that no program can list it.
  for (const [at, { attrs }] of listOf<{ readonly attrs: ReadonlyMap<string, unknown> }>('homes').entries())
    names.push(...Array.from(attrs.keys(), name => `homes[${at}].${name}`));
  expect(names.length).toBeGreaterThan(2000);
  for (let seed = first; seed < first + runs; seed++) {
    if (seed % 100 === 0) session = fresh();
    const source = call(randomOf(seed), names);
    const { fault } = session.run(parseProgram(source, 'cell'), 1, {
      budgets: { ...session.budgets, ...budgets },
    });
    const told = `seed ${seed}: ${fault?.message}\n${source}`;
    expect(fault?.type, told).not.toBe('InternalError');
    expect(fault?.message ?? '', told).not.toMatch(
      /Cannot (read|set) propert|to a BigInt|mix BigInt|\[native code\]|\[object |is not a function$/,
    );
  }
});

test('nothing but Python exceptions comes out of mutated programs', () => {
  const runs = Number(process.env.FUZZ_RUNS ?? 40);
  const first = Number(process.env.FUZZ_SEED ?? 1);
  for (let seed = first; seed < first + runs; seed++) {
    const session = new Session({ budgets: { steps: 50_000, milliseconds: 400, bytes: 20_000_000, output: 50_000 } });
    const random = randomOf(seed);
    const cells = seed % 8 === 0 ? scrambled(random) : mutated(random);
    for (const [position, source] of cells.entries()) {
      const { fault } = session.run(parseProgram(source, `cell ${position}`), position);
      expect(fault?.type, `seed ${seed}: ${fault?.message}\n${source}`).not.toBe('InternalError');
    }
  }
});
