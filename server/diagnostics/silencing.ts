/** What an author may do about a finding beside mending it: ignore it at its place, or turn its rule off. */
import type { Chapter, OffsetRange } from '../chapter/model';
import type { Analysis } from '../evaluation/analysis';
import { CONFIGURATION_KEY } from './configuration';
import type { Finding, Fix, RuleLevel, TextEdit } from './finding';
import { replacement } from './fixes';
import { statementAt } from './ignores';
import { lineStart } from './sourceLines';
import { yamlEdit } from './yamlEdits';

/** What stands for the reason until the author gives one. */
export const REASON = 'reason';

/** The comment that silences a finding at its place; undefined where none would be read. */
export function ignoreHere(finding: Finding, analysis: Analysis): Fix | undefined {
  const edit = inCell(finding, analysis) ?? aboveBlock(finding, analysis.chapter);
  return edit && { title: `Ignore \`${finding.code}\` here, for a reason`, edits: [edit] };
}

/** A comment above the statement that the finding stands in. */
function inCell({ range, code }: Finding, { chapter, cells }: Analysis): TextEdit | undefined {
  const result = cells[chapter.cellAt(range.start)?.index ?? -1];
  if (result === undefined || !isWithin(range.start, result.cell.codeRange)) return undefined;
  const { cell, program } = result;
  const { source } = cell;
  // In a cell that cannot be read, and in one that a magic begins, comments may mean something else.
  if (program === undefined || program.issues.length > 0 || /^\s*%%/.test(source)) return undefined;
  const line = lineStart(source, cell.toSource(range.start));
  // Options and header boxes are comments themselves.
  if (/^[ \t]*(?:#|$)/m.exec(source.slice(line))?.index === 0) return undefined;
  const { start } = statementAt(result, line);
  const at = lineStart(source, start);
  const indent = /^[ \t]*/.exec(source.slice(at))![0];
  const place = cell.toDocument(at);
  const lead = chapter.text.slice(lineStart(chapter.text, place), place);
  return insertion(place, `${indent}# reckoner-ignore ${code}: ${REASON}${newlineOf(chapter)}${lead}`);
}

/** A comment above the block that the finding stands in. */
function aboveBlock({ range, code }: Finding, chapter: Chapter): TextEdit | undefined {
  const block = chapter.blockAt(range.start);
  if (block === undefined || block.kind === 'frontMatter' || block.kind === 'blank') return undefined;
  const newline = newlineOf(chapter);
  return insertion(block.range.start, `<!-- reckoner-ignore ${code}: ${REASON} -->${newline}${newline}`);
}

function insertion(at: number, text: string): TextEdit {
  return replacement({ start: at, end: at }, text);
}

function isWithin(offset: number, { start, end }: OffsetRange): boolean {
  return start <= offset && offset < end;
}

function newlineOf({ text }: Chapter): string {
  const end = text.indexOf('\n');
  return end > 0 && text[end - 1] === '\r' ? '\r\n' : '\n';
}

/** Says in the front matter that a rule is off in the chapter; undefined where that cannot be changed. */
export function turnOffInChapter(code: string, chapter: Chapter): Fix | undefined {
  const { frontMatter } = chapter;
  const title = `Turn \`${code}\` off in this chapter`;
  if (frontMatter === undefined) {
    const newline = newlineOf(chapter);
    const lines = ['---', `${CONFIGURATION_KEY}:`, '  rules:', `    ${code}: off`, '---', '', ''];
    return { title, edits: [insertion(chapter.text.startsWith('\uFEFF') ? 1 : 0, lines.join(newline))] };
  }
  const { text, textRange } = frontMatter;
  const edit = yamlEdit(text, [CONFIGURATION_KEY, 'rules', code], 'off');
  if (edit === undefined) return undefined;
  const { start, end, newText } = edit;
  const by = textRange.start;
  // What is added at the end of the front matter must not join its closing mark.
  const isEnd = by + start === textRange.end && chapter.text[by + start - 1] !== '\n';
  const made = isEnd ? newText.replace(/\r?\n$/, '') : newText;
  return { title, edits: [replacement({ start: by + start, end: by + end }, made)] };
}

/** The edit of a `.reckoner.yml` that gives a rule a level; undefined where the file is not valid. */
export function levelEdit(text: string, code: string, level: RuleLevel): TextEdit | undefined {
  return yamlEdit(text, ['rules', code], level);
}
