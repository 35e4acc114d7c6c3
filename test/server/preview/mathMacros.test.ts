/** Commands of MathJax that KaTeX does not have: as what reads of the MathML, in which a fraction is `(a)/(b)` and raised text `^(a)`. */
import { expect, test } from 'vitest';
import { renderMath } from '../../../server/preview/math';
import { withPrelude } from '../../../server/preview/tex';

function read(tex: string): string {
  const html = renderMath(tex, false);
  const mathML = /<semantics>(.*)<annotation/s.exec(html)?.[1] ?? html;
  const pair = (element: string, sign: string, text: string): string =>
    text.replaceAll(`<${element}>`, `${sign}(`).replaceAll(`</${element}>`, ')');
  return pair('mfrac', 'frac', pair('msup', 'sup', mathML))
    .replace(/<[^>]+>|[\s\u2061]/g, '')
    .replaceAll('&lt;', '<');
}

test.each([
  ['\\require{physics}\\dv{\\vb{x}_t}{t}', 'frac(dxtdt)'],
  ['\\dv{x} \\dv[2]{f}{x} \\dv*{f}{x}', 'frac(ddx)frac(sup(d2)fdsup(x2))df/dx'],
  ['\\pdv{L}{\\dot{\\vb* q}} \\pdv{U}{x}{y}', 'frac(∂L∂q˙)frac(sup(∂2)U∂x∂y)'],
  ['\\dd{s}^2 = \\dd x \\dd[3]{x}', 'sup(ds2)=dxsup(d3)x'],
  ['\\qty(f(x) + \\pdv{g}{u}) \\qty[a] \\qty{b} \\qty|c|', '(f(x)+frac(∂g∂u))[a]{b}∣c∣'],
  ['\\abs{x} \\norm{y} \\order{n} \\comm{A}{B}', '∣x∣∥y∥O(n)[A,B]'],
  ['\\ev{A} \\ev{A}{\\psi} \\mel{n}{A}{m}', '⟨A⟩⟨ψ∣A∣ψ⟩⟨n∣A∣m⟩'],
  ['x \\qq{if} \\tr \\rho', 'xiftrρ'],
  ['\\bbox[red]{x} \\cancelto{0}{y} \\mspace{4mu} \\mbox{z}', 'xsup(y0)z'],
  ['\\cssId{a}{x} \\class{b c}{y} \\style{color: red}{z}', 'xyz'],
])('%s', (tex, text) => {
  expect(read(tex).replaceAll('|', '∣')).toBe(text);
});

test('macros of the chapter count before them, and what never closes is a fault', () => {
  expect(read(withPrelude('\\def\\abs#1{A#1}', '\\abs{x}'))).toBe('Ax');
  for (const tex of ['\\qty(x', '\\dv[2', '\\mel{a}']) expect(renderMath(tex, false)).toContain('class="reckoner-tex"');
});

test('the last part of a formula in a line holds what adjoins it', () => {
  const parts = renderMath('a + b', false).split('<span class="katex-base">');
  expect(parts).toHaveLength(3);
  expect(parts[0]).not.toContain('reckoner-whole');
  expect(parts[1]!.endsWith('<span class="reckoner-whole">')).toBe(true);
  expect(renderMath('a + b', true)).not.toContain('reckoner-whole');
});
