import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beforeEdits, type DraftEdit, editedText, wayBetween } from '../../../server/whatif/changes';

const TEXT = 'a = 0.45\nb = 12 * second\ncheck(a > 3)\nc = a * b\n';

/** Edits of words of the text that do not overlap. */
const edits = fc
  .uniqueArray(fc.constantFrom(4, 13, 24, 30, 41), { maxLength: 4 })
  .chain(starts =>
    fc.tuple(...starts.map(start => fc.string({ maxLength: 5 }).map(newText => ({ start, end: start + 3, newText })))),
  )
  .map((made): DraftEdit[] => [...made].sort((a, b) => a.start - b.start));

test('the way from one draft to another makes the other', () => {
  fc.assert(
    fc.property(edits, edits, (before, after) => {
      let text = editedText(TEXT, before);
      for (const { start, end, text: inserted } of wayBetween(TEXT, before, after)!)
        text = text.slice(0, start) + inserted + text.slice(end);
      expect(text).toBe(editedText(TEXT, after));
    }),
  );
});

test('there is no such way between edits that overlap', () => {
  const whole = [{ start: 13, end: 24, newText: '1' }];
  expect(wayBetween(TEXT, whole, [{ start: 13, end: 15, newText: '2' }])).toBeUndefined();
});

test('an edit of a draft is one of the text before its edits', () => {
  const made = [{ start: 4, end: 8, newText: '0.123456' }];
  const draft = editedText(TEXT, made);
  const start = draft.indexOf('check');
  const edit = beforeEdits({ start, end: start + 12, newText: 'None' }, made);
  expect(TEXT.slice(edit.start, edit.end)).toBe('check(a > 3)');
});
