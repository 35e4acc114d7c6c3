/** matplotlib's little TeX as runs of text on three levels. */
import { entryOf } from '../../../mlsys';

const SYMBOLS: Readonly<Record<string, string>> = {
  times: '×',
  cdot: '·',
  pm: '±',
  approx: '≈',
  leq: '≤',
  le: '≤',
  geq: '≥',
  ge: '≥',
  neq: '≠',
  to: '→',
  rightarrow: '→',
  leftarrow: '←',
  infty: '∞',
  propto: '∝',
  sim: '∼',
  sum: '∑',
  prod: '∏',
  int: '∫',
  partial: '∂',
  ldots: '…',
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ε',
  eta: 'η',
  theta: 'θ',
  kappa: 'κ',
  lambda: 'λ',
  mu: 'μ',
  nu: 'ν',
  pi: 'π',
  rho: 'ρ',
  sigma: 'σ',
  tau: 'τ',
  phi: 'φ',
  chi: 'χ',
  psi: 'ψ',
  omega: 'ω',
  Delta: 'Δ',
  Gamma: 'Γ',
  Lambda: 'Λ',
  Omega: 'Ω',
  Phi: 'Φ',
  Pi: 'Π',
  Sigma: 'Σ',
  Theta: 'Θ',
  degree: '°',
  circ: '°',
  quad: ' ',
  qquad: '  ',
  star: '⋆',
  ast: '∗',
  div: '÷',
  mp: '∓',
  ne: '≠',
  ll: '≪',
  gg: '≫',
  equiv: '≡',
  simeq: '≃',
  cong: '≅',
  in: '∈',
  subset: '⊂',
  cup: '∪',
  cap: '∩',
  forall: '∀',
  exists: '∃',
  nabla: '∇',
  hbar: 'ℏ',
  ell: 'ℓ',
  Re: 'ℜ',
  Im: 'ℑ',
  leftrightarrow: '↔',
  Rightarrow: '⇒',
  Leftarrow: '⇐',
  uparrow: '↑',
  downarrow: '↓',
  mapsto: '↦',
  perp: '⊥',
  parallel: '∥',
  mid: '|',
  vert: '|',
  Vert: '‖',
  langle: '⟨',
  rangle: '⟩',
  oint: '∮',
  cdots: '⋯',
  dots: '…',
  prime: '′',
  odot: '⊙',
  oplus: '⊕',
  otimes: '⊗',
  zeta: 'ζ',
  iota: 'ι',
  xi: 'ξ',
  varepsilon: 'ε',
  vartheta: 'ϑ',
  varphi: 'φ',
  upsilon: 'υ',
  Xi: 'Ξ',
  Psi: 'Ψ',
  Upsilon: 'Υ',
};

/** Marks above a letter, as characters that combine with it. */
const ACCENTS: Readonly<Record<string, string>> = {
  hat: '\u0302',
  widehat: '\u0302',
  bar: '\u0304',
  overline: '\u0305',
  tilde: '\u0303',
  widetilde: '\u0303',
  vec: '\u20d7',
  dot: '\u0307',
  ddot: '\u0308',
};

/** Commands that change the letters of their argument, which are shown as they are. */
const FONTS = new Set(
  'mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak mathregular mathdefault text textrm textbf textit operatorname boldsymbol'.split(
    ' ',
  ),
);

/** Commands that arrange what follows. */
const ARRANGING = new Set('left right big Big bigg Bigg displaystyle textstyle limits nolimits'.split(' '));

/** Commands for a mark or a space. */
const MARKS: Readonly<Record<string, string>> = {
  ',': '\u2009',
  ';': '\u2005',
  ':': '\u2005',
  '!': '',
  '\\': ' ',
  '|': '‖',
};

/** Deeper groups are shown as they are written. */
const DEEPEST = 20;

export interface Run {
  readonly text: string;
  readonly shift: 0 | 1 | -1;
  readonly italic: boolean;
}

