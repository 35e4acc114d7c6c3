/** Python expressions for tests. */
import { ExpressionRunner } from '../../mlsys';

const runner = new ExpressionRunner();

/** The repr of an expression's value, or `Type: message` of its exception; `math` and `cmath` are there. */
export function evaluate(expr: string): string {
  const result = runner.evaluate({ id: 0, setup: 'import math, cmath', expr });
  return 'repr' in result ? result.repr : `${result.error}: ${result.message}`;
}

/** A finite double as a Python expression. */
export function pythonFloat(x: number): string {
  if (Object.is(x, -0)) return '(-0.0)';
  const text = String(x);
  return `(${/[.e]/.test(text) ? text : `${text}.0`})`;
}

/** A finite double as a fraction. */
export function exactly(x: number): [bigint, bigint] {
  let bottom = 1n;
  let value = x;
  while (!Number.isInteger(value)) {
    value *= 2;
    bottom *= 2n;
  }
  return [BigInt(value), bottom];
}

/** True where no double beside `x` is nearer to a fraction with a positive denominator. */
export function isNearest(top: bigint, bottom: bigint, x: number): boolean {
  const view = new DataView(new ArrayBuffer(8));
  const beside = (step: bigint): number => {
    view.setFloat64(0, x);
    view.setBigUint64(0, view.getBigUint64(0) + step);
    return view.getFloat64(0);
  };
  // Distances over the common denominator of all three doubles.
  const values = (x === 0 ? [x] : [x, beside(1n), beside(-1n)]).filter(Number.isFinite).map(exactly);
  let common = 1n;
  for (const [, denominator] of values) if (denominator > common) common = denominator;
  const distances = values.map(([n, d]) => {
    const signed = top * common - n * (common / d) * bottom;
    return signed < 0n ? -signed : signed;
  });
  return distances.every(distance => distance >= distances[0]!);
}
