/** What a place of a data file or of a module reaches: chapters, and sentences, guards, figures and values in them. */
import type { Position } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { LineIndex } from '../chapter/lines';
import { counted } from '../diagnostics/counted';
import type { Analysis, BindingInfo } from '../evaluation/analysis';
import { type NameSymbol, nameKey, sourceOf } from '../evaluation/symbols/symbol';
import type { SourceTree, SourceTreeKind } from '../protocol';
import { type FileStretch, reachOfPlaces } from '../provenance/fileReach';
import { numberText } from '../provenance/formula';
import type { FileAsked } from './feature';
import { occurrenceInView } from './packages';
import { ReachTree } from './provenance';

/** What is asked about. */
export interface AskedPlace {
  readonly label: string;
  readonly kind: SourceTreeKind;
  readonly places: readonly FileStretch[];
  /** A function or class, which chapters may import; none of a number. */
  readonly symbol: NameSymbol | undefined;
}

/** Null where nothing stands at the position that a chapter could show. */
export async function fileReach(file: FileAsked, position: Position): Promise<SourceTree | null> {
  const asked = askedIn(file, position);
  if (asked === undefined) return null;
  const { label, kind, places, symbol } = asked;
  const [{ file: home, start, end }] = places as [FileStretch];
  const tree = new ReachTree({
    label,
    description: '',
    kind,
    place: { uri: URI.file(home).toString(), range: { start, end } },
  });
  const chapters: number[] = [];
  let shown = 0;
  for await (const { uri, analysis, name } of file.chapters()) {
    const found = await reachOfPlaces(places, importsOf(symbol, analysis), analysis);
    if (found.bindings.length + found.sentences.length + found.guards.length + found.figures.length === 0) continue;
    shown += found.sentences.length;
    chapters.push(tree.chapter(name, found, analysis, uri));
  }
  const description = `${counted(shown, 'sentence')} in ${counted(chapters.length, 'chapter')}`;
  const [first, ...rest] = tree.whole(chapters);
  return { nodes: [{ ...first!, description: chapters.length === 0 ? 'nothing' : description }, ...rest] };
}

/** What stands at a position; undefined where that is nothing that a chapter could show. */
export function askedIn(file: FileAsked, position: Position): AskedPlace | undefined {
  const { path, text, view } = file;
  const found = file.entryAt(position);
  if (found !== undefined) {
    const lines = LineIndex.of(text);
    const places = found.ranges.map(range => ({ file: path, ...lines.rangeOf(range) }));
    const number = found.number === undefined ? '' : ` = ${numberText(found.number)}`;
    const isCode = path.endsWith('.py');
    const kind = !isCode ? 'data' : found.number === undefined ? 'formula' : 'assumption';
    return { label: `${found.name}${number}`, kind, places, symbol: undefined };
  }
  const symbol = view === undefined ? undefined : occurrenceInView(view, position)?.symbol;
  if (symbol === undefined || symbol.local !== undefined) return undefined;
  const { text: source, statement } = sourceOf(symbol);
  const { module } = source.home;
  if (module === undefined) return undefined;
  const stretch = {
    file: module.file,
    start: module.lines.positionAt(statement.start),
    end: module.lines.positionAt(statement.end),
  };
  return { label: symbol.path, kind: 'formula', places: [stretch], symbol };
}

/** What imports of a chapter bind to a symbol. */
export function importsOf(symbol: NameSymbol | undefined, analysis: Analysis): BindingInfo[] {
  if (symbol === undefined) return [];
  const key = nameKey(symbol);
  return analysis.cells.flatMap(({ bindings }) =>
    bindings.filter(({ kind, name, cell, value }) => {
      const meant = kind === 'import' && value.kind !== 'other' ? analysis.symbols.pathAt(name, cell + 1) : undefined;
      return meant !== undefined && nameKey(meant) === key;
    }),
  );
}
