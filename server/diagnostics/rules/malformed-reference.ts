/** Text that was meant as a reference and is none: a lost backtick, a brace or blank that is missing, a dollar in its place. */
import type { Draft, Rule } from '../rule';

export const malformedReference: Rule = {
  code: 'malformed-reference',
  severity: 'error',
  *prose(block): Iterable<Draft> {
    if (!/python/i.test(block.source)) return;
    for (const { start, end, name, isBare } of malformed(block.source)) {
      // `python train` may be a command.
      if (isBare && !/_(?:str|eq|tex|md)$/.test(name) && !block.near.some(({ run }) => run?.bound.includes(name)))
        continue;
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

interface Malformed {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  /** True for one without braces. */
  readonly isBare: boolean;
}

const NAME = String.raw`([A-Za-z_]\w*(?:\.\w+)*)`;
/** A code span of one backtick. */
const SPAN = /(?<!`)`(?!`)([^`\r\n]*)`(?!`)/g;
/** Braces with no blank behind them, blanks within, other letters; without braces only the name of a value nearby. */
const NEARLY = new RegExp(String.raw`^(?:\{\s*[Pp]ython\s*\}\s*${NAME}|[Pp]ython\s+${NAME})\s*$`);
const RIGHT = /^\{python\}[ \t]/;
/** A reference without its first, or without both backticks, next to a sign that was typed instead. */
const BARE = new RegExp(String.raw`(?<![\`{\w])(\$?)\{python\}[ \t]+${NAME}([\`$])(?!\`)`, 'g');

function* malformed(source: string): Iterable<Malformed> {
  const spans: { readonly start: number; readonly end: number }[] = [];
  for (const found of source.matchAll(SPAN)) {
    const start = found.index;
    const end = start + found[0].length;
    const inner = found[1]!;
    // Behind a lost backtick the spans are those of the text between two references.
    if (/(?<!^)\{python\}/.test(inner) || !/python/i.test(inner)) continue;
    spans.push({ start, end });
    const nearly = RIGHT.test(inner) ? null : NEARLY.exec(inner);
    if (nearly !== null) yield { start, end, name: nearly[1] ?? nearly[2]!, isBare: nearly[1] === undefined };
  }
  for (const found of source.matchAll(BARE)) {
    const start = found.index;
    const end = start + found[0].length;
    if ((found[1] === '') !== (found[3] === '`') || spans.some(span => start < span.end && span.start < end)) continue;
    yield { start, end, name: found[2]!, isBare: false };
  }
}
