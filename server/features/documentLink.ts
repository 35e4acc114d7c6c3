/** Links of a chapter that an editor can follow: files that it names. Addresses on the web every editor finds by itself. */
import type { DocumentLink, DocumentLinkParams } from 'vscode-languageserver';
import { fileNames, includedNames } from '../chapter/fileNames';
import { type Handler, isHere, toRange } from './feature';

export const documentLink: Handler<DocumentLinkParams, DocumentLink[]> = {
  handle({ chapter }, _params, context) {
    const included = includedNames(chapter, context.file).map(({ range, uri }) => ({ range, target: uri }));
    const named = fileNames(chapter).flatMap(({ name, range }): DocumentLink[] => {
      if (!isHere(chapter, range.start, context)) return [];
      const target = context.fileUri?.(name);
      return target === undefined ? [] : [{ range: toRange(chapter, range), target }];
    });
    return [...included, ...named];
  },
};
