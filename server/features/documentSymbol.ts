/** The outline: headings, with the cells below each and what the cells export, figures, tables, equations and the like. */
import { type DocumentSymbol, type DocumentSymbolParams, SymbolKind } from 'vscode-languageserver';
import type { Label, OffsetRange } from '../chapter/model';
import type { Analysis, CellResult, Definition } from '../evaluation/analysis';
import { type Handler, isHere, toRange } from './feature';
import { sectionEnds } from './sections';

/** Headings of deeper levels stand side by side: a client need not be able to read an outline of any depth. */
const DEEPEST = 32;
/** Names of a cell that are listed: in more of them, as of a table that a program wrote, nobody finds anything. */
const MOST_NAMES = 1000;

export const documentSymbol: Handler<DocumentSymbolParams, DocumentSymbol[]> = {
  handle(analysis, _params, context) {
    const top: DocumentSymbol[] = [];
    const open: { level: number; children: DocumentSymbol[] }[] = [{ level: 0, children: top }];
    for (const item of itemsOf(analysis)) {
      if (!isHere(analysis.chapter, item.start, context)) continue;
      if (item.level !== undefined) while (open.at(-1)!.level >= item.level) open.pop();
      open.at(-1)!.children.push(item.symbol);
      if (item.level !== undefined) open.push({ level: item.level, children: item.symbol.children! });
    }
    return top;
  },
};

/** What has a number of its own beside headings and cells. */
const NUMBERED: Partial<Record<Label['on'], SymbolKind>> = {
  figure: SymbolKind.Object,
  div: SymbolKind.Object,
  table: SymbolKind.Array,
  equation: SymbolKind.Operator,
  code: SymbolKind.Object,
};

interface Item {
  readonly start: number;
  /** Level of a heading. */
  readonly level: number | undefined;
  readonly symbol: DocumentSymbol;
}

function itemsOf(analysis: Analysis): Item[] {
  const { chapter } = analysis;
  const { headings, lines } = chapter;
  const ends = sectionEnds(headings, lines.length);
  const items: Item[] = headings.map((heading, at) => {
    const range = { start: heading.range.start, end: ends[at]! };
    return {
      start: heading.range.start,
      level: Math.min(heading.level, DEEPEST),
      symbol: symbol(heading.text || '(no title)', SymbolKind.String, range, heading.textRange, analysis),
    };
  });
  for (const cell of analysis.cells)
    items.push({ start: cell.cell.range.start, level: undefined, symbol: cellSymbol(cell, analysis) });
  for (const label of chapter.labels) {
    const kind = label.kind === undefined ? undefined : NUMBERED[label.on];
    if (kind === undefined) continue;
    const range = label.range.start < label.block.range.end ? label.block.range : label.range;
    const made = symbol(label.id, kind, range, label.range, analysis);
    if (label.caption !== undefined) made.detail = label.caption.replaceAll(/[*_]{1,3}/g, '').replaceAll(/\s+/g, ' ');
    items.push({ start: label.range.start, level: undefined, symbol: made });
  }
  return items.sort((a, b) => a.start - b.start);
}

function cellSymbol(result: CellResult, analysis: Analysis): DocumentSymbol {
  const { cell } = result;
  const name = cell.label ?? cell.header?.title ?? 'cell';
  const made = symbol(name, SymbolKind.Event, cell.range, cell.labelRange ?? cell.fenceRange, analysis);
  made.detail = result.status === 'ok' ? '' : result.status;
  const members = result.definitions.filter(definition => definition.kind !== 'import' && definition.kind !== 'loop');
  for (const definition of members.filter(({ name }) => !name.includes('.')).slice(0, MOST_NAMES))
    made.children!.push(definitionSymbol(definition, members, analysis));
  return made;
}

function definitionSymbol(definition: Definition, members: readonly Definition[], analysis: Analysis): DocumentSymbol {
  const { name, kind, statementRange, range } = definition;
  const kinds = { class: SymbolKind.Class, function: SymbolKind.Function } as Partial<Record<typeof kind, SymbolKind>>;
  const made = symbol(
    name.slice(name.lastIndexOf('.') + 1),
    kinds[kind] ?? SymbolKind.Variable,
    statementRange,
    range,
    analysis,
  );
  if (kind === 'class')
    for (const member of members)
      if (member.name.startsWith(`${name}.`) && !member.name.slice(name.length + 1).includes('.'))
        made.children!.push(definitionSymbol(member, members, analysis));
  return made;
}

function symbol(
  name: string,
  kind: SymbolKind,
  range: OffsetRange,
  selection: OffsetRange,
  analysis: Analysis,
): DocumentSymbol {
  const selected = selection.start >= range.start && selection.end <= range.end ? selection : range;
  return {
    name,
    kind,
    range: toRange(analysis.chapter, range),
    selectionRange: toRange(analysis.chapter, selected),
    children: [],
  };
}
