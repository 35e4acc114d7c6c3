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
import { FIX_ALL, type Handler, toOffset, toRange } from './feature';

export const codeAction: Handler<CodeActionParams, CodeAction[]> = {
  handle(analysis, { range, context: { diagnostics, only } }, { uri, findings }) {
    const from = toOffset(analysis.chapter, range.start);
    const to = toOffset(analysis.chapter, range.end);
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
            edit: { changes: { [uri]: editsOf(fix, analysis) } },
          });
      }
    const all = wants(FIX_ALL) && only !== undefined ? applicableFixes(findings) : [];
    if (all.length > 0)
      actions.push({
        title: `Fix all findings that have one certain fix (${all.length})`,
        kind: FIX_ALL,
        edit: { changes: { [uri]: all.flatMap(fix => editsOf(fix, analysis)) } },
      });
    return actions;
  },
};

function editsOf(fix: Fix, analysis: Analysis): TextEdit[] {
  return fix.edits.map(edit => ({ range: toRange(analysis.chapter, edit), newText: edit.newText }));
}

function matches(diagnostic: Diagnostic, finding: Finding, analysis: Analysis): boolean {
  const { start } = toRange(analysis.chapter, finding.range);
  return (
    diagnostic.code === finding.code &&
    diagnostic.range.start.line === start.line &&
    diagnostic.range.start.character === start.character
  );
}
