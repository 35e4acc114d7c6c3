/** Assumptions that are tried with other values: the edits of the chapter's text that a draft of it is made with. */
import { parseExpression, type Span } from '../../mlsys';
import type { OffsetRange } from '../chapter/model';
import type { Analysis, CellResult, Definition } from '../evaluation/analysis';
import type { FileTexts } from './fileValues';
import type { Literal } from './literals';
import { assignedNode, ownNumber } from './ownNumber';
import { findTarget } from './targets';

/** One value to try. */
export interface Change {
  /**
   * `x`, `Class.attr`, the last part of such a name where no other ends so, a constant that a cell imports, or a number that is
   * written in a cell or data file, by the name that `Literal` or `FileValue` has.
   */
  readonly name: string;
  /** A number, in the unit that the value has; or any Python expression, as it is. */
  readonly value: string;
}

/** A replacement in the chapter's own text. */
export interface DraftEdit extends OffsetRange {
  readonly newText: string;
}

/** A replacement in another file: one that the chapter includes, a data file, a module. */
export interface FileEdit extends DraftEdit {
  readonly path: string;
}

/** A replacement in the chapter's own text or in another file. */
export type AnyEdit = DraftEdit | FileEdit;

export function isFileEdit(edit: AnyEdit): edit is FileEdit {
  return 'path' in edit;
}

/** True for edits of one text. */
export function isSameText(one: AnyEdit, other: AnyEdit): boolean {
  return (isFileEdit(one) ? one.path : undefined) === (isFileEdit(other) ? other.path : undefined);
}

export interface DraftEdits {
  /** In the order of the text. */
  readonly edits: readonly DraftEdit[];
  readonly fileEdits: readonly FileEdit[];
  /** The changes by the whole names of what they change. */
  readonly changes: readonly Change[];
  /** Why changes cannot be tried, one sentence each. */
  readonly problems: readonly string[];
}

/** The edits that give each name its new value. Throws `DetailsMissing` where a value must be known first. */
export function draftEdits(changes: readonly Change[], analysis: Analysis, files: FileTexts): DraftEdits {
  const problems: string[] = [];
  // Of a name that is changed twice, the last value counts.
  const made = new Map<string, MadeChange>();
  for (const change of changes) {
    const one = editsOf(change, analysis, files);
    if (typeof one === 'string') problems.push(one);
    else made.set(one.name, one);
  }
  for (const one of [...made.values()]) {
    const around = [...made.values()].find(other => other !== one && encloses(other, one));
    if (around === undefined) continue;
    made.delete(one.name);
    problems.push(`${one.name} is a part of ${around.name}, which is changed as well.`);
  }
  const all = [...made.values()];
  const edits = joined(all.flatMap(one => one.edits));
  return {
    edits: edits.filter(one => !isFileEdit(one)),
    fileEdits: edits.filter(isFileEdit),
    changes: all.map(({ name, value }) => ({ name, value })),
    problems,
  };
}

interface MadeChange extends Change {
  readonly edits: readonly AnyEdit[];
}

/** True where what one change replaces holds what another does. */
function encloses({ edits: outer }: MadeChange, { edits: inner }: MadeChange): boolean {
  return outer.some(a =>
    inner.some(
      b =>
        isSameText(a, b) &&
        a.start <= b.start &&
        b.end <= a.end &&
        b.start < b.end &&
        (a.start < b.start || b.end < a.end),
    ),
  );
}

function editsOf({ name: asked, value: given }: Change, analysis: Analysis, files: FileTexts): MadeChange | string {
  const value = given.trim();
  if (!isExpression(value)) return `"${value}" is no Python expression.`;
  const found = findTarget(asked, analysis, files);
  if (typeof found === 'string') return found;
  const { name } = found;
  if (found.kind === 'file') {
    const { path, range, code } = found.value;
    if (code === undefined && !isNumber(value))
      return `${name} stands in a data file, which holds no expression: give a number.`;
    const edit = code === undefined ? { ...range, newText: value } : literalEdit({ range, ...code }, value);
    return { name, value, edits: [{ path, ...edit }] };
  }
  const edits =
    found.kind === 'literal'
      ? [literalEdit(found.literal, value)]
      : found.definition.from === undefined
        ? assignmentEdit(found.definition, value, analysis)
        : importEdits(found.definition, value, analysis);
  if (typeof edits === 'string') return edits;
  return { name, value, edits: edits.map(edit => inItsText(keepingLines(edit, analysis), analysis)) };
}

