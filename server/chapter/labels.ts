/** Prefixes of labels that Quarto numbers and refers to with `@prefix-name`. */
const KINDS: ReadonlySet<string> = new Set([
  'sec',
  'fig',
  'tbl',
  'eq',
  'lst',
  'thm',
  'lem',
  'cor',
  'prp',
  'cnj',
  'def',
  'exm',
  'exr',
  'sol',
  'rem',
  'alg',
  'prf',
  'tip',
  'nte',
  'wrn',
  'imp',
  'cau',
  'vid',
]);

/** The kind of a label or key such as `fig-loss`, whatever the case of its prefix; undefined for any other id. */
export function labelKind(id: string): string | undefined {
  const dash = id.indexOf('-');
  if (dash < 2 || dash > 3 || dash === id.length - 1) return undefined;
  const prefix = id.slice(0, dash).toLowerCase();
  return KINDS.has(prefix) ? prefix : undefined;
}
