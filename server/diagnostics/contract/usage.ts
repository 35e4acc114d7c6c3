/** What of a chapter's names is used: by references, and by cells. */
import { symbolIndex, type Usage } from '../../../mlsys';
import type { Analysis, CellProgram, CellResult } from '../../evaluation/analysis';
import { cellsOf } from '../recording';
import { contractOf } from './cellContract';

/** Whether something reads a name, `x` or `Cls.attr`, that the code `maker` makes; without `own`, that code does not count. */
export type IsUsed = (path: string, maker: CellProgram['module'], own?: boolean) => boolean;

interface CellReads {
  readonly names: Usage['names'];
  readonly paths: ReadonlySet<string>;
}

/** Undefined where code may read any name. */
export function usageOf(analysis: Analysis): IsUsed | undefined {
  const cells = cellsOf(analysis);
  const { usedPaths } = analysis;
  let observesNamespace = false;
  const homes = new Map<CellProgram['module'], CellReads>();
  for (const { program } of cells) {
    const { usage } = symbolIndex(program.module);
    observesNamespace ||= usage.observesNamespace;
    homes.set(program.module, { names: usage.names, paths: contractOf(program).reads });
  }
  if (observesNamespace) return undefined;
  return (path, maker, own = true) => {
    // Most names are read by the prose, or by the cell itself.
    if (usedPaths.has(path)) return true;
    const dot = path.lastIndexOf('.');
    const owner = dot > 0 ? path.slice(0, dot) : undefined;
    const isReadIn = ({ paths, names }: CellReads): boolean =>
      paths.has(path) || (owner !== undefined && names.get(owner) === 'whole');
    const home = homes.get(maker)!;
    if (own ? isReadIn(home) : owner !== undefined && home.names.get(owner) === 'whole') return true;
    for (const one of homes.values()) if (one !== home && isReadIn(one)) return true;
    return false;
  };
}

/** True for a cell whose text tells what it makes. */
export function isReadable({ status }: CellResult): boolean {
  return status !== 'skipped' && status !== 'syntax-error';
}
