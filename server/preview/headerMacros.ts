/**
 * Macros that a project gives MathJax in what it includes in the header of its pages: `macros: { R: '\\mathbb{R}', bm: ['…#1', 1] }`
 * of a script. The script is read as text, as far as its entries are plain.
 */

export interface HeaderMacro {
  /** Without a backslash. */
  readonly name: string;
  readonly body: string;
  readonly count: number;
  /** What stands for the first argument where none is given in brackets. */
  readonly optional: string | undefined;
}

const MACROS = /\bmacros['"]?\s*:\s*\{/gi;
const SPACE = /(?:[\s,]|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const KEY = /(?:([A-Za-z_$][\w$]*)|'([^'\\\n]+)'|"([^"\\\n]+)")\s*:\s*/y;
const TEXT = /'((?:[^'\\\n]|\\[\s\S])*)'|"((?:[^"\\\n]|\\[\s\S])*)"|`((?:[^`\\$]|\\[\s\S])*)`/y;
const RAW = /String\.raw\s*`([^`]*)`/y;
const COUNT = /[0-9]/y;

/** The macros of the scripts in a text, in their order. */
export function headerMacros(header: string): readonly HeaderMacro[] {
  return [...header.matchAll(MACROS)].flatMap(({ 0: whole, index }) => entriesOf(header, index + whole.length));
}

/** The entries up to the first one that is not plain, or the end of the object. */
function entriesOf(script: string, start: number): readonly HeaderMacro[] {
  let at = start;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    SPACE.lastIndex = at;
    at += SPACE.exec(script)?.[0].length ?? 0;
    pattern.lastIndex = at;
    const found = pattern.exec(script) ?? undefined;
    at += found?.[0].length ?? 0;
    return found;
  };
  const takeText = (): string | undefined => {
    const raw = take(RAW);
    if (raw !== undefined) return raw[1];
    const found = take(TEXT);
    return found && unescaped(found[1] ?? found[2] ?? found[3] ?? '');
  };
  const found: HeaderMacro[] = [];
  for (let key = take(KEY); key !== undefined; key = take(KEY)) {
    const name = key[1] ?? key[2] ?? key[3]!;
    const isList = take(/\[/y) !== undefined;
    const body = takeText();
    if (body === undefined) break;
    const count = isList ? Number(take(COUNT)?.[0] ?? 0) : 0;
    const optional = isList ? takeText() : undefined;
    if (isList && take(/\]/y) === undefined) break;
    found.push({ name, body, count, optional });
  }
  return found;
}

/** What a text of JavaScript means, as far as TeX has such signs. */
function unescaped(written: string): string {
  return written.replace(/\\([\s\S])/g, (_whole, sign: string) => (sign === 'n' ? '\n' : sign === 't' ? '\t' : sign));
}
