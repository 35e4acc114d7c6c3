/** A reference to an attribute of a class by its bare name, which no line of the cell brings out. */
import type { Analysis, CellResult, RefResult } from '../../evaluation/analysis';
import { attributesNamed } from '../contract/attributes';
import { bridgeEdits } from '../contract/bridges';
import { contractOf, type Export } from '../contract/cellContract';
import type { Fix } from '../finding';
import { replacement } from '../fixes';
import type { Draft, Rule } from '../rule';
import { orList } from '../similar';
import { unopenedCellFor } from './unopened-cell';
import { laterDefinition } from './used-before-defined';

export const missingBridge: Rule = {
  code: 'missing-bridge',
  severity: 'error',
  *chapter(analysis): Iterable<Draft> {
    for (const result of analysis.faultyRefs) {
      const paths = bridgesFor(result, analysis);
      if (paths.length === 0) continue;
      const name = result.fault!.name!;
      const fixes = paths.flatMap(path => [...fixesOf(result, name, path, analysis)]);
      yield {
        range: result.ref.exprRange,
        cause: name,
        message: `\`${name}\` is not defined: ${orList(paths)} is, but no line brings it out as \`${name}\`.`,
        related: paths.flatMap(path => {
          const definition = analysis.definitionOf(path, result.ref.cellsBefore);
          return definition === undefined ? [] : [{ range: definition.range, message: `\`${path}\` is made here` }];
        }),
        fixes: fixes.map((fix, at) => (at === 0 && paths.length === 1 ? { ...fix, preferred: true } : fix)),
      };
    }
  },
};

/** `Cls.name` of the classes that have what a failed reference names, where nothing else explains that it is missing. */
export function bridgesFor(result: RefResult, analysis: Analysis): readonly string[] {
  const { fault, ref } = result;
  if (result.status !== 'failed' || fault?.type !== 'NameError' || fault.name === undefined) return [];
  if (fault.blame !== undefined || unopenedCellFor(result, analysis) !== undefined) return [];
  if (laterDefinition(result, analysis) !== undefined) return [];
  return attributesNamed(fault.name, analysis, ref.cellsBefore);
}

function* fixesOf({ ref }: RefResult, name: string, path: string, analysis: Analysis): Iterable<Fix> {
  const direct: Fix = {
    title: `Use \`${path}\``,
    edits: ref.expr === name ? [replacement(ref.exprRange, path)] : [],
  };
  const definition = analysis.definitionOf(path, ref.cellsBefore);
  const cell = definition === undefined ? undefined : analysis.cells[definition.cell];
  const contract = cell === undefined ? undefined : contractOf(cell.program);
  const bridges = contract?.exports.filter(one => one.bridge !== undefined) ?? [];
  const bridge = cell === undefined ? undefined : bridgeFix(cell, bridges, name, path);
  // Where the cell has such lines for its other names, it lacks one; elsewhere the chapter names attributes in full.
  const both = bridges.length > 0 ? [bridge, direct] : [direct, bridge];
  for (const fix of both) if (fix !== undefined && fix.edits.length > 0) yield fix;
}

function bridgeFix(result: CellResult, bridges: readonly Export[], name: string, path: string): Fix {
  const title = `Bring it out of the class: add \`${name} = ${path}\` to the cell`;
  return { title, edits: bridgeEdits(result, bridges, name, path) };
}
