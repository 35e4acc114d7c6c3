/** Attributes of a chapter's classes, by their own name. */
import type { Analysis, CellProgram } from '../../evaluation/analysis';
import { cellsOf } from '../recording';
import { contractOf } from './cellContract';

const known = new WeakMap<CellProgram['module'], ReadonlyMap<string, readonly string[]>>();

function byOwnName(program: CellProgram): ReadonlyMap<string, readonly string[]> {
  let found = known.get(program.module);
  if (found === undefined) {
    const paths = new Map<string, string[]>();
    for (const path of contractOf(program).attributes) {
      const name = path.slice(path.lastIndexOf('.') + 1);
      paths.set(name, [...(paths.get(name) ?? []), path]);
    }
    found = paths;
    known.set(program.module, found);
  }
  return found;
}

/** `Cls.name` of the classes that the first `cellsBefore` cells make, with an attribute of that very name. */
export function attributesNamed(name: string, analysis: Analysis, cellsBefore: number): readonly string[] {
  const found = new Set<string>();
  for (const { program, status } of cellsOf(analysis).slice(0, cellsBefore))
    if (status !== 'skipped') for (const path of byOwnName(program).get(name) ?? []) found.add(path);
  return [...found];
}
