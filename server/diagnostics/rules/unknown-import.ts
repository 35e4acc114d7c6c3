/** An import of a module, or of a name in one, that does not exist. */
import { libraryMembers, libraryModules } from '../../../mlsys';
import type { CellResult } from '../../evaluation/analysis';
import { packagePlace, tracePlaces } from '../faults';
import type { Fix } from '../finding';
import type { Draft, Rule } from '../rule';
import { orList, similarNames } from '../similar';

export const unknownImport: Rule = {
  code: 'unknown-import',
  severity: 'error',
  *cell(cell): Iterable<Draft> {
    const { fault } = cell;
    if (fault?.type !== 'ModuleNotFoundError' && fault?.type !== 'ImportError') return;
    const name = missingName(cell);
    const near = candidates(name, cell);
    const message = `${fault.message.replace(/\.$/, '')}${packagePlace(fault)}.`;
    const text = cell.program.source.slice(cell.cell.toSource(fault.range.start), cell.cell.toSource(fault.range.end));
    const at = name === undefined ? -1 : text.search(new RegExp(`(?<![\\w.])${name.replaceAll('.', '\\.')}(?!\\w)`));
    const start = cell.cell.toDocument(cell.cell.toSource(fault.range.start) + at);
    const fixes =
      at < 0
        ? []
        : near.map(
            (candidate): Fix => ({
              title: `Import \`${candidate}\``,
              edits: [{ start, end: start + name!.length, newText: candidate }],
              ...(near.length === 1 ? { preferred: true } : {}),
            }),
          );
    yield {
      range: fault.range,
      message: near.length === 0 ? message : `${message} Did you mean ${orList(near)}?`,
      related: tracePlaces(fault),
      ...(fixes.length === 0 ? {} : { fixes }),
    };
  },
};

/** The module that was not found, or the name that its module does not have. */
function missingName({ fault }: CellResult): string | undefined {
  return fault?.type === 'ImportError' ? /^cannot import name '([^']+)'/.exec(fault.message)?.[1] : fault?.name;
}

/** How many names a message suggests. */
const MOST = 3;

function candidates(name: string | undefined, { fault }: CellResult): string[] {
  if (name === undefined || fault?.trace.at(-1)?.file !== undefined) return [];
  if (fault !== undefined && fault.near.length > 0) return fault.near.slice(0, MOST);
  if (fault?.type === 'ModuleNotFoundError') return similarNames(name, libraryModules(), MOST);
  const module = /from '([\w.]+)'/.exec(fault?.message ?? '')?.[1];
  return module === undefined
    ? []
    : similarNames(
        name,
        libraryMembers(module).map(member => member.name),
      );
}
