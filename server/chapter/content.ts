/** What one block contains, read when first asked for; all ranges are relative to the block's start. */
import { htmlAttributes } from './attributes';
import { CellContent } from './cells';
import type { CellCut, Cut, FenceCut } from './cuts';
import { languagesIn } from './execution';
import { ignoredCodes } from './ignoredCodes';
import { labelKind } from './labels';
import type { Attributes, BlockKind, InlineContext, Label, OffsetRange } from './model';
import { childrenOf, type NodeOf, type ProseNode, type ProseTree, type ProseType, readBlock } from './prose';
import { contextIn, contextOfKind, contextOfNode, mayHold } from './prose/contexts';
import { RangeCursor } from './ranges';

/** A reference, cut by Quarto's own rule: by its backticks, whatever stands around. */
export interface RefItem {
  readonly range: OffsetRange;
  readonly expr: string;
  readonly exprRange: OffsetRange;
}

export interface BareItem {
  readonly range: OffsetRange;
  readonly expr: string;
  readonly context: InlineContext;
}

export interface IgnoreItem {
  readonly codes: readonly string[];
  readonly range: OffsetRange;
}

export type LabelItem = Omit<Label, 'block'>;

/** A node with where it stands. */
export interface FoundNode<T extends ProseNode = ProseNode> {
  readonly node: T;
  readonly context: InlineContext;
}

/** A line that opens or closes a div of the chapter. */
export interface DivMark {
  readonly attributes: Attributes | undefined;
  readonly range: OffsetRange;
}

