import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExpression, parseProgram } from '../../../../mlsys/python/syntax/program';
import { resolveScopes } from '../../../../mlsys/python/syntax/scopes';
import { cpythonTree, type Tree } from '../../../support/pythonTree';

interface TreeCase {
  source: string;
  tree: Tree;
}

interface FaultCase {
  source: string;
  kind: string;
  message: string;
  line: number;
}

function rows<T>(name: string): T[] {
  const url = new URL(`../../../fixtures/python/syntax/${name}`, import.meta.url);
  return readFileSync(url, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as T);
}

const TREES = rows<TreeCase>('trees.jsonl');
const FAULTS = rows<FaultCase>('faults.jsonl');

describe('trees are those of CPython, positions included', () => {
  test.each(TREES)('$source', ({ source, tree }) => {
    const program = parseProgram(source, 'case.py');
    expect(program.issues).toEqual([]);
    expect(cpythonTree(program.module, source)).toEqual(tree);
  });
});

describe("faults have CPython's words, kind and line", () => {
  test.each(FAULTS)('$message: $source', ({ source, kind, message, line }) => {
    const program = parseProgram(source, 'case.py');
    const issue = program.issues[0];
    expect({ kind: issue?.kind, message: issue?.message }).toEqual({ kind, message });
    expect(program.lines.positionAt(issue!.span.start).line).toBe(line);
  });
});

describe('one broken statement leaves the others standing', () => {
  const sound = ['before = 1\n', 'def after(x):\n    return x\n', 'class Other:\n    y = 2\n', "last = 'z'\n"];
  const broken = FAULTS.filter(
    ({ message, source }) => !message.startsWith('unterminated triple') && !source.startsWith('  '),
  );
  test.each(broken)('$source', ({ source }) => {
    const text = sound[0] + source + sound.slice(1).join('');
    const { module } = parseProgram(text, 'case.py');
    const kinds = module.body.map(statement => text.slice(statement.start, statement.end));
    expect(kinds[0]).toBe('before = 1');
    expect(kinds.slice(-2)).toEqual(['class Other:\n    y = 2', "last = 'z'"]);
  });

  test('a broken statement gives one issue, whatever block it stands in', () => {
    const source =
      'class A:\n    x = (1 +\n    y = 2\n\n    def m(self):\n        if self.x\n            a\n        return 1\n\nz = 3\n';
    const program = parseProgram(source, 'case.py');
    expect(program.issues.map(issue => issue.message)).toEqual(["'(' was never closed", "expected ':'"]);
    expect(program.module.body.map(statement => statement.kind)).toEqual(['ClassDef', 'Assign']);
  });
});

describe('a fault of tokens breaks no more than its line', () => {
  test.each([
    ['if a:\n    b\n$\nc\n', ['If', 'Broken', 'ExprStatement']],
    ['try:\n    b\nexcept E:\n    c\n}\nd\n', ['Try', 'Broken', 'ExprStatement']],
    ['while a:\n    b\n"\n', ['While', 'Broken']],
    ['break; pass $\n', ['Broken']],
    ['x = 1\ny = 2 $ 3\nz = 4\n', ['Assign', 'Broken', 'Assign']],
  ])('%j', (source, kinds) => {
    const program = parseProgram(source, 'case.py');
    expect(program.issues.length).toBe(1);
    expect(program.module.body.map(statement => statement.kind)).toEqual(kinds);
  });

  test.each([
    ['its lines stand at the margin', "d = dict(\na='b', c='d',\ne=f',\ng='h')\nlast = 1\n", ['Broken', 'Assign']],
    ['its bracket is closed further down', "d = {\n'a': 'b,\n'c': 'd'\n}\nlast = 1\n", ['Broken', 'Assign']],
    ['it ends with the source', "f(\na,\nb',\n", ['Broken']],
    ['a statement follows', "f(\n  a,\n  b',\nfor c in d:\n    e\n", ['Broken', 'For']],
  ])('a text without end within brackets is the only fault where %s', (_, source, kinds) => {
    const program = parseProgram(source, 'case.py');
    expect(program.issues.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^unterminated (?:f-)?string/),
    ]);
    expect(program.module.body.map(statement => statement.kind)).toEqual(kinds);
  });

  test('a text without end far behind a bracket that was left open hides no statement between them', () => {
    const program = parseProgram("f(1,\nfor a in b:\n    c\nlast = d'\ne = 1\n", 'case.py');
    expect(program.module.body.map(statement => statement.kind)).toEqual(['Broken', 'For', 'Broken', 'Assign']);
    expect(program.issues).toHaveLength(1);
  });

  test('faults of indentation further down in the same statement are its echoes, in another one they are not', () => {
    const torn =
      'def f(x):\n    for key i\nn x:\n        y = key\n    return x\n\n\ndef g(x):\n    y = 1\n      z = 2\n';
    const program = parseProgram(torn, 'case.py');
    expect(program.issues.map(({ message, span }) => [program.lines.positionAt(span.start).line, message])).toEqual([
      [2, 'invalid syntax'],
      [3, 'invalid syntax'],
      [10, 'unexpected indent'],
    ]);
  });

  test('a broken case at the end is the only fault of its match', () => {
    const program = parseProgram('match x:\n    case A(b=1, 2): pass\n', 'case.py');
    expect(program.issues.map(issue => issue.message)).toEqual(['positional patterns follow keyword patterns']);
  });
});

