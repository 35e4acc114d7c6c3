/** Formulas in labels of diagrams, which are text: their signs as Unicode has them, as far as it does. */

const FORMULA = /\$\$([^$\n]{1,300})\$\$/g;

const SIGNS: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π ' +
    'rho ρ sigma σ tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ ' +
    'Omega Ω cdot · times × div ÷ pm ± mp ∓ to → rightarrow → leftarrow ← Rightarrow ⇒ leftrightarrow ↔ mapsto ↦ le ≤ leq ≤ ge ≥ geq ≥ ' +
    'ne ≠ neq ≠ approx ≈ sim ∼ equiv ≡ propto ∝ infty ∞ sum ∑ prod ∏ int ∫ partial ∂ nabla ∇ in ∈ notin ∉ subset ⊂ cup ∪ cap ∩ forall ∀ ' +
    'exists ∃ ldots … dots … cdots ⋯ vdots ⋮ mid ∣ circ ∘ ast ∗ star ⋆ oplus ⊕ otimes ⊗ sqrt √ langle ⟨ rangle ⟩ lceil ⌈ rceil ⌉ ' +
    'lfloor ⌊ rfloor ⌋ ell ℓ hbar ℏ emptyset ∅ prime ′ degree ° quad \u2003 lbrace { rbrace } vert | Vert ‖'
  )
    .split(' ')
    .flatMap((name, at, all) => (at % 2 === 0 ? [[name, all[at + 1]!]] : [])),
);

const DOUBLE: Readonly<Record<string, string>> = { R: 'ℝ', N: 'ℕ', Z: 'ℤ', Q: 'ℚ', C: 'ℂ', P: 'ℙ', E: '𝔼', H: 'ℍ' };

/** Marks that stand on a letter. */
const ACCENTS: Readonly<Record<string, string>> = {
  hat: '\u0302',
  bar: '\u0304',
  tilde: '\u0303',
  vec: '\u20d7',
  dot: '\u0307',
};

/** Commands of which the text in braces is left. */
const PLAIN =
  /^(?:text|textit|textbf|mathrm|mathbf|mathit|mathcal|mathsf|operatorname|boldsymbol|bm|left|right|displaystyle)$/;

const table = (plain: string, other: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...plain].map((sign, at) => [sign, [...other][at]!]));
const RAISED = table('0123456789+-=()abcdefghijklmnoprstuvwxyzT*′', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ*′');
const LOWERED = table('0123456789+-=()aehijklmnoprstuvx', '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ');

/** Signs that Mermaid reads as more than text, and about as wide ones that stand for them until it has drawn. */
const GRAMMAR = '()[]{}|<>"`;#';
const STANDINS = '❨❩❲❳❴❵❘❬❭❞❛⁏⌗';

function exchanged(text: string, from: string, to: string): string {
  return [...text].map(sign => [...to][[...from].indexOf(sign)] ?? sign).join('');
}

/** The source of a diagram whose formulas are text. */
export function withPlainFormulas(source: string): string {
  return source.replace(FORMULA, (_, tex: string) => exchanged(plainFormula(tex), GRAMMAR, STANDINS));
}

/** Has the drawing of such a source show what its formulas say. */
export function restoreFormulas(svg: SVGSVGElement): void {
  const texts = document.createTreeWalker(svg, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode())
    if (/[❨-❵❘❞❛⁏⌗]/u.test(node.nodeValue ?? '')) node.nodeValue = exchanged(node.nodeValue!, STANDINS, GRAMMAR);
}

/** A formula as text. */
export function plainFormula(tex: string): string {
  return new Reader(tex).all().replace(/ {2,}/g, ' ').trim();
}

class Reader {
  readonly #tex: string;
  #at = 0;

  constructor(tex: string) {
    this.#tex = tex;
  }

  /** Up to the end of the text, or of the group that is read. */
  all(): string {
    let read = '';
    while (this.#at < this.#tex.length && this.#tex[this.#at] !== '}') read += this.#one();
    return read;
  }

  /** The next sign, command or group. */
  #one(): string {
    const sign = this.#tex[this.#at++] ?? '';
    switch (sign) {
      case '\\':
        return this.#command();
      case '{': {
        const inner = this.all();
        this.#at++;
        return inner;
      }
      case '_':
        return script(this.#argument(), LOWERED, '_');
      case '^':
        return script(this.#argument(), RAISED, '^');
      case "'":
        return '′';
      case '-':
        return '−';
      default:
        return sign;
    }
  }

  #argument(): string {
    while (this.#tex[this.#at] === ' ') this.#at++;
    return this.#one();
  }

  #command(): string {
    const name = /^[A-Za-z]+/.exec(this.#tex.slice(this.#at))?.[0];
    if (name === undefined) {
      const sign = this.#tex[this.#at++] ?? '';
      return /[,;:! ]/.test(sign) ? ' ' : sign === '\\' ? ' ' : sign;
    }
    this.#at += name.length;
    if (name === 'frac' || name === 'dfrac' || name === 'tfrac')
      return `${grouped(this.#argument())}/${grouped(this.#argument())}`;
    if (name === 'mathbb') return [...this.#argument()].map(sign => DOUBLE[sign] ?? sign).join('');
    if (Object.hasOwn(ACCENTS, name)) return this.#argument() + ACCENTS[name];
    if (PLAIN.test(name)) return '';
    return Object.hasOwn(SIGNS, name) ? SIGNS[name]! : name;
  }
}

/** A text of more than a word in parentheses. */
function grouped(text: string): string {
  return /[\s+\u2212/·]/.test(text) ? `(${text})` : text;
}

/** Raised or lowered, where all its signs have such forms. */
function script(text: string, forms: Readonly<Record<string, string>>, mark: string): string {
  const signs = [...text.replaceAll('−', '-').replaceAll(' ', '')];
  if (signs.every(sign => Object.hasOwn(forms, sign))) return signs.map(sign => forms[sign]).join('');
  return `${mark}${signs.length > 1 ? `(${text})` : text}`;
}
