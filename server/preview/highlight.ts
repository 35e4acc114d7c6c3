/** Colours code by highlight.js; a chunk of its own, loaded with the first listing that needs it. */
import type { RootContent } from 'hast';
import { lowlight } from './grammars.mjs';
import { grammarOf } from './languages';
import { escapeHtml } from './text';

/** Scopes of highlight.js, by their first word, and the class that the page's styles know. */
const CLASSES: ReadonlyMap<string, string> = new Map([
  ['keyword', 'tok-keyword'],
  ['literal', 'tok-number'],
  ['number', 'tok-number'],
  ['string', 'tok-string'],
  ['regexp', 'tok-string'],
  ['char', 'tok-string'],
  ['symbol', 'tok-number'],
  ['comment', 'tok-comment'],
  ['doctag', 'tok-comment'],
  ['quote', 'tok-comment'],
  ['meta', 'tok-meta'],
  ['title', 'tok-function'],
  ['section', 'tok-function'],
  ['type', 'tok-type'],
  ['built_in', 'tok-type'],
  ['class', 'tok-type'],
  ['name', 'tok-keyword'],
  ['tag', 'tok-keyword'],
  ['selector', 'tok-keyword'],
  ['attr', 'tok-attribute'],
  ['attribute', 'tok-attribute'],
  ['property', 'tok-attribute'],
  ['variable', 'tok-variable'],
  ['template', 'tok-variable'],
  ['addition', 'tok-added'],
  ['deletion', 'tok-removed'],
]);

function classOf(names: unknown): string | undefined {
  const [first] = Array.isArray(names) ? names : [];
  return typeof first === 'string' ? CLASSES.get(first.replace(/^hljs-/, '').split('-', 1)[0]!) : undefined;
}

/** Code as HTML: flat spans, none of which goes over the end of a line. Unknown languages stay without colours. */
export function highlight(language: string, source: string): string {
  const grammar = grammarOf(language);
  if (grammar === undefined || !lowlight.registered(grammar)) return escapeHtml(source);
  let html = '';
  const write = (nodes: readonly RootContent[], around: string | undefined): void => {
    for (const node of nodes) {
      if (node.type === 'element') write(node.children, classOf(node.properties.className) ?? around);
      else if (node.type === 'text') html += spans(node.value, around);
    }
  };
  write(lowlight.highlight(grammar, source).children, undefined);
  return html;
}

function spans(value: string, name: string | undefined): string {
  if (name === undefined) return escapeHtml(value);
  return value
    .split('\n')
    .map(line => (line === '' ? '' : `<span class="${name}">${escapeHtml(line)}</span>`))
    .join('\n');
}
