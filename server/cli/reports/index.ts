/** How `reckoner check` prints findings. */
import { SEVERITIES, type Severity } from '../../diagnostics';
import type { FindingRecord } from '../../workspace/records';
import type { Io } from '../io';
import { printableJson } from '../printable';
import type { Format } from './formats';
import { githubReport } from './github';
import { junitReport } from './junit';
import { textReport } from './text';

export interface Report {
  /** In the order of the files, then of their places. */
  readonly findings: readonly FindingRecord[];
  /** Names of all files that were checked, as the findings name them. */
  readonly files: readonly string[];
  /** Fixes that were written. */
  readonly fixed: number;
  /** A line of a file, by its number from 1; empty where it is not known. */
  lineOf(file: string, line: number): string;
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
  const [error, warning, info, hint] = SEVERITIES.map(count) as [number, number, number, number];
  return { files: files.length, error, warning, info, hint, fixed };
}

export async function print(report: Report, format: Format, io: Io): Promise<void> {
  io.out(await textOf(report, format, io));
}

async function textOf(report: Report, format: Format, io: Io): Promise<string> {
  switch (format) {
    case 'json':
      return `${printableJson({ findings: report.findings, summary: summaryOf(report) })}\n`;
    case 'github':
      return githubReport(report);
    case 'sarif': {
      // It reads the pages of all rules.
      const { sarifLog } = await import('./sarif');
      return `${printableJson(sarifLog(report, io.cwd), 1)}\n`;
    }
    case 'junit':
      return junitReport(report);
    case 'text':
      return textReport(report, io);
  }
}
