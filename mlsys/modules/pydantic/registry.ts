/** The schemas of models and data classes, by their classes. */
import type { PyClass } from '../../python/runtime/objects';
import type { Schema } from './schema';

/** Makes the schema of a class of some kind; undefined for others. Those who know a kind of class add theirs. */
export const schemaMakers: ((cls: PyClass) => Schema | undefined)[] = [];

export function modelSchemaOf(cls: PyClass): Schema | undefined {
  for (const make of schemaMakers) {
    const schema = make(cls);
    if (schema !== undefined) return schema;
  }
  return undefined;
}
