/** The document of the preview panel. */
import * as vscode from 'vscode';
import { webviewDocument } from '../webviewDocument';

/** The HTML of the preview of a chapter. */
export function documentOf(context: vscode.ExtensionContext, webview: vscode.Webview, uri: vscode.Uri): string {
  const folder = webview.asWebviewUri(vscode.Uri.joinPath(uri, '..')).toString();
  return webviewDocument(context, webview, {
    name: 'preview',
    title: 'Preview',
    policy: [
      // Formulas place their parts with style attributes; the chapter's own are removed before they get here.
      "style-src-attr 'unsafe-inline'",
      `font-src ${webview.cspSource}`,
      `img-src ${webview.cspSource} data:`,
    ],
    body: `<body class="reckoner-page" data-uri="${escapeAttribute(uri.toString())}" data-folder="${escapeAttribute(folder)}">
<main id="reckoner-chapter" aria-label="Chapter"><p class="reckoner-waiting">Evaluating the chapter…</p></main>`,
  });
}

function escapeAttribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}
