/** What counts as the time of a run on a machine that others keep busy. */
import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_BUDGETS, parseProgram, Session } from '../../mlsys';
import { useProcessorClock } from '../../mlsys/time';

const LIMIT = 40;
/** When a machine falls asleep, in milliseconds. */
const SOON = 30;

afterEach(() => useProcessorClock(undefined));

/** Runs what never ends, where the processor gives it such a part of the time that goes by. */
function endless(share: number | undefined) {
  const start = Date.now();
  useProcessorClock(share === undefined ? undefined : () => share * (Date.now() - start));
  const program = parseProgram('while True: pass', 'cell');
  const budgets = { ...DEFAULT_BUDGETS, steps: Number.MAX_SAFE_INTEGER, milliseconds: LIMIT };
  const { fault, used } = new Session().run(program, 1, { budgets });
  return { message: fault?.message, used: used.milliseconds, passed: Date.now() - start };
}

describe('a cell ends once it has used its time', () => {
  test.each([
    ['that went by, where nobody tells the time of the processor', undefined, LIMIT],
    ['that went by, where the processor gave it more', 3, LIMIT],
    ['that the processor gave it', 0.5, 2 * LIMIT],
    ['or waited for it twelve times as long', 0, 12 * LIMIT],
  ])('%s', (_, share, least) => {
    const { message, used, passed } = endless(share);
    expect(message).toBe('the cell ran for more than 0.04 s');
    // Less than a millisecond is not waited for.
    expect(passed).toBeGreaterThanOrEqual(least - 2);
    if (share !== 0) expect(used).toBeGreaterThanOrEqual(LIMIT - 2);
  });
});

test('a cell that was held while the machine slept goes on', () => {
  const program = parseProgram('total = 0\nfor i in range(400_000):\n    total += i\ntotal', 'cell');
  const session = new Session();
  const { now } = Date;
  const start = now();
  // The machine falls asleep soon after the cell has begun, for a minute by the clock on the wall.
  const asleep = () => (now() - start > SOON ? 60_000 : 0);
  Date.now = () => now() + asleep();
  try {
    useProcessorClock(() => now() - start, asleep);
    const { fault } = session.run(program, 1, { budgets: { ...DEFAULT_BUDGETS, milliseconds: 10_000 } });
    expect(fault).toBeUndefined();
    expect(asleep()).toBe(60_000);
  } finally {
    Date.now = now;
  }
});
