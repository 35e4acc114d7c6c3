/** Makes a TeX document of a chapter's TikZ block: the preamble that books load for their drawings, and the block. */
import { bookStyle as style } from '../../mlsys/style';

/**
 * Libraries that a book's header loads for all of its drawings, so that the blocks do not name them. Others are loaded
 * by the block itself.
 */
const LIBRARIES = [
  'angles',
  'arrows',
  'arrows.meta',
  'automata',
  'backgrounds',
  'bending',
  'calc',
  'chains',
  'decorations.markings',
  'decorations.pathmorphing',
  'decorations.pathreplacing',
  'decorations.text',
  'fadings',
  'fit',
  'intersections',
  'matrix',
  'patterns',
  'positioning',
  'quotes',
  'shadings',
  'shadows',
  'shapes',
  'svg.path',
  'through',
  'trees',
];

/** Families of PostScript and newer fonts, and which of the fonts at hand come next to them. */
export const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  cmss: 'phv qhv uhv lmss lmssq pag qag uag cmbr fvs fos iwona kurier fav pop lato opensans roboto helvet sffamily'.split(
    ' ',
  ),
  cmr: 'ptm ppl pbk pnc pzc put qtm qpl qbk qcs lmr lmdh tx px fve bch udm ugm times newtx newpx'.split(' '),
  cmtt: 'pcr qcr lmtt lmtk txtt fvm zi4 courier inconsolata'.split(' '),
};

/** Characters that authors type, in TeX's words where the fonts have them under another name. */
const CHARACTERS: Readonly<Record<string, string>> = {
  '×': '\\ensuremath{\\times}',
  '÷': '\\ensuremath{\\div}',
  '±': '\\ensuremath{\\pm}',
  '·': '\\ensuremath{\\cdot}',
  '€': '\\texteuro{}',
  '£': '\\textsterling{}',
  '°': '\\ensuremath{^{\\circ}}',
  '¹': '\\ensuremath{^1}',
  '²': '\\ensuremath{^2}',
  '³': '\\ensuremath{^3}',
  '¬': '\\ensuremath{\\lnot}',
  '•': '\\ensuremath{\\bullet}',
  '…': '\\ldots{}',
  '‑': '-',
  '−': '\\ensuremath{-}',
  '≈': '\\ensuremath{\\approx}',
  '≠': '\\ensuremath{\\neq}',
  '≤': '\\ensuremath{\\leq}',
  '≥': '\\ensuremath{\\geq}',
  '≪': '\\ensuremath{\\ll}',
  '≫': '\\ensuremath{\\gg}',
  '∞': '\\ensuremath{\\infty}',
  '∝': '\\ensuremath{\\propto}',
  '∂': '\\ensuremath{\\partial}',
  '∇': '\\ensuremath{\\nabla}',
  '∑': '\\ensuremath{\\sum}',
  '∏': '\\ensuremath{\\prod}',
  '√': '\\ensuremath{\\surd}',
  '∈': '\\ensuremath{\\in}',
  '∼': '\\ensuremath{\\sim}',
  '⊗': '\\ensuremath{\\otimes}',
  '⊕': '\\ensuremath{\\oplus}',
  '⊙': '\\ensuremath{\\odot}',
  '←': '\\ensuremath{\\leftarrow}',
  '↑': '\\ensuremath{\\uparrow}',
  '→': '\\ensuremath{\\rightarrow}',
  '↓': '\\ensuremath{\\downarrow}',
  '↔': '\\ensuremath{\\leftrightarrow}',
  '⇒': '\\ensuremath{\\Rightarrow}',
  '⇔': '\\ensuremath{\\Leftrightarrow}',
  '✓': '\\ensuremath{\\checkmark}',
  '✗': '\\ensuremath{\\times}',
  µ: '\\ensuremath{\\mu}',
  ...greek(),
};

function greek(): Record<string, string> {
  const found: Record<string, string> = {};
  const names =
    'α alpha β beta γ gamma δ delta ε varepsilon ζ zeta η eta θ theta κ kappa λ lambda μ mu ν nu ξ xi π pi ρ rho σ sigma τ tau φ varphi χ chi ψ psi ω omega Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Φ Phi Ψ Psi Ω Omega'.split(
      ' ',
    );
  for (let at = 0; at < names.length; at += 2) found[names[at]!] = `\\ensuremath{\\${names[at + 1]}}`;
  return found;
}

/** What TeX writes into its log before a character that it has no definition for, and what stands in its place. */
export const MISSING_CHARACTER = 'reckoner: no character';
const BOX = '\\fbox{\\phantom{x}}';