class Reader {
  readonly #tex: string;
  #at = 0;
  constructor(tex: string) {
    this.#tex = tex;
  }

  /** All up to the end, or to the brace that closes a group. */
  all(shift: Run['shift'], depth: number, upright = false): Run[] {
    const runs: Run[] = [];
    while (this.#at < this.#tex.length && this.#tex[this.#at] !== '}') runs.push(...this.#next(shift, depth, upright));
    this.#at++;
    return runs;
  }

  #next(shift: Run['shift'], depth: number, upright: boolean): Run[] {
    const unit = this.#tex[this.#at]!;
    this.#at++;
    if (unit === '{') return depth > DEEPEST ? [] : this.all(shift, depth + 1, upright);
    if (unit === '^' || unit === '_')
      return this.#argument(shift === 0 ? (unit === '^' ? 1 : -1) : shift, depth, upright);
    if (unit === '\\') return this.#command(shift, depth, upright);
    if (unit === '~') return [{ text: ' ', shift, italic: false }];
    if (unit === "'") return [{ text: '′', shift, italic: false }];
    return [
      { text: unit === '-' && !upright ? '−' : unit, shift, italic: !upright && shift === 0 && /[a-zα-ω]/i.test(unit) },
    ];
  }

  #argument(shift: Run['shift'], depth: number, upright = false): Run[] {
    while (this.#tex[this.#at] === ' ') this.#at++;
    return this.#at < this.#tex.length ? this.#next(shift, depth + 1, upright) : [];
  }

  #command(shift: Run['shift'], depth: number, upright: boolean): Run[] {
    const name = /^(?:[A-Za-z]+|.)/s.exec(this.#tex.slice(this.#at, this.#at + 40))?.[0] ?? '';
    this.#at += name.length;
    const isWord = /^[A-Za-z]/.test(name);
    if (isWord && this.#tex[this.#at] === ' ') this.#at++;
    const plain = (text: string): Run[] => (text === '' ? [] : [{ text, shift, italic: false }]);
    if (!isWord) return plain(entryOf(MARKS, name) ?? name);
    if (depth > DEEPEST || ARRANGING.has(name)) return [];
    if (FONTS.has(name)) return this.#argument(shift, depth, true);
    const accent = entryOf(ACCENTS, name);
    if (accent !== undefined)
      return this.#argument(shift, depth, upright).map(run => ({ ...run, text: run.text + accent }));
    if (/^[dtc]?frac$/.test(name)) {
      const over = enclosed(this.#argument(shift, depth, upright), shift);
      return [...over, ...plain('/'), ...enclosed(this.#argument(shift, depth, upright), shift)];
    }
    if (/^[dt]?binom$/.test(name))
      return [
        ...plain('('),
        ...this.#argument(1, depth, upright),
        ...this.#argument(-1, depth, upright),
        ...plain(')'),
      ];
    if (name === 'sqrt') return [...plain('√'), ...enclosed(this.#argument(shift, depth, upright), shift)];
    const symbol = entryOf(SYMBOLS, name);
    return symbol === undefined
      ? plain(name)
      : [{ text: symbol, shift, italic: shift === 0 && /^[α-ω]$/.test(symbol) }];
  }
}

/** What stands above or below a stroke, in brackets unless it is a single thing. */
function enclosed(runs: Run[], shift: Run['shift']): Run[] {
  const level = runs
    .filter(run => run.shift === shift)
    .map(run => run.text)
    .join('');
  if (/^[\p{L}\p{M}\p{N}.]*$/u.test(level)) return runs;
  return [{ text: '(', shift, italic: false }, ...runs, { text: ')', shift, italic: false }];
}

/** The runs of a formula; those that look alike are one. */
export function mathRuns(tex: string): Run[] {
  const runs: Run[] = [];
  for (const run of new Reader(tex).all(0, 0)) {
    const last = runs.at(-1);
    if (last?.shift === run.shift && last.italic === run.italic)
      runs[runs.length - 1] = { ...last, text: last.text + run.text };
    else runs.push(run);
  }
  return runs;
}
