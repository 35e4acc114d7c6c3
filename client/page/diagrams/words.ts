/** A diagram in words, for those who cannot see it. */

/** Labels that are told; how many more there are comes behind them. */
const MOST_TOLD = 40;

const KINDS: readonly (readonly [start: RegExp, words: string])[] = [
  [/^(?:flowchart|graph|swimlane)/, 'Flowchart'],
  [/^sequenceDiagram/, 'Sequence diagram'],
  [/^classDiagram/, 'Class diagram'],
  [/^stateDiagram/, 'State diagram'],
  [/^erDiagram/, 'Entity-relationship diagram'],
  [/^gantt/, 'Gantt chart'],
  [/^pie/, 'Pie chart'],
  [/^gitGraph/, 'Git graph'],
  [/^mindmap/, 'Mind map'],
  [/^timeline/, 'Timeline'],
  [/^journey/, 'User journey'],
  [/^quadrantChart/, 'Quadrant chart'],
  [/^xychart/, 'Chart'],
  [/^sankey/, 'Sankey diagram'],
  [/^requirementDiagram/, 'Requirement diagram'],
  [/^C4/, 'C4 diagram'],
];

/** What its author says of it (`accTitle`, `accDescr`), else its kind and the texts that stand in it. */
export function describe(source: string, svg: SVGSVGElement): string {
  const title = /^\s*accTitle\s*:(.*)$/m.exec(source)?.[1]?.trim();
  const told =
    /^\s*accDescr\s*:(.*)$/m.exec(source)?.[1]?.trim() ??
    /^\s*accDescr\s*\{([^}]*)\}/m.exec(source)?.[1]?.replace(/\s+/g, ' ').trim();
  const said = [title, told].filter(part => part !== undefined && part !== '');
  if (said.length > 0) return said.join('. ');
  const start = withoutFrame(source);
  const kind = KINDS.find(([pattern]) => pattern.test(start))?.[1] ?? 'Diagram';
  const labels = [...svg.querySelectorAll('text')]
    .map(({ textContent }) => textContent?.replace(/\s+/g, ' ').trim() ?? '')
    .filter((label, at, all) => label !== '' && all.indexOf(label) === at);
  if (labels.length === 0) return kind;
  const more = labels.length > MOST_TOLD ? `, and ${labels.length - MOST_TOLD} more` : '';
  return `${kind}: ${labels.slice(0, MOST_TOLD).join(', ')}${more}`;
}

const COMMENT_LINE = /^\s*%%(?!\{)/;

/** The source without what stands before its kind: front matter, directives, comments. */
export function withoutFrame(source: string): string {
  return source
    .replace(/^\s*---\s*\n[\s\S]*?\n\s*---\s*\n/, '')
    .replace(/%%\{[\s\S]*?\}%%/g, '')
    .split('\n')
    .filter(line => !COMMENT_LINE.test(line))
    .join('\n')
    .trimStart();
}

/** The line of the source, from 0, that Mermaid calls by a number, from 1: it does not count comments, nor what stands before the kind. */
export function lineOf(source: string, number: number): number | undefined {
  const lines = source.split('\n');
  const [first] = withoutFrame(source).split('\n', 1);
  const start = lines.findIndex(line => first !== undefined && first !== '' && line.trimStart().startsWith(first));
  let counted = 0;
  for (let at = Math.max(0, start); at < lines.length; at++)
    if (!COMMENT_LINE.test(lines[at]!) && ++counted === number) return at;
  return undefined;
}
