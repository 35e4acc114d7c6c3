/** The same cells give the same values through a book's own package and through the built-in library. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeValue, type ModuleSource, PyClass, parseProgram, Session, type Value } from '../../mlsys';

const BOOK = join(import.meta.dirname, '../fixtures/packages/book');

const book: ModuleSource = {
  find(name) {
    const path = name.replaceAll('.', '/');
    for (const [file, isPackage] of [
      [`${path}/__init__.py`, true],
      [`${path}.py`, false],
    ] as const)
      if (existsSync(join(BOOK, file))) return { file, source: readFileSync(join(BOOK, file), 'utf8'), isPackage };
    return undefined;
  },
};

function described(value: Value): string {
  const { type, repr } = describeValue(value);
  return `${type} ${repr}`;
}

/** Runs the cells and tells every value that they bind, attributes of classes included, as `type repr`. */
function valuesOf(modules: ModuleSource | undefined): Map<string, string> {
  const session = new Session(modules === undefined ? {} : { modules });
  const told = new Map<string, string>();
  const cells = readFileSync(join(BOOK, 'chapter.py'), 'utf8').split('# ---\n');
  cells.forEach((source, position) => {
    const { fault, writes } = session.run(parseProgram(source, `cell:${position}`), position);
    expect(fault, source).toBe(undefined);
    if (position === 0) return;
    for (const [name, value] of writes) {
      if (value instanceof PyClass) {
        for (const [attribute, part] of value.attrs)
          if (!attribute.startsWith('__')) told.set(`${name}.${attribute}`, described(part));
      } else if (value !== undefined) told.set(name, described(value));
    }
  });
  return told;
}

describe('a book’s own package', () => {
  const own = valuesOf(book);

  test('gives the values of the built-in library', () => {
    expect([...own]).toEqual([...valuesOf(undefined)]);
  });

  test.each([
    ['Training.days', 'float 25.278356893663602'],
    ['Training.energy_str', "str '248 MWh'"],
    ['Memory.fp32', 'float 102.39999999999999'],
    ['Roofline.ridge_str', "str '295.2 flop/B'"],
    ['ops_str', "str '3.14 × 10²³'"],
    ['peak_text', "str '312.0 TFLOPs/s'"],
  ])('%s', (name, text) => {
    expect(own.get(name)).toBe(text);
  });

  test('an import tells the file of the constant', () => {
    const session = new Session({ modules: book });
    session.run(parseProgram('from mlsys.constants import A100_TDP', 'cell'), 1);
    const binding = session.modules.bindingIn('mlsys.constants', 'A100_TDP');
    expect(binding?.file).toBe('mlsys/constants.py');
    const source = book.find('mlsys.constants')!.source;
    expect(source.slice(binding!.span.start, binding!.span.end)).toContain('A100_TDP');
  });
});

test('what a function that nobody knows is given by name in a module may be bound there', () => {
  const sources: Record<string, string> = {
    kit: 'from public import public\n\nclass Frozen: pass\n\nlink: type[Frozen]\npublic(link=Frozen)\n',
    'kit.use': 'from kit import link\nkept = 7\n',
  };
  const modules: ModuleSource = {
    find: name => {
      const source = sources[name];
      return source === undefined ? undefined : { file: `${name}.py`, source, isPackage: name === 'kit' };
    },
  };
  const run = (cell: string) => new Session({ modules }).run(parseProgram(cell, 'cell'), 0);
  expect(run('from kit.use import kept, link').fault).toBe(undefined);
  expect(run('from kit import other').fault?.message).toContain("cannot import name 'other' from 'kit'");
});
