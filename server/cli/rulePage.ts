/** The page of a rule, Markdown, as text for a terminal. A chunk of its own: nothing but this command reads Markdown whole. */
import type { ListItem, PhrasingContent, RootContent } from 'mdast';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

/** How parts of the text are set off; each gives its text unchanged where the terminal has no colours. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  cyan(text: string): string;
}

/** Lines of at most `width` columns. */
export function terminalText(markdown: string, paint: Paint, width: number): string {
  const { children } = unified().use(remarkParse).parse(markdown);
  return `${children.map(node => blockText(node, paint, width)).join('\n\n')}\n`;
}

function blockText(node: RootContent, paint: Paint, width: number): string {
  switch (node.type) {
    case 'heading':
      return paint.bold(inlineText(node.children, paint));
    case 'paragraph':
      return wrapped(inlineText(node.children, paint), width);
    case 'code':
      return node.value
        .split('\n')
        .map(line => paint.dim(`    ${line}`).trimEnd())
        .join('\n');
    case 'list':
      return node.children.map(item => itemText(item, paint, width)).join('\n');
    case 'blockquote':
      return node.children.map(child => indented(blockText(child, paint, width - 2), '  ')).join('\n\n');
    default:
      return 'children' in node ? wrapped(inlineText(node.children as PhrasingContent[], paint), width) : '';
  }
}

function itemText({ children }: ListItem, paint: Paint, width: number): string {
  const text = children.map(child => blockText(child, paint, width - 2)).join('\n');
  return `- ${indented(text, '  ').slice(2)}`;
}

function indented(text: string, blanks: string): string {
  return text.replaceAll(/^/gm, blanks);
}

function inlineText(nodes: readonly PhrasingContent[], paint: Paint): string {
  return nodes.map(node => phraseText(node, paint)).join('');
}

function phraseText(node: PhrasingContent, paint: Paint): string {
  switch (node.type) {
    case 'text':
      return node.value.replaceAll('\n', ' ');
    case 'inlineCode':
      return paint.cyan(node.value);
    case 'strong':
      return paint.bold(inlineText(node.children, paint));
    case 'break':
      return ' ';
    default:
      return 'children' in node ? inlineText(node.children, paint) : '';
  }
}

/** They take no room in a line. */
const COLOURS = /\u001b\[\d+m/g;

function wrapped(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/)) {
    if (line !== '' && line.replaceAll(COLOURS, '').length + 1 + word.replaceAll(COLOURS, '').length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}
