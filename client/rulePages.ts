/** The pages of the rules, which come along with the extension, as documents to read. */
import * as vscode from 'vscode';

const SCHEME = 'reckoner-rule';

export class RulePages implements vscode.TextDocumentContentProvider {
  readonly #folder: vscode.Uri;

  private constructor(folder: vscode.Uri) {
    this.#folder = folder;
  }

  /** Makes the pages known to the editor, for as long as the extension is active. */
  static register({ extensionUri, subscriptions }: vscode.ExtensionContext): void {
    const pages = new RulePages(vscode.Uri.joinPath(extensionUri, 'dist', 'rules'));
    subscriptions.push(vscode.workspace.registerTextDocumentContentProvider(SCHEME, pages));
  }

  /** The page of a rule as a document. */
  static uriOf(code: string): vscode.Uri {
    return vscode.Uri.from({ scheme: SCHEME, path: `/${code}.md` });
  }

  async provideTextDocumentContent({ path }: vscode.Uri): Promise<string> {
    const uri = vscode.Uri.joinPath(this.#folder, path);
    if (/^https?$/.test(uri.scheme)) return (await fetch(uri.toString(true))).text();
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  }
}
