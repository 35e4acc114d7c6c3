/** Attributes of a chapter's classes, by their own name. */
import { groupBy } from '../../../mlsys';
import type { Analysis } from '../../evaluation/analysis';
import { lastOf } from '../../evaluation/symbols/symbol';
import { cellsOf } from '../recording';
import { contractOf } from './cellContract';
import { oncePerText } from './oncePerText';

const byOwnName = oncePerText(
  (program): ReadonlyMap<string, readonly string[]> => groupBy(contractOf(program).attributes, path => lastOf(path)),
);

/** `Cls.name` of the classes that the first `cellsBefore` cells make, with an attribute of that very name. */
export function attributesNamed(name: string, analysis: Analysis, cellsBefore: number): readonly string[] {
  const found = new Set<string>();
  for (const { program, status } of cellsOf(analysis).slice(0, cellsBefore))
    if (status !== 'skipped') for (const path of byOwnName(program).get(name) ?? []) found.add(path);
  return [...found];
}
