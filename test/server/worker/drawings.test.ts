/** Drawings by a worker thread, as previews ask for them. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type DrawingOptions, Drawings } from '../../../server/worker/tikzQueue';
import { readEntry, writeEntry } from '../../../server/workspace/cache';
import { DrawingCache, drawingKey } from '../../../server/workspace/drawingCache';
import { type Bundles, bundle } from '../../support/bundles';
import { picture } from '../../support/tikz';

const SQUARE = picture('\\draw (0,0) rectangle (1,1);');
const CIRCLE = picture('\\draw (0,0) circle (1);');
/** Looks at no file and writes nothing, so that it cannot be asked to stop. */
const ENDLESS = '\\def\\x{\\x}\\x';

let bundles: Bundles;
let folder: string;
const open: Drawings[] = [];

beforeAll(async () => {
  bundles = await bundle('tikz');
  folder = mkdtempSync(join(tmpdir(), 'reckoner-drawings-'));
}, 60_000);

afterEach(async () => {
  await Promise.all(open.splice(0).map(each => each.close()));
});

afterAll(() => {
  bundles.remove();
  rmSync(folder, { recursive: true, force: true });
});

function start(options: DrawingOptions = {}): Drawings {
  const drawings = new Drawings({ script: bundles.path('tikz'), quiet: 0, ...options });
  open.push(drawings);
  return drawings;
}

/** Resolves once one of the owner's drawings has become ready. */
function ready(drawings: Drawings, owner = 'a'): Promise<void> {
  return new Promise(resolve => {
    const stop = drawings.onReady(owners => {
      if (!owners.includes(owner)) return;
      stop();
      resolve();
    });
  });
}

describe('a drawing', () => {
  test('is waited for, then there, and clean', async () => {
    const drawings = start();
    expect(drawings.get(SQUARE)).toEqual({ kind: 'waiting' });
    drawings.want('a', [SQUARE]);
    await ready(drawings);
    const drawing = drawings.get(SQUARE);
    expect(drawing).toMatchObject({ kind: 'drawn', greys: [], missing: [], unsupported: [] });
    expect(drawing.kind === 'drawn' && drawing.svg).toMatch(/^<defs><\/defs><g transform.*<\/g>$/s);
  });

  test('with a fault in it says so, and the next is drawn', async () => {
    const drawings = start();
    const faulty = picture('\\darw (0,0);');
    drawings.want('a', [faulty, SQUARE]);
    await ready(drawings);
    expect(drawings.get(faulty)).toEqual({ kind: 'fault', message: 'Undefined control sequence \\darw', line: 1 });
    await ready(drawings);
    expect(drawings.get(SQUARE).kind).toBe('drawn');
  });

  test('that a chapter made by hand is cleaned', async () => {
    const drawings = start();
    const evil = picture('\\special{dvisvgm:raw <script>alert(1)</script><path d="M0 0" onclick="x()"/>}');
    drawings.want('a', [evil]);
    await ready(drawings);
    const drawing = drawings.get(evil);
    expect(drawing.kind === 'drawn' && drawing.svg).toContain('<path d="M0 0"/>');
    expect(JSON.stringify(drawing)).not.toMatch(/script|onclick/);
  });

  test('that nobody wants is not made', async () => {
    const drawings = start();
    drawings.want('a', [SQUARE, CIRCLE]);
    drawings.want('a', [CIRCLE]);
    await ready(drawings);
    expect(drawings.get(CIRCLE).kind).toBe('drawn');
    expect(drawings.get(SQUARE).kind).toBe('waiting');
  });

  test('is told to all who show it', async () => {
    const drawings = start();
    const both = Promise.all([ready(drawings, 'a'), ready(drawings, 'b')]);
    drawings.want('a', [SQUARE]);
    drawings.want('b', [SQUARE]);
    await both;
    expect(drawings.get(SQUARE).kind).toBe('drawn');
  });
});

