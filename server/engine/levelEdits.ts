/** Edits of a project's `.reckoner.yml` that give a rule another level. */
import type { WorkspaceEdit } from 'vscode-languageserver';
import { LineIndex } from '../chapter/lines';
import type { RuleLevel } from '../diagnostics';
import { levelEdit } from '../diagnostics/silencing';
import { uriOfPath } from '../files/uri';

/** `text` is what the file says; undefined for one that is yet to be made. Undefined where the file is not valid. */
export function configurationEdit(
  path: string,
  text: string | undefined,
  code: string,
  level: RuleLevel,
): WorkspaceEdit | undefined {
  const edit = levelEdit(text ?? '', code, level);
  if (edit === undefined) return undefined;
  const uri = uriOfPath(path);
  const changed = { range: LineIndex.of(text ?? '').rangeOf(edit), newText: edit.newText };
  if (text !== undefined) return { changes: { [uri]: [changed] } };
  return {
    documentChanges: [
      { kind: 'create', uri, options: { ignoreIfExists: true } },
      { textDocument: { uri, version: null }, edits: [changed] },
    ],
  };
}
