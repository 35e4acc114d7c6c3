/**
 * What can be done about the findings around the cursor: their quick fixes, ignoring them, levels of their rules, the pages of these;
 * and one action that takes all the certain fixes.
 */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { OffsetRange } from '../chapter/ranges';
import type { Finding, Fix } from '../diagnostics/finding';
import { applicableFixes, withLineEndsOf } from '../diagnostics/fixes';
import { ignoreHere, REASON, turnOffInChapter } from '../diagnostics/silencing';
import type { Analysis } from '../evaluation/analysis';
import { SET_RULE_LEVEL, SHOW_RULE } from '../protocol';
import { type FeatureContext, FIX_ALL, type Handler, toOffset, toRange, uriAt } from './feature';

export const codeAction: Handler<CodeActionParams, CodeAction[]> = {
  wantsAllFindings: true,
  handle(analysis, { range, context: { diagnostics, only } }, context) {
    const { uri, findings } = context;
    const from = toOffset(analysis.chapter, range.start, context);
    const to = toOffset(analysis.chapter, range.end, context);
    const wants = (kind: string) => only === undefined || only.some(one => kind === one || kind.startsWith(`${one}.`));
    const actions = wants(CodeActionKind.QuickFix)
      ? quickFixes({ start: from, end: to }, diagnostics, analysis, context)
      : [];
    const all = wants(FIX_ALL) && only !== undefined ? applicableFixes(findings) : [];
    if (all.length > 0)
      actions.push({
        title: `Fix all findings that have one certain fix (${all.length})`,
        kind: FIX_ALL,
        edit: { changes: changesOf(all, analysis, uri) },
      });
    return actions;
  },
};

/** What can be done about the findings in a range: fixes first, then what accepts or ignores them, then what concerns their rules. */
function quickFixes(
  range: OffsetRange,
  diagnostics: readonly Diagnostic[],
  analysis: Analysis,
  context: FeatureContext,
): CodeAction[] {
  const { uri, findings } = context;
  const isHere = ({ start, end }: OffsetRange) => end >= range.start && start <= range.end;
  const here = findings.filter(({ range: place }) => isHere(place));
  const about = (finding: Finding): Pick<CodeAction, 'kind' | 'diagnostics'> => {
    const diagnostic = diagnostics.find(one => matches(one, finding, analysis));
    return { kind: CodeActionKind.QuickFix, ...(diagnostic === undefined ? {} : { diagnostics: [diagnostic] }) };
  };
  const actions: CodeAction[] = [];
  const mendable = findings.filter(finding => here.includes(finding) || mendsRelated(finding, isHere));
  for (const finding of mendable)
    for (const fix of finding.fixes ?? [])
      actions.push({
        title: fix.title,
        ...about(finding),
        ...(fix.preferred ? { isPreferred: true } : {}),
        edit: { changes: changesOf([fix], analysis, uri) },
      });
  for (const actionsOn of [accepting, ignoring])
    for (const finding of here)
      for (const action of actionsOn(finding, analysis, context)) actions.push({ ...about(finding), ...action });
  for (const code of new Set(here.map(finding => finding.code)))
    for (const action of ruleActions(code, analysis, context))
      actions.push({ ...about(here.find(finding => finding.code === code)!), ...action });
  return actions;
}

/** True where a fix of a finding mends another place of the same fault, which is this one. */
function mendsRelated({ related = [], fixes = [] }: Finding, isHere: (range: OffsetRange) => boolean): boolean {
  const places = related.filter(({ file, range }) => file === undefined && isHere(range)).map(({ range }) => range);
  const edits = places.length === 0 ? [] : fixes.flatMap(fix => fix.edits);
  return edits.some(edit => places.some(place => place.start <= edit.start && edit.end <= place.end));
}

/** A value that drifted from the lock is taken for good, alone or with all others of the chapter. */
function* accepting({ code, range }: Finding, analysis: Analysis, { accept }: FeatureContext): Iterable<CodeAction> {
  const expr = code === 'value-drift' ? analysis.refAt(range.start)?.ref.expr.trim() : undefined;
  if (expr === undefined) return;
  const edit = accept?.(analysis, expr);
  if (edit !== undefined) yield { title: `Accept the value of \`${expr}\``, edit };
  const all = accept?.(analysis);
  if (all !== undefined) yield { title: 'Accept all values of this chapter', edit: all };
}

/** Of what is told of ignore comments and levels, the finding's own fixes dispose. */
const SETTLED: ReadonlySet<string> = new Set(['unused-ignore', 'invalid-configuration']);

function ignoring(finding: Finding, analysis: Analysis, { uri, client }: FeatureContext): CodeAction[] {
  const ignore = SETTLED.has(finding.code) ? undefined : ignoreHere(finding, analysis);
  if (ignore === undefined) return [];
  const changes = changesOf([ignore], analysis, uri);
  return [{ title: ignore.title, edit: client?.takesSnippetEdits === true ? withPlaceholder(changes) : { changes } }];
}

/** The same edits as snippets, in which the author types the reason. */
function withPlaceholder(changes: Readonly<Record<string, readonly TextEdit[]>>): WorkspaceEdit {
  const documentChanges = Object.entries(changes).map(
    ([uri, edits]): TextDocumentEdit => ({
      textDocument: { uri, version: null },
      edits: edits.map(({ range, newText }) => {
        const text = newText.replaceAll(/[\\$}]/g, '\\$&').replace(`: ${REASON}`, `: \${1:${REASON}}`);
        return { range, snippet: { kind: 'snippet', value: text } };
      }),
    }),
  );
  return { documentChanges };
}

/** What concerns a rule wherever it reports: its level in the chapter and in the project, and its page. */
function* ruleActions(
  code: string,
  analysis: Analysis,
  { uri, client, turnOff }: FeatureContext,
): Iterable<CodeAction> {
  const off = SETTLED.has(code) ? undefined : turnOffInChapter(code, analysis.chapter);
  if (off !== undefined) yield { title: off.title, edit: { changes: changesOf([off], analysis, uri) } };
  if (client?.hasCommands === true) {
    const level = `Set the level of \`${code}\`…`;
    yield { title: level, command: { title: level, command: SET_RULE_LEVEL, arguments: [code, uri] } };
    const page = `Show the page of \`${code}\``;
    yield { title: page, command: { title: page, command: SHOW_RULE, arguments: [code] } };
    return;
  }
  const edit = turnOff?.(code);
  if (edit !== undefined) yield { title: `Turn \`${code}\` off in .reckoner.yml`, edit };
}

/** The edits by document: some may be in files that the chapter includes. */
function changesOf(fixes: readonly Fix[], { chapter }: Analysis, uri: string): Record<string, TextEdit[]> {
  const changes: Record<string, TextEdit[]> = {};
  for (const edit of fixes.flatMap(fix => fix.edits)) {
    const document = uriAt(chapter, edit.start, uri);
    changes[document] ??= [];
    changes[document].push({ range: toRange(chapter, edit), newText: withLineEndsOf(chapter.text, edit.newText) });
  }
  return changes;
}

function matches(diagnostic: Diagnostic, finding: Finding, analysis: Analysis): boolean {
  const { start } = toRange(analysis.chapter, finding.range);
  return (
    diagnostic.code === finding.code &&
    diagnostic.range.start.line === start.line &&
    diagnostic.range.start.character === start.character
  );
}
