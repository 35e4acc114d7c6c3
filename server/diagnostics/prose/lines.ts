/**
 * The sentences of a block as a reader sees them: references give their values, formulas their signs, notes and citations
 * nothing; each stretch knows its source.
 */
import type { OffsetRange } from '../../chapter/model';
import { childrenOf, type ProseNode, type ProseTree, type ReferenceNode } from '../../chapter/prose';
import type { RefResult } from '../../evaluation/analysis';
import { readingOf } from '../../evaluation/display';
import { plainTex } from './tex';

/** Stands for what is no running text: code, a picture, a value that is not known. */
export const OPAQUE = '\ufffc';

/** A stretch of a line's text, and where in the block it comes from. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  /** Offsets from the start of the block. */
  readonly source: OffsetRange;
  /** True where each character of the text is one of the source. */
  readonly exact: boolean;
  /** The reference whose value it is. */
  readonly ref: RefResult | undefined;
}

/** The text of one paragraph, heading, caption or cell of a table. */
export class Line {
  readonly text: string;
  readonly pieces: readonly Piece[];

  constructor(text: string, pieces: readonly Piece[]) {
    this.text = text;
    this.pieces = pieces;
  }

  /** Where a stretch of the text stands in the block: whole references and formulas where it touches them. */
  source(from: number, to: number): OffsetRange {
    const first = this.pieces.find(piece => from < piece.to) ?? this.pieces.at(-1)!;
    const last = this.pieces.findLast(piece => piece.from < to) ?? first;
    return {
      start: first.exact ? first.source.start + from - first.from : first.source.start,
      end: last.exact ? last.source.start + to - last.from : last.source.end,
    };
  }

  /** The references whose values a stretch holds. */
  refsIn(from: number, to: number): readonly RefResult[] {
    return this.pieces.flatMap(({ ref, from: start, to: end }) =>
      ref !== undefined && start < to && from < end ? [ref] : [],
    );
  }
}

const RUNNING: ReadonlySet<string> = new Set(['paragraph', 'heading', 'caption', 'term', 'line']);

/** The lines of a block; `refs` are the references of the block, `start` is where it starts in the chapter. */
export function linesOf(tree: ProseTree, refs: readonly RefResult[], start: number): readonly Line[] {
  const byStart = new Map(refs.map(result => [result.ref.range.start - start, result]));
  const lines: Line[] = [];
  const visit = (node: ProseNode | ProseTree): void => {
    if ('type' in node && RUNNING.has(node.type)) lines.push(new Flattener(byStart).line(childrenOf(node)));
    else for (const child of childrenOf(node)) visit(child);
  };
  visit(tree);
  return lines;
}

/** What gives nothing to read at its place. */
const SILENT: ReadonlySet<string> = new Set(['citation', 'note', 'noteReference', 'tex', 'html', 'comment', 'raw']);
/** What is read as its text. */
const THROUGH: ReadonlySet<string> = new Set(['emphasis', 'strong', 'strikeout', 'link', 'span', 'linkReference']);

class Flattener {
  readonly #refs: ReadonlyMap<number, RefResult>;
  readonly #pieces: Piece[] = [];
  #text = '';

  constructor(refs: ReadonlyMap<number, RefResult>) {
    this.#refs = refs;
  }

  line(nodes: readonly ProseNode[]): Line {
    this.#all(nodes);
    return new Line(this.#text, this.#pieces);
  }

  #all(nodes: readonly ProseNode[]): void {
    for (const node of nodes) this.#node(node);
  }

  #node(node: ProseNode): void {
    if (SILENT.has(node.type)) return;
    switch (node.type) {
      case 'text':
        this.#add(node.value, node);
        break;
      case 'break':
        this.#add(' ', node);
        break;
      case 'reference':
        this.#reference(node);
        break;
      case 'math':
        this.#add(node.display ? OPAQUE : plainTex(node.tex), node);
        break;
      case 'superscript':
        this.#add('^', { start: node.start, end: node.start });
        this.#all(node.children);
        break;
      default:
        if (THROUGH.has(node.type)) this.#all(childrenOf(node));
        else this.#add(OPAQUE, node);
    }
  }

  #reference(node: ReferenceNode): void {
    const ref = this.#refs.get(node.start);
    const shown = ref?.display === undefined ? OPAQUE : readingOf(ref.display);
    this.#add(ref?.display?.mime === 'text/markdown' ? plainTex(shown.replaceAll('$', '')) : shown, node, ref);
  }

  #add(text: string, { start, end }: OffsetRange, ref?: RefResult): void {
    if (text === '') return;
    const from = this.#text.length;
    this.#text += text;
    const exact = ref === undefined && text.length === end - start;
    this.#pieces.push({ from, to: this.#text.length, source: { start, end }, exact, ref });
  }
}
