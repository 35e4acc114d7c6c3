import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editChapter, parseChapter, type TextChange } from '../../../server/chapter';
import { chapterEdits, chapterTexts, placeOf } from '../../support/chapterPieces';
import { describeChapter } from '../../support/describeChapter';
import { noRepair } from '../../support/parserLog';

const URI = 'file:///a.qmd';
const F = '```';

/** Texts, one after the other: the incremental chapter of each must equal a fresh one. */
function follow(texts: readonly string[]): void {
  let chapter = parseChapter(texts[0]!, URI);
  for (const text of texts) {
    chapter = parseChapter(text, URI, { previous: chapter, log: noRepair });
    expect(chapter.text).toBe(text);
    expect(describeChapter(chapter)).toEqual(describeChapter(parseChapter(text, URI)));
  }
}

test('after any edits, the incremental chapter equals a fresh one', () => {
  fc.assert(
    fc.property(chapterTexts, chapterEdits, fc.boolean(), (start, versions, whole) => {
      let text = start;
      let chapter = parseChapter(text, URI);
      for (const version of versions) {
        for (const edit of version) {
          const change = placeOf(edit, text);
          text = text.slice(0, change.start) + change.text + text.slice(change.end);
          chapter = whole
            ? parseChapter(text, URI, { previous: chapter, log: noRepair })
            : editChapter(chapter, change, noRepair);
        }
        expect(chapter.text).toBe(text);
        expect(describeChapter(chapter)).toEqual(describeChapter(parseChapter(text, URI)));
      }
    }),
    { numRuns: Number(process.env.RECKONER_EDIT_RUNS ?? 400) },
  );
});

describe('what once went wrong', () => {
  test('a blank block at the end does not move the lines of what is put behind it', () => {
    follow(['text\n\n', 'text\n\nmore\n\n', 'text\n\nmore\n\na']);
    follow(['---\n:::\n# #H\n\n', '---\n# #H\n\n:::\n# #H\n\n:::\n', '---\n# #H\n\n:::\n# #H\n\n:::\n ']);
  });

  test('attributes that are closed further down make a div of the lines before', () => {
    follow(['::: {a="x\ny\nz\n', '::: {a="x\ny\nz"}\n', '::: {a="x\ny\nz\n']);
    follow(['::: {.a\n\n.b}\n', '::: {.a\n.b}\n', '::: {.a\n \t\n.b}\n']);
  });

  test('a fence within a comment that nothing closes is none, whatever stands below', () => {
    follow([`<!--\n\`${F}\n-->\n${F}{python}\n1\n`, `<!--\n\`${F}\n-->\n${F}{pythontitle: t\n}\n1\n`]);
  });

  test('the caption above a table is read with what stands in it', () => {
    const chapter = parseChapter(': About $x$ [@key]\n\n| a | b |\n|---|---|\n| `{python} y` | @fig-z |\n', URI);
    expect(chapter.nodes('key').map(({ node }) => node.key)).toEqual(['key', 'fig-z']);
    expect(chapter.nodes('math').map(({ node }) => node.tex)).toEqual(['x']);
  });
});

test('blocks cover the text without gaps', () => {
  fc.assert(
    fc.property(chapterTexts, text => {
      expect(
        parseChapter(text, 'a')
          .blocks.map(block => block.text)
          .join(''),
      ).toBe(text);
    }),
  );
});

test('an edit keeps the contents of the blocks that it does not touch', () => {
  const text = `One\n\n${F}{python}\nx = 1\n${F}\n\nTwo\n\nThree\n`;
  const before = parseChapter(text, 'a');
  const at = text.indexOf('Two');
  const whole = { start: 0, end: text.length, text: text.replace('Two', 'A Two') };
  for (const change of [{ start: at, end: at, text: 'A ' }, whole]) {
    const after = editChapter(before, change, noRepair);
    const kept = after.blocks.filter((block, i) => block.content === before.blocks[i]!.content).map(({ text }) => text);
    expect(kept).toEqual(after.blocks.map(({ text }) => text).filter(text => text !== 'A Two\n'));
    expect(after.cells[0]!.content).toBe(before.cells[0]!.content);
  }
});

test('an unchanged text gives the same chapter', () => {
  const chapter = parseChapter('Text', 'a');
  expect(parseChapter('Text', 'a', { previous: chapter, log: noRepair })).toBe(chapter);
});

test('an edit outside the text is refused', () => {
  const chapter = parseChapter('Text', 'a');
  const edit = (change: TextChange) => () => editChapter(chapter, change, noRepair);
  expect(edit({ start: 2, end: 5, text: '' })).toThrow('an edit of 2–5 in a text of 4 units');
  expect(edit({ start: 3, end: 2, text: '' })).toThrow(RangeError);
});

describe('a previous chapter whose blocks do not fit together', () => {
  const text = `One\n\n${F}{python}\nx = 1\n${F}\n\nTwo \`{python} x\`\n\nThree\n`;
  const faults: Record<string, (blocks: { start: number }[]) => void> = {
    'a block stands elsewhere': blocks => {
      blocks.at(-2)!.start++;
    },
    'a block is missing': blocks => {
      blocks.splice(3, 1);
    },
    'the last block is missing': blocks => {
      blocks.pop();
    },
    'a block stands twice': blocks => {
      blocks.splice(2, 0, blocks[2]!);
    },
    'two blocks are exchanged': blocks => {
      const [one, other] = [blocks[2]!, blocks[4]!];
      blocks.splice(2, 1, other);
      blocks.splice(4, 1, one);
    },
  };
  test.each(Object.keys(faults))('%s: it is read afresh, and the log is told', name => {
    const chapter = parseChapter(text, URI);
    faults[name]!(chapter.blocks as unknown as { start: number }[]);
    const log: string[] = [];
    const after = editChapter(chapter, { start: 3, end: 3, text: ' more' }, line => log.push(line));
    expect(describeChapter(after)).toEqual(describeChapter(parseChapter(text.replace('One', 'One more'), URI)));
    expect(log).toEqual([
      expect.stringMatching(/^file:\/\/\/a\.qmd: .+ after an edit of 3–3; the whole chapter was read again$/),
    ]);
  });
});
