import { describe, expect, test } from 'vitest';
import type { CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall } from 'vscode-languageserver';
import type { ChapterValue, SourceTree } from '../../../server/protocol';
import { PROVENANCE, REACH, VALUES } from '../../../server/protocol';
import { ask, CURSOR } from '../../support/requests';

const CHAPTER = `\`\`\`{python}
#| label: plan
from mlsys.constants import A100_FLOPS_FP16_TENSOR, TFLOPs, second
from mlsys.formatting import fmt, check

class Plan:
    peak = A100_FLOPS_FP16_TENSOR.m_as(TFLOPs / second)
    eta = 0.45
    def speed(n):
        return n * Plan_eta
    rate = peak * eta
    check(rate > 100, "too slow")
    rate_str = fmt(rate, precision=0)

rate_str = Plan.rate_str
double = Plan.rate * 2
\`\`\`

Each one makes \`{python} rate_str\` TFLOPs/s, two make \`{python} f"{double:.1f}"\`.
`;

/** The tree, a line for each node with its depth, and the line of the chapter where it stands. */
function shown({ nodes }: SourceTree, at = 0, depth = 0): string[] {
  const { label, description, kind, place, children } = nodes[at]!;
  const line = place === undefined ? '' : ` @${place.range.start.line + 1}`;
  return [
    `${'  '.repeat(depth)}${kind} ${label}${description === '' ? '' : ` | ${description}`}${line}`,
    ...children.flatMap(child => shown({ nodes }, child, depth + 1)),
  ];
}

const at = (words: string) => CHAPTER.replace(words, words.slice(0, -1) + CURSOR + words.slice(-1));
const tree = async (method: string, words: string) => shown((await ask<Promise<SourceTree>>(method, at(words)))!);

describe('where a number comes from', () => {
  test('of a reference, to its leaves', async () => {
    expect(await tree(PROVENANCE, 'python} rate_str')).toEqual([
      'formula rate_str = 140 @15',
      '  formula Plan.rate_str = 140 | fmt(rate, precision=0) @13',
      '    formula Plan.rate = 140.4 | peak × eta @11',
      '      formula Plan.peak = 312 | A100_FLOPS_FP16_TENSOR in TFLOPs / second @7',
      '        constant A100_FLOPS_FP16_TENSOR = 312 TFLOPs/s | NVIDIA A100 data sheet, 2020',
      '      assumption Plan.eta = 0.45 | assumption @8',
    ]);
  });

  test('of a name in a cell', async () => {
    expect((await tree(PROVENANCE, '    rate'))[0]).toBe('formula Plan.rate = 140.4 | peak × eta @11');
  });

  test('of the number that an assignment sets', async () => {
    expect(await tree(PROVENANCE, 'eta = 0.45')).toEqual(['assumption Plan.eta = 0.45 | assumption @8']);
  });

  test('nothing of plain words', async () => {
    expect(await ask(PROVENANCE, at('Each one'))).toBeNull();
  });
});

describe('what a number reaches', () => {
  test('sentences, guards and values, through classes, bridges and expressions', async () => {
    expect(await tree(REACH, '    eta')).toEqual([
      'formula Plan.eta = 0.45 | 2 sentences, 1 guard, 4 values @8',
      '  group Sentences | 2',
      '    sentence 140 | Each one makes _ TFLOPs/s, two make 280.8. @19',
      '    sentence 280.8 | … makes 140 TFLOPs/s, two make _. @19',
      '  group Guards | 1',
      '    guard rate > 100 | holds @12',
      '  group Values | 4',
      '    formula Plan.rate = 140.4 @11',
      "    formula Plan.rate_str = '140' @13",
      "    formula rate_str = '140' @15",
      '    formula double = 280.8 @16',
    ]);
  });

  test('of a constant, through its import', async () => {
    expect((await tree(REACH, 'A100_FLOPS_FP16_TENSOR'))[0]).toMatch(/2 sentences, 1 guard, 5 values/);
  });

  test.each([
    [
      'a dict that a loop fills',
      'out = {}\nfor name, n in {"a": 1}.items():\n    out[name] = n * rate',
      'sum(out.values())',
    ],
    ['a list that a loop fills', 'out = []\nfor n in range(3):\n    if n:\n        out.append(n * rate)', 'out[-1]'],
    ['a dict of dicts', 'out = {"a": {}}\nout["a"]["b"] = rate', 'out["a"]["b"]'],
    ['a sum by keys', 'out = dict(a=1)\nfor key in "a":\n    out[key] += rate', 'out["a"]'],
    [
      'what says how often a loop goes round',
      'left = 9.0\nout = [0]\nn = 0\nwhile left > 0:\n    left -= rate\n    n += 1',
      'n',
    ],
    ['what says whether something is set', 'n = 1\nif rate > 2:\n    n = 2', 'n'],
    ['a range', 'n = 0\nfor _ in range(rate):\n    n += 1', 'n'],
    ['the body of a class', 'class Plan:\n    own = rate\n    n = 1\n    if own > 2:\n        n = 2', 'Plan.n'],
    ['a loop over what it makes', 'rates = [rate, 2]\nout = []\nfor one in rates:\n    out.append(one)', 'out[0]'],
  ])('through %s', async (_, code, expr) => {
    const chapter = `\`\`\`{python}\nfrom mlsys.formatting import check\nra¦te = 3\n${code}\ntotal = ${expr}\ncheck(total > 0, "none")\n\`\`\`\n\n\`{python} total\`\n`;
    expect(shown((await ask<SourceTree>(REACH, chapter))!)[0]).toMatch(/1 sentence, 1 guard, \d values/);
  });

  test('through a function of the chapter', async () => {
    const chapter = `\`\`\`{python}\nra¦te = 3\ndef cost(n):\n    return n * rate\ntotal = cost(4)\n\`\`\`\n\n\`{python} total\`\n`;
    const found = shown((await ask<SourceTree>(REACH, chapter))!);
    expect(found[0]).toBe('formula rate = 3 | 1 sentence, 1 value @2');
  });
});

