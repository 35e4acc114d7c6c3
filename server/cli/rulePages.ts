/** The pages of the rules: what `reckoner rules` and reports tell of them. */
import { join } from 'node:path';
import { filesIn } from '../files/node';

/** The page of a rule, Markdown. Pages lie beside the program; where it runs from its sources, among the documents. */
export function pageOf(code: string): string {
  const beside = filesIn(join(__dirname, 'rules'));
  const name = `${code}.md`;
  const pages = beside.exists(join(beside.root, name)) ? beside : filesIn(join(__dirname, '../../docs/rules'));
  return pages.readText(join(pages.root, name));
}

/** What a rule reports, in one sentence: the first one behind the line on severity. */
export function summaryOf(page: string): string {
  const text = descriptionOf(page);
  return /^.*?[.:](?=\s|$)/s.exec(text)?.[0].replace(/:$/, '.') ?? text;
}

/** The paragraph that describes a rule. */
export function descriptionOf(page: string): string {
  const [, , text = ''] = page.split(/\n{2,}/);
  return plain(text.replaceAll(/\s+/g, ' ').trim());
}

/** Text without links and emphasis, whose marks viewers of findings would show, or take for links of their own. */
function plain(text: string): string {
  return text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/(?<![\w`])_([^_`]+)_(?!\w)/g, '$1');
}

/** True for a rule whose page tells of a quick fix. */
export function hasFix(page: string): boolean {
  return /^Default severity: .*Quick fix(?:es)?:/m.test(page);
}
