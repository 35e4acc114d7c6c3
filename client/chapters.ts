/** Which documents are chapters: Quarto or Markdown with Python cells or references to them. */
import * as vscode from 'vscode';
import { LANGUAGES } from './ids';

const CELL = /^[ \t>]*(?:`{3,}|~{3,})\s*\{python\b|`\{python\}/m;

/** The last part of the path of a file. */
export function fileName({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** True for a document in a language in which chapters are written. */
export function isChapterLanguage(document: vscode.TextDocument): boolean {
  return (LANGUAGES as readonly string[]).includes(document.languageId);
}

/** True for a document that the server has something to say about. */
export function isChapter(document: vscode.TextDocument): boolean {
  return isChapterLanguage(document) && CELL.test(document.getText());
}

/** The chapter in the active editor, or undefined. */
export function activeChapter(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document !== undefined && isChapterLanguage(document) ? document : undefined;
}

/** While a preview has the focus: the chapter in the editor beside it. */
export function previewedChapter(): vscode.TextDocument | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  if (activeTextEditor !== undefined) return undefined;
  return visibleTextEditors.find(({ document }) => isChapterLanguage(document))?.document;
}

/** An open editor of a document, the active one first. */
export function editorOf(uri: vscode.Uri): vscode.TextEditor | undefined {
  const wanted = uri.toString();
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  if (activeTextEditor?.document.uri.toString() === wanted) return activeTextEditor;
  return visibleTextEditors.find(editor => editor.document.uri.toString() === wanted);
}
