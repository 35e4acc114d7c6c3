/** What a place of a data file or of a module reaches: chapters, and sentences, guards, figures and values in them. */
import type { Position } from 'vscode-languageserver';
import { LineIndex } from '../chapter/lines';
import type { OffsetRange } from '../chapter/model';
import { counted } from '../diagnostics/counted';
import type { Analysis, BindingInfo } from '../evaluation/analysis';
import { type NameSymbol, nameKey, sourceOf } from '../evaluation/symbols/symbol';
import { dirname, relative, sep } from '../files/path';
import { pathOfUri, uriOfPath } from '../files/uri';
import type { SourceTree, SourceTreeKind } from '../protocol';
import { type FileStretch, reachOfPlaces } from '../provenance/fileReach';
import { numberText } from '../provenance/formula';
import { entryAt, fileValueAt } from '../whatif/fileValues';
import type { FileAsked } from './feature';
import { occurrenceInView } from './packages';
import { ReachTree } from './provenance';

/** What is asked about. */
interface AskedPlace {
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
  const tree = new ReachTree({ label, description: '', kind, place: { uri: uriOfPath(home), range: { start, end } } });
  const chapters: number[] = [];
  let shown = 0;
  for await (const { uri, analysis } of file.chapters()) {
    const found = await reachOfPlaces(places, importsOf(symbol, analysis), analysis);
    if (found.bindings.length + found.sentences.length + found.guards.length + found.figures.length === 0) continue;
    shown += found.sentences.length;
    chapters.push(tree.chapter(nameOf(uri, file.path), found, analysis, uri));
  }
  const description = `${counted(shown, 'sentence')} in ${counted(chapters.length, 'chapter')}`;
  const [first, ...rest] = tree.whole(chapters);
  return { nodes: [{ ...first!, description: chapters.length === 0 ? 'nothing' : description }, ...rest] };
}

function askedIn({ path, text, view }: FileAsked, position: Position): AskedPlace | undefined {
  const lines = LineIndex.of(text);
  const at = ({ start, end }: OffsetRange): FileStretch => ({ file: path, ...lines.rangeOf({ start, end }) });
  const texts = { paths: [path], textOf: () => text, uriOf: (one: string) => one, nameOf: () => '' };
  const number = fileValueAt(path, position, texts);
  if (number !== undefined) {
    const name = number.name.slice(2);
    const kind = view === undefined ? 'data' : 'assumption';
    // The name of a number that is assigned as it stands is what others read.
    const owner = number.owner === undefined ? [] : [at(number.owner)];
    const label = `${name} = ${numberText(number.number)}`;
    return { label, kind, places: [at(number.range), ...owner], symbol: undefined };
  }
  if (view === undefined) {
    const entry = entryAt(path, position, text);
    return entry && { label: entry.label, kind: 'data', places: [at(entry.range)], symbol: undefined };
  }
  const symbol = occurrenceInView(view, position)?.symbol;
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
function importsOf(symbol: NameSymbol | undefined, analysis: Analysis): BindingInfo[] {
  if (symbol === undefined) return [];
  const key = nameKey(symbol);
  return analysis.cells.flatMap(({ bindings }) =>
    bindings.filter(({ kind, name, cell, value }) => {
      const meant = kind === 'import' && value.kind !== 'other' ? analysis.symbols.pathAt(name, cell + 1) : undefined;
      return meant !== undefined && nameKey(meant) === key;
    }),
  );
}

/** A chapter as it is named from the folder of a file, upwards at most. */
function nameOf(uri: string, path: string): string {
  const name = relative(dirname(path), pathOfUri(uri) ?? uri)
    .split(sep)
    .filter(part => part !== '..');
  return name.join('/');
}
