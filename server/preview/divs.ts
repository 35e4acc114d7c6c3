/**
 * Fenced divs: callouts, theorems, tabs, figures with panels, layouts, columns. A div of the chapter and one within a list or
 * a quotation are shown alike; they differ in where their texts and their children come from (`DivSource`).
 */
import { entryOf } from '../../mlsys';
import type { Attributes } from '../chapter/model';
import { type CaptionPlace, captioned, ownPlace } from './captions';
import { element, foreign, type Html, plainText, text } from './hast';
import { layoutOf, panelNodes } from './layout';
import { lengthOf } from './lengths';
import { listTableNode } from './listTables';
import { propertiesOf } from './properties';
import { calloutOf, proofOf, theoremOf } from './roles';
import { tabsetNode } from './tabsets';
import { anchorOf, classNames } from './text';

/** What a block is to the div that it stands in. */
export interface ChildKind {
  readonly kind: 'heading' | 'paragraph' | 'list' | 'div' | 'figure' | 'other';
  /** Of a heading. */
  readonly level: number;
}

/** Something that stands in a div. */
export interface DivChild extends ChildKind {
  nodes(): Html[];
}

/** Where the content of a div comes from. */
export interface DivSource {
  readonly attributes: Attributes;
  /** Without what the page does not show. */
  readonly children: readonly DivChild[];
  /** `Figure 3: ` before the caption of what has an id. */
  label(id: string, end: string): Html[];
  /** A text among the attributes. */
  inline(markdown: string): Html[];
  /** The kind of an id that makes the div a figure, a table or the like, and where captions of that kind stand. */
  floatOf(id: string): { readonly kind: string; readonly place: CaptionPlace } | undefined;
  /** A word of the page by the name under which `language` sets it; `plain` where it is English. */
  word(name: string, plain: string): Html;
  /** An option of the chapter or its project. */
  option(name: string): unknown;
  /** How a project calls a callout of its own. */
  calloutName(callout: string): string | undefined;
}

/** The nodes of a div; what it opens has no line yet. */
export function divNodes(source: DivSource): Html[] {
  const { attributes: own, children } = source;
  const callout = calloutOf(own);
  if (callout !== undefined) return [calloutNode(source, callout)];
  const theorem = theoremOf(own);
  if (theorem !== undefined) return [theoremNode(source, theorem)];
  const proof = proofOf(own);
  if (proof !== undefined)
    return [proofNode(source, proof.name, source.word(`environment-${proof.name}-title`, proof.title))];
  if (own.classes.includes('panel-tabset')) return [tabsetNode(source)];
  const table = own.classes.includes('list-table') ? listTableNode(source) : undefined;
  if (table !== undefined) return [table];
  const float = own.id === undefined ? undefined : source.floatOf(own.id);
  if (float !== undefined) return [floatNode(source, float.kind, ownPlace(float.kind, own) ?? float.place)];
  const layout = layoutOf(own);
  if (layout !== undefined)
    return [
      element('div', { ...common(own), className: ['reckoner-layout', ...namesOf(own)] }, panelNodes(children, layout)),
    ];
  const inner = children.flatMap(child => child.nodes());
  if (inner.length === 0) return [];
  const { classes } = own;
  const tag = classes.includes('column-margin') || classes.includes('aside') ? 'aside' : 'div';
  const width = classes.includes('column') ? lengthOf(own.get('width')) : undefined;
  const style = width === undefined ? undefined : `width: ${width}`;
  // Several landmarks without names would be no help.
  const role = tag === 'aside' ? 'note' : undefined;
  return [element(tag, { ...common(own), className: namesOf(own), style, role }, inner)];
}

/** Whether a div leaves each block in it where it would stand without the div. */
export function isPlain(own: Attributes): boolean {
  const { id, classes } = own;
  const isPart = classes.some(name => /^(?:callout-|column|grid$|g-|panel-|list-table$|aside$|layout)/.test(name));
  return (
    !isPart && proofOf(own) === undefined && layoutOf(own) === undefined && (id === undefined || !/^\w+-/.test(id))
  );
}

function common(own: Attributes): { readonly id: string | undefined } {
  return { id: own.id === undefined ? undefined : anchorOf(own.id) };
}

function namesOf({ classes }: Attributes): string[] {
  const names = classNames(classes.map(name => (name === 'aside' ? 'column-margin' : name)));
  return names === '' ? [] : names.split(' ');
}

/** What stands inside the one element that a heading or a paragraph is. */
export function unwrapped(nodes: readonly Html[]): Html[] {
  const only = nodes.find(node => node.type === 'element');
  return only === undefined || only.type !== 'element' ? [...nodes] : (only.children as Html[]);
}

/** The title of a div: what an attribute says, else its first heading. */
function titled(
  source: DivSource,
  key: string,
): { readonly title: Html[] | undefined; readonly rest: readonly DivChild[] } {
  const { attributes, children } = source;
  const given = attributes.get(key);
  if (given !== undefined) return { title: source.inline(given), rest: children };
  const [first, ...rest] = children;
  return first?.kind === 'heading' ? { title: unwrapped(first.nodes()), rest } : { title: undefined, rest: children };
}

const CALLOUTS: Readonly<Record<string, string>> = {
  tip: 'Tip',
  note: 'Note',
  warning: 'Warning',
  important: 'Important',
  caution: 'Caution',
};