describe('IPython lines', () => {
  test('magics and shell lines are tolerated', () => {
    const source = '%matplotlib inline\n!pip install x\nif a:\n    %time\n    b = c % d\nhelp?\n';
    const program = parseProgram(source, 'cell');
    const magics = program.module.body.filter(statement => statement.kind === 'Magic').map(magic => magic.text);
    expect(magics).toEqual(['%matplotlib inline', '!pip install x', 'help?'].slice(0, magics.length));
    expect(magics.length).toBeGreaterThanOrEqual(2);
  });
});

describe('expressions on their own', () => {
  test('line breaks do not count', () => {
    expect(parseExpression(' a +\n b ').expression?.kind).toBe('BinOp');
  });

  test.each(['a', '_a1 ', 'A.b', 'match.x', 'a.type.c', 'é.b', `a${'.b'.repeat(600)}`])(
    'a name with its attributes is what it is as a statement: %s',
    source => {
      const { expression, issues } = parseExpression(source);
      expect(issues).toEqual([]);
      expect([expression]).toEqual(
        parseProgram(source, 'cell').module.body.map(statement => 'value' in statement && statement.value),
      );
    },
  );

  test('blanks around a name count for its place only', () => {
    expect(parseExpression(' \ta.b ').expression).toMatchObject({ kind: 'Attribute', start: 2, end: 5 });
  });

  test.each([
    ['a.', 'invalid syntax'],
    ['a..b', 'invalid syntax'],
    ['a.if', 'invalid syntax'],
    ['lambda', 'invalid syntax'],
    ['a\u00a0.b', 'invalid non-printable character U+00A0'],
    [`a${'.b'.repeat(2000)}`, 'maximum recursion depth exceeded during compilation'],
    ['', 'invalid syntax'],
    ['a b', 'invalid syntax. Perhaps you forgot a comma?'],
    ['f(', "'(' was never closed"],
    ['x = 1', "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"],
  ])('%s', (source, message) => {
    const { expression, issues } = parseExpression(source);
    expect(expression).toBeUndefined();
    expect(issues.map(issue => issue.message)).toEqual([message]);
  });
});

