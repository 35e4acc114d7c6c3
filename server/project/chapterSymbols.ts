/** What can be gone to by name in a chapter: sections, labels, cells and what these define, from its text alone. */
import { parseCell, symbolIndex } from '../../mlsys';
import { labelKind } from '../chapter/labels';
import type { Cell, Chapter, OffsetRange } from '../chapter/model';
import type { PositionRange } from '../chapter/ranges';
import { isForProse } from '../diagnostics/contract/cellContract';

export type ChapterSymbolKind = 'section' | 'label' | 'cell' | 'class' | 'function' | 'export';

export interface ChapterSymbol {
  readonly name: string;
  readonly kind: ChapterSymbolKind;
  /** The section or class that it stands in, or the chapter. */
  readonly container: string | undefined;
  readonly uri: string;
  readonly range: PositionRange;
}

/** The symbols of a chapter and of what it includes, in the order of their kinds. */
export function symbolsOf(chapter: Chapter): readonly ChapterSymbol[] {
  const title = chapter.frontMatter?.title ?? chapter.headings.find(({ level }) => level === 1)?.text;
  const made = (name: string, kind: ChapterSymbolKind, range: OffsetRange, container = title): ChapterSymbol => ({
    name,
    kind,
    container,
    uri: chapter.composition?.fileAt(range.start)?.uri ?? chapter.uri,
    range: chapter.lines.rangeOf(range),
  });
  const sections = chapter.headings.filter(({ inUnopenedCell, text }) => !inUnopenedCell && text !== '');
  const sectionAt = (offset: number) => sections.findLast(({ range }) => range.start <= offset)?.text;
  return [
    ...sections.map(({ text, textRange }) => made(text, 'section', textRange)),
    ...chapter.labels
      .filter(({ kind, on }) => kind !== undefined && kind !== 'sec' && on !== 'cell')
      .map(({ id, range }) => made(id, 'label', range, sectionAt(range.start))),
    ...chapter.cells.flatMap(cell => {
      const name = cell.label ?? cell.header?.title;
      const kind = cell.label !== undefined && labelKind(cell.label) !== undefined ? 'label' : 'cell';
      const section = sectionAt(cell.range.start);
      const own = name === undefined ? [] : [made(name, kind, cell.labelRange ?? cell.fenceRange, section)];
      return [...own, ...definitionsOf(cell).map(one => made(one.name, one.kind, one.range, one.owner ?? section))];
    }),
  ];
}

interface CellDefinition {
  readonly name: string;
  readonly kind: ChapterSymbolKind;
  readonly owner: string | undefined;
  readonly range: OffsetRange;
}

/** Classes, functions and names of the module, and the texts that classes make; each where it is bound last. */
function definitionsOf(cell: Cell): readonly CellDefinition[] {
  if (!cell.run) return [];
  const found = new Map<string, CellDefinition>();
  for (const { name: path, kind, span } of symbolIndex(parseCell(cell.source, '<cell>').module).definitions.all) {
    const dot = path.lastIndexOf('.');
    const [owner, name] = dot < 0 ? [undefined, path] : [path.slice(0, dot), path.slice(dot + 1)];
    const symbolKind = KINDS[kind];
    if (symbolKind === undefined || (owner !== undefined && !isForProse(name))) continue;
    found.set(path, { name, kind: symbolKind, owner, range: cell.toDocumentRange(span) });
  }
  return [...found.values()];
}

const KINDS: Partial<Record<string, ChapterSymbolKind>> = {
  class: 'class',
  function: 'function',
  assignment: 'export',
};
