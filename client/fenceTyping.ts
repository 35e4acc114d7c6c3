/**
 * Closes fences, divs and front matter as they are typed. The server says what to put; the editor's own formatting while typing would
 * need a setting, and would leave the cursor behind what is put at it.
 */
import * as vscode from 'vscode';
import type { Server } from './server';

const FENCE = /^(?:[ \t]*(?:`{3}|~{3}|:{3})|---)/;

export class FenceTyping implements vscode.Disposable {
  readonly #server: Server;
  readonly #subscription: vscode.Disposable;

  constructor(server: Server) {
    this.#server = server;
    this.#subscription = server.onChangeTold(event => {
      this.#follow(event).catch(server.report);
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #follow({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const [change, more] = contentChanges;
    if (reason !== undefined || change === undefined || more !== undefined || editor?.document !== document) return;
    const position = behindKey(change);
    if (position === undefined) return;
    if (!FENCE.test(document.lineAt(change.range.start.line).text)) return;
    if (vscode.workspace.getConfiguration('editor', document).get('autoClosingQuotes') === 'never') return;
    const { version } = document;
    const edits = await this.#server.requestTextEdits('textDocument/onTypeFormatting', {
      textDocument: { uri: this.#server.uriOf(document.uri) },
      position: { line: position.line, character: position.character },
      ch: change.text.includes('\n') ? '\n' : change.text[0],
      options: { tabSize: editor.options.tabSize, insertSpaces: editor.options.insertSpaces },
    });
    // Edits are of the text as it was.
    if (edits === undefined || document.version !== version) return;
    for (const edit of edits) await put(edit, editor);
  }
}

/** Makes an edit behind the cursor, which stays where it is. */
async function put({ range, newText }: vscode.TextEdit, editor: vscode.TextEditor): Promise<void> {
  const options = { undoStopBefore: false, undoStopAfter: false };
  const { active } = editor.selection;
  if (!range.isEmpty || !range.start.isEqual(active)) {
    await editor.edit(edit => edit.replace(range, newText), options);
    return;
  }
  // What an edit puts at the cursor moves it along; the lines of a snippet have the indentation of that of the cursor.
  const indentation = /^[ \t]*/.exec(editor.document.lineAt(active.line).text)![0];
  const text = newText.replaceAll(`\n${indentation}`, '\n');
  await editor.insertSnippet(new vscode.SnippetString().appendTabstop(0).appendText(text), undefined, options);
}

/** Where the cursor stands after Enter, a backtick or a hyphen; undefined for any other change. */
function behindKey({ range, rangeLength, text }: vscode.TextDocumentContentChangeEvent): vscode.Position | undefined {
  const { start } = range;
  // The editor may put a backtick in pairs, and has the next one replace the second of them.
  if (/^`+$/.test(text) && rangeLength <= text.length) return start.translate(0, text.length);
  if (!range.isEmpty) return undefined;
  if (text === '-') return start.translate(0, 1);
  const indentation = /^\r?\n([ \t]*)$/.exec(text)?.[1];
  return indentation === undefined ? undefined : new vscode.Position(start.line + 1, indentation.length);
}