const REFERENCE = /(?<!`)`\{python\}[ \t]([^`\r\n]+)`/g;
const BARE_REFERENCE = /\{python\}[ \t]*([\p{ID_Start}_][\p{ID_Continue}.]*)?/gu;
const IGNORE = /^<!--\s*reckoner-ignore(?![\w-])([\s\S]*?)-->$/;
const NO_LANGUAGES: readonly string[] = [];
const NONE: readonly never[] = [];

const HTML_DIV = /^ {0,3}<(\/?)div\b([^<>]*)>[ \t]*$/;

/** Kinds whose text says nothing to Quarto's search for references, since cells and listings have their own. */
const SILENT: ReadonlySet<BlockKind> = new Set(['blank', 'cell', 'code', 'divClose', 'frontMatter', 'rule', 'unread']);

/** A block's text with what it means; shared by all versions of the chapter in which the block is the same. */
export class BlockContent {
  readonly kind: BlockKind;
  readonly text: string;
  readonly cells: readonly CellContent[];
  readonly fences: readonly FenceCut[];
  #refs: readonly RefItem[] | undefined;
  #tree: ProseTree | undefined;
  #nodes: ReadonlyMap<ProseType, readonly FoundNode[]> | undefined;
  /** Types of nodes that the text cannot hold. */
  #absent: Set<ProseType> | undefined;
  #labels: readonly LabelItem[] | undefined;
  #bare: readonly BareItem[] | undefined;
  #ignores: readonly IgnoreItem[] | undefined;
  #languages: readonly string[] | undefined;

  /** With `detach`, the text is copied: a slice would keep its whole version of the chapter alive. */
  constructor(cut: Cut, source: string, detach = false) {
    const by = -cut.start;
    const text = source.slice(cut.start, cut.end);
    this.kind = cut.kind;
    this.text = detach ? (JSON.parse(JSON.stringify(text)) as string) : text;
    this.cells = cut.cells.map(cell => new CellContent(this.text, shiftCell(cell, by)));
    this.fences = by === 0 ? cut.fences : cut.fences.map(fence => shiftFence(fence, by));
  }

  /** A text in which nothing is looked for. */
  static unread(text: string): BlockContent {
    const place = { start: 0, end: text.length, startLine: 0, endLine: 0, readEnd: text.length };
    return new BlockContent({ kind: 'unread', ...place, cells: [], fences: [] }, text);
  }

  /** Length of the text without the line end. */
  get trimmedLength(): number {
    const { text } = this;
    let end = text.length;
    while (end > 0 && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--;
    return end;
  }

  get refs(): readonly RefItem[] {
    this.#refs ??= SILENT.has(this.kind) || !this.text.includes('{python}') ? [] : this.#readRefs();
    return this.#refs;
  }

  /** Languages of the cells whose fences stand in the block, in order, also those that another fence hides. */
  get languages(): readonly string[] {
    this.#languages ??= this.kind === 'paragraph' || this.kind === 'blank' ? NO_LANGUAGES : languagesIn(this.text);
    return this.#languages;
  }

  get tree(): ProseTree {
    this.#tree ??= readBlock(this.kind, this.text, { cells: this.cells.map(cell => cell.cut), fences: this.fences });
    return this.#tree;
  }

  /** The nodes of a type, in order. A block whose text cannot hold one is not read for it. */
  nodes<T extends ProseType>(type: T): readonly FoundNode<NodeOf<T>>[] {
    if (this.#nodes === undefined) {
      if (this.#absent?.has(type)) return NONE;
      if (!mayHold(this.kind, this.text, type)) {
        this.#absent ??= new Set();
        this.#absent.add(type);
        return NONE;
      }
      this.#nodes = nodesByType(this.tree, this.kind);
    }
    return (this.#nodes.get(type) ?? NONE) as unknown as readonly FoundNode<NodeOf<T>>[];
  }

  /** Where an offset stands. */
  contextAt(offset: number): InlineContext {
    return contextIn(this.tree, this.kind, offset).context;
  }

  /** Labels of everything but cells. */
  get labels(): readonly LabelItem[] {
    this.#labels ??= MAY_LABEL.test(this.text) ? this.#readLabels() : [];
    return this.#labels;
  }

  get bare(): readonly BareItem[] {
    this.#bare ??= SILENT.has(this.kind) || !this.text.includes('{python}') ? [] : this.#readBare();
    return this.#bare;
  }

  get ignores(): readonly IgnoreItem[] {
    this.#ignores ??= this.text.includes('reckoner-ignore') ? this.#readIgnores() : [];
    return this.#ignores;
  }

  #readIgnores(): readonly IgnoreItem[] {
    return this.nodes('comment').flatMap(({ node: { value, start, end } }) => {
      const found = IGNORE.exec(value);
      if (!found) return [];
      return [{ codes: ignoredCodes(found[1]!), range: { start, end } }];
    });
  }

  /** Undefined for a block that neither opens nor closes a div. */
  get divMark(): DivMark | undefined {
    const range = { start: 0, end: this.trimmedLength };
    switch (this.kind) {
      case 'divOpen': {
        const [start] = this.tree.children;
        return start?.type === 'divStart' ? { attributes: start.attributes, range } : undefined;
      }
      case 'divClose':
        return { attributes: undefined, range };
      case 'html': {
        const tag = HTML_DIV.exec(this.text.slice(0, range.end));
        return tag ? { attributes: tag[1] === '/' ? undefined : htmlAttributes(this.text, tag[2]!), range } : undefined;
      }
      default:
        return undefined;
    }
  }

  /** What belongs to cells and fences. */
  get #hidden(): RangeCursor<OffsetRange> {
    return new RangeCursor<OffsetRange>([...this.cells.map(cell => cell.cut), ...this.fences]);
  }

  #readRefs(): RefItem[] {
    const refs: RefItem[] = [];
    const hidden = this.#hidden;
    REFERENCE.lastIndex = 0;
    for (let found = REFERENCE.exec(this.text); found; found = REFERENCE.exec(this.text)) {
      const start = found.index;
      if (hidden.at(start)) continue;
      const raw = found[1]!;
      const expr = raw.trim();
      const from = start + found[0].length - 1 - raw.length + (raw.length - raw.trimStart().length);
      const range = { start, end: start + found[0].length };
      refs.push({ range, expr, exprRange: { start: from, end: from + expr.length } });
    }
    return refs;
  }

  /** What looks like a reference but has lost a backtick. */
  #readBare(): BareItem[] {
    const bare: BareItem[] = [];
    const hidden = this.#hidden;
    const refs = new RangeCursor(this.refs.map(({ range }) => range));
    BARE_REFERENCE.lastIndex = 0;
    for (let found = BARE_REFERENCE.exec(this.text); found; found = BARE_REFERENCE.exec(this.text)) {
      const start = found.index;
      if (hidden.at(start) || refs.at(start) || this.text.charCodeAt(start - 1) === 46) continue;
      const { context, node } = contextIn(this.tree, this.kind, start);
      if (context === 'comment' || node?.type === 'code' || node?.type === 'reference') continue;
      bare.push({ range: { start, end: start + found[0].length }, expr: found[1] ?? '', context });
    }
    return bare;
  }

  #readLabels(): LabelItem[] {
    const labels: LabelItem[] = [];
    for (const [type, on] of BEARERS)
      for (const { node } of this.nodes(type)) {
        const { attributes } = node;
        if (attributes?.id === undefined) {
          const own = node.type === 'codeBlock' ? engineLabel(node, this.text) : undefined;
          if (own !== undefined) labels.push(own);
          continue;
        }
        const { id, idRange } = attributes;
        labels.push({ id, kind: labelKind(id), range: idRange!, on, caption: this.#captionOf(node, attributes) });
      }
    const { divMark } = this;
    if (this.kind === 'html' && divMark?.attributes?.id !== undefined) {
      const { id, idRange } = divMark.attributes;
      labels.push({ id, kind: labelKind(id), range: idRange!, on: 'div', caption: undefined });
    }
    return labels.length > 1 ? labels.sort((a, b) => a.range.start - b.range.start) : labels;
  }

  #captionOf(node: Bearer, attributes: Attributes): string | undefined {
    switch (node.type) {
      case 'heading':
        return this.text.slice(node.textRange.start, node.textRange.end);
      case 'divStart':
      case 'div':
        return captionValue(attributes) ?? attributes.get('title');
      case 'codeBlock':
        return captionValue(attributes);
      case 'table': {
        const caption = node.children.find(child => child.type === 'caption');
        return caption && this.text.slice(caption.start, caption.end);
      }
      case 'math':
        return undefined;
      case 'code':
        return node.value;
      default: {
        const { children } = node;
        return this.text.slice(children[0]?.start ?? 0, children.at(-1)?.end ?? 0);
      }
    }
  }
}

/** The label of a cell that another engine than Python's runs or draws, among the options in its comments; `text` is the block's. */
function engineLabel({ info, codeRange }: NodeOf<'codeBlock'>, text: string): LabelItem | undefined {
  if (!/^\{[A-Za-z]/.test(info)) return undefined;
  const whole = text.slice(codeRange.start, codeRange.end);
  // Options come first: a `{verbatim}` block may show other cells with theirs.
  const first = whole.search(/^(?![ \t>]*(?:%%?|#|\/\/|--)\||[ \t>]*$)/m);
  const code = first < 0 ? whole : whole.slice(0, first);
  const option = (name: string) =>
    new RegExp(`^([ \\t>]*(?:%%?|#|//|--)\\|[ \\t]*${name}:[ \\t]*["']?)([^"'\\r\\n]+)`, 'm').exec(code);
  const found = option('label');
  if (found === null) return chunkLabel(info, text);
  const [, before = '', written = ''] = found;
  const id = written.trim();
  const start = codeRange.start + found.index + before.length;
  const caption = option('(?:fig|tbl|lst)-cap')?.[2];
  return id === ''
    ? undefined
    : { id, kind: labelKind(id), range: { start, end: start + id.length }, on: 'cell', caption: caption?.trim() };
}

const CHUNK_LABEL = /^\{\w+[ \t,]+(?:label[ \t]*=[ \t]*)?["']?([\w.:-]+)["']?[ \t]*(?=[,}])/;

/** The label that stands behind the language of a cell, as knitr has it. */
function chunkLabel(info: string, text: string): LabelItem | undefined {
  const id = CHUNK_LABEL.exec(info)?.[1];
  if (id === undefined) return undefined;
  const start = text.indexOf(id, text.indexOf(info) + info.indexOf(id, 2));
  return { id, kind: labelKind(id), range: { start, end: start + id.length }, on: 'cell', caption: undefined };
}

/** What may be, or hold, a label. */
const MAY_LABEL = /#|%%?\||\/\/\||--\||^ {0,3}<div\b[^<>]*\bid *=|^ *`{3,} *\{\w+[ ,]/m;

type Bearer = NodeOf<(typeof BEARERS)[number][0]>;

/** What may have attributes, and what a label of it is on. */
const BEARERS = [
  ['heading', 'heading'],
  ['divStart', 'div'],
  ['div', 'div'],
  ['table', 'table'],
  ['codeBlock', 'code'],
  ['math', 'equation'],
  ['image', 'figure'],
  ['link', 'link'],
  ['linkReference', 'link'],
  ['span', 'span'],
  ['code', 'span'],
] as const;

/** The `fig-cap`, `tbl-cap`, … among attributes. */
function captionValue(attributes: Attributes): string | undefined {
  return attributes.values.find(value => /^(?:fig|tbl|lst)-cap$/.test(value.key))?.value;
}

function nodesByType(tree: ProseTree, kind: BlockKind): Map<ProseType, FoundNode[]> {
  const found = new Map<ProseType, FoundNode[]>();
  const visit = (node: ProseNode, around: InlineContext): void => {
    const list = found.get(node.type);
    if (list === undefined) found.set(node.type, [{ node, context: around }]);
    else list.push({ node, context: around });
    const children = childrenOf(node);
    if (children.length === 0) return;
    const context = contextOfNode(node, around);
    for (const child of children) visit(child, context);
  };
  for (const node of tree.children) visit(node, contextOfKind(kind));
  return found;
}

function shiftCell(cut: CellCut, by: number): CellCut {
  return {
    start: cut.start + by,
    fenceEnd: cut.fenceEnd + by,
    codeStart: cut.codeStart + by,
    codeEnd: cut.codeEnd + by,
    closeStart: cut.closeStart < 0 ? -1 : cut.closeStart + by,
    end: cut.end + by,
    indentation: cut.indentation,
  };
}

function shiftFence(cut: FenceCut, by: number): FenceCut {
  return {
    ...cut,
    start: cut.start + by,
    openEnd: cut.openEnd + by,
    codeStart: cut.codeStart + by,
    codeEnd: cut.codeEnd + by,
    end: cut.end + by,
  };
}
