/**
 * Mutated programs: whatever is fed to the evaluator, nothing but Python's exceptions, refusals by name and used-up
 * budgets come out. `FUZZ_RUNS` sets how many programs are tried, `FUZZ_SEED` where the sequence starts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseProgram, Session } from '../../mlsys';

const folder = fileURLToPath(new URL('../conformance/programs/', import.meta.url));
const sources = readdirSync(folder)
  .filter(name => name.endsWith('.py'))
  .map(name => readFileSync(folder + name, 'utf8'));

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

test('nothing but Python exceptions comes out of mutated programs', () => {
  const runs = Number(process.env.FUZZ_RUNS ?? 40);
  const first = Number(process.env.FUZZ_SEED ?? 1);
  for (let seed = first; seed < first + runs; seed++) {
    const session = new Session({ budgets: { steps: 50_000, milliseconds: 400, bytes: 20_000_000, output: 50_000 } });
    for (const [position, source] of mutated(randomOf(seed)).entries()) {
      const { fault } = session.run(parseProgram(source, `cell ${position}`), position);
      expect(fault?.type, `seed ${seed}: ${fault?.message}\n${source}`).not.toBe('InternalError');
    }
  }
});
