/** Formulas as TeX: fractions and powers as they are set in books, names and units upright. */
import type { PartRecord, PartValue } from '../evaluation/provenance';
import { type FormulaStyle, formulaText, numberText } from './formula';

/** So many parts of a formula are set; longer ones are told on one line. */
const MOST_PARTS = 60;

/** A formula as TeX; undefined for one that holds code, or is too long to be read. */
export function formulaTex(part: PartRecord, style: FormulaStyle = 'names'): string | undefined {
  const writer = new TexWriter(style);
  const tex = writer.write(part).tex;
  return writer.fails ? undefined : tex;
}

/** A name as it is set: `\eta_{\mathrm{base}}`, `n`, `\mathrm{peak\_flops}`. */
export function nameTex(name: string): string {
  const last = name.slice(name.lastIndexOf('.') + 1);
  const [, head = last, rest = ''] = /^([A-Za-z]+?\d*)_(\w+)$/.exec(last) ?? [];
  const letter = letterTex(head);
  if (letter === undefined) return upright(last);
  const index = rest.replace(/_+$/, '');
  return index === '' ? letter : `${letter}_{${upright(index)}}`;
}

/** A number as it is set: `86{,}400`, `3.14 \times 10^{23}`. */
export function numberTex(value: number): string {
  const [digits, power] = numberText(value).split('e');
  if (power === undefined || !/\d/.test(power))
    return /\d/.test(digits!) ? digits!.replaceAll(',', '{,}') : upright(digits!);
  const ten = `10^{${power}}`;
  return digits === '1' ? ten : digits === '-1' ? `-${ten}` : `${digits} \\times ${ten}`;
}

const GREEK: ReadonlySet<string> = new Set(
  (
    'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau phi chi psi omega ' +
    'Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega'
  ).split(' '),
);

/** A letter of its own; undefined for a word. */
function letterTex(name: string): string | undefined {
  if (/^[A-Za-z]$/.test(name)) return name;
  return GREEK.has(name) ? `\\${name}` : undefined;
}

/** Words, upright, with their special characters. */
export function upright(text: string): string {
  return `\\text{${text.replaceAll(/[\\{}$&#^_%~]/g, found => ESCAPES[found] ?? `\\${found}`)}}`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash ',
  '^': '\\textasciicircum ',
  '~': '\\textasciitilde ',
};

interface Written {
  readonly tex: string;
  /** How tight it binds; see `formula.ts`. */
  readonly tightness: number;
}

const [ANY, SUM, PRODUCT, NEGATION, POWER, ATOM] = [0, 1, 2, 3, 4, 10];
const CONVERSIONS: ReadonlySet<string> = new Set(['m_as', 'to', 'ito']);

class TexWriter {
  fails = false;
  readonly #style: FormulaStyle;
  #parts = 0;

  constructor(style: FormulaStyle) {
    this.#style = style;
  }

  write(part: PartRecord): Written {
    if (++this.#parts > MOST_PARTS) return this.#fail();
    switch (part.kind) {
      case 'literal':
        return part.value.number === undefined ? this.#fail() : valued(part.value);
      case 'source':
        return this.#style === 'numbers' ? this.#value(part.value) : atom(nameTex(part.code));
      case 'object':
        return atom(upright(part.code));
      case 'operation':
        return this.#operation(part.operator, part.operands);
      case 'call':
        return this.#call(part);
      case 'attribute':
        return part.name === 'magnitude' || part.name === 'm'
          ? this.write(part.of)
          : this.#style === 'numbers'
            ? this.#value(part.value)
            : atom(upright(formulaText(part)));
      case 'item':
        return this.#style === 'numbers' ? this.#value(part.value) : atom(upright(formulaText(part)));
      case 'choice':
        return this.write(part.of);
      case 'code':
        return this.#fail();
    }
  }

  #fail(): Written {
    this.fails = true;
    return atom('');
  }

