/** What a preview does in editors: showing places, and telling which word of the source one of the page is. */
import * as vscode from 'vscode';
import { editorOf } from '../chapters';
import type { EditorView } from './messages';

/** The line of an editor's cursor; undefined where it is out of view. */
export function cursorInView({ selection, visibleRanges }: vscode.TextEditor): number | undefined {
  const { line } = selection.active;
  return visibleRanges.some(({ start, end }) => start.line <= line && line <= end.line) ? line : undefined;
}

/** What an editor shows; undefined where it has not been laid out yet. */
export function viewOf(editor: vscode.TextEditor): EditorView | undefined {
  const line = editor.visibleRanges[0]?.start.line;
  if (line === undefined) return undefined;
  const cursor = cursorInView(editor);
  return cursor === undefined ? { line } : { line, cursor };
}

/** Shows a range in the editor that has the document, else in the first column. */
export async function showRange(uri: vscode.Uri, range: vscode.Range): Promise<void> {
  const viewColumn = editorOf(uri)?.viewColumn ?? vscode.ViewColumn.One;
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document, { viewColumn, selection: range });
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The same for a position. */
export function showPosition(uri: vscode.Uri, line: number, character: number): Promise<void> {
  return showRange(uri, new vscode.Range(line, character, line, character));
}

/** A word of the page: the lines that it comes from, and how many of it stand before it there. */
export interface PageWord {
  readonly line: number;
  readonly endLine: number;
  readonly word: string;
  readonly nth: number;
}

/**
 * Where in the source a word of the page stands. Values and marks make the two differ: where there are fewer of the word than
 * expected the last one is taken, and where there is none the first line.
 */
export async function showWord(uri: vscode.Uri, { line, endLine, word, nth }: PageWord): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const from = new vscode.Position(line, 0);
  const range = document.validateRange(new vscode.Range(from, new vscode.Position(endLine, 0)));
  const at = word === '' ? -1 : nthPlace(document.getText(range), word, nth);
  if (at < 0) return showRange(uri, new vscode.Range(from, from));
  const start = document.offsetAt(range.start) + at;
  return showRange(uri, new vscode.Range(document.positionAt(start), document.positionAt(start + word.length)));
}

function nthPlace(text: string, word: string, nth: number): number {
  let found = -1;
  for (let count = 0; count <= nth; count++) {
    const next = text.indexOf(word, found + 1);
    if (next < 0) return found;
    found = next;
  }
  return found;
}
