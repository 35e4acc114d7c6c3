/** Colours Python code by its words: enough to read by; the editor has the exact ones. */
import { element, type Html, text } from './hast';

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
    if (match.index > from) nodes.push({ type: 'text', value: source.slice(from, match.index) });
    nodes.push({
      type: 'element',
      tagName: 'span',
      properties: { className: [name] },
      children: [{ type: 'text', value: match[0] }],
    });
    from = match.index + match[0].length;
  }
  if (from < source.length) nodes.push({ type: 'text', value: source.slice(from) });
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
