/** The names of a chapter: of its cells, of its references, and of the lists in the headers of its cells. */
import { type StaticDefinition, symbolIndex } from '../../../mlsys';
import type { Analysis, CellResult, RefResult } from '../analysis';
import { mentions } from '../prefilter';
import { Occurrence, occurrenceAt, occurrenceOf, occurrencesIn } from './occurrences';
import { Resolver } from './resolver';
import {
  boundFrom,
  type Found,
  type Home,
  lastOf,
  type NameSymbol,
  type Place,
  preferred,
  type Star,
  type SymbolText,
} from './symbol';

export class ChapterSymbols implements Home {
  readonly key = 'chapter';
  readonly module = undefined;
  readonly #analysis: Analysis;
  readonly #cells = new Map<CellResult, SymbolText>();
  readonly #refs = new Map<RefResult, SymbolText>();
  #stars: readonly Star[] | undefined;

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  absolute(name: string): string {
    return name;
  }

  /** The name at an offset, in a cell or a reference. */
  at(offset: number): Occurrence | undefined {
    const analysis = this.#analysis;
    const ref = analysis.refAt(offset);
    if (ref !== undefined) {
      const text = this.ofRef(ref);
      const at = offset - ref.ref.exprRange.start;
      const found = text && (occurrenceAt(text, analysis.packages, at) ?? this.inRef(ref).at(-1));
      return found;
    }
    const cell = analysis.cellAt(offset);
    if (cell === undefined) return undefined;
    const { codeRange } = cell.cell;
    if (offset < codeRange.start || offset > codeRange.end) return undefined;
    return (
      occurrenceAt(this.ofCell(cell), analysis.packages, cell.cell.toSource(offset)) ??
      this.#listed(cell).find(({ range }) => range.start <= offset && offset <= range.end)
    );
  }

