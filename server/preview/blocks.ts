/** The HTML of one source block; divs around it are the business of `chapter.ts`. */
import type { Block, Chapter, Heading, ProsePlace } from '../chapter/model';
import type { CodeBlockNode, TableNode } from '../chapter/prose';
import { cellHtml } from './cells';
import { drawingHtml } from './drawings';
import type { Filler } from './fill';
import { noteHtml } from './source';
import { anchorOf, attributes, classNames, codeHtml, escapeHtml } from './text';

/** Items of the chapter by the block that they stand in. */
export interface Index {
  readonly headings: ReadonlyMap<Block, Heading>;
  readonly tables: ReadonlyMap<Block, ProsePlace<TableNode>>;
  readonly codes: ReadonlyMap<Block, ProsePlace<CodeBlockNode>>;
}

export function indexOf(chapter: Chapter): Index {
  const by = <T extends { readonly block: Block }>(items: readonly T[]) => {
    const found = new Map<Block, T>();
    for (const item of items) if (!found.has(item.block)) found.set(item.block, item);
    return found;
  };
  return { headings: by(chapter.headings), tables: by(chapter.nodes('table')), codes: by(chapter.nodes('codeBlock')) };
}

export function blockHtml(block: Block, filler: Filler, index: Index): string {
  switch (block.kind) {
    case 'paragraph':
    case 'math':
    case 'list':
    case 'definitionList':
    case 'quote':
    case 'html':
      return filler.block(block).replace(/^<p>\s*<\/p>$/, '');
    case 'lineBlock':
      return filler.block(block);
    case 'heading':
      return headingHtml(block, filler, index);
    case 'code':
      return listingHtml(block, filler, index);
    case 'indentedCode':
      return codeHtml(block.text.replace(/^(?: {1,4}|\t)/gm, '').trimEnd());
    case 'cell':
      return cellOf(block, filler);
    case 'table':
    case 'gridTable':
      return tableHtml(block, filler, index);
    case 'caption':
      return `<p class="reckoner-caption">${filler.block(block)}</p>`;
    case 'rule':
      return '<hr>';
    case 'unread':
      return noteHtml('The chapter is too long for the preview.');
    default:
      return '';
  }
}

function headingHtml(block: Block, filler: Filler, index: Index): string {
  const heading = index.headings.get(block);
  if (heading === undefined) return '';
  const number = filler.numbering.headings.get(heading.range.start);
  const shown = number === undefined || number === '' ? '' : `<span class="reckoner-number">${number}</span>`;
  const inner = filler.block(block);
  const level = Math.min(6, heading.level);
  const classes = classNames(heading.attributes?.classes ?? []);
  return `<h${level}${attributes({ id: anchorOf(heading.id), class: classes })}>${shown}${inner}</h${level}>`;
}

function listingHtml(block: Block, filler: Filler, index: Index): string {
  const place = index.codes.get(block);
  if (place === undefined) return '';
  const { node: code } = place;
  const { language = '', value: source } = code;
  if (language === '=html') return `<pre><code>${escapeHtml(source)}</code></pre>`;
  if (language.startsWith('=')) return '';
  if (language === 'tikz' || (language === '' && ENGINE_CELL.test(block.text)))
    return tikzHtml(place, source, block, filler);
  const html = language === 'python' ? filler.typeset('python', source, undefined) : codeHtml(source);
  const id = code.attributes?.id;
  const caption = code.attributes?.get('lst-cap');
  if (id === undefined && caption === undefined) return html;
  const words = caption === undefined ? '' : filler.typeset('inline', caption, block);
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
function tikzHtml(listing: ProsePlace<CodeBlockNode>, source: string, block: Block, filler: Filler): string {
  const { attributes: own } = listing.node;
  const id = own?.id;
  const caption = own?.get('fig-cap') ?? own?.get('caption') ?? engineOption(source, 'fig-cap|caption');
  const place = {
    line: filler.lineOf(listing.place(listing.node.codeRange).start),
    blockLine: filler.lineOf(block.range.start),
  };
  const html = drawingHtml(source, place, filler, own?.get('fig-alt') ?? engineOption(source, 'fig-alt|alt'));
  if (id === undefined && caption === undefined) return html;
  const words = caption === undefined ? '' : filler.typeset('inline', caption, block);
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
  const table = index.tables.get(block)?.node;
  const caption = table?.children.find(child => child.type === 'caption');
  const html = filler.block(block);
  const id = table?.attributes?.id;
  const written = caption && block.text.slice(caption.start, caption.end);
  const words = written === undefined ? '' : filler.typeset('inline', written, block);
  const label = filler.labelHtml(id);
  const above = label + words === '' ? '' : `<caption>${label}${words}</caption>`;
  const anchored = id === undefined ? '' : ` id="${escapeHtml(anchorOf(id))}"`;
  return `<div class="reckoner-scroll"${anchored}>${html.replace('<table>', `<table>${above}`)}</div>`;
}
