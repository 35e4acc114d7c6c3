/**
 * Comments that silence rules: `<!-- reckoner-ignore CODE: reason -->` on the next block, `# reckoner-ignore CODE: reason` in a cell on
 * the statement that it stands behind, or above.
 */
import { nodeAt } from '../../mlsys';
import { ignoredCodes } from '../chapter/ignoredCodes';
import type { OffsetRange } from '../chapter/model';
import type { Analysis, CellResult } from '../evaluation/analysis';
import type { Fix } from './finding';
import { replacement } from './fixes';
import type { Draft } from './rule';
import { similarNames } from './similar';
import { lineEnd, lineStart } from './sourceLines';

/** What one comment says of one rule, or of all. */
interface Silence {
  readonly comment: Comment;
  /** Undefined for all rules. */
  readonly code: string | undefined;
  /** The place that is silent; undefined where nothing follows the comment. */
  readonly target: OffsetRange | undefined;
  isUsed: boolean;
}

interface Comment {
  readonly range: OffsetRange;
  readonly codes: readonly string[];
}

/** The ignore comments of one version of a chapter; it keeps which of them had something to silence. */
export class Ignores {
  readonly #analysis: Analysis;
  /** By the start of the block. */
  readonly #ofBlocks = new Map<number, Map<string | undefined, Silence>>();
  /** By cell. */
  readonly #ofCells = new Map<number, readonly Silence[]>();
  readonly #all: Silence[] = [];

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
    for (const { codes, range, target } of analysis.chapter.ignores) {
      const known = target && (this.#ofBlocks.get(target.start) ?? new Map<string | undefined, Silence>());
      if (target !== undefined) this.#ofBlocks.set(target.start, known!);
      for (const code of codes.length === 0 ? [undefined] : codes) {
        // Of several comments on one block that say the same, the first one counts.
        if (known?.has(code)) continue;
        const silence: Silence = { comment: { range, codes }, code, target, isUsed: false };
        known?.set(code, silence);
        this.#all.push(silence);
      }
    }
    for (const cell of analysis.cells) {
      const found = mentionsIgnore(cell) ? silencesIn(cell) : [];
      if (found.length === 0) continue;
      this.#ofCells.set(cell.cell.index, found);
      this.#all.push(...found);
    }
  }

  get isEmpty(): boolean {
    return this.#all.length === 0;
  }

  /** True for a finding that a comment silences, which counts as used from then on. */
  silences({ code, range }: { readonly code: string; readonly range: OffsetRange }): boolean {
    const { chapter } = this.#analysis;
    const block = chapter.blockAt(range.start)?.range;
    const ofBlock = block === undefined || range.start >= block.end ? undefined : this.#ofBlocks.get(block.start);
    const cell = this.#ofCells.size === 0 ? undefined : chapter.cellAt(range.start);
    const found = [
      ofBlock?.get(code) ?? ofBlock?.get(undefined),
      ...(cell === undefined ? [] : (this.#ofCells.get(cell.index) ?? [])).filter(
        ({ target, code: own }) => (own === code || own === undefined) && encloses(target!, range.start),
      ),
    ];
    let isSilent = false;
    for (const one of found) {
      if (one === undefined) continue;
      one.isUsed = true;
      isSilent = true;
    }
    return isSilent;
  }

  /**
   * What there is to tell of the comments: codes that no rule has, and those that silenced nothing, but for rules that are
   * `off`. `codes` are those of the rules. To be asked once all findings have been looked at.
   */
  *problems(codes: ReadonlySet<string>, isOff: (code: string) => boolean): Iterable<Draft> {
    const isWhole = isKnownWhole(this.#analysis);
    for (const silence of this.#all) {
      const { code, comment } = silence;
      if (code !== undefined && !codes.has(code)) yield this.#unknown(silence, code, [...codes]);
      else if (isWhole && !silence.isUsed && (code === undefined || !isOff(code)) && !this.#isElsewhere(comment))
        yield {
          range: this.#placeOf(silence),
          message: `This comment silences nothing${code === undefined || comment.codes.length === 1 ? '' : ` of \`${code}\``}: there is no such finding ${silence.target === undefined ? 'behind it' : 'here'}.`,
          tags: ['unnecessary'],
          fixes: [this.#removal(silence)],
        };
    }
  }

  /** True in a file that the chapter includes: the comment may be of use in another chapter that does. */
  #isElsewhere({ range }: Comment): boolean {
    return this.#analysis.chapter.composition?.fileAt(range.start) !== undefined;
  }

  #unknown(silence: Silence, code: string, codes: readonly string[]): Draft {
    const range = this.#placeOf(silence);
    const near = similarNames(code, codes, 1);
    return {
      range,
      message: `No rule has the code \`${code}\`${near.length === 0 ? '' : `; did you mean \`${near[0]}\`?`}`,
      fixes: [
        ...near.map(name => ({
          title: `Change to \`${name}\``,
          preferred: true,
          edits: [replacement(range, name)],
        })),
        this.#removal(silence),
      ],
    };
  }

  /** The code, else the comment as a whole. */
  #placeOf({ comment: { range, codes }, code }: Silence): OffsetRange {
    if (code === undefined) return range;
    const text = this.#analysis.chapter.text.slice(range.start, range.end);
    const before = codes
      .slice(0, codes.indexOf(code))
      .reduce((at, one) => text.indexOf(one, at) + one.length, text.indexOf(MARK) + MARK.length);
    const start = range.start + text.indexOf(code, before);
    return { start, end: start + code.length };
  }

  /** Takes the code out of a comment of several, else the comment, with its line where that holds nothing else. */
  #removal(silence: Silence): Fix {
    const { range, codes } = silence.comment;
    const { text } = this.#analysis.chapter;
    if (codes.length > 1) {
      const { start, end } = this.#placeOf(silence);
      const behind = /^[\s,]+/.exec(text.slice(end, range.end))?.[0].length ?? 0;
      return {
        title: `Take \`${silence.code}\` out of the comment`,
        edits: [replacement({ start, end: end + behind }, '')],
      };
    }
    const start = lineStart(text, range.start);
    const before = /[ \t]*$/.exec(text.slice(start, range.start))![0];
    const isAlone =
      range.start - before.length === start && text.slice(range.end, lineEnd(text, range.end)).trim() === '';
    if (!isAlone)
      return {
        title: 'Remove the comment',
        edits: [replacement({ start: range.start - before.length, end: range.end }, '')],
      };
    const next = Math.min(text.length, lineEnd(text, range.end) + 1);
    // Between two blank lines in prose, one of them goes along.
    const blank = text.startsWith('#', range.start)
      ? 0
      : (/^[ \t]*\r?\n/.exec(text.slice(next, next + 200))?.[0].length ?? 0);
    return { title: 'Remove the comment', edits: [replacement({ start, end: next + blank }, '')] };
  }
}

