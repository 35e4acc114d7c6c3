/** Code that reads a name which neither its cell nor an earlier one defines. */
import type { Analysis, CellResult } from '../../evaluation/analysis';
import { isForProse } from '../contract/cellContract';
import { lostWithImport } from '../failedImports';
import { blamePlace, cellName, failureText, faultPlace, packagePlace, rootOfBlame, tracePlaces } from '../faults';
import type { Fix } from '../finding';
import { replacement } from '../fixes';
import { importsOf } from '../imports';
import { type Draft, lowered, type Rule } from '../rule';
import { orList, similarNames } from '../similar';
import { type UndefinedName, UndefinedNames } from '../undefinedNames';
import { visibleNames } from '../visible';
import { placeOfUnopened } from './unopened-cell';

export const undefinedName: Rule = {
  code: 'undefined-name',
  severity: 'error',
  *chapter(analysis): Iterable<Draft> {
    const undefinedNames = new UndefinedNames(analysis);
    for (const cell of analysis.faultyCells) {
      const { fault } = cell;
      if (fault?.blame !== undefined) yield consequence(cell, analysis);
      else if (fault?.type === 'UnboundLocalError') yield { range: fault.range, message: `${fault.message}.` };
      else if (fault?.type === 'NameError' && fault.trace.at(-1)?.file !== undefined)
        yield {
          range: fault.range,
          message: `${fault.message}${packagePlace(fault)}.`,
          related: tracePlaces(fault),
        };
      for (const undefinedName of undefinedNames.in(cell)) {
        const { name, range } = undefinedName;
        if (importsOf(name, analysis).length > 0) continue;
        const place = { range, cellsBefore: cell.cell.index, cell };
        yield lostWithImport(name, place, analysis) ??
          unopened(undefinedName, cell, analysis) ??
          unparsed(undefinedName, cell, analysis) ??
          missing(undefinedName, cell, analysis);
      }
    }
  },
};

function consequence(cell: CellResult, analysis: Analysis): Draft {
  const { blame, range } = cell.fault!;
  const cause = rootOfBlame(blame!, analysis);
  const why = cause === undefined ? 'an earlier cell failed' : `${cellName(cause, analysis)} ${failureText(cause)}`;
  return {
    range,
    severity: lowered('error'),
    message: `\`${blame!.name}\` is missing, because ${why}.`,
    ...(cause === undefined
      ? {}
      : {
          related: [blamePlace(cause, analysis)],
          ...(cause.status === 'skipped'
            ? {}
            : { consequence: { of: faultPlace(cause), effect: 'missing', what: 'cell' } }),
        }),
  };
}

/** Code above that lost its opening fence would define the name. */
function unopened({ name, range }: UndefinedName, cell: CellResult, analysis: Analysis): Draft | undefined {
  const of = placeOfUnopened(name, cell, analysis);
  return (
    of && {
      range,
      severity: lowered('error'),
      message: `\`${name}\` is missing, because the code that defines it has no opening fence.`,
      consequence: { of, effect: 'missing', what: 'cell' },
    }
  );
}

/** A statement above that cannot be parsed would define the name. */
function unparsed({ name, range }: UndefinedName, cell: CellResult, analysis: Analysis): Draft | undefined {
  const sets = new RegExp(String.raw`^[ \t]*${name}\s*=(?!=)`, 'm');
  const cause = analysis.cells.find(
    one => one.cell.index < cell.cell.index && one.issues.length > 0 && sets.test(one.cell.source),
  );
  return (
    cause && {
      range,
      severity: lowered('error'),
      message: `\`${name}\` is missing, because ${cellName(cause, analysis)} ${failureText(cause)}.`,
      related: [blamePlace(cause, analysis)],
      consequence: { of: faultPlace(cause), effect: 'missing', what: 'cell' },
    }
  );
}

function missing({ name, range }: UndefinedName, cell: CellResult, analysis: Analysis): Draft {
  const { index } = cell.cell;
  const later = analysis.futureDefinitionOf(name, index + 1);
  if (later !== undefined)
    return {
      range,
      message: `\`${name}\` is not defined yet: ${cellName(analysis.cells[later.cell]!, analysis)} defines it further down.`,
      related: [{ range: later.range, message: `\`${name}\` is defined here` }],
    };
  // Code computes with no text that was made for a sentence.
  const near = similarNames(name, [...visibleNames(analysis, index).keys(), ...cell.names.writes]).filter(
    one => isForProse(name) || !isForProse(one),
  );
  const fixes = near.map(
    (candidate): Fix => ({
      title: `Use \`${candidate}\``,
      edits: [replacement(range, candidate)],
      ...(near.length === 1 ? { preferred: true } : {}),
    }),
  );
  return {
    range,
    cause: name,
    message: `\`${name}\` is not defined.${near.length === 0 ? '' : ` Did you mean ${orList(near)}?`}`,
    ...(near.length === 0 ? {} : { fixes }),
  };
}
