/** Asks features about a chapter with a cursor mark `¦`, and tells answers as text. */
import type { Range, TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { runRules } from '../../server/diagnostics';
import { type FeatureContext, features } from '../../server/features';
import { numberingOf } from '../../server/preview/numbering';
import { DEFAULT_SETTINGS, type Settings } from '../../server/protocol';
import { analyze } from './analysis';

const handlers = new Map(await Promise.all(features.map(async one => [one.method, await one.load()] as const)));

export const CURSOR = '¦';
const URI = 'file:///book/chapter.qmd';

/** The answer of the feature with that method; `params` are merged with the document and the cursor's position. */
export function ask<Result>(
  method: string,
  marked: string,
  params: object = {},
  settings?: Partial<Settings>,
  more?: Partial<FeatureContext>,
): Result {
  const at = marked.indexOf(CURSOR);
  const text = marked.replace(CURSOR, '');
  const analysis = analyze(text);
  const feature = handlers.get(method);
  if (feature === undefined) throw new Error(`No feature answers ${method}`);
  const context: FeatureContext = {
    uri: URI,
    settings: { ...DEFAULT_SETTINGS, ...settings },
    findings: runRules(analysis),
    numberOf: id => {
      const target = numberingOf(analysis.chapter).targets.get(id);
      return target && `${target.name} ${target.number}`.trim();
    },
    ...more,
  };
  const position = at < 0 ? undefined : analysis.chapter.lines.positionAt(at);
  return feature.handle(analysis, { textDocument: { uri: URI }, position, ...params }, context) as Result;
}

/** The text of a range, with its line: `3: days_str`. */
export function textAt(marked: string, range: Range): string {
  const lines = marked.replace(CURSOR, '').split('\n');
  const { start, end } = range;
  const text =
    start.line === end.line
      ? lines[start.line]!.slice(start.character, end.character)
      : lines[start.line]!.slice(start.character);
  return `${start.line + 1}: ${text}`;
}

/** The text after edits. */
export function edited(marked: string, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create(URI, 'quarto', 1, marked.replace(CURSOR, '')), [...edits]);
}
