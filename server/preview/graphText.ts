/** A graph in words, for those who cannot see it: its edges, and the nodes that none of them reaches. */

/** Edges, and nodes, that are told; how many more there are comes behind them. */
const MOST_TOLD = 40;

const GROUP = /<g id="[^"]*" class="(node|edge)">\s*<title>([^<]*)<\/title>([\s\S]*?)<\/g>/g;
const TEXT = /<text[^>]*>([^<]*)<\/text>/g;

/** The description of a graph from the SVG that Graphviz writes, whose characters are still written as in XML. */
export function describeGraph(markup: string): string {
  const nodes = new Map<string, string>();
  const edges: { readonly ends: string; readonly label: string }[] = [];
  for (const [, kind, title = '', body = ''] of markup.matchAll(GROUP)) {
    const label = Array.from(body.matchAll(TEXT), found => found[1]!.trim())
      .filter(line => line !== '')
      .join(' ');
    if (kind === 'node') nodes.set(title, label || title);
    else edges.push({ ends: title, label });
  }
  const reached = new Set<string>();
  const told = edges.map(({ ends, label }) => {
    const [from, arrow, to] = endsOf(ends, nodes);
    reached.add(from).add(to);
    const words = `${nodes.get(from) ?? from} ${arrow} ${nodes.get(to) ?? to}`;
    return label === '' ? words : `${words} (${label})`;
  });
  const alone = [...nodes].filter(([name]) => !reached.has(name)).map(([, label]) => label);
  return ['Graph', listed(told, '; '), listed(alone, ', ')].filter(part => part !== '').join('. ');
}

function listed(parts: readonly string[], between: string): string {
  const shown = parts.slice(0, MOST_TOLD).join(between);
  return parts.length > MOST_TOLD ? `${shown}${between}and ${parts.length - MOST_TOLD} more` : shown;
}

/** `a->b` or `a--b`: both ends, which names of nodes may hold such marks as well, and what is between them. */
function endsOf(title: string, nodes: ReadonlyMap<string, string>): readonly [from: string, arrow: string, to: string] {
  for (const { 0: mark, index } of title.matchAll(/&#45;(?:&gt;|&#45;)/g)) {
    const [from, to] = [title.slice(0, index), title.slice(index + mark.length)].map(end => nodeOf(end, nodes));
    if (from !== undefined && to !== undefined) return [from, mark.endsWith('&gt;') ? 'to' : 'with', to];
  }
  return [title, '', ''];
}

/** The node at an end of an edge, which may name a place on it: `node:port:side`. */
function nodeOf(end: string, nodes: ReadonlyMap<string, string>): string | undefined {
  for (let name = end; ; name = name.slice(0, name.lastIndexOf(':'))) {
    if (nodes.has(name)) return name;
    if (!name.includes(':')) return undefined;
  }
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** Text without the ways in which XML writes characters. */
export function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|([a-z]+));/g, (whole, number: string | undefined, name: string | undefined) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = Number(number);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