  /** All names of an inline reference, in order. */
  inRef(ref: RefResult): Occurrence[] {
    const text = this.ofRef(ref);
    if (text === undefined) return [];
    return text.index.uses.map(use => occurrenceOf(use, text, this.#analysis.packages));
  }

  /** Those of one name in cells, references and headers, in document order. */
  named(name: string): Occurrence[] {
    const { packages, cells, refs } = this.#analysis;
    const found: Occurrence[] = [];
    for (const cell of cells) {
      if (!mentions(cell.program, name)) continue;
      found.push(...occurrencesIn(this.ofCell(cell), packages, name));
      found.push(...this.#listed(cell).filter(one => one.name === name));
    }
    for (const ref of refs) {
      const text = ref.ref.expr.includes(name) ? this.ofRef(ref) : undefined;
      if (text !== undefined) found.push(...occurrencesIn(text, packages, name));
    }
    return found.sort((a, b) => a.range.start - b.range.start);
  }

  /** What a path of names means to one who sees the first `seen` cells. */
  pathAt(path: string, seen: number): NameSymbol | undefined {
    const [root, ...attributes] = path.split('.') as [string, ...string[]];
    const text: SymbolText = { ...NOWHERE, home: this, seen, key: `after ${seen}`, index: EMPTY_INDEX };
    const span = { start: 0, end: 0 };
    const use = { root, variable: root, attributes, local: undefined, span, write: false };
    return new Resolver(this.#analysis.packages).use(use, text);
  }

  ofCell(cell: CellResult): SymbolText {
    let text = this.#cells.get(cell);
    if (text === undefined) {
      text = new CellText(this, cell);
      this.#cells.set(cell, text);
    }
    return text;
  }

  /** Undefined for a reference whose expression cannot be parsed. */
  ofRef(ref: RefResult): SymbolText | undefined {
    const { expression } = ref;
    if (expression === undefined) return undefined;
    let text = this.#refs.get(ref);
    if (text === undefined) {
      const { exprRange, cellsBefore, index, expr } = ref.ref;
      const { start } = exprRange;
      text = {
        home: this,
        key: `ref ${index}`,
        index: symbolIndex(expression),
        program: { source: expr },
        cell: undefined,
        ref,
        seen: cellsBefore,
        toDocument: span => ({ start: start + span.start, end: start + span.end }),
      };
      this.#refs.set(ref, text);
    }
    return text;
  }

  find(path: string, at: Place | undefined): Found | undefined {
    const { cells } = this.#analysis;
    const seen = at?.text.seen ?? cells.length;
    const own = at?.text.cell === undefined ? [] : this.#definitions(at.text.cell, path);
    const before = preferred(own.filter(one => (at!.write ? one.span.start : boundFrom(one)) <= at!.offset));
    if (before !== undefined) return { text: at!.text, definition: before };
    for (let index = (at?.text.cell === undefined ? seen : seen - 1) - 1; index >= 0; index--) {
      const found = preferred(this.#definitions(cells[index]!, path));
      if (found !== undefined) return { text: this.ofCell(cells[index]!), definition: found };
    }
    if (own[0] !== undefined) return { text: at!.text, definition: own[0], later: true };
    for (let index = seen; index < cells.length; index++) {
      const [found] = this.#definitions(cells[index]!, path);
      if (found !== undefined) return { text: this.ofCell(cells[index]!), definition: found, later: true };
    }
    return undefined;
  }

  #definitions(cell: CellResult, path: string): readonly StaticDefinition[] {
    if (!mentions(cell.program, lastOf(path))) return NONE;
    const { definitions } = symbolIndex(cell.program.module);
    const found = definitions.of(path);
    return found.length > 0 ? found : definitions.field(path);
  }

  stars(at: Place | undefined): readonly Star[] {
    this.#stars ??= this.#analysis.cells
      .filter(({ cell }) => STAR.test(cell.source))
      .flatMap(cell => cell.names.starImports.map(module => ({ module, text: this.ofCell(cell) })))
      .reverse();
    return at === undefined ? this.#stars : this.#stars.filter(({ text }) => text.seen <= at.text.seen);
  }

  /** Names that the header of a cell lists: exports, each part of their paths, and what it imports from modules. */
  #listed(cell: CellResult): Occurrence[] {
    const { header } = cell.cell;
    if (header === undefined) return [];
    const text = this.ofCell(cell);
    const seen = cell.cell.index + 1;
    const exported = (header.field('Exports')?.names ?? []).flatMap(({ name, range }) => {
      let at = range.start;
      return name.split('.').map((part, depth, parts) => {
        const own = { start: at, end: at + part.length };
        at = own.end + 1;
        return new Occurrence(text, part, own, () => this.pathAt(parts.slice(0, depth + 1).join('.'), seen));
      });
    });
    const imported = (header.field('Imports')?.names ?? [])
      .filter(({ module }) => module !== undefined)
      .map(({ name, range }) => new Occurrence(text, name, range, () => this.pathAt(name, seen)));
    return [...exported, ...imported];
  }
}

class CellText implements SymbolText {
  readonly home: Home;
  readonly key: string;
  readonly cell: CellResult;
  readonly ref = undefined;
  readonly seen: number;

  constructor(home: Home, cell: CellResult) {
    this.home = home;
    this.cell = cell;
    this.key = `cell ${cell.cell.index}`;
    this.seen = cell.cell.index + 1;
  }

  get index() {
    return symbolIndex(this.cell.program.module);
  }

  get program() {
    return this.cell.program;
  }

  toDocument(span: { readonly start: number; readonly end: number }) {
    return this.cell.cell.toDocumentRange({ start: span.start, end: span.end });
  }
}

const STAR = /\bimport\s*\(?\s*\*/;
const NONE: readonly StaticDefinition[] = [];

const EMPTY_INDEX = symbolIndex({ kind: 'Module', body: [], flat: true, start: 0, end: 0 });

const NOWHERE = {
  program: { source: '' },
  cell: undefined,
  ref: undefined,
  toDocument: (span: { readonly start: number; readonly end: number }) => span,
};