/** Text commands whose characters stand in fonts that are not at hand. */
const COMMANDS: Readonly<Record<string, string>> = {
  textbullet: '\\ensuremath{\\bullet}',
  textdegree: '\\ensuremath{^{\\circ}}',
  texttimes: '\\ensuremath{\\times}',
  textdiv: '\\ensuremath{\\div}',
  textpm: '\\ensuremath{\\pm}',
  textmu: '\\ensuremath{\\mu}',
  textrightarrow: '\\ensuremath{\\rightarrow}',
  textleftarrow: '\\ensuremath{\\leftarrow}',
  textuparrow: '\\ensuremath{\\uparrow}',
  textdownarrow: '\\ensuremath{\\downarrow}',
  textperiodcentered: '\\ensuremath{\\cdot}',
  textasciitilde: '\\ensuremath{\\sim}',
  textsection: '\\ensuremath{\\mathhexbox278}',
  textparagraph: '\\ensuremath{\\mathhexbox27B}',
  textdagger: '\\ensuremath{\\dagger}',
  textdaggerdbl: '\\ensuremath{\\ddagger}',
  textsterling: '{\\fontfamily{cmr}\\fontseries{m}\\fontshape{it}\\selectfont\\char36}',
  texteuro: `\\typeout{${MISSING_CHARACTER} (U+20AC)}${BOX}`,
  textcopyright: '\\textcircled{c}',
  textregistered: '\\textcircled{\\scriptsize R}',
  texttrademark: '\\textsuperscript{TM}',
  textonehalf: '\\ensuremath{\\frac12}',
  textonequarter: '\\ensuremath{\\frac14}',
  textthreequarters: '\\ensuremath{\\frac34}',
};

/** The engine's graphics driver knows no patterns; these macros write them where they are used, colour and all. */
const PATTERNS = String.raw`\makeatletter
\expandafter\def\csname pgfsys@@declarepattern\endcsname#1#2#3#4#5#6#7#8#9{%
\pgfutil@tempdima=#6\relax\pgfutil@tempdimb=#7\relax
\expandafter\xdef\csname rk@place@#1\endcsname{patternUnits="userSpaceOnUse"
width="\pgf@sys@tonumber{\pgf@xc}" height="\pgf@sys@tonumber{\pgf@yc}"
patternTransform="matrix(#2 #3 #4 #5 \pgf@sys@tonumber{\pgfutil@tempdima} \pgf@sys@tonumber{\pgfutil@tempdimb})"}%
\expandafter\xdef\csname rk@tile@#1\endcsname{#8}}
\def\rk@pattern#1#2{\global\advance\pgf@sys@svg@objectcount by1\relax
\pgfsysprotocol@literal{<pattern id="pgfupat\the\pgf@sys@svg@objectcount"
\csname rk@place@#1\endcsname><g #2>\csname rk@tile@#1\endcsname</g></pattern>}%
\pgf@sys@svg@gs@color{fill="url(\#pgfupat\the\pgf@sys@svg@objectcount)"}}
\def\pgfsys@setpatterncolored#1{\rk@pattern{#1}{}}
\def\pgfsys@setpatternuncolored#1#2#3#4{\pgf@sys@svg@color@rgb#2,#3,#4\relax
\rk@pattern{#1}{stroke="\pgf@sys@svg@prepared" fill="\pgf@sys@svg@prepared"}}
\makeatother`;

/** A colour or a character that is not defined is told of, and drawing goes on; other faults end it. */
const TOLERANCE = [
  '\\makeatletter',
  '\\def\\c@lor@error#1{\\PackageWarning{xcolor}{Undefined color #1}}',
  '\\protected\\def\\UTFviii@undefined@err#1{%',
  `\\typeout{${MISSING_CHARACTER} \\expandafter\\UTFviii@splitcsname\\string#1\\relax}${BOX}}`,
  '\\makeatother',
].join('\n');

/**
 * This TeX has room for few parameters of nested macros, which curves that intersect use up by calling each other from
 * within a condition. Here the condition is left before the next call.
 */
const INTERSECTIONS = String.raw`\makeatletter
\let\rk@curves\pgf@@@intersectionofcurves
\def\rk@stop#1#2#3#4#5#6#7#8{}
\def\rk@go#1#2#3#4#5#6#7#8{\let\rk@next\rk@subdivide}
\def\pgf@@@intersectionofcurves#1#2#3#4#5#6#7#8{\let\rk@next\rk@stop
\let\rk@subdivide\pgf@intersect@subdivide@curve
\let\pgf@intersect@subdivide@curve\rk@go
\rk@curves{#1}{#2}{#3}{#4}{#5}{#6}{#7}{#8}%
\let\pgf@intersect@subdivide@curve\rk@subdivide
\rk@next{#1}{#2}{#3}{#4}{#5}{#6}{#7}{#8}}
\makeatother`;

/** Name of the file that the preamble goes into, so that lines of the document are lines of the block. */
export const PREAMBLE = 'reckoner.tex';

export interface TexDocument {
  /** Read first; the same for many drawings. */
  readonly preamble: string;
  /** Read then, with the block in it. */
  readonly text: string;
}

/** Stands in a source between what a book's header says about its drawings and the block. */
const HEADER_END = '\u0001\n';

/** The source of a drawing: its block, and the header of its book. */
export function withHeader(header: string, block: string): string {
  return header.trim() === '' ? block : `${header}\n${HEADER_END}${block}`;
}

