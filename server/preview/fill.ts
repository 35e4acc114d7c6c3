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
import { refHtml } from './values';

/** References by block and expression: within one block, equal expressions have equal values. */
function indexRefs(refs: readonly Ref[]): Map<Block, Ref[]> {
  const found = new Map<Block, Ref[]>();
  for (const ref of refs) {
    const list = found.get(ref.block);
    if (list === undefined) found.set(ref.block, [ref]);
    else list.push(ref);
  }
  return found;
}

export class Filler {
  readonly analysis: Analysis;
  readonly context: PreviewContext;
  readonly numbering: Numbering;
  readonly #typeset: Typeset;
  readonly #refs: Map<Block, Ref[]>;
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

  /** The HTML of a block's own text. */
  block(block: Block): string {
    return this.typeset(block.kind, block.text, block);
  }

  #fill(pieces: readonly Piece[], block: Block | undefined): string {
    let html = '';
    for (const piece of pieces) html += typeof piece === 'string' ? piece : this.#dynamic(piece, block);
    return html;
  }

  #dynamic(piece: DynamicPiece, block: Block | undefined): string {
    switch (piece.kind) {
      case 'ref':
        return this.#ref(piece.expr, piece.offset, block);
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

  #ref(expr: string, offset: number, block: Block | undefined): string {
    const candidates = block === undefined ? [] : (this.#refs.get(block) ?? []);
    const at = (block?.range.start ?? 0) + offset;
    const ref =
      candidates.find(each => each.range.start === at && each.expr === expr) ??
      candidates.find(each => each.expr === expr);
    const result = ref === undefined ? undefined : this.analysis.refs[ref.index];
    if (ref === undefined || result === undefined) return `<code>${escapeHtml(`{python} ${expr}`)}</code>`;
    const { line, character } = this.analysis.chapter.lines.positionAt(ref.exprRange.start);
    return refHtml(result, { line: line - this.baseLine, character }, this);
  }

  /** Values go into formulas as text, before TeX reads them. */
  #math({ tex, display, label }: MathPiece, block: Block | undefined): string {
    const refs = block === undefined ? [] : (this.#refs.get(block) ?? []);
    const filled = tex.replace(/`\{python\}\s+([^`]*)`/g, (_whole, expr: string) => {
      const ref = refs.find(each => each.expr === expr.trim());
      const text = ref === undefined ? undefined : this.analysis.refs[ref.index]?.text;
      return text ?? `\\text{?}`;
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