const MARK = 'reckoner-ignore';

/** By the content of a cell. */
const mentioning = new WeakMap<object, boolean>();

function mentionsIgnore({ cell }: CellResult): boolean {
  let found = mentioning.get(cell.content);
  if (found === undefined) {
    found = cell.source.includes(MARK);
    mentioning.set(cell.content, found);
  }
  return found;
}

function encloses({ start, end }: OffsetRange, offset: number): boolean {
  return start <= offset && offset < end;
}

/** False while values are those of an earlier version, or unknown: rules have less to tell then. */
function isKnownWhole({ chapter, cells, faultyRefs }: Analysis): boolean {
  return (
    chapter.execution.runsPython &&
    cells.every(({ stale, unknowns, status }) => !stale && unknowns.length === 0 && status !== 'syntax-error') &&
    faultyRefs.every(({ unknown }) => unknown === undefined)
  );
}

/** A comment behind code, or alone on its line. */
const IN_CELL = /^([^\n]*?)(#[ \t]*reckoner-ignore(?![\w-])([^\n]*))$/gm;

/** What the comments of a cell silence. */
function silencesIn(result: CellResult): readonly Silence[] {
  const { cell } = result;
  const found: Silence[] = [];
  for (const { 0: line, 1: code = '', 2: text = '', 3: words = '', index } of cell.source.matchAll(IN_CELL)) {
    if (isInText(code)) continue;
    const start = index + code.length;
    const comment = { range: cell.toDocumentRange({ start, end: start + text.length }), codes: ignoredCodes(words) };
    const at = code.trim() === '' ? nextCode(cell.source, index + line.length) : index;
    const target = at === undefined ? comment.range : cell.toDocumentRange(statementAt(result, at));
    for (const one of comment.codes.length === 0 ? [undefined] : comment.codes)
      found.push({ comment, code: one, target, isUsed: false });
  }
  return found;
}

/** True where a quotation mark stands open before what looks like a comment. */
function isInText(code: string): boolean {
  return (code.replaceAll(/\\./g, '').match(/["']/g)?.length ?? 0) % 2 === 1;
}

/** The start of the next line with code. */
function nextCode(source: string, offset: number): number | undefined {
  const found = /\n[ \t]*[^\s#]/.exec(source.slice(offset));
  return found === null ? undefined : offset + found.index + 1;
}

/** The line that starts at an offset, with all lines of the statement on it that is no block. */
export function statementAt({ cell: { source }, program }: CellResult, at: number): OffsetRange {
  const line = { start: at, end: lineEnd(source, at) };
  const first = at + /^[ \t]*/.exec(source.slice(at))![0].length;
  const [, ...path] = program === undefined ? [] : nodeAt(program.module, first);
  const around = path.find(node => !('body' in node));
  return around === undefined
    ? line
    : { start: Math.min(line.start, around.start), end: Math.max(line.end, around.end) };
}