/** The number alone is replaced; among operators, what binds less tightly stands in parentheses. */
function literalEdit(
  { range, quotes, isGiven }: Pick<Literal, 'range' | 'quotes' | 'isGiven'>,
  value: string,
): DraftEdit {
  const isPlain = isNumber(value);
  if (quotes !== '') return { ...range, newText: isPlain ? `${quotes}${value}${quotes}` : `str(${value})` };
  return { ...range, newText: isGiven || (isPlain && /^[\d.]/.test(value)) ? value : `(${value})` };
}

/** In the order of the text, with insertions at one place as one. */
function joined(edits: readonly AnyEdit[]): AnyEdit[] {
  const byPlace = new Map<string, AnyEdit>();
  for (const edit of edits) {
    const key = `${edit.start}:${edit.end}:${isFileEdit(edit) ? edit.path : ''}`;
    byPlace.set(key, { ...edit, newText: (byPlace.get(key)?.newText ?? '') + edit.newText });
  }
  return sorted([...byPlace.values()]);
}

function sorted<T extends DraftEdit>(edits: readonly T[]): T[] {
  return [...edits].sort((a, b) => a.start - b.start);
}

/** The lines of a draft are those of the chapter: what is found in one is looked up in the other by its line. */
function keepingLines({ start, end, newText }: DraftEdit, { chapter }: Analysis): DraftEdit {
  const breaks = chapter.slice(start, end).split('\n').length - 1;
  return { start, end, newText: breaks === 0 ? newText : `(${newText}${'\n'.repeat(breaks)})` };
}

/** The edit that leaves a guard out. */
export function withoutGuard({ start, end }: OffsetRange, analysis: Analysis): AnyEdit {
  return inItsText(keepingLines({ start, end, newText: 'None' }, analysis), analysis);
}

/** An edit of a text that was made by edits, as one of the text before them. */
export function beforeEdits<T extends AnyEdit>(made: T, edits: readonly AnyEdit[]): T {
  const { start, end } = made;
  let shift = 0;
  for (const edit of edits) {
    if (!isSameText(edit, made)) continue;
    if (edit.start + shift + edit.newText.length > start) break;
    shift += edit.newText.length - (edit.end - edit.start);
  }
  return { ...made, start: start - shift, end: end - shift };
}

/**
 * The way from a text with some edits to the same text with others: changes to be made one after the other, the last one in the
 * text first. Undefined where edits of the two overlap without being of the same range.
 */
export function wayBetween(
  text: string,
  before: readonly DraftEdit[],
  after: readonly DraftEdit[],
): readonly { readonly start: number; readonly end: number; readonly text: string }[] | undefined {
  const keyOf = ({ start, end }: DraftEdit) => `${start}:${end}`;
  const old = new Map(before.map(edit => [keyOf(edit), edit]));
  const now = new Map(after.map(edit => [keyOf(edit), edit]));
  const all = sorted([...new Map([...old, ...now]).values()]);
  if (all.some(({ start }, at) => at > 0 && start < all[at - 1]!.end)) return undefined;
  let shift = 0;
  const changes = all.flatMap(edit => {
    const { start, end } = edit;
    const own = text.slice(start, end);
    const held = old.get(keyOf(edit))?.newText ?? own;
    const wanted = now.get(keyOf(edit))?.newText ?? own;
    const from = start + shift;
    shift += held.length - own.length;
    return held === wanted ? [] : [{ start: from, end: from + held.length, text: wanted }];
  });
  return changes.reverse();
}

