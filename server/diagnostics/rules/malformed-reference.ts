/** Text that was meant as a reference and is none: a lost backtick, a brace or blank that is missing, a dollar in its place. */
import type { OffsetRange } from '../../chapter/ranges';
import { isForProse } from '../contract/cellContract';
import type { Draft, Rule } from '../rule';
import { similarNames } from '../similar';

export const malformedReference: Rule = {
  code: 'malformed-reference',
  severity: 'error',
  *block({ faulty }): Iterable<Draft> {
    for (const { status, ref } of faulty) {
      const name = status === 'syntax-error' ? LOST_END.exec(ref.expr)?.[1] : undefined;
      if (name === undefined) continue;
      const at = ref.exprRange.start + name.length;
      yield {
        range: { start: ref.range.start, end: at },
        message: `The reference to \`${name}\` has no backtick at its end, and takes in the words behind it.`,
        fixes: [{ title: 'Close the reference', preferred: true, edits: [{ start: at, end: at, newText: '`' }] }],
      };
    }
  },
  *prose(block): Iterable<Draft> {
    if (!MAY_BE_REFERENCE.test(block.source)) return;
    for (const { start, end, name, doubt } of malformed(block.source)) {
      const isKnown = () => block.near.some(({ run }) => run?.bound.includes(name.split('.')[0]!));
      // `python train` may be a command.
      if (doubt === 'command' && !isForProse(name) && !isKnown()) continue;
      if (doubt === 'words' && !isKnown()) continue;
      // A name may be spoken of, unless it was made for sentences and stands in none.
      const isBySign = () =>
        SIGN_BEHIND.test(block.source.slice(end, end + 8)) || SIGN_BEFORE.test(block.source.slice(0, start));
      if (doubt === 'name' && !block.unread.has(name) && !(isBySign() && isKnown())) continue;
      const range = block.at(start, end);
      const meant = `\`{python} ${name}\``;
      yield {
        range,
        message: `The page will show \`${block.source.slice(start, end).replaceAll('`', "'")}\` as it is: a reference is written ${meant.replaceAll('`', "'")}, between backticks.`,
        fixes: [
          { title: `Make it a reference to \`${name}\``, preferred: true, edits: [{ ...range, newText: meant }] },
        ],
      };
    }
  },
};

/** Signs that stand next to a number. */
const SIGN_BEHIND = /^(?:\\?%|\$\\times|×)/;
const SIGN_BEFORE = /[$€£~≈]$/;

interface Malformed {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  /** Why it may be what it is: a command, words about references, or the name of something in code. */
  readonly doubt: 'command' | 'words' | 'name' | undefined;
}

/** A look at the source. */
export const MAY_BE_REFERENCE =
  /python|`(?:\{?r\}?[ \t]+[A-Za-z_]|[\w.]+_(?:str|eq|tex|md)`)|\{\s*(?:p\w{0,7}[\s}]|\{?\s*[\w.]+_(?:str|eq|tex|md)\s*\})/i;

