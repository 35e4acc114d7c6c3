/** Edits of a project's lock of values that accept what a chapter shows. */
import type { WorkspaceEdit } from 'vscode-languageserver';
import { LineIndex } from '../chapter/lines';
import type { Analysis } from '../evaluation/analysis';
import { dirname } from '../files/path';
import { uriOfPath } from '../files/uri';
import { LockError, nameIn, ValueLock, valuesToLock } from '../project/lock';

/**
 * Has the lock at a path, with its present text, say what references of a chapter read: those of one expression, or all. Undefined for
 * a text that is no lock.
 */
export function acceptingEdit(
  { path, text }: { readonly path: string; readonly text: string },
  chapter: string,
  analysis: Analysis,
  expr?: string,
): WorkspaceEdit | undefined {
  const lock = parsed(text);
  if (lock === undefined) return undefined;
  const name = nameIn(dirname(path), chapter);
  const before = lock.of(name);
  const all = valuesToLock(analysis, before);
  const values = expr === undefined ? all : { ...before, ...(Object.hasOwn(all, expr) ? { [expr]: all[expr]! } : {}) };
  const newText = lock.with(new Map([[name, values]]), []).toString();
  const range = LineIndex.of(text).rangeOf({ start: 0, end: text.length });
  return { changes: { [uriOfPath(path)]: [{ range, newText }] } };
}

function parsed(text: string): ValueLock | undefined {
  try {
    return ValueLock.parse(text);
  } catch (error) {
    if (error instanceof LockError) return undefined;
    throw error;
  }
}
