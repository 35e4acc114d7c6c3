/** Colours Python code by its words: enough to read by; the editor has the exact ones. */
import type { ElementContent } from 'hast';
import { unmarked } from './pieces';

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
export function highlightPython(source: string): ElementContent[] {
  const code = unmarked(source);
  const nodes: ElementContent[] = [];
  let from = 0;
  for (const match of code.matchAll(TOKEN)) {
    const name = classOf(match.groups!);
    if (name === undefined) continue;
    if (match.index > from) nodes.push({ type: 'text', value: code.slice(from, match.index) });
    nodes.push({
      type: 'element',
      tagName: 'span',
      properties: { className: [name] },
      children: [{ type: 'text', value: match[0] }],
    });
    from = match.index + match[0].length;
  }
  if (from < code.length) nodes.push({ type: 'text', value: code.slice(from) });
  return nodes;
}
