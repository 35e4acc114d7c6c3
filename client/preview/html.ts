/** The document of the preview panel: nothing may load or run in it but its own script, style sheet and fonts. */
import * as vscode from 'vscode';

/** Folder of everything that the panel loads. */
export function distFolder(context: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(context.extensionUri, 'dist');
}

export function documentOf(context: vscode.ExtensionContext, webview: vscode.Webview, uri: vscode.Uri): string {
  const dist = distFolder(context);
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const source = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
  const folder = webview.asWebviewUri(vscode.Uri.joinPath(uri, '..')).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    // Formulas place their parts with style attributes; the chapter's own are removed before they get here.
    "style-src-attr 'unsafe-inline'",
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${source('preview.css')}">
<title>Preview</title>
</head>
<body class="reckoner-page" data-uri="${escapeAttribute(uri.toString())}" data-folder="${escapeAttribute(folder)}">
<main id="reckoner-chapter" aria-label="Chapter"><p class="reckoner-waiting">Evaluating the chapter…</p></main>
<script nonce="${nonce}" src="${source('preview.js')}"></script>
</body>
</html>`;
}

function escapeAttribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}
