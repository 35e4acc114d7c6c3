/** Findings as the protocol's diagnostics. */
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag, type Range } from 'vscode-languageserver';
import type { Chapter, Composition, OffsetRange } from '../chapter/model';
import type { Finding, Severity } from '../diagnostics';
import type { FindingTag } from '../diagnostics/finding';
import { uriOfPath } from '../files/uri';
import { type FindingRecord, INCLUDED_HERE, type PlaceRecord } from '../workspace/records';

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const SOURCE = 'reckoner';
/** Most diagnostics of one file, as editors show no more. What is left out is counted in one more. */
const MOST_DIAGNOSTICS = 1000;
const TAG: Readonly<Record<FindingTag, DiagnosticTag>> = {
  unnecessary: DiagnosticTag.Unnecessary,
  deprecated: DiagnosticTag.Deprecated,
};

/** Where the page of a rule is, by its code; undefined where nobody can open one. */
export type RuleLinks = (code: string) => string | undefined;

const NO_LINKS: RuleLinks = () => undefined;

function codeOf(code: string, links: RuleLinks): Pick<Diagnostic, 'code' | 'codeDescription'> {
  const href = links(code);
  return { code, ...(href === undefined ? {} : { codeDescription: { href } }) };
}

/** Findings in a text whose lines are known: a chapter, or a file of a package. */
export function diagnosticsOf(
  findings: readonly Finding[],
  chapter: Pick<Chapter, 'lines'> & { readonly composition?: Composition | undefined },
  uri: string,
  links: RuleLinks = NO_LINKS,
): Diagnostic[] {
  const range = (one: OffsetRange): Range => chapter.lines.rangeOf(one);
  const uriAt = (offset: number) => chapter.composition?.fileAt(offset)?.uri ?? uri;
  const diagnostics = shown(findings).map(
    (finding): Diagnostic => ({
      range: range(finding.range),
      severity: SEVERITY[finding.severity],
      ...codeOf(finding.code, links),
      source: SOURCE,
      message: finding.message,
      ...tagsOf(finding),
      ...(finding.related === undefined || finding.related.length === 0
        ? {}
        : {
            relatedInformation: finding.related.map(place => ({
              location: {
                uri: place.file === undefined ? uriAt(place.range.start) : uriOfPath(place.file),
                range: place.position ?? range(place.range),
              },
              message: place.message,
            })),
          }),
    }),
  );
  return diagnostics.concat(leftOut(findings));
}

/** The findings of a chapter by document: those in files that it includes say where it does. */
export function diagnosticsByUri(
  findings: readonly Finding[],
  chapter: Chapter,
  uri: string,
  links: RuleLinks = NO_LINKS,
): ReadonlyMap<string, readonly Diagnostic[]> {
  const { composition } = chapter;
  if (composition === undefined) return new Map([[uri, diagnosticsOf(findings, chapter, uri, links)]]);
  const groups = new Map<string, Finding[]>([[uri, []]]);
  for (const file of composition.partials) groups.set(file.uri, []);
  for (const finding of findings) groups.get(composition.fileAt(finding.range.start)?.uri ?? uri)!.push(finding);
  const byUri = new Map<string, Diagnostic[]>();
  for (const [document, group] of groups) {
    const told = shown(group);
    const diagnostics = diagnosticsOf(group, chapter, uri, links);
    for (const [at, { range }] of told.entries()) {
      const include = composition.includeAt(range.start);
      if (include === undefined) continue;
      const location = { uri, range: composition.own.lines.rangeOf(include.range) };
      const others = diagnostics[at]!.relatedInformation ?? [];
      diagnostics[at]!.relatedInformation = [...others, { location, message: INCLUDED_HERE }];
    }
    byUri.set(document, diagnostics);
  }
  return byUri;
}

function tagsOf({ tags }: { readonly tags?: readonly FindingTag[] }): Pick<Diagnostic, 'tags'> {
  return tags === undefined ? {} : { tags: tags.map(tag => TAG[tag]) };
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
export function diagnosticsOfRecords(
  records: readonly FindingRecord[],
  uri: string,
  links: RuleLinks = NO_LINKS,
): Diagnostic[] {
  const range = (place: PlaceRecord): Range => ({
    start: { line: place.line - 1, character: place.column - 1 },
    end: { line: place.endLine - 1, character: place.endColumn - 1 },
  });
  const diagnostics = shown(records).map(
    (record): Diagnostic => ({
      range: range(record),
      severity: SEVERITY[record.severity],
      ...codeOf(record.code, links),
      source: SOURCE,
      message: record.message,
      ...tagsOf(record),
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
