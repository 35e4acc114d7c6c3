/** Numbers as closed formulas, and how they move: derivatives against the same number evaluated a little up and down. */
import { describe, expect, test } from 'vitest';
import { elasticitiesOf } from '../../../server/provenance/algebra';
import { computedBehind } from '../../../server/provenance/behind';
import { closedForm } from '../../../server/provenance/closedForm';
import { analyze, cell } from '../../support/analysis';

async function closedOf(code: string) {
  const analysis = analyze(`${cell(`import math\nfrom mlsys.constants import *\n${code}`)}\n\`{python} x\`\n`);
  const record = (await analysis.provenanceAt('x', 1))!;
  const computed = computedBehind(record)!;
  const closed = closedForm(computed, record);
  const found = closed && elasticitiesOf(closed, computed.value.number!);
  return found && Object.fromEntries(found.map(({ source, elasticity }) => [source.name, elasticity]));
}

/** The same by a change of a millionth in the cell's text. */
async function movedOf(code: string, name: string, value: number): Promise<number> {
  const number = async (one: number) => {
    const text = code.replace(new RegExp(`^${name} = .*$`, 'm'), `${name} = ${one}`);
    const analysis = analyze(`${cell(`import math\nfrom mlsys.constants import *\n${text}`)}\n\`{python} x\`\n`);
    return computedBehind((await analysis.provenanceAt('x', 1))!)!.value.number!;
  };
  const [up, down] = [await number(value * (1 + 1e-6)), await number(value * (1 - 1e-6))];
  return (up - down) / (2e-6 * (await number(value)));
}

describe('elasticities by derivatives', () => {
  test.each([
    ['a product and a quotient', 'a = 3.0\nb = 4.0\nx = a * 7 / b', { a: 1, b: -1 }],
    ['a sum, each by its share', 'a = 3.0\nb = 1.0\nx = a + b', { a: 0.75, b: 0.25 }],
    ['powers and roots', 'a = 3.0\nb = 2.0\nx = math.sqrt(a) * b ** 3', { a: 0.5, b: 3 }],
    [
      'through names, functions and units',
      'a = 5.0\ndef f(n):\n    return n * n\ny = f(a) * GB\nx = y.m_as(MB)',
      { a: 2 },
    ],
  ])('%s', async (_, code, wanted) => {
    const found = (await closedOf(code))!;
    for (const [name, elasticity] of Object.entries(wanted)) expect(found[name]).toBeCloseTo(elasticity, 9);
  });

  test('agree with a change in the text', async () => {
    const code = 'a = 3.0\nb = 0.4\nx = 1 / ((1 - b) + b / a) * math.exp(-b)';
    const found = (await closedOf(code))!;
    expect(found.a).toBeCloseTo(await movedOf(code, 'a', 3), 5);
    expect(found.b).toBeCloseTo(await movedOf(code, 'b', 0.4), 5);
  });
});

test.each([
  ['a rounding', 'a = 3.2\nx = round(a) * 2'],
  ['the larger one', 'a = 3.2\nx = max(a, 2)'],
  ['a loop', 'a = 3.2\nx = sum(a for _ in range(3))'],
  ['a sum of two units', 'a = 3.2 * GB\nx = (a + 5 * MB).m_as(GB)'],
])('%s has no closed form', async (_, code) => {
  expect(await closedOf(code)).toBeUndefined();
});
