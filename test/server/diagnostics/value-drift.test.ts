import { expect, test } from 'vitest';
import { composeChapter, withInherited } from '../../../server/chapter';
import { RuleRunner } from '../../../server/diagnostics';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { inheritedMetadata } from '../../../server/project/configuration';
import { cell, reportIn } from '../../support/analysis';
import { filesOf } from '../../support/files';

const lock = (values: object, name = 'a.qmd') => JSON.stringify({ version: 1, chapters: { [name]: values } });

const drifts = (values: object, text: string) =>
  reportIn({ 'reckoner.lock.json': lock(values), 'a.qmd': text }, 'a.qmd').filter(one => one.includes('value-drift'));

test('a value that is another one, once, with all places that show it', () => {
  const text = `${cell('hours = 12')}\nIt takes \`{python} hours\` hours.\n\nYes, \`{python} hours\`.\n`;
  const message =
    'warning value-drift "hours": `hours` reads 12, and 10 in reckoner.lock.json. Accept the value, or mend what changed it.';
  expect(drifts({ hours: '10' }, text)).toEqual([`${message} The same at 1 more place.`]);
  expect(drifts({ hours: '12' }, text)).toEqual([]);
});

test('a name with several values', () => {
  const text = (first: number) => `${cell(`n = ${first}`)}\n\`{python} n\`\n\n${cell('n = 5')}\n\`{python} n\`\n`;
  expect(drifts({ n: ['3', '5'] }, text(3))).toEqual([]);
  expect(drifts({ n: ['3', '5'] }, text(4))).toEqual([expect.stringContaining('`n` reads 4, and 3 or 5 in')]);
});

test('nothing of what the lock does not name, and of what has no value', () => {
  const text = `${cell('hours = 12')}\n\`{python} hours\` \`{python} gone\`\n`;
  expect(drifts({ toString: '1', gone: '3' }, text)).toEqual([]);
  expect(drifts({}, text)).toEqual([]);
  expect(reportIn({ 'a.qmd': text }, 'a.qmd').filter(one => one.includes('value-drift'))).toEqual([]);
});

test('a lock of a folder below the project is none', () => {
  const texts = {
    '_quarto.yml': '',
    'part/reckoner.lock.json': lock({ n: '3' }),
    'part/a.qmd': `${cell('n = 4')}\n\`{python} n\`\n`,
  };
  const told = (more: object) => reportIn({ ...texts, ...more }, 'part/a.qmd').filter(one => one.includes('drift'));
  expect(told({})).toEqual([]);
  expect(told({ 'reckoner.lock.json': lock({ n: '3' }, 'part/a.qmd') })).toHaveLength(1);
});

test('a lock that changes counts, though nothing else does', () => {
  const path = '/book/a.qmd';
  const text = `${cell('n = 4')}\n\`{python} n\`\n`;
  const runner = new RuleRunner();
  const evaluator = new Evaluator();
  const composed = composeChapter(text, `file://${path}`, undefined);
  const codes = (value: string) => {
    const files = filesOf({ 'reckoner.lock.json': lock({ n: value }) });
    const chapter = withInherited(composed, inheritedMetadata(path, files));
    return runner.run(evaluator.update(chapter, 1)).map(({ code }) => code);
  };
  expect([codes('3'), codes('4'), codes('3')]).toEqual([['value-drift'], [], ['value-drift']]);
});