const NAME = String.raw`([A-Za-z_]\w*(?:\.\w+)*)`;
/** A code span of one backtick. */
const SPAN = /(?<!`)`(?!`)([^`\r\n]*)`(?!`)/g;
/** A word within brackets, or with none, before a name or together with it: `{python}x`, `{{python}} x`, `{pyton} x`, `{python: x}`, `python x`. */
const NEARLY = new RegExp(
  String.raw`^\s*([{[(<]{0,2})\s*([A-Za-z]\w*)(\s*[}\])>]{1,2})?([\s:,=]*)${NAME}\s*([}\])>]{0,2})\s*$`,
);
/** So long a span is looked at. */
const LONGEST = 120;
/** An expression within the braces: `{python f"{x:.1f}"}`, `{python shares["a"]}`. */
const IN_BRACES = /^\{python[ \t]+(f"[^"]*"|f'[^']*'|[A-Za-z_][\w.]*(?:\([^()]*\)|\[[^[\]]*\]))\}$/;
/** As knitr writes it, and the name alone. */
const OF_R = new RegExp(String.raw`^\{?r\}?\s+${NAME}\s*$`);
const ALONE = new RegExp(String.raw`^${NAME}$`);
const RIGHT = /^\{python\}[ \t]/;
/** A reference without its first, or without both backticks, next to a sign that was typed instead. */
const BARE = new RegExp(
  String.raw`(?<![\`{\w])(\$?)\{{1,2}\s*([A-Za-z]\w*)(?:\s*\}{1,2}[ \t]*|[ \t:]+)${NAME}\s*(\}{0,2})([\`$]?)(?![\`\w(}])`,
  'g',
);
/** The name alone in braces, as in an f-string or a template, and no argument of a command of TeX. */
const BRACED = new RegExp(String.raw`(?<![\`\w\\$})\]^_{#@])\{{1,2}[ \t]*${NAME}[ \t]*\}{1,2}(?![\`\w{}])`, 'g');
/** Backticks around the braces alone, or two at one end. */
const PARTED = new RegExp(
  String.raw`(?<!\`)(?:\`\{python\}(?:\`[ \t]?${NAME}(?![\w\`])|[ \t]+${NAME}\`\`(?!\`))|\`\`\{python\}[ \t]+${NAME}\`(?!\`))`,
  'g',
);

/** Nothing behind it on its line closes a reference: with a backtick of a later line, it is none either. */
const OPEN = new RegExp(String.raw`(?<![\`\\])\`\{python\}[ \t]+${NAME}(?![\w.(\[])(?=[^\`\r\n]*(?:[\r\n]|$))`, 'g');

/** A name, and words that are no Python: up to the first backtick of the next reference or span. */
export const LOST_END =
  /^([A-Za-z_]\w*(?:\.\w+)*)(?=[^\w.([{+\-*/=<>]|\s)(?!\s*(?:if|else|and|or|not|in|is|for)\b)(?:[^A-Za-z]*\b[A-Za-z]+\b){2}/;

function* malformed(source: string): Iterable<Malformed> {
  const taken: OffsetRange[] = [];
  const isTaken = (start: number, end: number) => taken.some(one => start < one.end && one.start < end);
  yield* partedOrOpen(source, taken);
  yield* spansLikeReferences(source, taken, isTaken);
  for (const found of source.matchAll(BARE)) {
    const [all, dollar, word, name, braces, last] = found;
    const start = found.index;
    const end = start + all.length;
    if (!isPython(word!) || (dollar !== '' && last === '') || (dollar === '' && last === '$')) continue;
    if (isTaken(start, end)) continue;
    const isSure = last !== '' && word === 'python' && braces === '' && !all.includes('{{');
    yield { start, end, name: name!, doubt: isSure ? undefined : 'words' };
    taken.push({ start, end });
  }
  for (const found of source.matchAll(BRACED)) {
    const start = found.index;
    const end = start + found[0].length;
    if (isForProse(found[1]!) && !isTaken(start, end)) yield { start, end, name: found[1]!, doubt: 'words' };
  }
}

/** References whose backticks stand around a part of them alone, or that nothing closes. */
function* partedOrOpen(source: string, taken: OffsetRange[]): Iterable<Malformed> {
  for (const found of source.matchAll(PARTED)) {
    const [{ length }, behind, doubled, opened] = found;
    // Two backticks that others close further on hold code.
    if (opened !== undefined && /(?<!`)``(?!`)/.test(source.slice(found.index + length).split(/\n\s*\n/, 1)[0]!))
      continue;
    const place = { start: found.index, end: found.index + length };
    taken.push(place);
    yield { ...place, name: (behind ?? doubled ?? opened)!, doubt: behind === undefined ? undefined : 'words' };
  }
  for (const {
    index,
    0: { length },
    1: name,
  } of source.matchAll(OPEN)) {
    const place = { start: index, end: index + length };
    taken.push(place);
    yield { ...place, name: name!, doubt: undefined };
  }
}

/** Spans of code that are nearly references, or that hold a name which was made for the prose. */
function* spansLikeReferences(
  source: string,
  taken: OffsetRange[],
  isTaken: (start: number, end: number) => boolean,
): Iterable<Malformed> {
  for (const found of source.matchAll(SPAN)) {
    const start = found.index;
    const end = start + found[0].length;
    const inner = found[1]!;
    // Behind a lost backtick the spans are those of the text between two references.
    if (/(?<!^\s*\{?)\{python\}/.test(inner) || isTaken(start, end)) continue;
    if (/python|[{}]/i.test(inner)) taken.push({ start, end });
    if (RIGHT.test(inner) || inner.length > LONGEST) continue;
    const nearly = nearlyIn(inner);
    if (nearly !== undefined) yield { start, end, ...nearly };
    const other = OF_R.exec(inner)?.[1];
    if (other !== undefined) yield { start, end, name: other, doubt: 'words' };
    const alone = ALONE.exec(inner)?.[1];
    if (alone !== undefined && isForProse(alone)) yield { start, end, name: alone, doubt: 'name' };
  }
}

/** What the text of a span was meant to be. */
function nearlyIn(inner: string): Pick<Malformed, 'name' | 'doubt'> | undefined {
  const found = NEARLY.exec(inner);
  if (found === null) {
    const expression = IN_BRACES.exec(inner)?.[1];
    return expression === undefined ? undefined : { name: expression, doubt: undefined };
  }
  const [, open, word, close = '', between, name, last] = found;
  if (!isPython(word!) || close + between! === '') return undefined;
  const brackets = open! + close.trim() + last!;
  if (brackets === '') return word!.toLowerCase() === 'python' ? { name: name!, doubt: 'command' } : undefined;
  return { name: name!, doubt: brackets === '{}' && word!.toLowerCase() === 'python' ? undefined : 'words' };
}

/** `python` in any case, with a letter that is another, more or missing, or with two of them exchanged. */
function isPython(word: string): boolean {
  const plain = word.toLowerCase();
  if (plain === 'python') return true;
  if (plain === 'cython' || plain === 'jython') return false;
  return (
    plain === 'py' ||
    plain === 'python3' ||
    (plain.length > 4 && similarNames(plain, ['python']).length > 0) ||
    [...plain].sort().join('') === 'hnopty'
  );
}
