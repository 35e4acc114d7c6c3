/** What the contexts of completion have in common. */
import type { CompletionItem, CompletionList } from 'vscode-languageserver';
import type { Place } from './place';

/** Where one kind of completion is offered: a row of the table in `index.ts`. */
export interface Context {
  /** The characters that open its list by themselves, beside letters. */
  readonly opensOn: string;
  /** Undefined where the place is none of its own; an empty list where nothing else may be offered either. */
  items(place: Place): Rows | Promise<Rows>;
}

export type Rows = readonly CompletionItem[] | CompletionList | undefined;