/** Takes a source apart again. */
export function partsOf(source: string): { readonly header: string; readonly block: string } {
  const at = source.indexOf(HEADER_END);
  return at < 0
    ? { header: '', block: source }
    : { header: source.slice(0, at), block: source.slice(at + HEADER_END.length) };
}

/** What TeX writes into its log behind the preamble. */
export const PREAMBLE_MARK = 'reckoner: the preamble ends';

/** Packages of a header are loaded where they are at hand; books name more than a drawing needs. */
function headerLines(header: string): string[] {
  if (header === '') return [];
  return [
    '\\makeatletter\\let\\rk@usepackage\\usepackage',
    '\\renewcommand\\usepackage[2][]{\\@for\\rk@name:=#2\\do{%',
    '\\@ifpackageloaded{\\rk@name}{}{\\IfFileExists{\\rk@name.sty}{\\rk@usepackage[#1]{\\rk@name}}{}}}}\\makeatother',
    ...header.split(/\r\n?|\n/).filter(line => !/\\(?:documentclass|begin\{document\}|end\{document\})/.test(line)),
    '\\makeatletter\\let\\usepackage\\rk@usepackage\\makeatother',
  ];
}

/** Lines of the document before the first one of the block. */
export const LINES_BEFORE = 1;

/** `greys` are colours that the block uses and nobody defines, to be made up. */
export function texDocument(source: string, greys: readonly string[] = []): TexDocument {
  const { header, block } = partsOf(source);
  const preamble = [
    '\\usepackage{amsmath,amssymb}',
    ...(/\\begin\{(?:\w*axis|axis)\}|pgfplots|\\addplot/.test(source)
      ? ['\\usepackage{pgfplots}', '\\pgfplotsset{compat=1.16}']
      : []),
    `\\usetikzlibrary{${LIBRARIES.join(',')}}`,
    ...Object.entries(style.colors).map(([name, hex]) => `\\definecolor{${name}}{HTML}{${hex.slice(1)}}`),
    fontMap(),
    PATTERNS,
    INTERSECTIONS,
    TOLERANCE,
    ...Object.entries(CHARACTERS).map(([mark, tex]) => `\\DeclareUnicodeCharacter{${codeOf(mark)}}{${tex}}`),
    ...Object.entries(COMMANDS).map(([name, tex]) => `\\def\\${name}{${tex}}`),
    ...headerLines(header),
    // Libraries ask for more than blocks do; the driver complains only once of each thing.
    '\\makeatletter\\expandafter\\let\\csname pgf@sys@fail@fadings\\endcsname\\relax\\makeatother',
    `\\typeout{${PREAMBLE_MARK}}`,
    '',
  ].join('\n');
  const made = greys.map(name => `\\definecolor{${name}}{gray}{${/Line$/.test(name) ? 0.45 : 0.85}}`).join('');
  const lines = block.replace(/\r\n?/g, '\n').split('\n');
  if (lines.some(line => /^\s*\\begin\{document\}/.test(line))) {
    const kept = lines.map(line => (/^\s*\\documentclass\b/.test(line) ? '%' : line));
    return { preamble, text: `${made}%\n${kept.join('\n')}\n` };
  }
  // A package can be loaded before the document begins only.
  const packages: string[] = [];
  const body = lines.map(line => {
    if (!/^\s*\\usepackage\b/.test(line)) return line;
    packages.push(line.replace(/(?<!\\)%.*$/, ''));
    return '%';
  });
  const first = `${packages.join('')}${made}\\begin{document}%`;
  return { preamble, text: `${first}\n${body.join('\n')}\n\\end{document}\n` };
}

function codeOf(mark: string): string {
  return mark.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
}

/**
 * TeX that turns to a font at hand just before a font is chosen, however it was named. Characters beyond ASCII are made
 * up from accents then, since the fonts have the old encoding.
 */
function fontMap(): string {
  const names = Object.entries(FAMILIES).flatMap(([at, families]) =>
    families.map(name => `\\@namedef{rk@font@${name}}{${at}}`),
  );
  return [
    '\\makeatletter',
    ...names,
    '\\expandafter\\let\\expandafter\\rk@select\\csname selectfont \\endcsname',
    '\\def\\rk@old{OT1}\\def\\rk@bold{b}',
    '\\def\\rk@map{%',
    '\\@for\\rk@name:=T1,LY1,TU,EU1,EU2,TS1\\do{\\ifx\\f@encoding\\rk@name\\let\\f@encoding\\rk@old\\fi}%',
    '\\ifcsname rk@font@\\f@family\\endcsname\\edef\\f@family{\\csname rk@font@\\f@family\\endcsname}%',
    '\\ifx\\f@series\\rk@bold\\def\\f@series{bx}\\fi\\fi}',
    '\\expandafter\\def\\csname selectfont \\endcsname{\\rk@map\\rk@select}',
    '\\makeatother',
  ].join('\n');
}
