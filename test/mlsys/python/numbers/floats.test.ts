import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, exactly, isNearest, pythonFloat } from '../../../support/python';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

function pair(text: string): [bigint, bigint] {
  const [top, bottom] = text.slice(1, -1).split(', ');
  return [BigInt(top!), BigInt(bottom!)];
}

describe('float', () => {
  test('repr is the shortest text that reads back', () => {
    const digits = (text: string) =>
      text
        .replace(/e.*$/, '')
        .replace(/\D/g, '')
        .replace(/^0+|0+$/g, '').length;
    fc.assert(
      fc.property(finite, x => {
        const text = evaluate(pythonFloat(x));
        expect(Object.is(Number(text), x)).toBe(true);
        expect(text).toMatch(/^-?(\d+\.\d+|\d(\.\d+)?e[+-]\d\d+)$/);
        expect(digits(text)).toBe(digits(String(x)));
      }),
    );
  });

  test('a fixed number of digits is rounded half to even from the exact value', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e15, max: 1e15, noNaN: true }), fc.integer({ min: 0, max: 12 }), (x, digits) => {
        const text = evaluate(`f"{${pythonFloat(x)}:.${digits}f}"`).slice(1, -1);
        const scaled = BigInt(text.replace('.', ''));
        const [top, bottom] = exactly(x);
        // Twice the distance between the exact value and the text, in units of the last digit.
        const distance = 2n * (top * 10n ** BigInt(digits) - scaled * bottom);
        const size = distance < 0n ? -distance : distance;
        expect(size < bottom || (size === bottom && scaled % 2n === 0n)).toBe(true);
      }),
    );
  });

  test('round and format agree', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: 0, max: 8 }), (x, digits) => {
        const formatted = evaluate(`float(f"{${pythonFloat(x)}:.${digits}f}")`);
        expect(evaluate(`round(${pythonFloat(x)}, ${digits})`)).toBe(formatted);
      }),
    );
  });

  test('hex reads back', () => {
    fc.assert(
      fc.property(finite, x => {
        expect(evaluate(`float.fromhex((${pythonFloat(x)}).hex())`)).toBe(evaluate(pythonFloat(x)));
      }),
    );
  });

  test('as_integer_ratio is exact', () => {
    fc.assert(
      fc.property(finite, x => {
        const [top, bottom] = pair(evaluate(`(${pythonFloat(x)}).as_integer_ratio()`));
        expect(isNearest(top, bottom, x)).toBe(true);
        expect(evaluate(`${top} / ${bottom} == ${pythonFloat(x)}`)).toBe('True');
      }),
    );
  });

  test('equal numbers of different types have equal hashes', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), n => {
        expect(evaluate(`hash(${n}) == hash(float(${n})) == hash(complex(${n}))`)).toBe('True');
      }),
    );
  });

  test.each([
    ['2.675', '.2f', '2.67'],
    ['0.125', '.2f', '0.12'],
    ['0.375', '.2f', '0.38'],
    ['2.5', '.0f', '2'],
    ['1e22', 'f', '10000000000000000000000.000000'],
    ['1234567.891', ',.1f', '1,234,567.9'],
    ['0.00001234', 'g', '1.234e-05'],
    ['-0.0001', 'z.2f', '0.00'],
    ['1234.5', '020,.2f', '0,000,000,001,234.50'],
    ['1e16', '', '1e+16'],
    ['123456789012345680.0', '', '1.2345678901234568e+17'],
  ])('format(%s, %j) is %s', (value, spec, text) => {
    expect(evaluate(`format(${value}, '${spec}')`)).toBe(`'${text}'`);
  });
});

describe('elementary functions', () => {
  test('exp and log are inverse to each other within two ulps', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 700, noNaN: true }), x => {
        const back = Number(evaluate(`math.log(math.exp(${pythonFloat(x)}))`));
        expect(Math.abs(back - x)).toBeLessThanOrEqual(Math.max(x, 1) * 4.5e-16);
      }),
    );
  });

  test('natural powers are the exact power, rounded', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 2, max: 20 }), (base, exponent) => {
        const power = BigInt(base) ** BigInt(exponent);
        expect(evaluate(`float(${base}) ** ${exponent}`)).toBe(evaluate(`float(${power})`));
      }),
    );
  });

  test('sine and cosine keep their digits for huge arguments', () => {
    expect(evaluate('math.sin(1e22)')).toBe('-0.8522008497671888');
    expect(evaluate('math.cos(1e300)')).toBe('-0.5753861119575491');
    expect(evaluate('math.tan(1.5707963267948966)')).toBe('1.633123935319537e+16');
  });
});
