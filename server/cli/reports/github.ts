/** Findings as workflow commands of GitHub Actions. */
import type { FindingRecord } from '../../workspace/records';
import { printable } from '../printable';
import type { Report } from './index';

/** Without hints, which are for editors: GitHub shows ten notices of a step. */
export function githubReport({ findings }: Report): string {
  return findings
    .filter(({ severity }) => severity !== 'hint')
    .map(githubLine)
    .join('');
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
