/** Findings as a log of SARIF 2.1.0, which code scanning services and editors read. */
import { createHash } from 'node:crypto';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ArtifactLocation, Location, Log, Region, ReportingDescriptor, Result } from 'sarif';
import { RULES, type Severity } from '../../diagnostics';
import { wordsOf } from '../../project/baseline';
import { version } from '../../version';
import type { FindingRecord, PlaceRecord } from '../../workspace/records';
import { ruleLink } from '../../workspace/ruleLinks';
import { machine } from '../engine';
import { descriptionOf, hasFix, pageOf, summaryOf } from '../rulePages';
import type { Report } from './index';

const LEVELS = { error: 'error', warning: 'warning', info: 'note', hint: 'note' } as const satisfies Record<
  Severity,
  string
>;

/** What relative references are relative to: services take it for the repository, editors find it in `originalUriBaseIds`. */
const BASE = '%SRCROOT%';

/** `cwd` is the folder that the names of files are relative to. */
export function sarifLog(report: Report, cwd: string): Log {
  const rules = RULES.map(({ code, severity }) => descriptorOf(code, severity));
  const files = new Files(cwd);
  const prints = new Fingerprints();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Reckoner', version, semanticVersion: version, rules } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [BASE]: { uri: `${pathToFileURL(files.root).href}/` } },
        results: report.findings.map(finding => resultOf(finding, report, files, prints)),
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

function resultOf(finding: FindingRecord, { lineOf }: Report, files: Files, prints: Fingerprints): Result {
  const { code, severity, message, file, related, fixes } = finding;
  const line = lineOf(file, finding.line);
  const place = locationOf(files.locationOf(file), finding);
  // What is around a place holds all of it.
  if (line !== '' && finding.endLine === finding.line && place.physicalLocation !== undefined)
    place.physicalLocation.contextRegion = { startLine: finding.line, snippet: { text: line } };
  return {
    ruleId: code,
    ruleIndex: RULES.findIndex(rule => rule.code === code),
    level: LEVELS[severity],
    message: { text: message },
    locations: [place],
    partialFingerprints: { 'reckoner/v1': prints.of(finding, files.locationOf(file), line) },
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((one, id) => ({
            id,
            ...locationOf(files.locationOf(one.file), one),
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
                artifactLocation: files.locationOf(file),
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

function locationOf(artifactLocation: ArtifactLocation, place: PlaceRecord): Location {
  return { physicalLocation: { artifactLocation, region: regionOf(place) } };
}

/** Files by what names them: relative to the repository around the working directory, or to that where there is none. */
class Files {
  readonly root: string;
  readonly #cwd: string;

  constructor(cwd: string) {
    this.#cwd = cwd;
    this.root = repositoryAround(cwd) ?? cwd;
  }

  locationOf(file: string): ArtifactLocation {
    const path = resolve(this.#cwd, file);
    const name = relative(this.root, path);
    if (isAbsolute(name) || name.split(sep)[0] === '..') return { uri: pathToFileURL(path).href };
    return { uri: name.split(sep).map(encodeURIComponent).join('/'), uriBaseId: BASE };
  }
}

function repositoryAround(folder: string): string | undefined {
  if (machine.isThere(join(folder, '.git'))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : repositoryAround(above);
}

/** Names findings so that a service knows them again after edits elsewhere: by code and words; several alike are counted. */
class Fingerprints {
  readonly #seen = new Map<string, number>();

  of(finding: FindingRecord, { uri }: ArtifactLocation, line: string): string {
    const words = JSON.stringify([uri, finding.code, wordsOf(finding, line)]);
    const times = this.#seen.get(words) ?? 0;
    this.#seen.set(words, times + 1);
    return createHash('sha256').update(`${words}${times}`).digest('hex').slice(0, 32);
  }
}