function calloutNode(source: DivSource, callout: string): Html {
  const { attributes: own } = source;
  const { title, rest } = titled(source, 'title');
  const inner = rest.flatMap(child => child.nodes());
  const given = source.calloutName(callout);
  const kind = given ?? callout.replace(/-/g, ' ');
  const label = own.id === undefined ? [] : source.label(own.id, title === undefined ? '' : ':');
  const plain = entryOf(CALLOUTS, callout) ?? kind.charAt(0).toUpperCase() + kind.slice(1);
  const name = given === undefined ? source.word(`callout-${callout}-title`, plain) : text(given);
  const words = title ?? (label.length === 0 ? [name] : []);
  // A title such as "Tip: …" says the kind itself.
  const isSaid = title !== undefined && plainText(title).toLowerCase().startsWith(kind.toLowerCase());
  const kindNodes =
    title === undefined || label.length > 0 || isSaid
      ? []
      : [element('span', { className: 'callout-kind' }, [text(kind)])];
  const collapse = own.get('collapse');
  const appearance = own.get('appearance') ?? source.option('callout-appearance');
  const isPlain = appearance === 'simple' || appearance === 'minimal';
  const names = ['callout', `callout-${callout.replace(/[^\w-]/g, '')}`, ...(isPlain ? ['reckoner-plain'] : [])];
  const properties = { ...common(own), className: names };
  const head = { className: 'callout-title' };
  if (collapse === undefined)
    return element('section', properties, [element('div', head, [...kindNodes, ...label, ...words]), ...inner]);
  const summary = element('summary', head, [...kindNodes, ...label, ...words]);
  return element('details', { ...properties, open: collapse === 'false' }, [summary, ...inner]);
}

/** Puts words before the text of the first paragraph; before all where none comes first. */
function opened(before: readonly Html[], children: readonly DivChild[]): Html[] {
  const [first, ...rest] = children;
  const others = rest.flatMap(child => child.nodes());
  const nodes = first?.nodes() ?? [];
  const [paragraph, ...more] = nodes;
  if (first?.kind === 'paragraph' && paragraph?.type === 'element' && paragraph.tagName === 'p') {
    const joined = { ...paragraph, children: [...before, text(' '), ...paragraph.children] } as Html;
    return [joined, ...more, ...others];
  }
  return [element('p', {}, before), ...nodes, ...others];
}

function theoremNode(source: DivSource, theorem: string): Html {
  const { attributes: own } = source;
  const { title, rest } = titled(source, 'name');
  const name = title === undefined ? [] : [text(' ('), ...title, text(')')];
  const head = element('strong', { className: 'theorem-title' }, [...source.label(own.id!, ''), ...name]);
  const classes = [...new Set(['theorem', theorem])];
  return element('div', { ...common(own), className: classes }, opened([head], rest));
}

function proofNode(source: DivSource, proof: string, word: Html): Html {
  const { attributes: own } = source;
  const { title, rest } = titled(source, 'name');
  const name = title === undefined ? [] : [text(' ('), ...title, text(')')];
  const label = own.id === undefined ? [] : source.label(own.id, '');
  const head = element('em', { className: 'proof-title' }, [
    ...(label.length > 0 ? label : [word]),
    ...name,
    text('.'),
  ]);
  return element(
    'div',
    { ...common(own), className: ['proof', ...(proof === 'proof' ? [] : [proof])] },
    opened([head], rest),
  );
}

/**
 * A figure, table, listing or the like that is a div: what it shows, and its caption: that of its attribute, its last paragraph, or
 * that of a table in it.
 */
function floatNode(source: DivSource, kind: string, place: CaptionPlace): Html {
  const { attributes: own, children } = source;
  const caption = own.get(`${kind}-cap`);
  const last = children.at(-1);
  const isLast = caption === undefined && children.length > 1 && last?.kind === 'paragraph';
  const shown = isLast ? children.slice(0, -1) : children;
  const layout = layoutOf(own);
  const inner = layout === undefined ? shown.flatMap(child => child.nodes()) : panelNodes(shown, layout);
  const said = isLast ? unwrapped(last.nodes()) : caption === undefined ? undefined : source.inline(caption);
  const words = said ?? (layout === undefined ? captionTaken(inner) : undefined) ?? [];
  const label = source.label(own.id!, words.length === 0 ? '' : ':');
  const alt = own.get('fig-alt');
  const properties = { ...propertiesOf(own), ...(alt ? { ariaLabel: alt } : {}) };
  return foreign('figure', properties, captioned(inner, [...label, ...words], place));
}

/** Takes the caption off the first table that has one but no number of its own. */
function captionTaken(nodes: Html[]): Html[] | undefined {
  for (const [at, node] of nodes.entries()) {
    const table = node.type === 'element' && node.properties.id === undefined ? node.children[0] : undefined;
    const caption = table?.type === 'element' && table.tagName === 'table' ? table.children[0] : undefined;
    if (node.type !== 'element' || table?.type !== 'element' || caption?.type !== 'element') continue;
    if (caption.tagName !== 'caption') continue;
    nodes[at] = { ...node, children: [{ ...table, children: table.children.slice(1) }, ...node.children.slice(1)] };
    return caption.children as Html[];
  }
  return undefined;
}
