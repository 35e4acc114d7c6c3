/** Findings as the protocol's diagnostics. */
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag, type Range } from 'vscode-languageserver';
import type { Chapter, OffsetRange } from '../chapter/model';
import type { Finding, Severity } from '../diagnostics';
import { uriOfPath } from '../files/uri';
import type { FindingRecord, PlaceRecord } from '../workspace/records';

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const SOURCE = 'reckoner';
/** Most diagnostics of one file, as editors show no more. What is left out is counted in one more. */
const MOST_DIAGNOSTICS = 1000;
/** Rules whose findings editors show faded. */
const UNNECESSARY: ReadonlySet<string> = new Set(['unused-export', 'unreferenced-label', 'unused-footnote']);

/** Findings in a text whose lines are known: a chapter, or a file of a package. */
export function diagnosticsOf(
  findings: readonly Finding[],
  chapter: Pick<Chapter, 'lines'>,
  uri: string,
): Diagnostic[] {
  const range = (one: OffsetRange): Range => ({
    start: chapter.lines.positionAt(one.start),
    end: chapter.lines.positionAt(one.end),
  });
  const diagnostics = shown(findings).map(
    (finding): Diagnostic => ({
      range: range(finding.range),
      severity: SEVERITY[finding.severity],
      code: finding.code,
      source: SOURCE,
      message: finding.message,
      ...(UNNECESSARY.has(finding.code) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
      ...(finding.related === undefined || finding.related.length === 0
        ? {}
        : {
            relatedInformation: finding.related.map(place => ({
              location: {
                uri: place.file === undefined ? uri : uriOfPath(place.file),
                range: place.position ?? range(place.range),
              },
              message: place.message,
            })),
          }),
    }),
  );
  return diagnostics.concat(leftOut(findings));
}

/** The gravest of many findings, in their order. */
function shown<T extends { readonly severity: Severity }>(findings: readonly T[]): readonly T[] {
  if (findings.length <= MOST_DIAGNOSTICS) return findings;
  const gravest = [...findings].sort((a, b) => SEVERITY[a.severity] - SEVERITY[b.severity]);
  const kept = new Set(gravest.slice(0, MOST_DIAGNOSTICS));
  return findings.filter(finding => kept.has(finding));
}

function leftOut(findings: readonly object[]): Diagnostic[] {
  const left = findings.length - MOST_DIAGNOSTICS;
  if (left <= 0) return [];
  const start = { line: 0, character: 0 };
  return [
    {
      range: { start, end: start },
      severity: DiagnosticSeverity.Information,
      source: SOURCE,
      message: `${left.toLocaleString('en')} more findings of this file are not shown; \`reckoner check\` lists them all.`,
    },
  ];
}

/** The same from the records of a worker. */
export function diagnosticsOfRecords(records: readonly FindingRecord[], uri: string): Diagnostic[] {
  const range = (place: PlaceRecord): Range => ({
    start: { line: place.line - 1, character: place.column - 1 },
    end: { line: place.endLine - 1, character: place.endColumn - 1 },
  });
  const diagnostics = shown(records).map(
    (record): Diagnostic => ({
      range: range(record),
      severity: SEVERITY[record.severity],
      code: record.code,
      source: SOURCE,
      message: record.message,
      ...(record.related.length === 0
        ? {}
        : {
            relatedInformation: record.related.map(place => ({
              location: { uri: place.file === record.file ? uri : uriOfPath(place.file), range: range(place) },
              message: place.message,
            })),
          }),
    }),
  );
  return diagnostics.concat(leftOut(records));
}
