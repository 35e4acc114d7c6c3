/** Findings in a file of a package: what does not parse, why its import fails, names that nobody defines. */
import { builtins, type Span, symbolIndex } from '../../mlsys';
import type { PackageView } from '../evaluation/packageView';
import { codeOfFault, type FaultCode, faultText } from './faults';
import type { Finding, RuleLevel } from './finding';
import { RULES } from './rules';

/** Ranges are offsets into the file's source. */
export function packageFindings(
  view: PackageView,
  levels: Readonly<Record<string, RuleLevel>> = {},
): readonly Finding[] {
  const drafts = [...draftsOf(view)].sort((a, b) => a.range.start - b.range.start);
  return drafts.flatMap(({ code, ...rest }) => {
    const severity = levels[code] ?? RULES.find(rule => rule.code === code)!.severity;
    return severity === 'off' ? [] : [{ code, severity, ...rest }];
  });
}

type PackageDraft = Omit<Finding, 'code' | 'severity'> & { readonly code: FaultCode };

function* draftsOf(view: PackageView): Iterable<PackageDraft> {
  const { program } = view.module;
  for (const { kind, message, span } of program.issues)
    yield { code: 'syntax-error', range: { ...rangeOf(span) }, message: `${kind}: ${message}` };
  if (program.issues.length > 0) return;
  const failed = failure(view);
  if (failed !== undefined) yield failed;
  for (const [name, span] of undefinedNames(view))
    if (failed === undefined || failed.range.start > span.start || failed.range.end < span.end)
      yield { code: 'undefined-name', range: rangeOf(span), message: `\`${name}\` is not defined in this module.` };
}

function rangeOf({ start, end }: Span): { start: number; end: number } {
  return { start, end };
}

/** The exception that the import raises, at the innermost place of this file. */
function failure({ fault, module }: PackageView): PackageDraft | undefined {
  const place = fault?.trace.find(entry => entry.file === module.file);
  if (fault === undefined || place === undefined) return undefined;
  const inner = fault.trace[0]!;
  const elsewhere = inner.file === module.file || inner.file.startsWith('<') ? '' : ` (${shortName(inner.file)})`;
  const message = `${faultText(fault)}${elsewhere}`;
  return { code: codeOfFault(fault), range: rangeOf(place.span), message };
}

function shortName(file: string): string {
  return file.split(/[/\\]/).slice(-2).join('/');
}

function undefinedNames({ module, values, index }: PackageView): [string, Span][] {
  const { names } = symbolIndex(module.program.module);
  // What a star import would bring is known only where the import of this module succeeded.
  if (values === undefined && names.starImports.length > 0) return [];
  const known = (name: string) =>
    names.writes.has(name) ||
    name.startsWith('__') ||
    builtins().has(name) ||
    values?.has(name) === true ||
    index.resolve(module.name, [name]) !== undefined;
  return [...names.readSpans].filter(([name]) => !known(name));
}
