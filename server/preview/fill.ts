/** Fills a block's pieces with what one analysis knows: values, numbers, formulas. */
import type { Block, Ref } from '../chapter/model';
import type { Analysis, CellResult } from '../evaluation/analysis';
import { cellHtml } from './cells';
import { citationHtml } from './citations';
import type { PreviewContext } from './context';
import { drawingHtml } from './drawings';
import { type Numbering, numberingOf } from './numbering';
import type { DynamicPiece, ImagePiece, MathPiece, Piece } from './pieces';
import { sourceHtml } from './source';
import { anchorOf, attributes, escapeHtml } from './text';
import { type Typeset, type TypesetForm, typeset } from './typeset';
import { isInert, refHtml, shownSource, valueHtml } from './values';

/** The references of a block. */
class BlockRefs {
  readonly all: Ref[] = [];
  readonly #byStart = new Map<number, Ref>();
  readonly #byExpression = new Map<string, Ref>();

  add(ref: Ref): void {
    const { expr, range } = ref;
    this.all.push(ref);
    this.#byStart.set(range.start, ref);
    if (!this.#byExpression.has(expr)) this.#byExpression.set(expr, ref);
  }

  /** The one that stands at an offset, else the first with its expression: within one block, all such have one value. */
  at(start: number, expr: string): Ref | undefined {
    const placed = this.#byStart.get(start);
    return placed?.expr === expr ? placed : this.with(expr);
  }

  with(expr: string): Ref | undefined {
    return this.#byExpression.get(expr);
  }
}

function indexRefs(refs: readonly Ref[]): Map<Block, BlockRefs> {
  const found = new Map<Block, BlockRefs>();
  for (const ref of refs) {
    const own = found.get(ref.block) ?? new BlockRefs();
    found.set(ref.block, own);
    own.add(ref);
  }
  return found;
}

/** How pieces are filled in. */
interface Filling {
  /** The place in the block of an offset of the text that was set. */
  readonly offsetOf?: (offset: number) => number;
  /** True where values stand without the element that makes each a link. */
  readonly bare?: boolean;
}

const AS_WRITTEN: Filling = {};
const BARE: Filling = { bare: true };

export class Filler {
  readonly analysis: Analysis;
  readonly context: PreviewContext;
  readonly numbering: Numbering;
  readonly #typeset: Typeset;
  readonly #refs: Map<Block, BlockRefs>;
  readonly #cells = new Map<Block, CellResult[]>();
  /** First line of the block that is being shown: positions inside are relative to it. */
  baseLine = 0;

  constructor(analysis: Analysis, context: PreviewContext) {
    this.analysis = analysis;
    this.context = context;
    this.#typeset = context.typeset ?? (request => typeset(request, context.math));
    this.numbering = numberingOf(analysis.chapter);
    this.#refs = indexRefs(analysis.chapter.refs);
    for (const result of analysis.cells) {
      const list = this.#cells.get(result.cell.block);
      if (list === undefined) this.#cells.set(result.cell.block, [result]);
      else list.push(result);
    }
  }

  cellsOf(block: Block): readonly CellResult[] {
    return this.#cells.get(block) ?? [];
  }

  lineOf(offset: number): number {
    return this.analysis.chapter.lines.positionAt(offset).line;
  }

  /**
   * The HTML of a text, filled with what the analysis knows; the text itself while it cannot be set. `block` is the block
   * that the text stands in, undefined for texts that come from elsewhere.
   */
  typeset(form: TypesetForm, text: string, block: Block | undefined): string {
    const outcome = this.#typeset({ form, text });
    return outcome.kind === 'done' ? this.#fill(outcome.pieces, block) : sourceHtml(form, text, outcome);
  }

  /**
   * The HTML of a block's own text. A value whose marks may reach into the text around it is read with that text, as
   * Pandoc does: where it makes a difference, the block is shown so.
   */
  block(block: Block): string {
    const form = block.kind;
    const alone = this.#typeset({ form, text: block.text });
    if (alone.kind !== 'done') return sourceHtml(form, block.text, alone);
    const joined = this.#joined(block);
    const together = joined === undefined ? undefined : this.#typeset({ form, text: joined.text });
    if (together?.kind !== 'done') return this.#fill(alone.pieces, block);
    const isSame = this.#fill(alone.pieces, block, BARE) === this.#fill(together.pieces, block, BARE);
    return isSame
      ? this.#fill(alone.pieces, block)
      : this.#fill(together.pieces, block, { offsetOf: joined!.offsetOf });
  }