  #value(value: PartValue): Written {
    return value.number === undefined ? this.#fail() : valued(value);
  }

  #operation(operator: string, [left, right]: readonly PartRecord[]): Written {
    if (left === undefined) return this.#fail();
    const first = this.write(left);
    if (right === undefined) {
      if (operator !== '-' && operator !== '+') return this.#fail();
      return { tex: operator + within(first, NEGATION), tightness: NEGATION };
    }
    const second = this.write(right);
    switch (operator) {
      case '+':
        return { tex: `${within(first, SUM)} + ${behind(second, SUM)}`, tightness: SUM };
      case '-':
        return { tex: `${within(first, SUM)} - ${behind(second, PRODUCT)}`, tightness: SUM };
      case '*': {
        // A number and its unit stand together.
        const sign = right.kind === 'object' && left.value.number !== undefined ? '\\,' : ' \\times ';
        return { tex: `${within(first, PRODUCT)}${sign}${behind(second, PRODUCT)}`, tightness: PRODUCT };
      }
      case '/':
        return atom(`\\frac{${first.tex}}{${second.tex}}`);
      case '**':
        return {
          tex: `${/^\\frac/.test(first.tex) ? parenthesized(first) : within(first, ATOM)}^{${second.tex}}`,
          tightness: POWER,
        };
      case '//':
        return atom(`\\left\\lfloor \\frac{${first.tex}}{${second.tex}} \\right\\rfloor`);
      default:
        return this.#fail();
    }
  }

  #call({ callee, on, args, keywords }: PartRecord & { readonly kind: 'call' }): Written {
    if (on !== undefined) {
      const [unit] = args;
      if (!CONVERSIONS.has(callee) || unit === undefined || args.length > 1) return this.#fail();
      const of = this.write(on);
      if (this.#style === 'numbers' && on.value.shortUnit === '') return of;
      const name = formulaText(unit).replace(/^(['"])(.*)\1$/, '$2');
      return name === '' ? of : { tex: `${within(of, SUM)} \\;\\text{in}\\; ${upright(name)}`, tightness: ANY };
    }
    if (keywords.length > 0) return this.#fail();
    const given = args.map(one => this.write(one).tex);
    const name = callee.slice(callee.lastIndexOf('.') + 1);
    const [only] = given;
    if (given.length === 1)
      switch (name) {
        case 'sqrt':
          return atom(`\\sqrt{${only}}`);
        case 'exp':
          return { tex: `e^{${only}}`, tightness: POWER };
        case 'abs':
        case 'fabs':
          return atom(`\\left| ${only} \\right|`);
        case 'ceil':
          return atom(`\\left\\lceil ${only} \\right\\rceil`);
        case 'floor':
          return atom(`\\left\\lfloor ${only} \\right\\rfloor`);
        case 'float':
          return this.write(args[0]!);
        case 'log':
          return atom(`\\ln \\left( ${only} \\right)`);
        case 'log2':
        case 'log10':
          return atom(`\\log_{${name.slice(3)}} \\left( ${only} \\right)`);
      }
    const word = NAMED.has(name) ? `\\${name}` : `\\operatorname{${upright(name)}}`;
    return atom(`${word} \\left( ${given.join(',\\, ')} \\right)`);
  }
}

/** Functions that TeX has names for. */
const NAMED: ReadonlySet<string> = new Set(['min', 'max', 'sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh']);

function atom(tex: string): Written {
  return { tex, tightness: ATOM };
}

/** A number with its unit. */
function valued({ number, shortUnit = '' }: PartValue): Written {
  const digits = numberTex(number!);
  const tightness = digits.startsWith('-') ? NEGATION : /\^|,\\,/.test(digits) || shortUnit !== '' ? PRODUCT : ATOM;
  return { tex: shortUnit === '' ? digits : `${digits}\\,${upright(shortUnit)}`, tightness };
}

function within(one: Written, least: number): string {
  return one.tightness < least ? parenthesized(one) : one.tex;
}

/** Behind a sign, where no other sign follows. */
function behind(one: Written, least: number): string {
  return one.tex.startsWith('-') ? parenthesized(one) : within(one, least);
}

function parenthesized({ tex }: Written): string {
  return `\\left( ${tex} \\right)`;
}
