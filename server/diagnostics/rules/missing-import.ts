/** Code that uses a name which a module offers and no cell imports. */
import { lostWithImport } from '../failedImports';
import { importFix, importsOf } from '../imports';
import type { Draft, Rule } from '../rule';
import { UndefinedNames } from '../undefinedNames';

export const missingImport: Rule = {
  code: 'missing-import',
  severity: 'error',
  *chapter(analysis): Iterable<Draft> {
    const undefinedNames = new UndefinedNames(analysis);
    for (const cell of analysis.faultyCells)
      for (const { name, range } of undefinedNames.in(cell)) {
        const choices = importsOf(name, analysis);
        if (choices.length === 0) continue;
        const lost = lostWithImport(name, { range, cellsBefore: cell.cell.index, cell }, analysis);
        if (lost !== undefined) yield lost;
        else
          yield {
            range,
            cause: name,
            message: `\`${name}\` is not imported: add \`${choices[0]!.statement}\`.`,
            fixes: choices.map(choice => importFix(cell, choice)),
          };
      }
  },
};