  /** The block's text with the source of such values in place; undefined where it has none. */
  #joined(block: Block): { text: string; offsetOf: (offset: number) => number } | undefined {
    const places: { readonly at: number; readonly shift: number }[] = [];
    const { text } = block;
    let joined = '';
    let from = 0;
    for (const { index, range } of this.#refs.get(block)?.all ?? []) {
      const display = this.analysis.refs[index]?.display;
      const [start, end] = [range.start - block.range.start, range.end - block.range.start];
      // The blank of a reference, of all things, keeps the marks around it from being those of a raised text.
      const isRaised = /[\^~]/.test((text[start - 1] ?? '') + (text[end] ?? ''));
      if (display === undefined || (isInert(display) && !(isRaised && display.mime === 'text/plain'))) continue;
      joined += text.slice(from, start) + shownSource(display);
      from = end;
      places.push({ at: joined.length, shift: from - joined.length });
    }
    if (places.length === 0) return undefined;
    // Mostly asked in ascending order.
    let next = 0;
    const shiftAt = (offset: number): number => {
      if (next > 0 && places[next - 1]!.at > offset) next = 0;
      while (next < places.length && places[next]!.at <= offset) next++;
      return places[next - 1]?.shift ?? 0;
    };
    return { text: joined + text.slice(from), offsetOf: offset => offset + shiftAt(offset) };
  }

  #fill(pieces: readonly Piece[], block: Block | undefined, how: Filling = AS_WRITTEN): string {
    let html = '';
    for (const piece of pieces) html += typeof piece === 'string' ? piece : this.#dynamic(piece, block, how);
    return html;
  }

  #dynamic(written: DynamicPiece, block: Block | undefined, { offsetOf, bare }: Filling): string {
    const piece =
      offsetOf !== undefined && 'offset' in written ? { ...written, offset: offsetOf(written.offset) } : written;
    switch (piece.kind) {
      case 'ref':
        return this.#ref(piece.expr, piece.offset, block, bare);
      case 'citation':
        return citationHtml(piece, this.numbering, this.context);
      case 'note': {
        const number = this.numbering.notes.get(piece.id);
        return `<sup class="footnote-ref"><a href="#${escapeHtml(anchorOf(`fn-${piece.id}`))}" aria-label="Footnote ${number ?? ''}">${number ?? '?'}</a></sup>`;
      }
      case 'math':
        return this.#math(piece, block);
      case 'label':
        return this.labelHtml(piece.id);
      case 'heading': {
        const number = block === undefined ? undefined : this.numbering.headings.get(block.range.start);
        return number === undefined || number === '' ? '' : `<span class="reckoner-number">${number}</span>`;
      }
      case 'cell': {
        const start = (block?.range.start ?? 0) + piece.offset;
        const cells = block === undefined ? [] : this.cellsOf(block);
        const result = cells.find(({ cell }) => cell.range.start <= start + 1 && start <= cell.range.end);
        return result === undefined ? '' : cellHtml(result, this);
      }
      case 'image':
        return this.#image(piece);
      case 'drawing': {
        const start = block?.range.start ?? 0;
        const place = { line: this.lineOf(start + piece.offset) + 1, blockLine: this.lineOf(start) };
        return drawingHtml(piece.source, place, this);
      }
    }
  }

  #image({ url, alt }: ImagePiece): string {
    const problem = this.context.imageProblem?.(url);
    if (problem === undefined) return `<img${attributes({ 'data-src': url, alt })}>`;
    const words = escapeHtml(`Image ${url.slice(0, 80)}: ${problem}`);
    return `<span class="placeholder">${words}</span>`;
  }

  /** `Figure 3: ` before a caption; nothing for an id that has no number. */
  labelHtml(id: string | undefined): string {
    const target = id === undefined ? undefined : this.numbering.targets.get(id);
    if (target === undefined || target.number === '') return '';
    return `<span class="reckoner-label">${target.name} ${target.number}:</span> `;
  }

  #ref(expr: string, offset: number, block: Block | undefined, bare = false): string {
    const ref = block && this.#refs.get(block)?.at(block.range.start + offset, expr);
    const result = ref === undefined ? undefined : this.analysis.refs[ref.index];
    if (ref === undefined || result === undefined) return `<code>${escapeHtml(`{python} ${expr}`)}</code>`;
    if (bare && result.display !== undefined) return valueHtml(result.display, this);
    const { line, character } = this.analysis.chapter.lines.positionAt(ref.exprRange.start);
    return refHtml(result, { line: line - this.baseLine, character }, this);
  }

  /** Values go into formulas as they go into any text, escapes included, before TeX reads them. */
  #math({ tex, display, label }: MathPiece, block: Block | undefined): string {
    const refs = block && this.#refs.get(block);
    const filled = tex.replace(/`\{python\}\s+([^`]*)`/g, (_whole, expr: string) => {
      const ref = refs?.with(expr.trim());
      const display = ref === undefined ? undefined : this.analysis.refs[ref.index]?.display;
      return display === undefined ? `\\text{?}` : shownSource(display);
    });
    const html = this.typeset(display ? 'displayFormula' : 'inlineFormula', filled, undefined);
    if (!display) return html;
    const target = label === undefined ? undefined : this.numbering.targets.get(label);
    const number =
      target === undefined || target.number === ''
        ? ''
        : `<span class="reckoner-equation-number">(${target.number})</span>`;
    return `<span${attributes({ class: 'reckoner-formula', id: label === undefined ? undefined : anchorOf(label) })}>${html}${number}</span>`;
  }
}
