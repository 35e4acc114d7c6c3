/** Findings for a reader at a terminal: with the line that each marks, and the fix that it offers. */
import { createColors } from 'picocolors';
import { SEVERITIES } from '../../diagnostics';
import { counted } from '../../diagnostics/counted';
import type { FindingRecord } from '../../workspace/records';
import { columnsOf, fitting } from '../columns';
import type { Io } from '../io';
import { printable, printableLine } from '../printable';
import { type Report, type Summary, summaryOf } from './index';

const INDENT = ' '.repeat(20);

export function textReport(report: Report, io: Io): string {
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
    const { severity, code, message } = finding;
    const place = dim(`${finding.line}:${finding.column}`.padStart(9));
    lines.push(`${place}  ${paint[severity](severity.padEnd(7))}  ${printable(message)}  ${dim(code)}`);
    const { text, mark } = excerptOf(finding, report.lineOf(file, finding.line));
    if (text !== '') lines.push(`${INDENT}${text}`, `${INDENT}${paint[severity](mark)}`);
    for (const other of finding.related) {
      const where = other.file === file ? '' : `${printableLine(other.file)}:`;
      lines.push(dim(`${INDENT}${where}${other.line}:${other.column} ${printable(other.message)}`));
    }
    const [fix] = finding.fixes;
    if (fix !== undefined) lines.push(dim(`${INDENT}fix: ${printable(fix.title)}`));
  }
  if (lines.length > 0) lines.push('');
  lines.push(bold(totals(summaryOf(report))));
  return `${lines.join('\n')}\n`;
}

/** So many columns of a line are shown, and so many of them before what is marked. */
const WIDTH = 100;
const BEFORE = 40;
/** Characters in a column are no more than that, but for what nobody writes. */
const UNITS = 8;

/** What is shown of the line that a finding starts in, with a second line that marks its place; empty where the line is not known. */
function excerptOf(
  { line, column, endLine, endColumn }: FindingRecord,
  source: string,
): { text: string; mark: string } {
  const whole = source.trimEnd();
  const from = Math.min(column - 1, whole.length);
  const to = Math.max(from, endLine === line ? Math.min(endColumn - 1, whole.length) : whole.length);
  const indent = Math.min(/^\s*/.exec(whole)![0].length, from);
  const near = Math.max(indent, from - BEFORE * UNITS);
  const isNear = near === indent && columnsOf(whole.slice(indent, from)) <= BEFORE;
  const isShort = whole.length - indent <= WIDTH && columnsOf(whole.slice(indent)) <= WIDTH;
  const start = isNear || isShort ? indent : from - fitting(whole.slice(near, from), BEFORE, true);
  const end = start + fitting(whole.slice(start, start + WIDTH * UNITS), WIDTH);
  const shown = (a: number, b: number) => printableLine(whole.slice(a, b).replaceAll('\t', ' '));
  const before = `${start > indent ? '…' : ''}${shown(start, from)}`;
  const marked = shown(from, Math.min(to, end));
  const after = `${shown(Math.min(to, end), end)}${end < whole.length ? '…' : ''}`;
  const mark = ' '.repeat(columnsOf(before)) + '^'.repeat(Math.max(1, columnsOf(marked)));
  return { text: before + marked + after, mark };
}

function totals(summary: Summary): string {
  const counts = SEVERITIES.filter(severity => summary[severity] > 0).map(severity =>
    counted(summary[severity], severity),
  );
  const fixed = summary.fixed > 0 ? `; ${counted(summary.fixed, 'fix', 'fixes')} written` : '';
  return `${counts.length === 0 ? 'No findings' : counts.join(', ')} in ${counted(summary.files, 'file')}${fixed}.`;
}