/** A text with edits made. */
export function editedText(text: string, edits: readonly DraftEdit[]): string {
  let made = '';
  let from = 0;
  for (const { start, end, newText } of sorted(edits)) {
    made += text.slice(from, start) + newText;
    from = end;
  }
  return made + text.slice(from);
}

function isExpression(text: string): boolean {
  const { expression, issues } = parseExpression(text);
  return expression !== undefined && issues.length === 0 && !/[\r\n;]/.test(text);
}

/** The value of the assignment is replaced: its one number, or all of it. */
function assignmentEdit(definition: Definition, value: string, analysis: Analysis): DraftEdit[] | string {
  const { name, kind } = definition;
  const cell = analysis.cells[definition.cell]!;
  const node = kind === 'assignment' ? assignedNode(definition, cell) : undefined;
  if (node === undefined) return `${name} is not set by an assignment that can be changed.`;
  const place = (span: Span): OffsetRange => cell.cell.toDocumentRange({ start: span.start, end: span.end });
  if (!isNumber(value)) return [{ ...place(node), newText: value }];
  const binding = cell.bindingOf(name);
  const only = ownNumber(definition, analysis);
  if (only !== undefined) return [{ ...place(only), newText: value }];
  // A number for a quantity is in the unit that it has.
  const whole = analysis.chapter.slice(place(node).start, place(node).end);
  const type = binding?.value.type;
  if (type === 'Quantity') return [{ ...place(node), newText: `(${value}) * (${whole}).units` }];
  if (type === undefined || !EXACT.has(type)) return [{ ...place(node), newText: value }];
  // No float holds what such a number may be: it is made of a text, by the class that made it.
  const callee = node.kind === 'Call' ? whole.slice(0, node.func.end - node.start) : '';
  const made = callee === type || callee.endsWith(`.${type}`) ? callee : `type(${whole})`;
  return [{ ...place(node), newText: /^[-+]?\d+$/.test(value) ? `${made}(${value})` : `${made}("${value}")` }];
}

/** Classes of numbers that mix with no floats. */
const EXACT: ReadonlySet<string> = new Set(['Decimal', 'Fraction']);

function isNumber(text: string): boolean {
  return /^[-+]?(?:\d[\d_]*\.?[\d_]*|\.\d+)(?:e[-+]?\d+)?$/i.test(text);
}

/** Each import of the constant is followed by an assignment, on its line. */
function importEdits({ name, from }: Definition, value: string, analysis: Analysis): DraftEdit[] | string {
  const isQuantity = analysis.valueAt(name, analysis.cells.length)?.type === 'Quantity';
  const given = isNumber(value) && isQuantity ? `(${value}) * ${name}.units` : value;
  const edits: DraftEdit[] = [];
  for (const cell of analysis.cells) {
    const stars = cell.names.starImports.length > 0;
    const ends = new Set<number>();
    for (const one of cell.definitions)
      if (one.name === name && one.from !== undefined) ends.add(one.statementRange.end);
    if (ends.size === 0 && stars && from?.name === name && cell.run?.binds(name) === true) {
      const end = starEnd(cell);
      if (end !== undefined) ends.add(end);
    }
    for (const end of ends) edits.push({ start: end, end, newText: `; ${name} = ${given}` });
  }
  return edits.length === 0 ? `${name} is imported in a way that cannot be changed.` : edits;
}

/** Behind the last star import of a cell. */
function starEnd({ cell, program }: CellResult): number | undefined {
  const statement = program.module.body.findLast(
    one => one.kind === 'ImportFrom' && one.names.some(alias => alias.name.name === '*'),
  );
  return statement && cell.toDocumentRange({ start: statement.start, end: statement.end }).end;
}

/** The same edit in the text of the file that it lies in. */
function inItsText(edit: DraftEdit, { chapter: { composition } }: Analysis): AnyEdit {
  if (composition === undefined) return edit;
  const { file, range } = composition.toFile(edit);
  const { newText } = edit;
  return file === undefined ? { ...range, newText } : { ...range, newText, path: file.path };
}
