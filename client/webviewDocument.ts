/** Documents of webviews: nothing may load or run in one but its own script and style sheet, and what a policy adds. */
import * as vscode from 'vscode';

/** Folder of everything that webviews load. */
export function distFolder(context: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(context.extensionUri, 'dist');
}

export interface WebviewPage {
  /** Of its script and its style sheet in `dist`. */
  readonly name: string;
  readonly title: string;
  /** Directives of its content security policy beyond those of all. */
  readonly policy?: readonly string[];
  /** The body's start tag, and all that stands in it but the script. */
  readonly body: string;
}

/** The HTML of a webview. */
export function webviewDocument(
  context: vscode.ExtensionContext,
  webview: vscode.Webview,
  { name, title, policy = [], body }: WebviewPage,
): string {
  const dist = distFolder(context);
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const source = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString();
  const directives = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    ...policy,
    "form-action 'none'",
    "base-uri 'none'",
  ];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${directives.join('; ')}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${source(`${name}.css`)}">
<title>${title}</title>
</head>
${body}
<script nonce="${nonce}" src="${source(`${name}.js`)}"></script>
</body>
</html>`;
}
