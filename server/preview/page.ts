/** Whole pages around a chapter's blocks: for the live preview in a browser, and to stand alone. */
import type { RenderedChapter } from './chapter';
import { escapeHtml } from './text';

/** An entry of the table of contents beside a chapter. */
export interface PageLink {
  readonly href: string;
  readonly title: string;
  readonly number: string | undefined;
  /** The part that it belongs to; a heading stands where another one begins. */
  readonly part: string | undefined;
  /** True for the page itself. */
  readonly isCurrent: boolean;
}

export interface PageContents {
  /** Title of the book or project. */
  readonly title: string;
  readonly links: readonly PageLink[];
}

export interface LivePageOptions {
  /** Addresses of style sheet and script, and of the server's answers for this chapter. */
  readonly style: string;
  readonly script: string;
  readonly live: string;
  readonly nonce: string;
  readonly contents?: PageContents | undefined;
}

/** The page of the live preview: empty, filled by its script. */
export function livePage(title: string, { style, script, live, nonce, contents }: LivePageOptions): string {
  const policy = policyOf([
    `script-src 'nonce-${nonce}'`,
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
  ]);
  return `${headOf(title, policy)}
<link rel="stylesheet" href="${escapeHtml(style)}">
</head>
<body class="reckoner-page" data-live="${escapeHtml(live)}">
${navigation(contents)}<aside class="reckoner-tools" aria-label="Reading">
<button type="button" id="reckoner-numbers" aria-pressed="true">Mark numbers</button>
</aside>
<main id="reckoner-chapter" aria-label="Chapter"><p class="reckoner-waiting">Evaluating the chapter…</p></main>
<script nonce="${nonce}" src="${escapeHtml(script)}"></script>
</body>
</html>
`;
}

export interface AlonePageOptions {
  /** The text of style sheet and script, and what the policy calls them: `'sha256-…'`. */
  readonly style: string;
  readonly styleHash: string;
  readonly script: string;
  readonly scriptHash: string;
  /** The text of the script that draws diagrams, where the page has some. */
  readonly diagrams?: { readonly script: string; readonly hash: string } | undefined;
  readonly contents?: PageContents | undefined;
}

/** A page that needs nothing but itself. */
export function alonePage({ title, language, blocks }: RenderedChapter, options: AlonePageOptions): string {
  const { style, styleHash, script, scriptHash, diagrams, contents } = options;
  const policy = policyOf([
    `script-src ${scriptHash}${diagrams === undefined ? '' : ` ${diagrams.hash}`}`,
    `style-src ${styleHash}`,
    "style-src-attr 'unsafe-inline'",
    'font-src data:',
    'img-src data:',
  ]);
  const body = blocks.map(({ html }) => `<div class="reckoner-block">${html}</div>`).join('\n');
  return `${headOf(title, policy, language)}
<style>${style}</style>
</head>
<body class="reckoner-page" data-alone>
${navigation(contents)}<main id="reckoner-chapter" aria-label="Chapter">
${body}
</main>
${turning(contents)}${diagrams === undefined ? '' : `<script>${diagrams.script}</script>\n`}<script>${script}</script>
</body>
</html>
`;
}

/** The contents of a book without a page of its own to begin with. */
export function contentsPage(
  contents: PageContents,
  { style, styleHash }: Pick<AlonePageOptions, 'style' | 'styleHash'>,
): string {
  const policy = policyOf([`style-src ${styleHash}`, 'font-src data:']);
  return `${headOf(contents.title, policy)}
<style>${style}</style>
</head>
<body class="reckoner-page" data-alone>
<main id="reckoner-chapter"><h1>${escapeHtml(contents.title)}</h1>
<nav class="reckoner-book-page" aria-label="Contents">${listOf(contents)}</nav></main>
</body>
</html>
`;
}

function policyOf(own: readonly string[]): string {
  return ["default-src 'none'", ...own, "form-action 'none'", "base-uri 'none'"].join('; ');
}

function headOf(title: string, policy: string, language = 'en'): string {
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>`;
}

function navigation(contents: PageContents | undefined): string {
  if (contents === undefined) return '';
  return `<nav class="reckoner-book" aria-label="Contents"><details><summary>${escapeHtml(contents.title)}</summary>
${listOf(contents)}</details></nav>
`;
}

function listOf({ links }: PageContents): string {
  const items: string[] = [];
  let part: string | undefined;
  for (const link of links) {
    if (link.part !== undefined && link.part !== part)
      items.push(`<li class="reckoner-part">${escapeHtml(link.part)}</li>`);
    part = link.part;
    items.push(`<li>${linkOf(link)}</li>`);
  }
  return `<ol>${items.join('\n')}</ol>`;
}

function linkOf({ href, title, number, isCurrent }: PageLink): string {
  const shown = number === undefined ? '' : `<span class="reckoner-number">${escapeHtml(number)}</span>`;
  return `<a href="${escapeHtml(href)}"${isCurrent ? ' aria-current="page"' : ''}>${shown}${escapeHtml(title)}</a>`;
}

/** The way to the chapters before and behind. */
function turning(contents: PageContents | undefined): string {
  if (contents === undefined) return '';
  const { links } = contents;
  const at = links.findIndex(({ isCurrent }) => isCurrent);
  if (at < 0) return '';
  const [before, behind] = [links[at - 1], links[at + 1]];
  const shown = [
    before === undefined ? '' : `<span class="reckoner-before">← ${linkOf(before)}</span>`,
    behind === undefined ? '' : `<span class="reckoner-behind">${linkOf(behind)} →</span>`,
  ];
  return `<nav class="reckoner-turning" aria-label="Chapters before and behind">${shown.join('')}</nav>
`;
}
