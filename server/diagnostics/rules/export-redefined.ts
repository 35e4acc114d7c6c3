/** A name made for the prose by two cells, with two values. */

import type { CellResult } from '../../evaluation/analysis';
import type { Export } from '../contract/cellContract';
import { contractOf } from '../contract/cellContract';
import { isReadable } from '../contract/usage';
import { cellName } from '../faults';
import { cellsOf } from '../recording';
import type { Draft, Rule } from '../rule';

export const exportRedefined: Rule = {
  code: 'export-redefined',
  severity: 'warning',
  canWait: true,
  *chapter(analysis): Iterable<Draft> {
    const first = new Map<string, { readonly cell: CellResult; readonly made: Export }>();
    for (const cell of cellsOf(analysis)) {
      if (!isReadable(cell)) continue;
      for (const made of contractOf(cell.program).exports) {
        const { name } = made;
        const known = first.get(name);
        first.set(name, { cell, made });
        if (known === undefined || !analysis.usedPaths.has(name)) continue;
        const [before, now] = [known.cell.run?.valueOf(name), cell.run?.valueOf(name)];
        if (before === undefined || now === undefined || before.repr === now.repr) continue;
        if (before.unknown !== undefined || now.unknown !== undefined) continue;
        yield {
          range: cell.cell.toDocumentRange(made.span),
          message: `\`${name}\` is exported twice: it was ${before.repr} (${cellName(known.cell, analysis)}) and is ${now.repr} from here on. Give one of them another name.`,
          related: [
            { range: known.cell.cell.toDocumentRange(known.made.span), message: `\`${name}\` is made here first` },
          ],
        };
      }
    }
  },
};
