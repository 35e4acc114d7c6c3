/** Formulas in labels of diagrams. */
import { expect, test } from 'vitest';
import { plainFormula, withPlainFormulas } from '../../client/page/diagrams/formulas';

test.each([
  ['s_0', 's₀'],
  ['\\pi_{h+1}', 'πₕ₊₁'],
  ['x^2 + y^{10}', 'x² + y¹⁰'],
  ['\\frac{a}{b + c}', 'a/(b + c)'],
  ['\\mathbb{E}[r_h \\mid s]', '𝔼[rₕ ∣ s]'],
  ["\\hat{y} \\ne s'", 'y\u0302 ≠ s′'],
  ['\\text{loss} \\cdot \\alpha', 'loss · α'],
  ['x_{\\theta}', 'x_θ'],
  ['a_{ij,k}', 'a_(ij,k)'],
  ['\\unknown{x}', 'unknownx'],
  ['{{{', ''],
])('%s reads %s', (tex, shown) => {
  expect(plainFormula(tex)).toBe(shown);
});

test('they are text to Mermaid as well', () => {
  expect(withPlainFormulas('A[$$P(s)$$] -- $$"x"$$ --> B{{$$a_0$$}}\ncost $5 and $6')).toBe(
    'A[P❨s❩] -- ❞x❞ --> B{{a₀}}\ncost $5 and $6',
  );
});
