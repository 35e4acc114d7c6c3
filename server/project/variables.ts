/** The values of a project's `_variables.yml`, which chapters put in by `{{< var name >}}`. */
import { isMetadata } from '../chapter/execution';
import type { FileAccess } from '../files/access';
import { join } from '../files/path';
import { projectRoot } from '../files/roots';
import { valuesIn } from './valueFiles';

/** A value by its dotted name, as text; undefined for one that is not there. */
export function variableOf(name: string, chapter: string, files: FileAccess): string | undefined {
  const path = join(projectRoot(chapter, files), '_variables.yml');
  let value: unknown = valuesIn(path, files);
  for (const key of name.split('.')) {
    if (!isMetadata(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
