/** Bindings: what each assignment of a cell bound, where, and what it read. */
import { describe, expect, test } from 'vitest';
import { type Binding, parseProgram, Session, str } from '../../../../mlsys';

function bindingsOf(source: string, earlier?: string): readonly Binding[] {
  const session = new Session();
  if (earlier !== undefined) session.run(parseProgram(earlier, 'earlier'), 0);
  const result = session.run(parseProgram(source, 'cell'), 1);
  expect(result.fault).toBeUndefined();
  return result.bindings;
}

/** `name = value <- path (value), path (value from its binding's text)` */
function shown(binding: Binding): string {
  const reads = binding.reads.map(
    read => `${read.path} (${read.value === undefined ? 'not read' : str(read.value)}${read.binding ? ' bound' : ''})`,
  );
  return `${binding.name} = ${str(binding.value)}${reads.length === 0 ? '' : ` <- ${reads.join(', ')}`}`;
}

describe('bindings', () => {
  test('tell what each assignment read', () => {
    expect(bindingsOf('a = 2\nb = a * 3\nc = a + b').map(shown)).toEqual([
      'a = 2',
      'b = 6 <- a (2 bound)',
      'c = 8 <- a (2 bound), b (6 bound)',
    ]);
  });

  test('have qualified names in class bodies, whose own names come first', () => {
    const bindings = bindingsOf('rate = 1\nclass Run:\n    rate = 5\n    cost = rate * 2\nexport = Run.cost');
    expect(bindings.filter(binding => binding.name !== 'Run').map(shown)).toEqual([
      'rate = 1',
      'Run.rate = 5',
      'Run.cost = 10 <- rate (5 bound)',
      'export = 10 <- Run.cost (10 bound)',
    ]);
    expect(bindings.find(binding => binding.name === 'Run.cost')?.reads[0]?.binding?.name).toBe('Run.rate');
    expect(bindings.at(-1)?.reads[0]?.binding?.name).toBe('Run.cost');
  });

  test('reach back to earlier cells', () => {
    const [binding] = bindingsOf('b = a + 1', 'a = 41');
    expect(shown(binding!)).toBe('b = 42 <- a (41 bound)');
    expect(binding!.reads[0]!.binding!.file).toBe('earlier');
  });

  test('of a loop keep the last turn', () => {
    expect(bindingsOf('total = 0\nfor n in [1, 2, 3]:\n    total += n').map(shown)).toEqual([
      'total = 0',
      'n = 3',
      'total = 6 <- total (3), n (3 bound)',
    ]);
  });

  test.each([
    [9, 'x = n'],
    [5, 'x = x * 2'],
  ])('know which assignment of a long loop came last: of %i turns', (turns, last) => {
    // a ninth turn passes the second assignment by
    const source = `for n in range(${turns}):\n    x = n\n    if n < 8:\n        x = x * 2\ny = x`;
    const read = bindingsOf(source).at(-1)!.reads[0]!;
    const { start, end } = read.binding!.span;
    const line = source.slice(start, source.indexOf('\n', end)).trim();
    expect(line).toBe(last);
  });

  test('keep what they came from when a later cell binds the name anew', () => {
    const session = new Session();
    session.run(parseProgram('a = 1', 'first'), 0);
    const { bindings } = session.run(parseProgram('b = a\na = 2\nc = a', 'second'), 1);
    session.run(parseProgram('a = 3', 'third'), 2);
    const files = bindings.map(binding => `${binding.name} ${binding.reads[0]?.binding?.file ?? '-'}`);
    expect(files).toEqual(['b first', 'a -', 'c second']);
  });

  test('tell a chain of attributes as one read, and the branch that was not taken', () => {
    const source =
      'class Chip:\n    class memory:\n        size = 80\nbig = True\nx = Chip.memory.size if big else Chip.other';
    expect(shown(bindingsOf(source).at(-1)!)).toBe(
      'x = 80 <- big (True bound), Chip.memory.size (80 bound), Chip.other (not read bound)',
    );
  });

  test('cover unpacking, imports, with, walrus and definitions; not variables of functions and comprehensions', () => {
    const source = [
      'a, (b, *c) = 1, (2, 3)',
      'import math',
      'def f(x):',
      '    inner = x + 1',
      '    return inner',
      'd = [(last := i) + a for i in range(2)]',
      'e = f(b)',
    ].join('\n');
    expect(bindingsOf(source).map(binding => binding.name)).toEqual(['a', 'b', 'c', 'math', 'f', 'last', 'd', 'e']);
  });

  test('have the range of the name that was bound', () => {
    const source = 'first = 1\nsecond = first';
    const spans = bindingsOf(source).map(({ span }) => source.slice(span.start, span.end));
    expect(spans).toEqual(['first', 'second']);
  });
});
