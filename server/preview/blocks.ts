/** The HTML of one source block; divs around it are the business of `chapter.ts`. */
import type { Root } from 'mdast';
import { blockTree } from '../chapter/markdown';
import type { Block, Chapter, CodeBlock, Heading, Table } from '../chapter/model';
import { cellHtml } from './cells';
import { drawingHtml } from './drawings';
import type { Filler } from './fill';
import type { Piece } from './pieces';
import { anchorOf, attributes, classNames, escapeHtml } from './text';
import { codeHtml, inlinePieces, innerPieces, piecesOf } from './tree';

/** Items of the chapter by the block that they stand in. */
export interface Index {
  readonly headings: ReadonlyMap<Block, Heading>;
  readonly tables: ReadonlyMap<Block, Table>;
  readonly codes: ReadonlyMap<Block, CodeBlock>;
}

export function indexOf(chapter: Chapter): Index {
  const by = <T extends { readonly block: Block }>(items: readonly T[]) => {
    const found = new Map<Block, T>();
    for (const item of items) if (!found.has(item.block)) found.set(item.block, item);
    return found;
  };
  return { headings: by(chapter.headings), tables: by(chapter.tables), codes: by(chapter.codeBlocks) };
}

const pieceCache = new WeakMap<object, Piece[]>();

/** Pieces of a block's tree, kept with its content. */
export function blockPieces(block: Block, make: (tree: Root) => Piece[]): Piece[] {
  let pieces = pieceCache.get(block.content);
  if (pieces === undefined) {
    pieces = make(blockTree(block));
    pieceCache.set(block.content, pieces);
  }
  return pieces;
}

/** Line of an offset within the block, from 0. */
function lineCounter(text: string): (offset: number) => number {
  let last = 0;
  let line = 0;
  return offset => {
    if (offset < last) {
      last = 0;
      line = 0;
    }
    for (let at = text.indexOf('\n', last); at >= 0 && at < offset; at = text.indexOf('\n', last)) {
      line++;
      last = at + 1;
    }
    return line;
  };
}

export function blockHtml(block: Block, filler: Filler, index: Index): string {
  switch (block.kind) {
    case 'paragraph':
    case 'math':
    case 'list':
    case 'definitionList':
    case 'quote':
    case 'html':
      return filler
        .fill(
          blockPieces(block, tree => piecesOf(tree, lineCounter(block.text))),
          block,
        )
        .replace(/^<p>\s*<\/p>$/, '');
    case 'lineBlock':
      return filler.fill(
        blockPieces(block, tree => piecesOf(tree, () => 0)),
        block,
      );
    case 'heading':
      return headingHtml(block, filler, index);
    case 'code':
      return listingHtml(block, filler, index);
    case 'indentedCode':
      return codeHtml(undefined, block.text.replace(/^(?: {1,4}|\t)/gm, '').trimEnd());
    case 'cell':
      return cellOf(block, filler);
    case 'table':
    case 'gridTable':
      return tableHtml(block, filler, index);
    case 'caption':
      return `<p class="reckoner-caption">${filler.fill(blockPieces(block, innerPieces), block)}</p>`;
    case 'rule':
      return '<hr>';
    default:
      return '';
  }
}

function headingHtml(block: Block, filler: Filler, index: Index): string {
  const heading = index.headings.get(block);
  if (heading === undefined) return '';
  const number = filler.numbering.headings.get(heading.range.start);
  const shown = number === undefined || number === '' ? '' : `<span class="reckoner-number">${number}</span>`;
  const inner = filler.fill(blockPieces(block, innerPieces), block);
  const level = Math.min(6, heading.level);
  const classes = classNames(heading.attributes?.classes ?? []);
  return `<h${level}${attributes({ id: anchorOf(heading.id), class: classes })}>${shown}${inner}</h${level}>`;
}

function listingHtml(block: Block, filler: Filler, index: Index): string {
  const code = index.codes.get(block);
  if (code === undefined) return '';
  const { language = '' } = code;
  const source = filler.analysis.chapter.slice(code.codeRange.start, code.codeRange.end).replace(/\r?\n$/, '');
  if (language === '=html') return `<pre><code>${escapeHtml(source)}</code></pre>`;
  if (language.startsWith('=')) return '';
  if (language === 'tikz' || (language === '' && ENGINE_CELL.test(block.text)))
    return tikzHtml(code, source, block, filler);
  const html = codeHtml(language, source);
  const id = code.attributes?.id;
  const caption = code.attributes?.get('lst-cap');
  if (id === undefined && caption === undefined) return html;
  const words = caption === undefined ? '' : filler.fill(inlinePieces(caption), block);
  const label = filler.labelHtml(id);
  const head = label + words === '' ? '' : `<figcaption>${label}${words}</figcaption>`;
  return `<figure${attributes({ id: id === undefined ? undefined : anchorOf(id), class: 'listing' })}>${head}${html}</figure>`;
}

/** `{tikz}` without a dot, as knitr takes it; its options are comments. */
const ENGINE_CELL = /^\s*[`~]{3,}\s*\{tikz\b/;

function engineOption(source: string, names: string): string | undefined {
  const value = new RegExp(`^%%?\\|\\s*(?:${names}):\\s*(.*?)\\s*$`, 'm').exec(source)?.[1];
  return value?.replace(/^(["'])(.*)\1$/, '$2');
}

/** A drawing, in a figure where the block has a caption of its own. */
function tikzHtml({ codeRange, attributes: own }: CodeBlock, source: string, block: Block, filler: Filler): string {
  const id = own?.id;
  const caption = own?.get('fig-cap') ?? own?.get('caption') ?? engineOption(source, 'fig-cap|caption');
  const place = { line: filler.lineOf(codeRange.start), blockLine: filler.lineOf(block.range.start) };
  const html = drawingHtml(source, place, filler, own?.get('fig-alt') ?? engineOption(source, 'fig-alt|alt'));
  if (id === undefined && caption === undefined) return html;
  const words = caption === undefined ? '' : filler.fill(inlinePieces(caption), block);
  const label = filler.labelHtml(id);
  const below = label + words === '' ? '' : `<figcaption>${label}${words}</figcaption>`;
  return `<figure${attributes({ id: id === undefined ? undefined : anchorOf(id) })}>${html}${below}</figure>`;
}

function cellOf(block: Block, filler: Filler): string {
  return filler
    .cellsOf(block)
    .map(result => cellHtml(result, filler))
    .join('');
}

function tableHtml(block: Block, filler: Filler, index: Index): string {
  const table = index.tables.get(block);
  const html = filler.fill(
    blockPieces(block, tree => piecesOf(tree, () => 0)),
    block,
  );
  const id = table?.attributes?.id;
  const words = table?.caption === undefined ? '' : filler.fill(inlinePieces(table.caption), block);
  const label = filler.labelHtml(id);
  const caption = label + words === '' ? '' : `<caption>${label}${words}</caption>`;
  const anchored = id === undefined ? '' : ` id="${escapeHtml(anchorOf(id))}"`;
  return `<div class="reckoner-scroll"${anchored}>${html.replace('<table>', `<table>${caption}`)}</div>`;
}
