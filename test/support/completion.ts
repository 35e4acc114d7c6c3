/** Asks for completion at the cursor `¦` of a chapter, and tells the lists as text. */
import { type CompletionItem, type CompletionList, InsertTextFormat, type TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FeatureContext } from '../../server/features';
import { ask, CURSOR } from './requests';

/** What is asked besides: `typed` is the character that opened the list; without it a letter did, or the author asked. */
export interface Asked {
  readonly typed?: string;
  readonly context?: Partial<FeatureContext>;
}

/** The rows in the order in which an editor shows them. */
export async function completions(marked: string, { typed, context }: Asked = {}): Promise<readonly CompletionItem[]> {
  const trigger = typed === undefined ? { triggerKind: 1 } : { triggerKind: 2, triggerCharacter: typed };
  const params = { context: trigger };
  const list = await ask<Promise<CompletionList | null>>('textDocument/completion', marked, params, undefined, context);
  const items = list?.items ?? [];
  return [...items].sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
}

export async function labels(marked: string, asked?: Asked): Promise<string[]> {
  return (await completions(marked, asked)).map(({ label }) => label);
}

/** A row as it shows: `label = value | words at the right edge`. */
export function rowText({ label, detail, labelDetails }: CompletionItem): string {
  const value = labelDetails?.detail ?? (detail === undefined ? '' : ` (${detail})`);
  return `${label}${value}${labelDetails?.description === undefined ? '' : ` | ${labelDetails.description}`}`;
}

export async function rows(marked: string, asked?: Asked): Promise<string[]> {
  return (await completions(marked, asked)).map(rowText);
}

/** The chapter after the row with that label was taken; stops of snippets stay as they are. */
export async function taking(marked: string, label: string, asked?: Asked): Promise<string> {
  const all = await completions(marked, asked);
  const item = all.find(one => one.label === label);
  if (item === undefined)
    throw new Error(`No row is called "${label}"; there are: ${all.map(one => one.label).join(', ')}`);
  const at = marked.indexOf(CURSOR);
  const document = TextDocument.create('file:///book/chapter.qmd', 'quarto', 1, marked.replace(CURSOR, ''));
  const word = /[\w]*$/.exec(marked.slice(0, at))![0];
  const range = { start: document.positionAt(at - word.length), end: document.positionAt(at) };
  const own = (item.textEdit as TextEdit | undefined) ?? { range, newText: item.insertText ?? label };
  return TextDocument.applyEdits(document, [own, ...(item.additionalTextEdits ?? [])]);
}

export function isSnippet(item: CompletionItem): boolean {
  return item.insertTextFormat === InsertTextFormat.Snippet;
}
