/** Lines of TeX commands, as Pandoc tells those that stand for themselves from those that belong to a sentence. */

/** One command of a line, with its name and its arguments. */
const COMMAND = /\\([A-Za-z]+)\*?((?:\[[^[\]]*\]|\{(?:[^{}]|\{[^{}]*\})*\})*)[ \t]*/y;

/** Commands that Pandoc takes for part of a text, wherever they stand. */
const INLINE: ReadonlySet<string> = new Set(
  (
    'emph textit textbf textsc texttt textsf textrm textup textmd textsl textnormal textsubscript textsuperscript sout underline ' +
    'uline mbox hbox parbox footnote thanks label ref eqref autoref cref vref hyperref href url nolinkurl cite citep citet citealt ' +
    'citealp citeauthor citeyear citeyearpar parencite textcite autocite footcite nocite supercite index gls Gls glspl acrshort ' +
    'acrlong acrfull ac acp LaTeX TeX ldots dots vdots ss ae oe aa o l i j S P copyright pounds noindent hskip vskip bfseries itshape ' +
    'scshape em bf it tt rm sl textcolor colorbox includegraphics includesvg documentclass hypertarget verb lstinline inputminted ' +
    'SI si num qty unit ang enquote foreignlanguage alert ensuremath newif expandafter xspace slash textbackslash textasciitilde ' +
    'begin end textgreater textless euro qed lettrine epigraph graphicspath'
  ).split(' '),
);

/** Those that it takes for that where something in braces follows. */
const INLINE_WITH_ARGUMENTS: ReadonlySet<string> = new Set(
  'par hfill hfil hrule vfill raggedright small footnotesize scriptsize tiny normalsize large Large LARGE huge Huge strut rule today item bar'.split(
    ' ',
  ),
);

/**
 * The line behind the lines of commands that begin at `line`, where Pandoc takes these for a block of raw TeX of their own although
 * no blank line follows: `\medskip` above a heading. Zero for others; `lineAt` gives the text of a line.
 */
export function endOfCommands(line: number, lineAt: (line: number) => string): number {
  let end = line;
  while (isLineOfCommands(lineAt(end))) end++;
  return end > line && !/^\s*(?:\\|$)/.test(lineAt(end)) ? end : 0;
}

function isLineOfCommands(text: string): boolean {
  COMMAND.lastIndex = 0;
  while (COMMAND.lastIndex < text.length) {
    const [, name, args] = COMMAND.exec(text) ?? [];
    if (name === undefined || INLINE.has(name) || (args !== '' && INLINE_WITH_ARGUMENTS.has(name))) return false;
  }
  return text !== '';
}
