/** Formulas as TeX: as they are written, and simplified over what they end in. */
import { describe, expect, test } from 'vitest';
import { renderMath } from '../../../server/preview/math';
import { simplifiedTex } from '../../../server/provenance/algebra';
import { computedBehind } from '../../../server/provenance/behind';
import { closedForm } from '../../../server/provenance/closedForm';
import { formulaTex, nameTex, numberTex } from '../../../server/provenance/formulaTex';
import { analyze, cell } from '../../support/analysis';

async function behind(code: string) {
  const analysis = analyze(`${cell(`import math\nfrom mlsys.constants import *\n${code}`)}\n\`{python} x\`\n`);
  const record = (await analysis.provenanceAt('x', 1))!;
  return { record, computed: computedBehind(record)! };
}

async function texOf(code: string, style?: 'numbers') {
  const tex = formulaTex((await behind(code)).computed.formula!, style);
  // KaTeX takes it.
  if (tex !== undefined) expect(renderMath(tex, true)).not.toContain('reckoner-tex');
  return tex;
}

async function simplified(code: string) {
  const { record, computed } = await behind(code);
  const closed = closedForm(computed, record)!;
  const names = new Map([...closed.symbols].map(([symbol, { name }]) => [symbol, nameTex(name)]));
  return simplifiedTex(closed, computed.value.number!, names);
}

describe('as it is written', () => {
  const values = 'ops = 3.14e23\nn = 1024\npeak_flops = 312.0\neta_base = 0.45\n';
  test.each([
    [
      'x = ops / (n * peak_flops * eta_base)',
      '\\frac{\\text{ops}}{n \\times \\text{peak\\_flops} \\times \\eta_{\\text{base}}}',
    ],
    ['x = ops - (n - eta_base)', '\\text{ops} - \\left( n - \\eta_{\\text{base}} \\right)'],
    ['x = (n + 1) ** 2 * -n', '\\left( n + 1 \\right)^{2} \\times \\left( -n \\right)'],
    ['x = (n / 2) ** 2', '\\left( \\frac{n}{2} \\right)^{2}'],
    [
      'x = math.sqrt(n) + max(n, 3) + math.ceil(eta_base)',
      '\\sqrt{n} + \\max \\left( n,\\, 3 \\right) + \\left\\lceil \\eta_{\\text{base}} \\right\\rceil',
    ],
    ['x = n // 3', '\\left\\lfloor \\frac{n}{3} \\right\\rfloor'],
    ['x = (n * GB).m_as(TB)', 'n\\,\\text{GB} \\;\\text{in}\\; \\text{TB}'],
  ])('%s', async (code, tex) => {
    expect(await texOf(values + code)).toBe(tex);
  });

  test('with numbers and units in place of names', async () => {
    expect(await texOf(`${values}x = ops / (n * peak_flops)`, 'numbers')).toBe(
      '\\frac{3.14 \\times 10^{23}}{1{,}024 \\times 312}',
    );
    expect(await texOf('a = -3\nb = 2 * GB\nx = b * a', 'numbers')).toBe('2\\,\\text{GB} \\times \\left( -3 \\right)');
    expect([86400, 1e12, -1e-7].map(numberTex)).toEqual(['86{,}400', '10^{12}', '-10^{-7}']);
  });

  test('of code there is none', async () => {
    expect(await texOf('a = 3\nx = sum(a for _ in range(3))')).toBeUndefined();
  });
});

describe('simplified over what it ends in', () => {
  test.each([
    ['one fraction', 'a = 2.0\nb = 3.0\nc = 4.0\nrate = a * b\nx = c / rate / b', '\\frac{c}{a \\times  b \\times  b}'],
    ['with what cancels left out', 'a = 2.0\nb = 3.0\np = a * b\nx = 1 * p / b', 'a'],
    ['sums stay sums', 'a = 2.0\nb = 3.0\nrest = 1 - a\nx = b / rest', '\\frac{b}{1-a}'],
    ['signs come first', 'a = 2.0\nb = 3.0\nloss = -a\nx = b * loss', '-\\left(b \\times  a\\right)'],
  ])('%s', async (_, code, tex) => {
    expect((await simplified(code))?.replaceAll(/ +/g, ' ')).toBe(tex.replaceAll(/ +/g, ' '));
  });
});
