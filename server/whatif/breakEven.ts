/** At what value of an assumption a guard fails: looked for outwards from where it stands, then narrowed down. */

/** Whether the guard holds with a value; undefined where that is not known, since the cell does not come to it. */
export type Holds = (value: number) => Promise<boolean | undefined>;

export interface BreakEven {
  /** The nearest values on both sides of the edge: with one the guard holds, with the other it does not. */
  readonly holds: number;
  readonly fails: number;
}

/** How far the value may go from where it is, up and down, as factors and as multiples. */
const MOST_STEPS = 24;
/** The edge is known to this share of it. */
const PRECISION = 1e-8;
const MOST_HALVINGS = 60;

/**
 * The edges nearest to a value, below and above it; none in a direction in which the guard keeps what it says as far as is
 * looked: up to a thousandth and to a thousand times the value.
 */
export async function breakEvens(start: number, holds: Holds): Promise<readonly BreakEven[]> {
  const now = await holds(start);
  if (now === undefined) return [];
  const found: BreakEven[] = [];
  for (const direction of [-1, 1] as const) {
    let near = start;
    for (let step = 0; step < MOST_STEPS; step++) {
      const far = further(start, step, direction);
      const then = await holds(far);
      // Where the cell fails otherwise, nothing is known of the guard.
      if (then === undefined) break;
      if (then !== now) {
        found.push(await narrowed(near, far, now, holds));
        break;
      }
      near = far;
    }
  }
  return found;
}

/** Steps of a hundredth at first, then larger ones: 1.01, 1.02, 1.04, … of the value. */
function further(start: number, step: number, direction: -1 | 1): number {
  const share = 0.01 * 2 ** Math.min(step, 6);
  if (start === 0) return direction * share;
  // Towards zero the value shrinks and keeps its sign.
  const growth = step <= 6 ? 1 + share : 1.64 * 1.5 ** (step - 6);
  return direction === 1 ? start * growth : start / growth;
}

async function narrowed(near: number, far: number, now: boolean, holds: Holds): Promise<BreakEven> {
  let [same, other] = [near, far];
  for (let turn = 0; turn < MOST_HALVINGS && Math.abs(other - same) > PRECISION * Math.abs(other); turn++) {
    const middle = (same + other) / 2;
    if (middle === same || middle === other) break;
    if ((await holds(middle)) === now) same = middle;
    else other = middle;
  }
  return now ? { holds: same, fails: other } : { holds: other, fails: same };
}
