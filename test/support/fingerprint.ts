/** All that an analysis says, as plain data that two analyses can be compared by. */
import { RuleRunner } from '../../server/diagnostics';
import type { Analysis } from '../../server/evaluation/analysis';
import type { ValueInfo } from '../../server/evaluation/results';

function shown(value: ValueInfo | undefined): string {
  if (value === undefined) return '(none)';
  const { repr, type, unit, kind, attributes } = value;
  return `${kind} ${type} ${repr.replaceAll(/ at 0x[0-9a-f]+/g, '')} ${unit ?? ''} ${attributes ?? ''}`;
}

/** `runner` is the one that ran the rules over the versions before. */
export function fingerprint(analysis: Analysis, runner = new RuleRunner()): unknown {
  return {
    cells: analysis.cells.map(cell => ({
      status: cell.status,
      fault: cell.fault,
      issues: cell.issues,
      checks: cell.checks.map(({ passed, message, range, condition }) => ({ passed, message, range, condition })),
      notices: cell.notices,
      output: cell.output,
      figures: cell.figures.length,
      writes: (cell.run?.bound ?? []).map(name => `${name}: ${shown(cell.run!.valueOf(name))}`).sort(),
      deleted: [...(cell.run?.deleted ?? [])].sort(),
      bindings: cell.bindings.map(({ name, value, range, statementRange, kind, reads }) => ({
        name,
        value: shown(value),
        range,
        statementRange,
        kind,
        reads: reads.map(read => ({
          text: read.text,
          value: shown(read.value),
          range: read.range,
          from: read.binding?.range,
        })),
      })),
    })),
    refs: analysis.refs.map(ref => ({
      status: ref.status,
      text: ref.text,
      value: shown(ref.value),
      fault: ref.fault,
      stale: ref.stale,
      range: ref.ref.range,
      cell: ref.cell,
      binding: ref.binding?.range,
    })),
    findings: runner.run(analysis),
  };
}
