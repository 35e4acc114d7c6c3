/** Documents that are made to be hard: what an editor asks of its own accord, and while one types, is answered. */
import { expect, test } from 'vitest';
import { features } from '../../../server/features';
import { DEFAULT_SETTINGS } from '../../../server/protocol';
import { analyze } from '../../support/analysis';
import { HOSTILE_DOCUMENTS } from '../../support/hostileDocuments';

const METHODS = [
  'textDocument/completion',
  'textDocument/documentHighlight',
  'textDocument/documentLink',
  'textDocument/documentSymbol',
  'textDocument/foldingRange',
  'textDocument/linkedEditingRange',
  'textDocument/selectionRange',
  'textDocument/semanticTokens/full',
  'textDocument/signatureHelp',
];

const handlers = await Promise.all(features.filter(({ method }) => METHODS.includes(method)).map(one => one.load()));

test('all of them are features', () => {
  expect(handlers).toHaveLength(METHODS.length);
});

const uri = 'file:///book/chapter.qmd';

test.each(HOSTILE_DOCUMENTS.map(one => [one.name, one] as const))('%s', { timeout: 60_000 }, async (_, { text }) => {
  const whole = text();
  const analysis = analyze(whole);
  const position = analysis.chapter.lines.positionAt(Math.floor(whole.length / 2));
  const params = { textDocument: { uri }, position, positions: [position], context: { triggerKind: 1 } };
  const context = { uri, settings: DEFAULT_SETTINGS, findings: [], fileUri: (name: string) => `file:///book/${name}` };
  for (const handler of handlers) {
    const answer = await handler.handle(analysis, params, context);
    expect(answer === null || typeof answer === 'object').toBe(true);
  }
});
