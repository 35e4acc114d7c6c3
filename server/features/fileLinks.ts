/** The files that names in a chapter lead to. */
import { fileNames } from '../chapter/fileNames';
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
