/**
 * What references leave in their sentences, against IPython: each file of `test/conformance/references` holds expressions,
 * and the form and text that IPython gives them. test/conformance/README.md says how records are made.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Display, parseExpression, parseProgram, Session } from '../../mlsys';

interface Case {
  readonly expr: string;
  readonly mime: Display['mime'];
  readonly text: string;
  readonly quoted?: true;
}

/** The recorded text as we have it: an ellipsis of ours stands for a signature or a name that is not known. */
function fitting(text: string, display: Display | undefined): string {
  const parts = (display?.text ?? '').split('…').map(part => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[\\s\\S]*')}$`).test(text) ? display!.text : text;
}

const folder = join(import.meta.dirname, '../conformance/references');

for (const file of readdirSync(folder).filter(name => name.endsWith('.json'))) {
  const { setup, cases } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { setup: string[]; cases: Case[] };
  describe(file, () => {
    const session = new Session();
    const { fault } = session.run(parseProgram(setup.join('\n'), 'setup'), 0);
    test('the setup runs', () => expect(fault).toBeUndefined());
    test.each(cases)('$expr', ({ expr, mime, text, quoted = false }) => {
      const result = session.evaluate(parseExpression(expr).expression!, 1);
      const { display } = result;
      expect(display ?? result.fault).toEqual({ mime, text: fitting(text, display), quoted });
    });
  });
}

describe('a reference without a text', () => {
  const session = new Session();
  const setup = [
    'class Broken:',
    '    def __repr__(self): return 1 / 0',
    'class Itself:',
    '    def _ipython_display_(self): print("shown")',
    'class Half(Itself):',
    '    def _ipython_display_(self): raise ValueError("no")',
    '    def __repr__(self): return "half"',
    'from IPython.display import Markdown',
  ];
  session.run(parseProgram(setup.join('\n'), 'setup'), 0);

  test.each([
    ['Broken()', 'ZeroDivisionError: division by zero'],
    ['Itself()', "KeyError: 'the value shows itself (_ipython_display_) and leaves no text for the sentence'"],
    ['Half()', 'half'],
    [
      "Markdown('https://example.org')",
      'Unsupported: Markdown of a file or an address is not supported by Reckoner: give the text itself',
    ],
    [
      "Markdown(filename='a.md')",
      'Unsupported: Markdown of a file or an address is not supported by Reckoner: give the text itself',
    ],
  ])('%s', (expr, told) => {
    const { text, fault } = session.evaluate(parseExpression(expr).expression!, 1);
    expect(text ?? `${fault?.type}: ${fault?.message}`).toBe(told);
  });
});
