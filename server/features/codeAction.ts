/** Quick fixes of the findings around the cursor, and one action that takes all the certain ones. */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type TextEdit,
} from 'vscode-languageserver';
import type { Finding, Fix } from '../diagnostics/finding';
import { applicableFixes } from '../diagnostics/fixes';
import type { Analysis } from '../evaluation/analysis';
import { FIX_ALL, type Handler, toOffset, toRange, uriAt } from './feature';

export const codeAction: Handler<CodeActionParams, CodeAction[]> = {
  handle(analysis, { range, context: { diagnostics, only } }, context) {
    const { uri, findings } = context;
    const from = toOffset(analysis.chapter, range.start, context);
    const to = toOffset(analysis.chapter, range.end, context);
    const wants = (kind: string) => only === undefined || only.some(one => kind === one || kind.startsWith(`${one}.`));
    const actions: CodeAction[] = [];
    if (wants(CodeActionKind.QuickFix))
      for (const finding of findings) {
        if (finding.range.end < from || finding.range.start > to) continue;
        const diagnostic = diagnostics.find(one => matches(one, finding, analysis));
        for (const fix of finding.fixes ?? [])
          actions.push({
            title: fix.title,
            kind: CodeActionKind.QuickFix,
            ...(diagnostic === undefined ? {} : { diagnostics: [diagnostic] }),
            ...(fix.preferred ? { isPreferred: true } : {}),
            edit: { changes: changesOf([fix], analysis, uri) },
          });
      }
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

/** The edits by document: some may be in files that the chapter includes. */
function changesOf(fixes: readonly Fix[], { chapter }: Analysis, uri: string): Record<string, TextEdit[]> {
  const changes: Record<string, TextEdit[]> = {};
  for (const edit of fixes.flatMap(fix => fix.edits)) {
    const document = uriAt(chapter, edit.start, uri);
    changes[document] ??= [];
    changes[document].push({ range: toRange(chapter, edit), newText: edit.newText });
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
