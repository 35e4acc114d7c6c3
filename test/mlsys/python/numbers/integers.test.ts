import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, isNearest } from '../../../support/python';

const big = fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n });
const divisor = big.filter(value => value !== 0n);

describe('int', () => {
  test('floor division and remainder belong together', () => {
    fc.assert(
      fc.property(big, divisor, (a, b) => {
        const quotient = BigInt(evaluate(`(${a}) // (${b})`));
        const rest = BigInt(evaluate(`(${a}) % (${b})`));
        expect(quotient * b + rest).toBe(a);
        expect(b > 0n ? rest >= 0n && rest < b : rest <= 0n && rest > b).toBe(true);
        expect(evaluate(`divmod(${a}, ${b})`)).toBe(`(${quotient}, ${rest})`);
      }),
    );
  });

  test('true division is the nearest float', () => {
    fc.assert(
      fc.property(big, divisor, (a, b) => {
        const got = Number(evaluate(`(${a}) / (${b})`));
        const sign = b < 0n ? -1n : 1n;
        expect(isNearest(a * sign, b * sign, got)).toBe(true);
      }),
    );
  });

  test('a power with a modulus is the remainder of the power', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 60 }), divisor, (base, exponent, m) => {
        expect(evaluate(`pow(${base}, ${exponent}, ${m})`)).toBe(evaluate(`(${base}) ** ${exponent} % (${m})`));
      }),
    );
  });

  test('an inverse undoes a multiplication', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 20n }), a => {
        const m = 2n ** 89n - 1n;
        const inverse = BigInt(evaluate(`pow(${a}, -1, ${m})`));
        expect((a * inverse) % m).toBe(1n);
      }),
    );
  });

  test('text in any base reads back', () => {
    fc.assert(
      fc.property(big, a => {
        for (const form of ['str(x)', 'hex(x)', 'oct(x)', 'bin(x)', 'f"{x:#_x}"', 'f"{x:_}"'])
          expect(evaluate(`(lambda x: int(${form}, 0) == x)(${a})`)).toBe('True');
      }),
    );
  });

  test('shifts are multiplication and floor division by powers of two', () => {
    fc.assert(
      fc.property(big, fc.integer({ min: 0, max: 300 }), (a, n) => {
        expect(evaluate(`(${a}) << ${n}`)).toBe(evaluate(`(${a}) * 2 ** ${n}`));
        expect(evaluate(`(${a}) >> ${n}`)).toBe(evaluate(`(${a}) // 2 ** ${n}`));
      }),
    );
  });

  test('isqrt is the root rounded down', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 300n }), a => {
        const root = BigInt(evaluate(`math.isqrt(${a})`));
        expect(root * root <= a && (root + 1n) * (root + 1n) > a).toBe(true);
      }),
    );
  });
});
