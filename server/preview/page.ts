/** Whole pages around a chapter's blocks: for the live preview in a browser, and to stand alone. */
import type { RenderedChapter } from './chapter';
import { escapeHtml } from './text';

export interface PageOptions {
  /** Addresses of style sheet and script. */
  readonly style: string;
  readonly script: string;
  readonly nonce: string;
}

/** The page of the live preview: empty, filled by its script. */
export function documentOf(title: string, options: PageOptions): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${options.nonce}'`,
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escapeHtml(options.style)}">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
</head>
<body class="reckoner-page" data-live>
<main id="reckoner-chapter" aria-label="Chapter"><p class="reckoner-waiting">Evaluating the chapter…</p></main>
<script nonce="${options.nonce}" src="${escapeHtml(options.script)}"></script>
</body>
</html>`;
}

/** The blocks alone, in order. */
export function bodyOf({ blocks }: RenderedChapter): string {
  return blocks.map(block => block.html).join('\n');
}
