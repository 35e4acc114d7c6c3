/** Shortcodes behind `{{<`. */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import type { Context } from './context';
import { rank, snippet } from './items';

/** Name, what stands behind it, what it does. */
const SHORTCODES: readonly (readonly [string, string, string])[] = [
  ['include', '${1:_file.qmd}', 'Text of another file, put in before cells run'],
  ['embed', '${1:notebook.ipynb}#${2:fig-label}', 'A cell of a notebook, with its output'],
  ['meta', '${1:title}', 'A value of the front matter'],
  ['var', '${1:name}', 'A value of _variables.yml'],
  ['env', '${1:NAME}', 'A variable of the environment in which Quarto runs'],
  ['video', '${1:https://…}', 'A video'],
  ['pagebreak', '', 'The next page'],
  ['kbd', '${1:Ctrl-S}', 'Keys to press'],
  ['placeholder', '${1:600} ${2:400}', 'A picture that stands for another one'],
  ['lipsum', '${1:1}', 'Paragraphs without meaning'],
  ['version', '', 'Version of Quarto'],
  ['contents', '${1:id}', 'Content of another place of the chapter'],
  ['brand', '${1:logo} ${2:medium}', 'A part of the brand'],
  ['fa', '${1:star}', 'An icon of the extension fontawesome'],
];

export const shortcodes: Context = {
  opensOn: '<',
  items(place) {
    const found = place.code === undefined ? /\{\{<[ \t]*([\w-]*)$/.exec(place.before) : null;
    if (found === null) return undefined;
    const behind = /^[ \t]*(?:>\}\}|\}{0,2})/.exec(place.after)![0].length;
    const range = { start: place.offset - found[0].length, end: place.offset + behind };
    return SHORTCODES.map(([name, stops, doc], order): CompletionItem => {
      const text = `{{< ${name}${stops === '' ? '' : ` ${stops}`} >}}`.replaceAll('}}', '\\}\\}');
      const made = { label: name, kind: CompletionItemKind.Snippet, detail: doc, sortText: rank(order) };
      return snippet({ ...made, filterText: `{{< ${name}` }, withStops(text, stops), range, place);
    });
  },
};

/** Braces of the shortcode itself are none of a stop. */
function withStops(text: string, stops: string): string {
  return stops === '' ? text : text.replace(/\$\{(\d+):([^\\}]*)\\?\}/g, '${$1:$2}');
}