test.each(['rate = ¦3  # a day', 'rate = 3 ¦ # a day', 'rate = 3  # a ¦day'])(
  'a cursor in the number or the comment of an assignment means what it sets: %s',
  async line => {
    const chapter = `\`\`\`{python}\nbase = 2\n${line}\n# apart\ntotal = rate * 2\n\`\`\`\n\n\`{python} total\`\n`;
    expect(shown((await ask<SourceTree>(REACH, chapter))!)[0]).toBe('formula rate = 3 | 1 sentence, 1 value @3');
    expect(await ask(REACH, chapter.replace('¦', '').replace('# apart', '# ap¦art'))).toBeNull();
  },
);

test('what a default of a function reaches', async () => {
  const chapter = `\`\`\`{python}\ndef cost(n, rate=3.¦5):\n    return n * rate\ntotal = cost(4)\n\`\`\`\n\n\`{python} total\`\n`;
  expect(shown((await ask<SourceTree>(REACH, chapter))!)[0]).toBe('formula cost() | 1 sentence, 1 value @2');
});

describe('as a call hierarchy', () => {
  const prepare = async (words: string) =>
    (await ask<Promise<CallHierarchyItem[] | null>>('textDocument/prepareCallHierarchy', at(words)))?.[0];

  test('outgoing: what a number is made of, down to a constant', async () => {
    let item = await prepare('    rate');
    expect([item?.name, item?.detail]).toEqual(['Plan.rate = 140.4', 'peak × eta']);
    const names: string[] = [];
    for (let turn = 0; turn < 2; turn++) {
      const calls = await ask<Promise<CallHierarchyOutgoingCall[]>>('callHierarchy/outgoingCalls', CHAPTER, { item });
      names.push(calls.map(({ to }) => to.name).join(', '));
      item = calls[0]!.to;
    }
    expect(names).toEqual(['peak = 312, eta = 0.45', 'A100_FLOPS_FP16_TENSOR = 312 TFLOPs/s']);
  });

  test('incoming: what reads a number, up to sentences', async () => {
    const item = await prepare('    rate_str');
    const calls = await ask<Promise<CallHierarchyIncomingCall[]>>('callHierarchy/incomingCalls', CHAPTER, { item });
    expect(calls.map(call => call.from.name)).toEqual(["rate_str = '140'"]);
    const next = await ask<Promise<CallHierarchyIncomingCall[]>>('callHierarchy/incomingCalls', CHAPTER, {
      item: calls[0]!.from,
    });
    expect(next.map(call => [call.from.name, call.from.range.start.line])).toEqual([['140', 18]]);
  });
});

test('the values that a chapter makes for its prose, with uses and guards', async () => {
  const rows = await ask<ChapterValue[]>(VALUES, CHAPTER);
  expect(rows.map(({ name, text, uses, guards, holding }) => [name, text, uses, `${holding} of ${guards}`])).toEqual([
    ['rate_str', '140', 1, '1 of 1'],
    ['double', '280.8', 1, '1 of 1'],
  ]);
});

test('a text of a class of its own is listed as it reads', async () => {
  const chapter =
    '```{python}\nclass Told(str):\n    pass\nlaw = Told("as it\\\'s written")\n```\n\nSo `{python} law`.\n';
  const rows = await ask<ChapterValue[]>(VALUES, chapter);
  expect(rows.map(({ name, text }) => [name, text])).toEqual([['law', "as it's written"]]);
});

test('an object that tells nothing of itself is listed as it reads, and no list that nobody shows', async () => {
  const chapter = [
    '```{python}',
    'from IPython.display import Markdown',
    'hours = [3, 4]',
    'law = Markdown(f"$N = {3 * 4}$")',
    '```',
    '',
    'So `{python} law`.',
    '',
  ].join('\n');
  const rows = await ask<ChapterValue[]>(VALUES, chapter);
  expect(rows.map(({ name, text }) => [name, text])).toEqual([['law', '$N = 12$']]);
});
