/** Commands that MathJax knows, by which Quarto sets formulas, and KaTeX does not, those of the package `physics` among them. */

interface Token {
  readonly text: string;
}

/** What a macro of KaTeX may do with what stands behind it. */
interface Expander {
  future(): Token;
  popToken(): Token;
  pushToken(token: Token): void;
  pushTokens(tokens: readonly Token[]): void;
  consumeArg(): { readonly tokens: readonly Token[]; readonly start: Token; readonly end: Token };
  consumeSpaces(): void;
}

type Macro = string | ((expander: Expander) => string);

/** True where a star comes next, which is taken. */
function hasStar(expander: Expander): boolean {
  if (expander.future().text !== '*') return false;
  expander.popToken();
  return true;
}

const starred =
  (plain: string, star: string): Macro =>
  expander =>
    hasStar(expander) ? star : plain;

/** What stands between brackets, which is taken; undefined where none open. */
function optional(expander: Expander): string | undefined {
  if (expander.future().text !== '[') return undefined;
  const taken: string[] = [];
  for (;;) {
    const { text } = expander.popToken();
    if (text === ']') return taken.slice(1).join(' ');
    if (text === 'EOF') return undefined;
    taken.push(text);
  }
}

/** How many arguments in braces come next, up to a number; all of them are left in place. */
function argumentsAhead(expander: Expander, most: number): number {
  const taken: ReturnType<Expander['consumeArg']>[] = [];
  while (taken.length < most && expander.future().text === '{') taken.push(expander.consumeArg());
  for (const { tokens, start, end } of taken.toReversed()) {
    expander.pushToken(end);
    expander.pushTokens(tokens);
    expander.pushToken(start);
  }
  return taken.length;
}

/** Derivatives: `{x}`, `{f}{x}`, where there are two variables `{f}{x}{y}`, each with its order in brackets before it. */
function derivative(d: string, most: number): Macro {
  return expander => {
    const isFlat = hasStar(expander);
    const order = optional(expander);
    const power = order === undefined ? '' : `^{${order}}`;
    const fraction = (above: string, below: string) =>
      isFlat ? `{${above}}/{${below}}` : `\\frac{${above}}{${below}}`;
    const count = argumentsAhead(expander, most);
    if (count === 3) return fraction(`${d}^2 #1`, `${d} #2 \\, ${d} #3`);
    if (count === 2) return fraction(`${d}${power} #1`, `${d} #2${power}`);
    return fraction(`${d}${power}`, `${d} #1${power}`);
  };
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '|': '|' };

/** Delimiters as high as what stands between them: the pair that comes next, or braces. */
function fitted(braces: readonly [string, string], before = ''): Macro {
  return expander => {
    const isSmall = hasStar(expander);
    const sized = (left: string, right: string): readonly [string, string] =>
      isSmall ? [left, right] : [`\\left${left}`, `\\right${right}`];
    const open = expander.future().text;
    const close = CLOSING[open];
    if (close === undefined) {
      const [left, right] = sized(...braces);
      return `${before}${left} #1 ${right}`;
    }
    const inside: Token[] = [];
    let depth = 0;
    expander.popToken();
    for (;;) {
      const token = expander.popToken();
      // KaTeX tells that nothing closes it.
      if (token.text === 'EOF') return `\\left${open}`;
      if (token.text === close && depth === 0) break;
      if (token.text === '{' || token.text === open) depth++;
      if (token.text === '}' || token.text === close) depth--;
      inside.push(token);
    }
    const [left, right] = sized(open, close);
    expander.pushToken({ text: '}' });
    expander.pushTokens(inside.toReversed());
    expander.pushToken({ text: '{' });
    return `${before}${left} #1 ${right}`;
  };
}

/** The command that a declared pair of delimiters becomes: its delimiters and what stands between them, then the star or the size of a call. */
export const PAIRED = '\\reckonerpaired';

