/** A reference to something that no cell defines. */
import type { Ref } from '../../chapter/model';
import type { Analysis, CellFault, CellResult, RefResult } from '../../evaluation/analysis';
import { isForProse } from '../contract/cellContract';
import { creationOf } from '../contract/createExport';
import { lostWithImport } from '../failedImports';
import {
  blamePlace,
  cellName,
  codeOfFault,
  failureText,
  faultPlace,
  faultText,
  rootOfBlame,
  tracePlaces,
} from '../faults';
import type { Fix } from '../finding';
import { replacement, within } from '../fixes';
import { type Draft, lowered, type Rule } from '../rule';
import { orList, similarNames } from '../similar';
import { attributesOfClass, visibleNames } from '../visible';
import { bridgesFor } from './missing-bridge';
import { unopenedCellFor } from './unopened-cell';
import { laterDefinition } from './used-before-defined';

export const undefinedExport: Rule = {
  code: 'undefined-export',
  severity: 'error',
  *chapter(analysis): Iterable<Draft> {
    for (const result of analysis.faultyRefs) {
      const { fault } = result;
      if (result.status !== 'failed' || fault === undefined) continue;
      if (fault.type !== 'NameError' && fault.type !== 'AttributeError') continue;
      if (unopenedCellFor(result, analysis) !== undefined || laterDefinition(result, analysis) !== undefined) continue;
      if (bridgesFor(result, analysis).length > 0) continue;
      const torn = fault.blame === undefined ? tornCell(result, fault, analysis) : undefined;
      const draft =
        torn !== undefined
          ? noValue(result, torn, analysis)
          : fault.blame === undefined
            ? missing(result, fault, analysis)
            : consequence(result, fault, analysis);
      if (draft !== undefined) yield draft;
    }
  },
};

/** The cell above that cannot be parsed, in the very line that assigns the name. */
function tornCell({ ref }: RefResult, { type, name }: CellFault, { cells }: Analysis): CellResult | undefined {
  if (type !== 'NameError' || name === undefined) return undefined;
  const assigns = new RegExp(String.raw`^\s*${name}\s*=[^=]`, 'm');
  return cells
    .slice(0, ref.cellsBefore)
    .findLast(({ status, cell }) => status === 'syntax-error' && assigns.test(cell.source));
}

/** The cell that should have made the name did not run to its end. */
function consequence(result: RefResult, fault: CellFault, analysis: Analysis): Draft | undefined {
  const cause = rootOfBlame(fault.blame!, analysis);
  if (cause === undefined) return undefined;
  if (cause.fault !== undefined && codeOfFault(cause.fault) === 'failed-check') return undefined; // failed-check tells it
  return noValue(result, cause, analysis);
}

function noValue({ ref }: RefResult, cause: CellResult, analysis: Analysis): Draft {
  return {
    range: ref.exprRange,
    severity: cause.status === 'skipped' ? 'error' : lowered('error'),
    message: `\`${ref.expr}\` has no value, because ${cellName(cause, analysis)} ${failureText(cause)}.`,
    related: [blamePlace(cause, analysis)],
    ...(cause.status === 'skipped'
      ? {}
      : { consequence: { of: faultPlace(cause), effect: 'missing', what: 'reference' } }),
  };
}

/** By the names that a place can use: they stay the same objects while no cell runs again. */
const nearKnown = new WeakMap<object, Map<string, readonly string[]>>();

function nearNames(name: string, names: ReturnType<typeof visibleNames>): readonly string[] {
  const known = nearKnown.get(names) ?? new Map<string, readonly string[]>();
  nearKnown.set(names, known);
  const near = known.get(name) ?? similarNames(name, names.keys());
  known.set(name, near);
  return near;
}

function missing({ ref }: RefResult, fault: CellFault, analysis: Analysis): Draft {
  const name = fault.name ?? ref.expr;
  const { exprRange: range, cellsBefore } = ref;
  const lost = fault.type === 'NameError' ? lostWithImport(name, { range, cellsBefore }, analysis) : undefined;
  if (lost !== undefined) return lost;
  const { path, start } = pathTo(name, ref.expr);
  const owner = fault.type === 'AttributeError' ? path.slice(0, -name.length - 1) : undefined;
  // an attribute that is missing elsewhere, in a function that the reference calls, or of what has no name
  if (owner === '' || (owner !== undefined && fault.name === undefined))
    return { range: ref.exprRange, message: `The reference raises ${faultText(fault)}.`, related: tracePlaces(fault) };
  const near =
    owner === undefined
      ? nearNames(name, visibleNames(analysis, ref.cellsBefore))
      : nearOf(name, owner, fault, ref.cellsBefore, analysis);
  const isShown = isForProse(name) || ref.expr.trim() === path;
  const shown = near.filter(one => !isShown || isForProse(one) || isShort(one, owner, ref, analysis));
  const what =
    owner === undefined
      ? `\`${name}\` is not defined by any cell of this chapter.`
      : `\`${owner}\` has no attribute \`${name}\`.`;
  const fixes = shown.map(
    (candidate): Fix => ({
      title: `Use \`${candidate}\``,
      edits: [replacement(within(ref.exprRange, start, start + name.length), candidate)],
      ...(near.length === 1 ? { preferred: true } : {}),
    }),
  );
  const creation = creationOf(name, owner, ref, analysis);
  const all = creation === undefined || creation.edits.length === 0 ? fixes : [...fixes, creation];
  return {
    range,
    cause: what,
    message: near.length === 0 ? what : `${what} Did you mean ${orList(near)}?`,
    ...(all.length === 0 ? {} : { fixes: all }),
  };
}

/** Whether a name may stand in a sentence as it is: `0.5956800000000001` may not. */
function isShort(name: string, owner: string | undefined, { cellsBefore }: Ref, analysis: Analysis): boolean {
  const path = owner === undefined ? name : `${owner}.${name}`;
  const value = analysis.valueAt(path, cellsBefore) ?? analysis.bindingOf(path, cellsBefore)?.value;
  const repr = value?.repr ?? '';
  return !/\.\d{5,}/.test(repr);
}

/** Attributes near the missing one: of a class of the chapter as it stands, and what the fault knows of other objects. */
function nearOf(name: string, owner: string, { near }: CellFault, seen: number, analysis: Analysis): string[] {
  return [...new Set([...similarNames(name, attributesOfClass(owner, analysis, seen)), ...near])].slice(0, 3);
}

/** Where `name` stands in the expression, and the dotted path that ends with it. */
function pathTo(name: string, expr: string): { path: string; start: number } {
  const found = new RegExp(String.raw`(?<![\w.])((?:\w+\s*\.\s*)*)${name}(?!\w)`).exec(expr);
  if (found === null) return { path: name, start: 0 };
  const prefix = found[1]!;
  return { path: prefix.replaceAll(/\s/g, '') + name, start: found.index + prefix.length };
}
