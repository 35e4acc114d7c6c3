/** What the preview page and its host say to each other. Shared by the webview panel and the browser preview. */
import type { CardPlace, PreviewUpdate, ValueCard } from '../../server/protocol';

/** A sentence, and the titles of what can be done. */
export interface PageNotice {
  readonly text: string;
  readonly actions: readonly string[];
  readonly isWarning: boolean;
}

/** How the reader wants the page. */
export interface PageSettings {
  /** Mark computed numbers, and let them be pointed at and reached by keys. */
  readonly numbers: boolean;
  /** Stay with this chapter, whichever the editor shows; kept over a reload. */
  readonly locked: boolean;
}

/** To the page. */
export type HostMessage =
  | { readonly type: 'update'; readonly update: PreviewUpdate }
  /** Another chapter is shown from now on; its update follows. `goal` is where the reader wants to be in it. */
  | { readonly type: 'chapter'; readonly uri: string; readonly folder: string; readonly goal: Goal | undefined }
  /** The editor shows this of the chapter. */
  | ({ readonly type: 'scroll' } & EditorView)
  /** The cursor stands in this line; undefined where the chapter has no cursor. The page follows it out of its view where that is said. */
  | { readonly type: 'cursor'; readonly line: number | undefined; readonly isFollowed: boolean }
  | { readonly type: 'settings'; readonly settings: PageSettings }
  /** The answer to `card`, with its number; undefined where nothing is known of the number. */
  | { readonly type: 'card'; readonly id: number; readonly card: ValueCard | undefined }
  /** The reader wants to be where a link was followed, or where the way back began. */
  | { readonly type: 'travel'; readonly way: 'back' | 'forward' }
  /** What numbers would be with the values that are tried: all of them; none where nothing is tried. */
  | { readonly type: 'tried'; readonly numbers: readonly TriedNumber[] }
  /** What the reader must know before trusting the values; without one all is well. */
  | { readonly type: 'notice'; readonly notice: PageNotice | undefined }
  /** The chapter is gone, or the server is. */
  | { readonly type: 'unavailable'; readonly reason: string };

/** What a number would be, by the range of its reference. */
export interface TriedNumber extends Record<'start' | 'end', { readonly line: number; readonly character: number }> {
  readonly text: string;
}

/** What an editor shows of a chapter; lines count from 0. */
export interface EditorView {
  /** The line at its top. */
  readonly line: number;
  /** That of the cursor, where it is in view. */
  readonly cursor?: number;
}

/** A place on a page: a label, or lines of the chapter. */
export type Goal = { readonly label: string } | EditorView;

/** From the page. */
export type PageMessage =
  /** The page listens, or lacks what an update builds upon: it needs a complete one. */
  | { readonly type: 'ready' }
  /** The page shows this line at its top. */
  | { readonly type: 'scrolled'; readonly line: number }
  /** A computed number was activated; the position of its reference. */
  | { readonly type: 'definition'; readonly line: number; readonly character: number }
  /** The place of a reference is wanted itself. */
  | { readonly type: 'reference'; readonly line: number; readonly character: number }
  /** What is known of a number is to be shown. */
  | { readonly type: 'card'; readonly id: number; readonly line: number; readonly character: number }
  /** Something was double-clicked: the lines that it comes from, the word, and how many of that word stand before it. */
  | {
      readonly type: 'reveal';
      readonly line: number;
      readonly endLine: number;
      readonly word: string;
      readonly nth: number;
    }
  /** A place that a card names. */
  | { readonly type: 'place'; readonly place: CardPlace }
  /** Another value of what the number of a reference is made of is to be tried. */
  | { readonly type: 'whatIf'; readonly place: CardPlace }
  | { readonly type: 'open'; readonly href: string }
  /** Another chapter of the reader's way through links. */
  | { readonly type: 'visit'; readonly uri: string; readonly line: number }
  /** One of the notice's actions was chosen, by its title. */
  | { readonly type: 'act'; readonly title: string };

/** A place on the reader's way through links. */
export interface Stop {
  readonly uri: string;
  readonly line: number;
}

/** What the page keeps over a reload. */
export interface PageState extends Stop {
  readonly zoom?: number;
  readonly back?: readonly Stop[];
  readonly forward?: readonly Stop[];
  readonly locked?: boolean;
  /** What references show of a cell that raises: their expressions and last values, in their order. */
  readonly last?: readonly LastValue[];
}

/** An expression with the HTML that it showed last. */
export type LastValue = readonly [expression: string, html: string];
