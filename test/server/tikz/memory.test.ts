/** What the build packs of TeX's memory is what the engine unpacks. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packMemory } from '../../../scripts/tikz.mjs';
import { PAGE, unpackMemory } from '../../../server/tikz/engine/memory';

/** Whether memory is the same after it was packed. */
function isKept(memory: Uint8Array, isTried: boolean): boolean {
  const again = Buffer.alloc(memory.length);
  for (const [at, page] of unpackMemory(packMemory(memory, isTried))) again.set(page, at);
  return again.equals(memory);
}

/** Pages whose words are what `wordAt` says for their index in the memory. */
function memoryOf(pages: number, wordAt: (index: number) => number): Uint8Array {
  return new Uint8Array(Uint32Array.from({ length: (pages * PAGE) / 4 }, (_, index) => wordAt(index)).buffer);
}

describe('packed memory', () => {
  test('is smaller by its empty pages', () => {
    const memory = memoryOf(5, index => (index === PAGE ? 7 : 0));
    const pack = packMemory(memory);
    expect(pack.length).toBe(8 + PAGE);
    expect(isKept(memory, true)).toBe(true);
  });

  test.each([
    ['cells that lead to the next one', (index: number) => (index % 2 === 1 ? (index >> 1) + 1 : index % 50)],
    ['cells that lead to themselves', (index: number) => (index % 2 === 1 ? index >> 1 : 3)],
    ['words that lead near their place', (index: number) => (index % 3 === 0 ? 0 : index + (index % 7) - 3)],
    ['words that lead to themselves', (index: number) => index],
    ['words that are the opposite of their place', (index: number) => -index],
  ])('keeps %s', (_name, wordAt) => {
    const memory = memoryOf(3, wordAt);
    expect(isKept(memory, true)).toBe(true);
    expect(isKept(memory, false)).toBe(true);
  });

  test('keeps whatever it holds', () => {
    const kinds = fc.constantFrom<(index: number, given: number) => number>(
      (_index, given) => given,
      (index, given) => index + (given % 5),
      (index, given) => (index % 2 === 1 ? (index >> 1) + (given % 5) : given % 9),
    );
    fc.assert(
      fc.property(kinds, fc.array(fc.nat(2 ** 32 - 1), { minLength: 1, maxLength: 50 }), (kind, given) => {
        const memory = memoryOf(2, index => kind(index, given[index % given.length]!));
        expect(isKept(memory, true)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});
