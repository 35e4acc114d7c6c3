/** The owner of the process that sets texts, with processes that do what a test needs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { TypesetOutcome, TypesetRequest } from '../../../server/preview';
import { Typesetter, type TypesetterOptions } from '../../../server/worker/typesetter';
import { TypesettingProcesses } from '../../../server/worker/typesettingProcesses';

let folder: string;
let open: Typesetter | undefined;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'reckoner-typesetter-'));
});
afterEach(() => open?.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A typesetter whose process answers each text with itself, but for some words. */
function make(body: string, options: Omit<TypesetterOptions, 'host'> = {}): Typesetter {
  const script = join(folder, `${Math.random().toString(36).slice(2)}.cjs`);
  writeFileSync(script, body);
  open = new Typesetter({ host: new TypesettingProcesses(script), ...options });
  return open;
}

const OBEDIENT = `
process.send({ kind: 'ready' });
process.on('message', ({ id, text }) => {
  if (text === 'end') process.exit(3);
  if (text === 'hang') for (;;);
  process.send({ kind: 'answer', id, outcome: { kind: 'done', html: text } });
});
`;

/** What comes of texts, in their order. */
function outcomes(typesetter: Typesetter, texts: readonly string[]): Promise<string[]> {
  return new Promise(resolve => {
    const found = new Map<string, string>();
    const done = ({ text }: TypesetRequest, outcome: TypesetOutcome) => {
      found.set(text, outcome.kind === 'done' ? outcome.html : 'reason' in outcome ? outcome.reason : '');
      if (found.size === texts.length) resolve(texts.map(each => found.get(each)!));
    };
    typesetter.want(
      {},
      texts.map(text => ({ form: 'inlineFormula' as const, text })),
      done,
    );
  });
}

test('texts are set', async () => {
  expect(await outcomes(make(OBEDIENT), ['a', 'b'])).toEqual(['a', 'b']);
});

test('a text that ends the process is refused, and the others are set by the next one', async () => {
  const log: string[] = [];
  const typesetter = make(OBEDIENT, { log: message => log.push(message) });
  expect(await outcomes(typesetter, ['a', 'end', 'b'])).toEqual(['a', 'the process that sets it ended over it', 'b']);
  expect(log.join()).toContain('exit code 3');
});

test('a text that takes too long is refused, and the others are set', async () => {
  const typesetter = make(OBEDIENT, { limit: 500 });
  expect(await outcomes(typesetter, ['a', 'hang', 'b'])).toEqual(['a', 'it takes longer than 0.5 s', 'b']);
});

test('a process that never starts is tried three times, then texts are refused', async () => {
  const log: string[] = [];
  const typesetter = make(`console.error('no such thing'); process.exit(1);`, { log: message => log.push(message) });
  expect(await outcomes(typesetter, ['a'])).toEqual(['the process that sets it does not start; the log says why']);
  expect(log).toHaveLength(3);
  expect(log[0]).toContain('no such thing');
});

test('what a page wanted that has gone holds up no other', async () => {
  const typesetter = make(OBEDIENT, { limit: 60_000 });
  const gone = {};
  typesetter.want(gone, [{ form: 'inlineFormula' as const, text: 'hang' }], () => undefined);
  await typesetter.started();
  typesetter.forget(gone);
  expect(await outcomes(typesetter, ['b'])).toEqual(['b']);
});

test('a process that has nothing to do is ended, and started again when there is', async () => {
  const typesetter = make(OBEDIENT.replace('html: text', 'html: text + process.pid'), { idle: 50 });
  const [first] = await outcomes(typesetter, ['a']);
  await new Promise(resolve => setTimeout(resolve, 500));
  const [second] = await outcomes(typesetter, ['a']);
  expect(second).not.toBe(first);
});