describe('a worker that is stuck', () => {
  test('is ended after the time limit, and the next drawing made by another', async () => {
    const drawings = start({ limit: 12_000 });
    drawings.want('a', [ENDLESS, SQUARE]);
    await ready(drawings);
    expect(drawings.get(ENDLESS)).toEqual({
      kind: 'fault',
      message: 'This drawing took longer than 12 s and was stopped',
      line: undefined,
    });
    await ready(drawings);
    expect(drawings.get(SQUARE).kind).toBe('drawn');
  });

  test('is replaced as soon as its drawing is no longer wanted', async () => {
    const drawings = start({ limit: 1_000_000 });
    drawings.want('a', [CIRCLE, ENDLESS]);
    await ready(drawings);
    // Past the preamble nothing gets through to it.
    await new Promise(resolve => setTimeout(resolve, 1500));
    drawings.want('a', [SQUARE]);
    await ready(drawings);
    expect(drawings.get(SQUARE).kind).toBe('drawn');
    expect(drawings.get(ENDLESS).kind).toBe('waiting');
  });

  test('and one that cannot be started are told in the place of the drawing', async () => {
    const drawings = start({ script: join(folder, 'none.js') });
    drawings.want('a', [SQUARE]);
    await ready(drawings);
    expect(drawings.get(SQUARE)).toMatchObject({ kind: 'fault', message: expect.stringContaining('none.js') });
  });
});

describe('on disk', () => {
  const cached = () => start({ cache: new DrawingCache(folder), script: join(folder, 'none.js') });
  const file = (source: string) => join(folder, 'drawings-v2', `${drawingKey(source)}.json`);

  test('drawings and faults outlive the program', async () => {
    const faulty = picture('\\darw (0,0);');
    const first = start({ cache: new DrawingCache(folder) });
    first.want('a', [SQUARE, faulty]);
    await ready(first);
    await ready(first);
    const second = cached();
    expect(second.get(SQUARE)).toEqual(first.get(SQUARE));
    expect(second.get(faulty)).toEqual(first.get(faulty));
  });

  test('what took too long is tried again by the next program', async () => {
    const drawings = start({ cache: new DrawingCache(folder), limit: 1 });
    drawings.want('a', [ENDLESS]);
    await ready(drawings);
    expect(readdirSync(join(folder, 'drawings-v2'))).not.toContain(`${drawingKey(ENDLESS)}.json`);
  });

  test('what shows a date is drawn anew by the next program', () => {
    const cache = new DrawingCache(folder);
    const result = { kind: 'fault', message: 'x', line: 0 } as const;
    cache.put('\\node {\\today};', result);
    cache.put('\\node {\\todays};', result);
    expect(cache.get('\\node {\\today};')).toBeUndefined();
    expect(cache.get('\\node {\\todays};')).toEqual(result);
  });

  test('whatever stands there is cleaned, and what is damaged is made anew', () => {
    const stored = readEntry(file(SQUARE));
    writeEntry(file(SQUARE), { ...stored, markup: '<script>x</script><g onclick="x"></g>' });
    expect(cached().get(SQUARE)).toMatchObject({ svg: '<g></g>' });
    for (const incomplete of [{ kind: 'drawn', width: 1 }, { kind: 'fault' }, []]) {
      writeEntry(file(SQUARE), incomplete);
      expect(cached().get(SQUARE), JSON.stringify(incomplete)).toEqual({ kind: 'waiting' });
    }
    for (const damaged of ['{"kind":"fault","message":"x"}', 'null', '{', '"x"', '']) {
      writeFileSync(file(SQUARE), damaged);
      expect(cached().get(SQUARE), damaged).toEqual({ kind: 'waiting' });
    }
  });
});

test('the key of a drawing is its content', () => {
  expect(drawingKey('a')).toBe(drawingKey('a'));
  expect(drawingKey('a')).not.toBe(drawingKey('a '));
});
