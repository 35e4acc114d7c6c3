/** What a completion is asked for: the line around the cursor, and the code that it stands in. */
import { type CompletionParams, CompletionTriggerKind } from 'vscode-languageserver';
import { type CursorPlace, cursorPlace, enclosingScopes, localNames } from '../../../mlsys';
import type { Analysis, CellResult } from '../../evaluation/analysis';
import { type FeatureContext, isHere, toOffset } from '../feature';
import { LastMembers } from './lastMembers';

export interface Place {
  readonly analysis: Analysis;
  readonly context: FeatureContext;
  readonly offset: number;
  /** Where the cursor's line begins. */
  readonly lineStart: number;
  /** The line up to the cursor, and the rest of it. */
  readonly before: string;
  readonly after: string;
  /** The character that opened the list; undefined where a letter did, or the author asked for it. */
  readonly typed: string | undefined;
  /** The cell around the cursor, its fences included. */
  readonly cell: CellResult | undefined;
  /** The cell's code, or the expression of a reference; undefined in prose. */
  readonly code: CodePlace | undefined;
  /** What is asked of values for it. */
  readonly members: LastMembers;
}

/** A place in Python code. */
export interface CodePlace {
  readonly analysis: Analysis;
  /** The code up to the cursor. */
  readonly source: string;
  readonly at: CursorPlace;
  /** The path of names that is being typed, as far as it stands before the cursor: `Hardware.Cl`; empty for none. */
  readonly path: string;
  /** Number of cells whose names count here, the cell's own one included. */
  readonly seen: number;
  readonly cell: CellResult | undefined;
  /** The class in whose body it stands; undefined in a function, which does not see the names of its class. */
  readonly cls: string | undefined;
  /** True in the body of a function, which sees what the cell makes below it. */
  readonly isFunction: boolean;
  /** Names that functions, lambdas and comprehensions around it bind. */
  readonly locals: () => readonly string[];
  readonly membersAt: Analysis['membersAt'];
}

const LONGEST_PATH = 200;
/** Longest line that is looked at; nobody types in longer ones. */
const LONGEST_LINE = 20_000;

export function placeOf(
  analysis: Analysis,
  { position, context: trigger }: CompletionParams,
  context: FeatureContext,
): Place | undefined {
  const { chapter } = analysis;
  const offset = toOffset(chapter, position, context);
  const line = chapter.lines.lineRangeAt(offset);
  if (line.end - line.start > LONGEST_LINE || !isHere(chapter, offset, context)) return undefined;
  const before = chapter.slice(line.start, offset);
  const after = chapter.slice(offset, line.end).replace(/[\r\n]+$/, '');
  const typed = trigger?.triggerKind === CompletionTriggerKind.TriggerCharacter ? trigger.triggerCharacter : undefined;
  const cell = analysis.cellAt(offset);
  const members = new LastMembers(analysis, context);
  const code = cellCode(analysis, cell, offset, members) ?? refCode(analysis, before, offset, members);
  return { analysis, context, offset, lineStart: line.start, before, after, typed, cell, code, members };
}

/** The code of a cell up to an offset; undefined where that stands on one of its fences. */
export function cellCode(
  analysis: Analysis,
  result: CellResult | undefined,
  offset: number,
  members: LastMembers,
): CodePlace | undefined {
  if (result === undefined) return undefined;
  const { cell } = result;
  const { codeRange } = cell;
  if (offset < codeRange.start || offset > codeRange.end || offset >= (cell.closeRange?.start ?? Infinity))
    return undefined;
  const end = cell.toSource(offset);
  const source = cell.source.slice(0, end);
  const { cls, isFunction } = enclosingScopes(cell.source, end);
  return codePlace(analysis, source, {
    seen: cell.index + 1,
    cell: result,
    cls: isFunction ? undefined : cls,
    isFunction,
    locals: () => localNames(cell.source, end),
    membersAt: members.at,
  });
}

/** The expression of a reference, which may have no closing backtick yet. */
export function refCode(
  analysis: Analysis,
  before: string,
  offset: number,
  members: LastMembers,
): CodePlace | undefined {
  const found = /(?<!`)`\{python\}[ \t]*([^`]*)$/.exec(before);
  if (found === null) return undefined;
  const seen = analysis.chapter.cellsBefore(offset);
  return codePlace(analysis, found[1]!, {
    seen,
    cell: undefined,
    cls: undefined,
    isFunction: false,
    locals: () => [],
    membersAt: members.at,
  });
}

function codePlace(
  analysis: Analysis,
  source: string,
  rest: Pick<CodePlace, 'seen' | 'cell' | 'cls' | 'isFunction' | 'locals' | 'membersAt'>,
): CodePlace {
  const at = cursorPlace(source, source.length);
  const path = /(?:[\p{L}_][\p{L}\p{N}_]*\.)*[\p{L}\p{N}_]*$/u.exec(source.slice(-LONGEST_PATH))![0];
  return { analysis, source, at, path, ...rest };
}

/** True where the path begins a statement of its own. */
export function startsStatement({ source, path }: CodePlace): boolean {
  return /(?:^|\n)[ \t]*$/.test(source.slice(0, source.length - path.length));
}

/** False where no name of anything stands: a new one is given, or a value has just ended. */
export function takesName({ source, path }: CodePlace): boolean {
  const before = source.slice(0, source.length - path.length);
  if (path === '' && /[)\]}'"]$/.test(before)) return false;
  return !/(?:^|\n)[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+$/.test(before) && !/\bas[ \t]+$/.test(before);
}
