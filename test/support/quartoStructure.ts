/**
 * What Quarto makes of Pandoc's tree of a chapter, as text that can be compared with that of a page (`pageStructure.ts`): titles
 * of callouts, theorems and tabs, captions of figures that are divs, content for other formats, cross-references.
 */
import type { PandocNode } from './pandocTree';

type Attr = readonly [id: string, classes: readonly string[], values: readonly (readonly [string, string])[]];

const CALLOUT = /^callout-/;
const THEOREM = /^(?:thm|lem|cor|prp|cnj|def|exm|exr|alg)-/;
const PROOF = /^(?:proof|remark|solution)$/;
const FLOAT = /^(?:fig|tbl|lst)-/;
const CROSSREF = /^(?:fig|tbl|lst|eq|sec|thm|lem|cor|prp|def|exm|exr|nte|tip|wrn|imp|cau)-/;

/** One text for each block. */
export function quartoStructure(blocks: readonly PandocNode[]): string[] {
  return blocks.flatMap(block);
}

const attribute = ([, , values]: Attr, key: string): string | undefined => values.find(([name]) => name === key)?.[1];
const idOf = ([id]: Attr): string => (id === '' ? '' : `#${id}`);
const joined = (parts: readonly string[]): string => parts.filter(part => part !== '').join(' ');
const words = (parts: readonly string[]): string =>
  parts
    .join('')
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/ ?⏎ ?/g, '⏎')
    // Quarto takes the label behind a formula.
    .replace(/(math<[^>]*>) \{#eq-[\w-]+\}/g, '$1')
    .trim();

/** The Markdown of an attribute, of which the fixtures use emphasis alone. */
const attributeText = (written: string): string => written.replace(/\*([^*]+)\*/g, 'em($1)');

function block({ t, c }: PandocNode): string[] {
  switch (t) {
    case 'Para':
      return inlines(c) === '' ? [] : [`p(${inlines(c)})`];
    case 'Plain':
      return [inlines(c)].filter(text => text !== '');
    case 'Header':
      return [`h${c[0]}${idOf(c[1])}(${inlines(c[2])})`];
    case 'CodeBlock':
      return listing(c[0], c[1]);
    case 'RawBlock':
      return [];
    case 'BlockQuote':
      return [`quote(${joined(c.flatMap(block))})`];
    case 'BulletList':
      return [`ul(${joined(c.map(item))})`];
    case 'OrderedList': {
      const type: Readonly<Record<string, string>> = {
        LowerAlpha: 'a',
        UpperAlpha: 'A',
        LowerRoman: 'i',
        UpperRoman: 'I',
      };
      const [start, style] = c[0];
      return [`ol${type[style.t] ?? ''}${start === 1 ? '' : start}(${joined(c[1].map(item))})`];
    }
    case 'DefinitionList':
      return c.map(
        ([term, definitions]: [PandocNode[], PandocNode[][]]) =>
          `dl(dt(${inlines(term)}) ${joined(definitions.map(one => `dd(${joined(one.flatMap(block))})`))})`,
      );
    case 'LineBlock':
      return [`p(${c.map((line: PandocNode[]) => inlines(line)).join('⏎')})`];
    case 'HorizontalRule':
      return ['hr'];
    case 'Figure': {
      const [attr, [, caption], shown] = c;
      return [
        `figure${idOf(attr)}(${joined([...shown.flatMap(block), `caption(${joined(caption.flatMap(block))})`])})`,
      ];
    }
    case 'Table':
      return [table(c)];
    case 'Div':
      return div(c[0], c[1]);
    default:
      return [`?${t}`];
  }
}

const item = (blocks: readonly PandocNode[]): string => `li(${joined(blocks.flatMap(block))})`;

function listing(attr: Attr, code: string): string[] {
  const file = attribute(attr, 'filename');
  const caption = attribute(attr, 'lst-cap');
  const shown = joined([
    file === undefined ? '' : `file(${file})`,
    // The numbers of annotations stand without their marks.
    `code<${code.replace(/\s*#\s*<(\d+)>/g, ' $1')}>`,
  ]);
  if (caption === undefined) return [shown];
  return [`figure${idOf(attr)}(${shown} caption(${attributeText(caption)}))`];
}

function table([, [, caption], , [, head], bodies]: PandocNode['c']): string {
  const text = joined(caption.flatMap(block));
  // Quarto takes the attributes behind a caption.
  const label = /\s*\{#([\w-]+)\}$/.exec(text);
  const shown = label ? text.slice(0, label.index) : text;
  const row = ([, cells]: [Attr, [Attr, unknown, number, number, PandocNode[]][]]): string =>
    `row(${cells.map(([, , , , inner]) => joined(inner.flatMap(block))).join(' | ')})`;
  const rows = [...head, ...bodies.flatMap(([, , , own]: [Attr, number, unknown, unknown[]]) => own)];
  return `table${label ? `#${label[1]}` : ''}(${joined([shown === '' ? '' : `caption(${shown})`, ...rows.map(row)])})`;
}

/** Whether a page in HTML has it. */
function isShown(attr: Attr): boolean {
  const applies =
    (attribute(attr, 'when-format') ?? 'html') === 'html' && (attribute(attr, 'unless-format') ?? 'other') !== 'html';
  if (attr[1].includes('content-visible')) return applies;
  return !attr[1].includes('content-hidden') || !applies;
}

function div(attr: Attr, children: readonly PandocNode[]): string[] {
  if (!isShown(attr)) return [];
  const [id, classes] = attr;
  const callout = classes.find(name => CALLOUT.test(name));
  if (callout !== undefined) return [titled(callout, attr, children, 'title')];
  if (THEOREM.test(id)) return [titled('theorem', attr, children, 'name')];
  if (classes.some(name => PROOF.test(name))) return [titled('proof', attr, children, 'name')];
  if (classes.includes('panel-tabset')) return [tabs(children)];
  if (FLOAT.test(id)) {
    const given = attribute(attr, `${id.slice(0, 3)}-cap`);
    const last = given === undefined ? children.at(-1) : undefined;
    const shown = last === undefined ? children : children.slice(0, -1);
    const caption = last === undefined ? attributeText(given!) : inlines(last.c);
    return [`figure#${id}(${joined([...shown.flatMap(block), `caption(${caption})`])})`];
  }
  return [`div${idOf(attr)}(${joined(children.flatMap(block))})`];
}

/** A title is what an attribute says, else the first heading. */
function titled(name: string, attr: Attr, children: readonly PandocNode[], key: string): string {
  const given = attribute(attr, key);
  const [first, ...rest] = children;
  const hasHeading = given === undefined && first?.t === 'Header';
  const title = given === undefined ? (hasHeading ? inlines(first.c[2]) : '') : attributeText(given);
  const shown = (hasHeading ? rest : children).flatMap(block);
  return `${name}${idOf(attr)}(${joined([title === '' ? '' : `title(${title})`, ...shown])})`;
}

function tabs(children: readonly PandocNode[]): string {
  const level = children.find(({ t }) => t === 'Header')?.c[0];
  const shown = children.flatMap(child =>
    child.t === 'Header' && child.c[0] === level ? [`tab(${inlines(child.c[2])})`] : block(child),
  );
  return `tabs(${joined(shown)})`;
}

function inlines(nodes: readonly PandocNode[]): string {
  return words(nodes.map(inline));
}

const MARKS: Readonly<Record<string, string>> = {
  Emph: 'em',
  Strong: 'strong',
  Strikeout: 'del',
  Superscript: 'sup',
  Subscript: 'sub',
  Underline: 'u',
  SmallCaps: 'smallcaps',
};

function inline({ t, c }: PandocNode): string {
  switch (t) {
    case 'Str':
      return c;
    case 'Space':
    case 'SoftBreak':
      return ' ';
    case 'LineBreak':
      return '⏎';
    case 'Code':
      return `code<${c[1]}>`;
    case 'Math':
      return `math<${c[1].trim()}>`;
    case 'RawInline':
      return c[0] === 'html' ? tag(c[1]) : formula(c[1]);
    case 'Quoted':
      return c[0].t === 'SingleQuote' ? `‘${inlines(c[1])}’` : `“${inlines(c[1])}”`;
    case 'Link': {
      const [url] = c[2] as [string];
      return url.startsWith('#') ? `ref<${url.slice(1)}>` : `a<${url}>(${inlines(c[1])})`;
    }
    case 'Image':
      return `img<${c[2][0]}>`;
    case 'Span': {
      const [, classes] = c[0] as Attr;
      const name = ['underline', 'mark', 'kbd', 'smallcaps', 'aside'].find(one => classes.includes(one));
      return `${name === 'underline' ? 'u' : (name ?? 'span')}(${inlines(c[1])})`;
    }
    case 'Note':
      return `note(${joined(c.flatMap(block))})`;
    case 'Cite':
      return cite(c[0]);
    default:
      return MARKS[t] === undefined ? `?${t}` : `${MARKS[t]}(${inlines(c)})`;
  }
}

/** A tag within text is an element on the page. */
function tag(written: string): string {
  const [, slash, name] = /^<(\/?)([a-z]+)\b/.exec(written) ?? [];
  if (name === undefined) return '';
  if (name === 'br') return '⏎';
  return slash === '/' ? ')' : `${name}(`;
}

/** HTML has of TeX the environments of mathematics, without the numbers of their lines. */
function formula(tex: string): string {
  const isFormula = /^\\begin\{(?:align|equation|gather)\*?\}/.test(tex);
  return isFormula ? `math<${tex.replace(/\{(align|equation|gather)\}/g, '{$1*}')}>` : '';
}

interface PandocCitation {
  readonly citationId: string;
  readonly citationPrefix: readonly PandocNode[];
}

/** A label of an equation stands behind it as a citation does not; keys of cross-references are links, others citations. */
function cite(citations: readonly PandocCitation[]): string {
  const keys = citations.map(({ citationId }) => citationId);
  if (!keys.some(key => CROSSREF.test(key))) return `cite<${keys.join(' ')}>`;
  return words(citations.map(({ citationId, citationPrefix }) => `${inlines(citationPrefix)} ref<${citationId}>`));
}
