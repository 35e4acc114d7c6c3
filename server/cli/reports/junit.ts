/** Findings as JUnit's XML: a suite for each file, a case for each finding, and one that passes for a file without any. */
import type { FindingRecord } from '../../workspace/records';
import { printable } from '../printable';
import type { Report } from './index';

export function junitReport({ findings, files }: Report): string {
  const named = new Set([...files, ...findings.map(({ file }) => file)]);
  const suites = [...named].map(file =>
    suiteOf(
      file,
      findings.filter(finding => finding.file === file),
    ),
  );
  const failures = findings.filter(isFailure).length;
  const tests = suites.reduce((sum, suite) => sum + suite.tests, 0);
  const text = suites.map(suite => suite.text).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="reckoner" tests="${tests}" failures="${failures}">\n${text}</testsuites>\n`;
}

/** What has no more weight than an information does not fail. */
function isFailure({ severity }: FindingRecord): boolean {
  return severity === 'error' || severity === 'warning';
}

function suiteOf(file: string, findings: readonly FindingRecord[]): { readonly tests: number; readonly text: string } {
  const name = escaped(file);
  const cases =
    findings.length === 0 ? [`    <testcase classname="${name}" name="no findings"/>\n`] : findings.map(caseOf);
  const failures = findings.filter(isFailure).length;
  return {
    tests: cases.length,
    text: `  <testsuite name="${name}" tests="${cases.length}" failures="${failures}">\n${cases.join('')}  </testsuite>\n`,
  };
}

function caseOf(finding: FindingRecord): string {
  const { file, line, column, severity, code, message, fixes } = finding;
  const place = `${file}:${line}:${column}`;
  const [fix] = fixes;
  const text = escaped(`${place} ${severity}: ${message}${fix === undefined ? '' : `\nfix: ${fix.title}`}`);
  const said = isFailure(finding)
    ? `<failure type="${severity}" message="${escaped(message)}">${text}</failure>`
    : `<system-out>${text}</system-out>`;
  return `    <testcase classname="${escaped(file)}" name="${escaped(`${code} at ${line}:${column}`)}">${said}</testcase>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text without what XML cannot hold. */
function escaped(text: string): string {
  return printable(text).replaceAll(/[&<>"]/g, char => ENTITIES[char]!);
}
