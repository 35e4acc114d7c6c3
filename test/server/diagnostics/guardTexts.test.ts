/** Messages of guards that tell another limit than is tested. */
import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

function guarded(guard: string): string[] {
  const code = `from mlsys.formatting import check\ndays = 3.2\nloaves = 800\nshare = 0.12\nclass Oven:\n    cost = 45\n    ${guard}`;
  return report(`${cell(code)}\n\n\`{python} days\`, \`{python} loaves\`, \`{python} share\`\n`).filter(line =>
    line.includes('The guard says'),
  );
}

test.each([
  ['check(cost < 50, "the text says less than $60")', '"less than $60", but it tests `cost < 50`.'],
  ['check(days < 4, "the text says under five days")', '"under five", but it tests `days < 4`.'],
  ['check(700 <= loaves, "at least 600 loaves")', '"at least 600", but it tests `700 <= loaves`.'],
  ['assert loaves >= 800, "the text says at least 900 loaves"', '"at least 900", but it tests `loaves >= 800`.'],
  ["assert cost < 50, 'the text says <40 dollars'  # a day", '"<40", but it tests `cost < 50`.'],
])('%s', (guard, told) => {
  expect(guarded(guard)).toEqual([expect.stringContaining(`The guard says ${told}`)]);
});

test.each([
  ['the same limit', 'check(cost < 50, "the text says less than $50")'],
  ['the same limit in words', 'check(days < 4, "the text says under four days")'],
  ['room for rounding', 'check(cost < 48, "the text says less than $50")'],
  ['another unit', 'check(share < 0.2, "less than 20 %")'],
  ['what is said where it fails', 'assert cost < 50, "a day costs more than $60"'],
  ['two numbers', 'check(cost < 50, "less than $60 for 2 ovens")'],
  ['a number of what it is about', 'check(cost < 50, "three ovens cost less than $60")'],
  ['two limits', 'check(0 < cost < 50, "less than $60")'],
  ['an amount besides', 'check(cost * 2 < 100, "less than $60 each")'],
])('%s is no fault', (_, guard) => {
  expect(guarded(guard)).toEqual([]);
});
