/** How `reckoner check` prints findings. */
import { createColors } from 'picocolors';
import type { Severity } from '../diagnostics';
import { RULES, SEVERITIES } from '../diagnostics';
import { version } from '../version';
import type { FindingRecord } from '../workspace/records';
import type { Io } from './io';
import { printable, printableJson, printableLine } from './printable';

export type Format = 'text' | 'json' | 'github' | 'sarif';

export interface Report {
  /** In the order of the files, then of their places. */
  readonly findings: readonly FindingRecord[];
  readonly files: number;
  /** Fixes that were written. */
  readonly fixed: number;
}

export interface Summary {
  readonly files: number;
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  readonly hint: number;
  readonly fixed: number;
}

export function summaryOf({ findings, files, fixed }: Report): Summary {
  const count = (severity: Severity) => findings.filter(finding => finding.severity === severity).length;
  return { files, error: count('error'), warning: count('warning'), info: count('info'), hint: count('hint'), fixed };
}

export function print(report: Report, format: Format, io: Io): void {
  switch (format) {
    case 'json':
      io.out(`${printableJson({ findings: report.findings, summary: summaryOf(report) })}\n`);
      return;
    case 'github':
      // GitHub shows ten notices of a step: hints are for editors.
      io.out(
        report.findings
          .filter(({ severity }) => severity !== 'hint')
          .map(githubLine)
          .join(''),
      );
      return;
    case 'sarif':
      io.out(`${printableJson(sarif(report), 1)}\n`);
      return;
    default:
      io.out(text(report, io));
  }
}

function text(report: Report, io: Io): string {
  const { bold, dim, red, yellow, cyan, underline } = createColors(io.colour);
  const paint = { error: red, warning: yellow, info: cyan, hint: dim } as const;
  const lines: string[] = [];
  let file = '';
  for (const finding of report.findings) {
    if (finding.file !== file) {
      if (file !== '') lines.push('');
      file = finding.file;
      lines.push(underline(printableLine(file)));
    }
    const place = dim(`${finding.line}:${finding.column}`.padStart(9));
    lines.push(
      `${place}  ${paint[finding.severity](finding.severity.padEnd(7))}  ${printable(finding.message)}  ${dim(finding.code)}`,
    );
    for (const other of finding.related)
      lines.push(
        dim(
          `${' '.repeat(20)}${other.file === file ? '' : `${printableLine(other.file)}:`}${other.line}:${other.column} ${printable(other.message)}`,
        ),
      );
    const [fix] = finding.fixes;
    if (fix !== undefined) lines.push(dim(`${' '.repeat(20)}fix: ${printable(fix.title)}`));
  }
  if (lines.length > 0) lines.push('');
  lines.push(bold(totals(summaryOf(report))));
  return `${lines.join('\n')}\n`;
}

function totals(summary: Summary): string {
  const counts = SEVERITIES.filter(severity => summary[severity] > 0).map(severity =>
    plural(summary[severity], severity),
  );
  const fixed = summary.fixed > 0 ? `; ${plural(summary.fixed, 'fix', 'fixes')} written` : '';
  return `${counts.length === 0 ? 'No findings' : counts.join(', ')} in ${plural(summary.files, 'file')}${fixed}.`;
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A workflow command of GitHub Actions, which shows the finding at its line. */
function githubLine(finding: FindingRecord): string {
  const level = finding.severity === 'error' || finding.severity === 'warning' ? finding.severity : 'notice';
  const properties = {
    file: finding.file,
    line: finding.line,
    endLine: finding.endLine,
    col: finding.column,
    endColumn: finding.endColumn,
    title: finding.code,
  };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${level} ${list.join(',')}::${escapeData(finding.message)}\n`;
}

function escapeData(value: string): string {
  return printable(value).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(value: string): string {
  return escapeData(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

const LEVELS = { error: 'error', warning: 'warning', info: 'note', hint: 'note' } as const;

/** A SARIF 2.1.0 log. */
function sarif({ findings }: Report): object {
  const region = (place: { line: number; column: number; endLine: number; endColumn: number }) => ({
    startLine: place.line,
    startColumn: place.column,
    endLine: place.endLine,
    endColumn: place.endColumn,
  });
  const location = (file: string, place: Parameters<typeof region>[0]) => ({
    physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: region(place) },
  });
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Reckoner',
            version,
            rules: RULES.map(rule => ({ id: rule.code, defaultConfiguration: { level: LEVELS[rule.severity] } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map(finding => ({
          ruleId: finding.code,
          level: LEVELS[finding.severity],
          message: { text: finding.message },
          locations: [location(finding.file, finding)],
          ...(finding.related.length === 0
            ? {}
            : {
                relatedLocations: finding.related.map(one => ({
                  ...location(one.file, one),
                  message: { text: one.message },
                })),
              }),
          ...(finding.fixes.length === 0
            ? {}
            : {
                fixes: finding.fixes.map(fix => ({
                  description: { text: fix.title },
                  artifactChanges: [
                    {
                      artifactLocation: { uri: uriOf(finding.file) },
                      replacements: fix.edits.map(edit => ({
                        deletedRegion: region(edit),
                        insertedContent: { text: edit.newText },
                      })),
                    },
                  ],
                })),
              }),
        })),
      },
    ],
  };
}

/** A path as a relative reference. */
function uriOf(file: string): string {
  return file.split(/[\\/]/).map(encodeURIComponent).join('/');
}
