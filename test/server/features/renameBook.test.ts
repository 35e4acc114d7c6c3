/** A rename in a book with a package: what calls, header boxes and data files say of the name. */
import { describe, expect, test } from 'vitest';
import { analyzeBook, MarkedBook, type Sources } from '../../support/books';

const FERRY: Sources = {
  'ferry/__init__.py': 'from .rates import hourly, HULL\n__all__ = ["hourly", "HULL"]\n',
  'ferry/rates.py': 'HULL = 0.62\n\ndef hourly(power, share=1.0):\n    return power * share\n',
  'chapter.qmd': `\`\`\`{python}
# ┌───────────────────────────────
# │ HARBOUR
# ├───────────────────────────────
# │ Imports: ferry (hourly, HULL)
# │ Exports: Harbour.power_str
# └───────────────────────────────
from ferry import hourly, HULL

class Harbour:
    share = 0.5
    power_str = f"{hourly(40 * HULL, share=share):.1f}"
\`\`\`

It takes \`{python} Harbour.power_str\` kW.
`,
};

/** The files after a rename at a place: `¦` is put in front of the part of the text of the file. */
function renamed(file: string, before: string, newName: string, sources: Sources = FERRY): Sources {
  const at = sources[file]!.indexOf(before);
  const text = `${sources[file]!.slice(0, at)}¦${sources[file]!.slice(at)}`;
  return new MarkedBook({ ...sources, [file]: text }).renamed(newName);
}

function shown(sources: Sources): readonly (string | undefined)[] {
  return analyzeBook(sources['chapter.qmd']!, sources).refs.map(({ text }) => text);
}

describe('reads as before', () => {
  test.each([
    ['a parameter, from the file of its function', 'ferry/rates.py', 'share=1.0', 'part'],
    ['a parameter, from a call by its name', 'chapter.qmd', 'share=share', 'part'],
    ['a function', 'ferry/rates.py', 'hourly', 'per_hour'],
    ['a constant', 'ferry/rates.py', 'HULL', 'FORM'],
    ['a class', 'chapter.qmd', 'Harbour:', 'Port'],
    ['an attribute', 'chapter.qmd', 'power_str =', 'kw_str'],
  ])('%s', (_, file, before, newName) => {
    expect(shown(renamed(file, before, newName))).toEqual(shown(FERRY));
  });
});

test('a parameter that a chapter which is not open passes by its name is not renamed', () => {
  const text = FERRY['ferry/rates.py']!.replace('share=1.0', '¦share=1.0');
  const closed = (code: string) => ({ 'other.qmd': `\`\`\`{python}\nfrom ferry import hourly\n${code}\n\`\`\`\n` });
  const book = (code: string) => new MarkedBook({ ...FERRY, 'ferry/rates.py': text }, closed(code));
  expect(() => book('x = hourly(3, share=0.5)').renamed('part')).toThrow('other.qmd, which is not open');
  expect(book('x = hourly(4)').renamed('part')).toBeDefined();
});

describe('the header box', () => {
  const header = (sources: Sources) => sources['chapter.qmd']!.split('\n').slice(4, 6).join('\n');

  test.each([
    ['a function among the imports', 'ferry/rates.py', 'hourly', 'per_hour', 'ferry (per_hour, HULL)'],
    ['a constant among the imports', 'chapter.qmd', 'HULL\n', 'FORM', 'ferry (hourly, FORM)'],
    ['a class before its exports', 'chapter.qmd', 'Harbour:', 'Port', 'Exports: Port.power_str'],
    ['an attribute', 'chapter.qmd', 'power_str =', 'kw_str', 'Exports: Harbour.kw_str'],
  ])('%s', (_, file, before, newName, wanted) => {
    expect(header(renamed(file, before, newName))).toContain(wanted);
  });

  test('a name in it is one to rename', () => {
    expect(header(renamed('chapter.qmd', 'HULL)', 'FORM'))).toContain('ferry (hourly, FORM)');
    expect(header(renamed('chapter.qmd', 'Harbour.power', 'Port'))).toContain('Exports: Port.power_str');
  });
});

describe('a field whose objects are made of what a file holds', () => {
  const boats = (how: string, base = 'BaseModel'): Sources => ({
    'boats.py': `from pydantic import BaseModel, TypeAdapter\n\nROW = {"seats": 96}\n\nclass Boat(${base}):\n    seats: int\n\n${how}\n`,
    'chapter.qmd': '```{python}\nfrom boats import skerry\n```\n\nIt has `{python} skerry.seats` seats.\n',
  });

  test.each([
    ['by its constructor', 'skerry = Boat(**ROW)'],
    ['by a method', 'skerry = Boat.model_validate(ROW)'],
    ['within another one', 'class Yard(BaseModel):\n    boat: Boat\n\nskerry = Yard(**{"boat": ROW}).boat'],
    ['by a derived class', 'class Ferry(Boat):\n    pass\n\nskerry = Ferry(**ROW)'],
    ['by an adapter', 'skerry = TypeAdapter(Boat).validate_python(ROW)'],
  ])('%s', (_, how) => {
    expect(shown(boats(how))).toEqual(['96']);
    expect(() => renamed('boats.py', 'seats:', 'places', boats(how))).toThrow(/keys of data.*line \d+/);
  });

  test('by names that are written, it is renamed with them', () => {
    const sources = boats('skerry = Boat(seats=96)');
    expect(renamed('boats.py', 'seats:', 'places', sources)['boats.py']).toContain('Boat(places=96)');
  });
});
