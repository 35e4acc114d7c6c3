/** Text that was meant as a reference and is none: a lost backtick, a brace or blank that is missing, a dollar in its place. */
import { isForProse } from '../contract/cellContract';
import type { Draft, Rule } from '../rule';

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
export const MAY_BE_REFERENCE = /python|`(?:\{?r\}?[ \t]+[A-Za-z_]|[\w.]+_(?:str|eq|tex|md)`)/i;

const NAME = String.raw`([A-Za-z_]\w*(?:\.\w+)*)`;
/** A code span of one backtick. */
const SPAN = /(?<!`)`(?!`)([^`\r\n]*)`(?!`)/g;
/** Braces with no blank behind them, blanks or the name within, other letters; without braces only the name of a value nearby. */
const NEARLY = new RegExp(
  String.raw`^(?:\{\s*[Pp]ython\s*\}\s*${NAME}|\{\s*[Pp]ython\s+${NAME}\s*\}|[Pp]ython\s+${NAME})\s*$`,
);
/** As knitr writes it, and the name alone. */
const OF_R = new RegExp(String.raw`^\{?r\}?\s+${NAME}\s*$`);
const ALONE = new RegExp(String.raw`^${NAME}$`);
const RIGHT = /^\{python\}[ \t]/;
/** A reference without its first, or without both backticks, next to a sign that was typed instead. */
const BARE = new RegExp(String.raw`(?<![\`{\w])(\$?)\{python\}[ \t]+${NAME}([\`$]?)(?![\`\w(])`, 'g');

/** A name, and words that are no Python: up to the first backtick of the next reference or span. */
export const LOST_END =
  /^([A-Za-z_]\w*(?:\.\w+)*)(?=[^\w.([{+\-*/=<>]|\s)(?!\s*(?:if|else|and|or|not|in|is|for)\b)(?:[^A-Za-z]*\b[A-Za-z]+\b){2}/;

function* malformed(source: string): Iterable<Malformed> {
  const spans: { readonly start: number; readonly end: number }[] = [];
  for (const found of source.matchAll(SPAN)) {
    const start = found.index;
    const end = start + found[0].length;
    const inner = found[1]!;
    // Behind a lost backtick the spans are those of the text between two references.
    if (/(?<!^)\{python\}/.test(inner)) continue;
    if (/python/i.test(inner)) spans.push({ start, end });
    if (RIGHT.test(inner)) continue;
    const [, braced, within, bare] = NEARLY.exec(inner) ?? [];
    const named = braced ?? within ?? bare;
    if (named !== undefined) yield { start, end, name: named, doubt: bare === undefined ? undefined : 'command' };
    const other = OF_R.exec(inner)?.[1];
    if (other !== undefined) yield { start, end, name: other, doubt: 'words' };
    const alone = ALONE.exec(inner)?.[1];
    if (alone !== undefined && isForProse(alone)) yield { start, end, name: alone, doubt: 'name' };
  }
  for (const found of source.matchAll(BARE)) {
    const start = found.index;
    const end = start + found[0].length;
    const isPair = found[3] === '' ? found[1] === '' : (found[1] === '') === (found[3] === '`');
    if (!isPair || spans.some(span => start < span.end && span.start < end)) continue;
    yield { start, end, name: found[2]!, doubt: found[3] === '' ? 'words' : undefined };
  }
}
