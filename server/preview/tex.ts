/** What HTML shows of TeX that stands outside of formulas: environments of mathematics, and references. */

/** Environments that stand for a formula, and as which of KaTeX's they are set. */
const ENVIRONMENTS: ReadonlyMap<string, string> = new Map([
  ['equation', 'equation*'],
  ['align', 'align*'],
  ['alignat', 'alignat*'],
  ['flalign', 'align*'],
  ['eqnarray', 'align*'],
  ['gather', 'gather*'],
  ['multline', 'gather*'],
  ['math', 'equation*'],
  ['displaymath', 'equation*'],
]);

const WHOLE = /^\s*\\begin\{([A-Za-z]+)(\*?)\}([\s\S]*)\\end\{\1\2\}\s*$/;

/** The formula that an environment of TeX is; undefined for one that HTML has no use for. */
export function mathEnvironment(tex: string): string | undefined {
  const found = WHOLE.exec(tex);
  const name = found?.[1];
  return name !== undefined && ENVIRONMENTS.has(name) ? unnumbered(tex.trim()) : undefined;
}

/** The same formula without the numbers that KaTeX would give to its lines, and without labels, which it does not know. */
export function unnumbered(tex: string): string {
  if (!tex.includes('\\begin{') && !tex.includes('\\label')) return tex;
  return tex
    .replace(/\\(begin|end)\{([A-Za-z]+)\*?\}/g, (whole, edge: string, name: string) => {
      const own = ENVIRONMENTS.get(name);
      return own === undefined ? whole : `\\${edge}{${own}}`;
    })
    .replace(/\\label\s*\{[^{}]*\}/g, '');
}

/** Between what defines macros and the formula, which alone is shown where it cannot be set. */
const END_OF_PRELUDE = '%\u0000\n';

export function withPrelude(prelude: string | undefined, tex: string): string {
  return prelude === undefined || prelude === '' ? tex : `${prelude}${END_OF_PRELUDE}${tex}`;
}

/** A formula, and what defines macros before it. */
export function withoutPrelude(text: string): { readonly prelude: string; readonly tex: string } {
  const end = text.indexOf(END_OF_PRELUDE);
  return end < 0
    ? { prelude: '', tex: text }
    : { prelude: text.slice(0, end), tex: text.slice(end + END_OF_PRELUDE.length) };
}

const REFERENCE =
  /\\(?:ref|autoref|cref|Cref|eqref|nameref|pageref|hyperref)\*?\s*(?:\[([^\]]*)\])?\s*\{([^{}]{1,200})\}/g;

/** The labels that commands of TeX refer to. */
export function referencesOf(tex: string): readonly string[] {
  return tex.includes('ref') ? Array.from(tex.matchAll(REFERENCE), found => found[1] ?? found[2]!) : [];
}
