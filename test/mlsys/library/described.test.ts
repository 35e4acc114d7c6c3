/** What is told of values by their descriptions alone. */
import { expect, test } from 'vitest';
import {
  convertedTo,
  describeValue,
  formattedAs,
  librarySignature,
  parametersOf,
  parseExpression,
  parseProgram,
  Session,
  typeMembers,
  unitsFitting,
} from '../../../mlsys';

/** A value as the evaluator describes it. */
function described(code: string) {
  const session = new Session();
  session.run(parseProgram('from mlsys.constants import *\n', 'cell'), 0);
  return describeValue(session.evaluate(parseExpression(code).expression!, 1).value!);
}

test.each([
  ['25.2345', '.1f', '25.2'],
  ['-3', ',', '-3'],
  ['1234567', ',', '1,234,567'],
  ['"ab"', '>4', '  ab'],
  ['80 * GB', '.1f~P', '80.0 GB'],
  ['True', 'd', undefined],
  ['[1]', '.1f', undefined],
  ['"ab"', '.1f', undefined],
])('format(%s, "%s")', (code, spec, expected) => {
  expect(formattedAs(described(code), spec)).toBe(expected);
});

test('units that fit, and what they give', () => {
  const rate = described('312 * TFLOPs / second');
  const texts = unitsFitting(rate).map(({ text }) => text);
  expect(texts).toContain('TFLOPs/second');
  expect(texts).not.toContain('GB');
  expect(convertedTo(rate, 'PFLOPs/second')).toBe('0.312');
  expect(convertedTo(rate, 'meter')).toBeUndefined();
  expect(unitsFitting(described('3.5'))).toEqual([]);
});

test('every unit that fits can be converted to', () => {
  for (const code of ['3 * hour', '80 * GB', '700 * watt', '2 * meter']) {
    const value = described(code);
    for (const { text } of unitsFitting(value)) expect(convertedTo(value, text), `${code} to ${text}`).toBeDefined();
  }
});

test('members of types', () => {
  const names = (type: string) => typeMembers(type).map(({ name }) => name);
  expect(names('str')).toEqual(expect.arrayContaining(['upper', 'format']));
  expect(names('Quantity')).toEqual(expect.arrayContaining(['magnitude', 'm_as', 'to']));
  expect(names('ndarray')).toEqual(expect.arrayContaining(['shape', 'sum']));
  expect(names('nothing')).toEqual([]);
  expect(names('constructor')).toEqual([]);
  expect(typeMembers('str').find(({ name }) => name === 'upper')?.signature).toBe('upper()');
  // What Python has and Reckoner refuses is not offered.
  expect(names('ndarray')).not.toContain('tofile');
});

test('signatures and their parameters', () => {
  expect(librarySignature('round')?.signature).toContain('round(');
  expect(librarySignature('math.sqrt')?.signature).toContain('sqrt(');
  expect(librarySignature('math.constructor')).toBeUndefined();
  expect(
    parametersOf('f(a, /, b=", ", *args, c=(1, 2), **more)').map(({ name, fallback, isNamed }) => [
      name,
      fallback,
      isNamed,
    ]),
  ).toEqual([
    ['a', undefined, false],
    ['b', '", "', true],
    ['args', undefined, false],
    ['c', '(1, 2)', true],
    ['more', undefined, false],
  ]);
});
