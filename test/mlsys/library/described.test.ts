/** What is told of values by their descriptions alone. */
import { describe, expect, test } from 'vitest';
import {
  computed,
  convertedTo,
  describeValue,
  formattedAs,
  librarySignature,
  parametersOf,
  parseExpression,
  parseProgram,
  pathsRead,
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

describe('an expression over values that are known', () => {
  const values = new Map(
    Object.entries({
      distance: '4.0 * ureg.nautical_mile',
      'boat.speed': '9.5 * ureg.knot',
      energy: '229.714736842105 * ureg.kilowatt_hour',
      minute: 'ureg.minute',
      days: '25.2345',
      name: '"Skerry"',
    }).map(([name, code]) => [name, described(code)] as const),
  );

  test('paths that it reads', () => {
    expect(pathsRead('(distance / boat.speed).to(minute)')).toEqual(
      expect.arrayContaining(['distance', 'boat.speed', 'boat', 'minute']),
    );
  });

  test.each([
    ['days * 2', '.1f', '50.5'],
    ['round(days)', ',', '25'],
    ['(distance / boat.speed).m_as(minute)', '.2f', '25.26'],
    ['(distance / boat.speed).to("minute").magnitude', '.2f', '25.26'],
    ['energy', '.2f~P', '229.71 kWh'],
    ['name.upper()', '', 'SKERRY'],
  ])('%s in %s', (source, spec, expected) => {
    expect(formattedAs(computed(source, values)!, spec)).toBe(expected);
  });

  test('digits that a description lacks are not told', () => {
    expect(formattedAs(computed('energy', values)!, '~P')).toBeUndefined();
    expect(formattedAs(computed('energy * 1e9', values)!, '.0f')).toBeUndefined();
  });

  test('units that it can be converted to', () => {
    const time = computed('distance / boat.speed', values)!;
    expect(unitsFitting(time).map(({ text }) => text)).toContain('hour');
    expect(convertedTo(time, 'hour')).toBe('0.421053');
  });

  test.each([
    ['f"{days}"', 'str'],
    ['[days]', 'list'],
    ['{"a": 1}', 'dict'],
    ['energy', 'Quantity'],
  ])('the type of %s', (source, type) => {
    expect(computed(source, values)?.type).toBe(type);
  });

  test.each([
    'made(days)',
    'days + gone',
    'name.format(*days)',
    '10 ** 10 ** 10',
    'energy + days',
    'days +',
    '"a" * 10 ** 12',
  ])('nothing of %s', source => {
    expect(computed(source, values)).toBeUndefined();
  });
});
