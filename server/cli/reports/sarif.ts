/** Findings as a log of SARIF 2.1.0, which code scanning services and editors read. */
import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import type { Location, Log, Region, ReportingDescriptor, Result } from 'sarif';
import { RULES, type Severity } from '../../diagnostics';
import { wordsOf } from '../../project/baseline';
import { version } from '../../version';
import type { FindingRecord, PlaceRecord } from '../../workspace/records';
import { ruleLink } from '../../workspace/ruleLinks';
import { descriptionOf, hasFix, pageOf, summaryOf } from '../rulePages';
import type { Report } from './index';

const LEVELS = { error: 'error', warning: 'warning', info: 'note', hint: 'note' } as const satisfies Record<
  Severity,
  string
>;

export function sarifLog(report: Report): Log {
  const rules = RULES.map(({ code, severity }) => descriptorOf(code, severity));
  const prints = new Fingerprints();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Reckoner', version, semanticVersion: version, rules } },
        columnKind: 'utf16CodeUnits',
        results: report.findings.map(finding => resultOf(finding, report, prints)),
      },
    ],
  };
}

function descriptorOf(code: string, severity: Severity): ReportingDescriptor {
  const page = pageOf(code);
  const link = ruleLink(code);
  return {
    id: code,
    name: code.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: summaryOf(page) },
    fullDescription: { text: descriptionOf(page) },
    ...(link === undefined ? {} : { helpUri: link }),
    help: { text: page, markdown: page },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ['quarto', ...(hasFix(page) ? ['fixable'] : [])] },
  };
}

function resultOf(finding: FindingRecord, { lineOf }: Report, prints: Fingerprints): Result {
  const { code, severity, message, file, related, fixes } = finding;
  const line = lineOf(file, finding.line);
  const place = locationOf(file, finding);
  if (line !== '' && place.physicalLocation !== undefined)
    place.physicalLocation.contextRegion = { startLine: finding.line, snippet: { text: line } };
  return {
    ruleId: code,
    ruleIndex: RULES.findIndex(rule => rule.code === code),
    level: LEVELS[severity],
    message: { text: message },
    locations: [place],
    partialFingerprints: { 'reckoner/v1': prints.of(finding, line) },
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((one, id) => ({
            id,
            ...locationOf(one.file, one),
            message: { text: one.message },
          })),
        }),
    ...(fixes.length === 0
      ? {}
      : {
          fixes: fixes.map(({ title, edits }) => ({
            description: { text: title },
            artifactChanges: [
              {
                artifactLocation: { uri: uriOf(file) },
                replacements: edits.map(edit => ({
                  deletedRegion: regionOf(edit),
                  insertedContent: { text: edit.newText },
                })),
              },
            ],
          })),
        }),
  };
}

function regionOf({ line, column, endLine, endColumn }: PlaceRecord): Region {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function locationOf(file: string, place: PlaceRecord): Location {
  return { physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: regionOf(place) } };
}

/** A path below the working directory as a relative reference, another one whole. */
function uriOf(file: string): string {
  if (/^(?:[\\/]|[A-Za-z]:)/.test(file)) return pathToFileURL(file).href;
  return file.split(/[\\/]/).map(encodeURIComponent).join('/');
}

/** Names findings so that a service knows them again after edits elsewhere: by code and words; several alike are counted. */
class Fingerprints {
  readonly #seen = new Map<string, number>();

  of(finding: FindingRecord, line: string): string {
    const words = JSON.stringify([finding.file, finding.code, wordsOf(finding, line)]);
    const times = this.#seen.get(words) ?? 0;
    this.#seen.set(words, times + 1);
    return createHash('sha256').update(`${words}${times}`).digest('hex').slice(0, 32);
  }
}
