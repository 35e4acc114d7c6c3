/** An import of a module, or of a name in one, that does not exist. */
import { libraryMembers, libraryModules } from '../../../mlsys/library/info';
import type { CellResult } from '../../evaluation/analysis';
import type { Fix } from '../finding';
import type { CellRule, Draft } from '../rule';
import { orList, similarNames } from '../similar';

export const unknownImport: CellRule = {
  code: 'unknown-import',
  severity: 'error',
  dependsOn: 'cell',
  *check(cell): Iterable<Draft> {
    const { fault } = cell;
    if (fault?.type !== 'ModuleNotFoundError' && fault?.type !== 'ImportError') return;
    const near = candidates(cell);
    const message = fault.message.endsWith('.') ? fault.message : `${fault.message}.`;
    const text = cell.program.source.slice(cell.cell.toSource(fault.range.start), cell.cell.toSource(fault.range.end));
    const at =
      fault.name === undefined ? -1 : text.search(new RegExp(`(?<![\\w.])${fault.name.replaceAll('.', '\\.')}(?!\\w)`));
    const start = cell.cell.toDocument(cell.cell.toSource(fault.range.start) + at);
    const fixes =
      at < 0
        ? []
        : near.map(
            (name): Fix => ({
              title: `Import \`${name}\``,
              edits: [{ start, end: start + fault.name!.length, newText: name }],
              ...(near.length === 1 ? { preferred: true } : {}),
            }),
          );
    yield {
      range: fault.range,
      message: near.length === 0 ? message : `${message} Did you mean ${orList(near)}?`,
      ...(fixes.length === 0 ? {} : { fixes }),
    };
  },
};

function candidates({ fault }: CellResult): string[] {
  const name = fault?.name;
  if (name === undefined) return [];
  if (fault?.type === 'ModuleNotFoundError') return similarNames(name, libraryModules());
  const module = /from '([\w.]+)'/.exec(fault?.message ?? '')?.[1];
  return module === undefined
    ? []
    : similarNames(
        name,
        libraryMembers(module).map(member => member.name),
      );
}
