/** Symbols of the workspace in the protocol's terms. */
import { type SymbolInformation, SymbolKind } from 'vscode-languageserver';
import type { ChapterSymbol, ChapterSymbolKind } from '../project/chapterSymbols';

const KINDS: Readonly<Record<ChapterSymbolKind, SymbolKind>> = {
  section: SymbolKind.String,
  label: SymbolKind.Key,
  cell: SymbolKind.Event,
  class: SymbolKind.Class,
  function: SymbolKind.Function,
  export: SymbolKind.Variable,
};

/** Symbols as the answer to a request of the protocol. */
export function symbolInformation(symbols: readonly ChapterSymbol[]): SymbolInformation[] {
  return symbols.map(({ name, kind, container, uri, range }) => ({
    name,
    kind: KINDS[kind],
    location: { uri, range },
    ...(container === undefined ? {} : { containerName: container }),
  }));
}