describe('any text', () => {
  const pieces = TREES.map(({ source }) => source).concat(FAULTS.map(({ source }) => source));
  const snippet = fc.oneof(
    fc.constantFrom(...pieces),
    fc.constantFrom(
      ...'()[]{}:,.\'"\\\n\t #=+*@!%$?“é😀'.split(''),
      '"""',
      "f'{",
      '    ',
      'if ',
      'match x:\n',
      'lambda ',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  const cut = fc.tuple(
    fc.array(snippet, { maxLength: 6 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );
  const texts = cut.map(([parts, from, to]) => {
    const whole = parts.join('');
    return whole.slice(Math.floor(whole.length * Math.min(from, to)), Math.ceil(whole.length * Math.max(from, to)));
  });

  test('parses, with statements in order and inside the text', () => {
    fc.assert(
      fc.property(texts, source => {
        const { module, issues } = parseProgram(source, 'any.py');
        let end = 0;
        for (const statement of module.body) {
          expect(statement.start).toBeGreaterThanOrEqual(end);
          end = statement.start;
        }
        for (const { span } of issues) expect(span.start <= span.end && span.end <= source.length).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('where it is flat, a walk finds no scopes but those of classes, and no faults', () => {
    let flat = 0;
    fc.assert(
      fc.property(texts, source => {
        const { module, issues } = parseProgram(source, 'any.py');
        if (!module.flat || issues.length > 0) return;
        flat++;
        const { scopes, issues: faults, misplaced } = resolveScopes(module);
        expect([...faults, ...misplaced]).toEqual([]);
        for (const { kind } of scopes.values()) expect(kind).toMatch(/^(module|class)$/);
      }),
      { numRuns: 4000 },
    );
    expect(flat).toBeGreaterThan(100);
  });

  test('gives after an edit what it gives afresh', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pieces), fc.constantFrom(...pieces), texts, texts, (first, second, old, fresh) => {
        const previous = parseProgram(first + second + old, 'any.py');
        const source = first + second + fresh;
        const { module, issues } = parseProgram(source, 'any.py', previous);
        const afresh = parseProgram(source, 'any.py');
        expect(module).toEqual(afresh.module);
        expect(issues).toEqual(afresh.issues);
      }),
      { numRuns: 1000 },
    );
  });

  test('unchanged leading statements are the same objects', () => {
    const previous = parseProgram('a = 1\nb = 2\nc = 3\nd = 4\n', 'x.py');
    const next = parseProgram('a = 1\nb = 2\nc = 30\nd = 4\n', 'x.py', previous);
    expect(next.module.body[0]).toBe(previous.module.body[0]);
    expect(next.module.body).toEqual(parseProgram('a = 1\nb = 2\nc = 30\nd = 4\n', 'x.py').module.body);
  });

  test.each([
    ['(', 'too many nested parentheses'],
    ['[', 'too many nested parentheses'],
    ['f(', 'too many nested parentheses'],
    ['-', 'too many nested parentheses'],
    ['not ', 'too many nested parentheses'],
    ['lambda: ', 'too many nested parentheses'],
    ['x if y else ', 'too many nested parentheses'],
    ['x ** ', 'too many nested parentheses'],
    ['x + ', 'maximum recursion depth exceeded during compilation'],
  ])('%s nested without end is an issue', (piece, message) => {
    const { issues } = parseProgram(`${piece.repeat(20_000)}1\n`, 'deep.py');
    expect(issues.map(issue => issue.message)).toEqual([message]);
  });

  test('blocks nested without end are an issue', () => {
    const lines = Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}if x:\n`);
    expect(parseProgram(lines.join(''), 'deep.py').issues.length).toBeGreaterThan(0);
    const chain = `if x: pass\n${'elif x: pass\n'.repeat(20_000)}`;
    expect(parseProgram(chain, 'deep.py').issues).toHaveLength(1);
  });
});

test('an operator at the very end of a text stays within it', () => {
  for (const source of ['@=', '+=', 'x **'])
    for (const { span } of parseProgram(source, 'f').issues) expect(span.end).toBeLessThanOrEqual(source.length);
});

test.each([
  ['faulty statements', 'x = = 1\n'.repeat(50_000), 200],
  ['faulty tokens', '$ ? !\n'.repeat(50_000), 200],
  ['texts without an end', '"abc\n'.repeat(50_000), 200],
  ['parameters', `def f(${Array.from({ length: 100_000 }, (_, at) => `a${at}`).join(', ')}): pass`, 0],
])('very many %s: read in time in proportion to their number, and not all are told', (_, source, told) => {
  // Anything that grows with the square of their number takes longer than a test may.
  expect(parseProgram(source, 'long.py').issues.length).toBe(told);
});