const paired: Macro = expander => {
  const [left, right, body] = [1, 2, 3].map(() => expander.consumeArg().tokens.toReversed());
  expander.consumeSpaces();
  const isFitted = hasStar(expander);
  const size = isFitted ? undefined : optional(expander);
  const written = (tokens: readonly Token[] | undefined, between: string) =>
    (tokens ?? [])
      .map(({ text }) => (text === '\\delimsize' ? between : text))
      .join(' ')
      .replace(/# (?=\d)/g, '#');
  const [open, close] = [written(left, '') || '.', written(right, '') || '.'];
  if (isFitted) return `\\left${open} ${written(body, '\\middle')} \\right${close}`;
  if (size !== undefined) return `\\mathopen{${size}${open}} ${written(body, size)} \\mathclose{${size}${close}}`;
  return `\\mathopen{${open}} ${written(body, '')} \\mathclose{${close}}`;
};

const differential =
  (d: string): Macro =>
  expander => {
    const order = optional(expander);
    const power = order === undefined ? '' : `^{${order}}`;
    return expander.future().text === '{' ? `\\mathinner{${d}${power}#1}` : `${d}${power}`;
  };

const expectation: Macro = expander => {
  hasStar(expander);
  return argumentsAhead(expander, 2) === 2
    ? '\\left\\langle #2 \\middle| #1 \\middle| #2 \\right\\rangle'
    : '\\left\\langle #1 \\right\\rangle';
};

const words = (text: string): Macro => `\\quad\\text{${text}}\\quad`;

const PHYSICS: Readonly<Record<string, Macro>> = {
  qty: fitted(['\\{', '\\}']),
  abs: fitted(['|', '|']),
  norm: fitted(['\\|', '\\|']),
  order: fitted(['(', ')'], '\\mathcal{O}'),
  comm: starred('\\left[ #1, #2 \\right]', '[#1, #2]'),
  acomm: starred('\\left\\{ #1, #2 \\right\\}', '\\{#1, #2\\}'),
  eval: '\\left. #1 \\right|',
  vb: starred('\\mathbf{#1}', '\\boldsymbol{#1}'),
  va: starred('\\vec{\\mathbf{#1}}', '\\vec{\\boldsymbol{#1}}'),
  vu: starred('\\hat{\\mathbf{#1}}', '\\hat{\\boldsymbol{#1}}'),
  vdot: '\\boldsymbol\\cdot',
  cross: '\\boldsymbol\\times',
  grad: '\\boldsymbol\\nabla',
  divergence: '\\boldsymbol\\nabla\\boldsymbol\\cdot',
  curl: '\\boldsymbol\\nabla\\boldsymbol\\times',
  laplacian: '\\nabla^2',
  dd: differential('\\mathrm{d}'),
  dv: derivative('\\mathrm{d}', 2),
  pdv: derivative('\\partial', 3),
  fdv: derivative('\\delta', 2),
  var: '\\delta #1',
  ketbra: starred('\\ket{#1}\\!\\bra{#2}', '\\ket{#1}\\!\\bra{#2}'),
  dyad: '\\ket{#1}\\!\\bra{#2}',
  ev: expectation,
  mel: starred('\\left\\langle #1 \\middle| #2 \\middle| #3 \\right\\rangle', '\\langle #1 | #2 | #3 \\rangle'),
  tr: '\\operatorname{tr}',
  Tr: '\\operatorname{Tr}',
  rank: '\\operatorname{rank}',
  erf: '\\operatorname{erf}',
  Res: '\\operatorname{Res}',
  pv: '\\mathcal{P}',
  qq: '\\quad\\text{#1}\\quad',
  qand: words('and'),
  qor: words('or'),
  qif: words('if'),
  qfor: words('for'),
  qwith: words('with'),
  flatfrac: '{#1}/{#2}',
};

const SAME: Readonly<Record<string, string>> = {
  quantity: 'qty',
  absolutevalue: 'abs',
  commutator: 'comm',
  anticommutator: 'acomm',
  poissonbracket: 'acomm',
  pb: 'acomm',
  evaluated: 'eval',
  vectorbold: 'vb',
  vectorarrow: 'va',
  vectorunit: 'vu',
  crossproduct: 'cross',
  cp: 'cross',
  gradient: 'grad',
  differential: 'dd',
  derivative: 'dv',
  partialderivative: 'pdv',
  functionalderivative: 'fdv',
  variation: 'var',
  expval: 'ev',
  expectationvalue: 'ev',
  matrixel: 'mel',
  matrixelement: 'mel',
  outerproduct: 'ketbra',
  trace: 'tr',
  Trace: 'Tr',
  principalvalue: 'pv',
};

const OTHERS: Readonly<Record<string, Macro>> = {
  mbox: '\\text{#1}',
  textdegree: '\\degree',
  celsius: '\\degree\\mathrm{C}',
  micro: '\\mu',
  ohm: '\\Omega',
  // What they load is at hand.
  require: '\\@secondoftwo{#1}{}',
  mspace: '\\mskip #1',
  cancelto: '{\\cancel{#2}}^{#1}',
  prescript: '{\\vphantom{#3}}^{#1}_{#2}{#3}',
  // Names for styles and scripts, which the page has none of.
  cssId: '\\@secondoftwo{#1}{#2}',
  class: '\\@secondoftwo{#1}{#2}',
  style: '\\@secondoftwo{#1}{#2}',
  Aboxed: '\\boxed{#1}',
  centernot: '\\not',
  idotsint: '\\int\\!\\cdots\\!\\int',
  overparen: '\\overgroup{#1}',
  underparen: '\\undergroup{#1}',
  bbox: expander => {
    optional(expander);
    return '{#1}';
  },
};

/** By their names, with the backslash. */
export function mathMacros(): Record<string, Macro> {
  const same = Object.entries(SAME).map(([name, own]) => [name, PHYSICS[own]!] as const);
  const all = [...Object.entries(PHYSICS), ...same, ...Object.entries(OTHERS)];
  return { ...Object.fromEntries(all.map(([name, macro]) => [`\\${name}`, macro])), [PAIRED]: paired };
}
