/** The files that names in a chapter lead to. */
import type { Position } from 'vscode-languageserver';
import { fileNames, type IncludedName, includedNames } from '../chapter/fileNames';
import type { Chapter, OffsetRange } from '../chapter/model';
import { encloses, type FeatureContext } from './feature';

/** The file that is named at an offset. */
export function fileAt(
  chapter: Chapter,
  offset: number,
  { fileUri }: Pick<FeatureContext, 'fileUri'>,
): { readonly uri: string; readonly range: OffsetRange } | undefined {
  const found = fileNames(chapter).find(({ range }) => encloses(range, offset));
  const uri = found && fileUri?.(found.name);
  return uri === undefined ? undefined : { uri, range: found!.range };
}

/** The file that an include at a position puts in; the text there is that file's own. */
export function includedAt(
  chapter: Chapter,
  { line, character }: Position,
  { file }: Pick<FeatureContext, 'file'>,
): IncludedName | undefined {
  return includedNames(chapter, file).find(
    ({ range: { start, end } }) => start.line === line && start.character <= character && character <= end.character,
  );
}
