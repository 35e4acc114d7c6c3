/** What the preview page and its host say to each other. Shared by the webview panel and the browser preview. */
import type { PreviewUpdate } from '../../server/protocol';

/** A sentence, and the titles of what can be done. */
export interface PageNotice {
  readonly text: string;
  readonly actions: readonly string[];
  readonly isWarning: boolean;
}

/** To the page. */
export type HostMessage =
  | { readonly type: 'update'; readonly update: PreviewUpdate }
  /** The editor shows this line (from 0) at its top. */
  | { readonly type: 'scroll'; readonly line: number }
  /** What the reader must know before trusting the values; without one all is well. */
  | { readonly type: 'notice'; readonly notice: PageNotice | undefined }
  /** The chapter is gone, or the server is. */
  | { readonly type: 'unavailable'; readonly reason: string };

/** From the page. */
export type PageMessage =
  | { readonly type: 'ready' }
  /** The page shows this line at its top. */
  | { readonly type: 'scrolled'; readonly line: number }
  /** A computed number was activated; the position of its reference. */
  | { readonly type: 'definition'; readonly line: number; readonly character: number }
  /** A block was double-clicked. */
  | { readonly type: 'reveal'; readonly line: number }
  | { readonly type: 'open'; readonly href: string }
  /** One of the notice's actions was chosen, by its title. */
  | { readonly type: 'act'; readonly title: string };

/** What the page keeps over a reload. */
export interface PageState {
  readonly uri: string;
  readonly line: number;
}
