/** Imports of what does not exist: what may have been meant, and the names that are missing because of them. */
import { libraryMembers, libraryModules } from '../../mlsys';
import type { OffsetRange } from '../chapter/ranges';
import type { Analysis, CellFault, CellResult } from '../evaluation/analysis';
import { cellName } from './faults';
import { type Draft, lowered } from './rule';
import { similarNames } from './similar';

/** How many names a message suggests. */
const MOST = 3;

/** The fault of a cell that ended at such an import. */
export function importFaultOf({ fault }: CellResult): CellFault | undefined {
  return fault?.type === 'ModuleNotFoundError' || fault?.type === 'ImportError' ? fault : undefined;
}

/** The module that was not found, or the name that its module does not have. */
export function missingImportName(fault: CellFault): string | undefined {
  return fault.type === 'ImportError' ? /^cannot import name '([^']+)'/.exec(fault.message)?.[1] : fault.name;
}

/** Names that the import may have meant. */
export function meantByImport(fault: CellFault): readonly string[] {
  const name = missingImportName(fault);
  if (name === undefined || fault.trace.at(-1)?.file !== undefined) return [];
  if (fault.near.length > 0) return fault.near.slice(0, MOST);
  if (fault.type === 'ModuleNotFoundError') return similarNames(name, libraryModules(), MOST);
  const module = /from '([\w.]+)'/.exec(fault.message)?.[1];
  if (module === undefined) return [];
  const members = libraryMembers(module).map(member => member.name);
  // `A100_MEM_CAP` was cut short of `A100_MEM_CAPACITY`, however near `A100_MEM_BW` looks.
  const [longer, ...more] = members.filter(member => name.length >= SHORTEST && member.startsWith(name));
  return longer !== undefined && more.length === 0 ? [longer] : similarNames(name, members);
}

/** `ceiling` for `ceil`, or `A100_MEM_CAP` for `A100_MEM_CAPACITY`: nobody else brings the one, and nothing has the other. */
function isShortened(name: string, imported: string | undefined): boolean {
  if (imported === undefined || Math.min(name.length, imported.length) < SHORTEST) return false;
  return name.startsWith(imported) || imported.startsWith(name);
}

const SHORTEST = 4;

/** A name that a misspelt import should have brought to a cell or a reference: told with the import. */
export function lostWithImport(
  name: string,
  place: { readonly range: OffsetRange; readonly cellsBefore: number; readonly cell?: CellResult },
  analysis: Analysis,
): Draft | undefined {
  const lost = analysis.faultyCells.find(one => {
    const fault = one.cell.index < place.cellsBefore || one === place.cell ? importFaultOf(one) : undefined;
    return fault !== undefined && (meantByImport(fault).includes(name) || isShortened(name, missingImportName(fault)));
  });
  if (lost === undefined) return undefined;
  return {
    range: place.range,
    severity: lowered('error'),
    message: `\`${name}\` is missing, because the import of ${cellName(lost, analysis)} names \`${missingImportName(lost.fault!)}\`.`,
    consequence: {
      of: lost.fault!.range,
      effect: lost === place.cell ? 'shown' : 'missing',
      what: place.cell === undefined ? 'reference' : 'cell',
    },
  };
}
