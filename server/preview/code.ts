/**
 * Code in its colours and lines. Python is coloured here and now by its words: enough to read by, the editor has the exact
 * ones. What a library colours (`highlight.ts`) comes from where formulas are set, and is plain until then.
 */
import type { FactReader } from './facts';
import { element, type Html, htmlOf, text, trusted } from './hast';
import { grammarOf } from './languages';
import { type CodeLines, PLAIN_LINES } from './lines';

const TOKEN =
  /(?<comment>#[^\n]*)|(?<string>[rRbBfFuU]{0,2}(?:"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))|(?<number>\b(?:0[xXoObB][\da-fA-F_]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?\d[\d_]*)?j?|\.\d[\d_]*)\b)|(?<word>[\p{L}_][\p{L}\p{N}_]*)/gu;

const KEYWORDS = new Set(
  (
    'False None True and as assert async await break case class continue def del elif else except finally for from ' +
    'global if import in is lambda match nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

function classOf(groups: Readonly<Record<string, string | undefined>>): string | undefined {
  if (groups.comment !== undefined) return 'tok-comment';
  if (groups.string !== undefined) return 'tok-string';
  if (groups.number !== undefined) return 'tok-number';
  return groups.word !== undefined && KEYWORDS.has(groups.word) ? 'tok-keyword' : undefined;
}

/** The nodes of coloured code. */
function highlightPython(source: string): Html[] {
  const nodes: Html[] = [];
  let from = 0;
  for (const match of source.matchAll(TOKEN)) {
    const name = classOf(match.groups!);
    if (name === undefined) continue;
    if (match.index > from) nodes.push(text(source.slice(from, match.index)));
    // No token goes over the end of a line, so that lines can be told apart.
    for (const [at, line] of match[0].split('\n').entries()) {
      if (at > 0) nodes.push(text('\n'));
      if (line !== '') nodes.push(element('span', { className: name }, [text(line)]));
    }
    from = match.index + match[0].length;
  }
  if (from < source.length) nodes.push(text(source.slice(from)));
  return nodes;
}

/** Longest text of a listing or an output that is shown. */
const MOST_CODE = 100_000;

/** Text as it stands; of a very long one the start, and how much is missing. */
export function codeNodes(source: string): Html[] {
  return limited(source, shown => [text(shown)]);
}

/** Python code in its colours. */
export function listingNodes(source: string): Html[] {
  return limited(source, highlightPython);
}

function limited(source: string, nodesOf: (shown: string) => Html[]): Html[] {
  if (source.length <= MOST_CODE) return nodesOf(source);
  const left = (source.length - MOST_CODE).toLocaleString('en');
  return [...nodesOf(source.slice(0, MOST_CODE)), text(`\n… (${left} characters more)`)];
}

/** A block of Python code. */
export function pythonBlock(source: string): Html {
  return element('pre', {}, [element('code', {}, listingNodes(source))]);
}

/** A block of code without colours. */
export function codeBlock(source: string): Html {
  return element('pre', {}, [element('code', {}, codeNodes(source))]);
}

/** What fills a listing: its code in colours, and its lines where they have numbers or marks. */
export function codeFilled(language: string, source: string, lines: CodeLines, facts: FactReader): Html[] {
  const own = language === '' || lines === PLAIN_LINES ? [] : ['sourceCode'];
  const names = facts.ask('option', 'code-overflow') === 'wrap' ? [...own, 'reckoner-wrapped'] : own;
  const coloured = coloursOf(language.toLowerCase(), source, facts);
  const inner = lines === PLAIN_LINES ? coloured : linedNodes(htmlOf(coloured), lines);
  return [element('code', { className: names.length === 0 ? undefined : names }, inner)];
}

function coloursOf(language: string, source: string, facts: FactReader): Html[] {
  if (language === 'python' || language === 'py') return listingNodes(source);
  if (language === '' || source.length > MOST_CODE || grammarOf(language) === undefined) return codeNodes(source);
  const outcome = facts.ask('text', `code:${language}`, source);
  return outcome.kind === 'done' ? [trusted(outcome.html)] : codeNodes(source);
}

const ANNOTATION =
  /(?:<span class="[\w -]*">)?(?:#|\/\/|--|%|;)\s*(?:&#x3C;|&lt;)(\d{1,3})(?:>|&gt;)\s*(?:<\/span>)?\s*$/;

/** Each line by itself. Tokens do not go over the end of a line. */
function linedNodes(html: string, { first, marked, annotated }: CodeLines): Html[] {
  const isMarked = new Set(marked);
  return html.split('\n').flatMap((line, at) => {
    const note = annotated ? ANNOTATION.exec(line) : null;
    const shown = note === null ? line : line.slice(0, note.index).trimEnd();
    const sign =
      note === null
        ? []
        : [
            text(' '),
            element('span', { className: 'reckoner-annotation', title: `Annotation ${note[1]}` }, [text(note[1]!)]),
          ];
    const number = first === undefined ? undefined : String(first + at);
    const className = isMarked.has(at + 1) ? ['reckoner-line', 'reckoner-marked'] : ['reckoner-line'];
    return [
      ...(at === 0 ? [] : [text('\n')]),
      element('span', { className, dataNumber: number }, [trusted(shown), ...sign]),
    ];
  });
}
