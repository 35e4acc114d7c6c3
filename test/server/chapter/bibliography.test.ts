import { expect, test } from 'vitest';
import { parseBibliography } from '../../../server/chapter/bibliography';
import { parseCslBibliography } from '../../../server/chapter/cslBibliography';
import { marked } from '../../support/marks';

test('entries have keys, types, fields and ranges', () => {
  const { text, ranges } = marked(`% a comment with an address a@b
@string{jour = "Journal of Tests"}
⟦@article{⟦knuth:84⟧,
  author = {Knuth, Donald E. and Erd{\\H o}s, P{\\'a}l},
  title = "The {TeX}book: 5\\% more",
  journal = jour # { Quarterly},
  year = 1984,
}⟧
@Book(lamport, title = {A -- B})
`);
  const bibliography = parseBibliography(text);
  expect(bibliography.faults).toEqual([]);
  const [first, second] = bibliography.entries;
  expect([first!.range, first!.keyRange]).toEqual(ranges);
  expect([first!.key, first!.type]).toEqual(['knuth:84', 'article']);
  expect(first!.fields.map(({ name, value }) => [name, value])).toEqual([
    ['author', 'Knuth, Donald E. and Erdős, Pál'],
    ['title', 'The TeXbook: 5% more'],
    ['journal', 'Journal of Tests Quarterly'],
    ['year', '1984'],
  ]);
  expect([second!.key, second!.type, second!.field('title')]).toEqual(['lamport', 'book', 'A – B']);
  expect(bibliography.get('lamport')).toBe(second);
});

test('a broken entry is a fault and costs no other one', () => {
  const bibliography = parseBibliography(
    '@article{a,\n  title = {Never closed,\n  year = 2000\n}\n\n@book{b, title = {Fine}}\n@misc{c,\n  note = "x"\n@misc{d, year = 1}',
  );
  expect(bibliography.entries.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd']);
  expect(bibliography.get('b')!.field('title')).toBe('Fine');
  expect(bibliography.faults.length).toBeGreaterThan(0);
});

test('any text is read to its end', () => {
  for (const text of [
    '',
    '@',
    '@{',
    '@article',
    '@article{',
    '@article{x',
    '@a{b,=}',
    '@a{b, c = {',
    '\u0000@x{y,z="',
  ]) {
    expect(() => parseBibliography(text)).not.toThrow();
  }
});

test.each([
  [
    'json',
    '[{"id": "tanks", "title": "Tanks", "author": [{"family": "Hopper", "given": "G."}, {"literal": "Water Board"}], "issued": {"date-parts": [[1984, 5]]}}]',
  ],
  [
    'yaml',
    'references:\n- id: tanks\n  title: Tanks\n  author:\n  - {family: Hopper, given: G.}\n  - literal: Water Board\n  issued: {year: 1984}\n',
  ],
] as const)('CSL items in %s', (format, text) => {
  const entry = parseCslBibliography(text, format).get('tanks')!;
  expect(['title', 'author', 'year'].map(name => entry.field(name))).toEqual([
    'Tanks',
    'Hopper, G. and Water Board',
    '1984',
  ]);
  expect(entry.source('author')).toBe('Hopper, G. and {Water Board}');
});

test('what is no list of CSL items has no entries, and a fault where it cannot be read', () => {
  expect(parseCslBibliography('{"id": "a"}', 'json')).toMatchObject({ entries: [], faults: [] });
  expect(parseCslBibliography('[', 'json').faults).toMatchObject([
    { message: expect.stringContaining('This is not JSON') },
  ]);
});
