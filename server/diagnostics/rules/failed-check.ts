/**
 * A guard that does not hold: reported at the guard, and one step lower at each sentence that its cell should feed. A guard that
 * holds by little is a hint.
 */
import type { CheckComparison } from '../../../mlsys';
import type { OffsetRange, Ref } from '../../chapter/model';
import type { Analysis, CellResult, CheckOutcome } from '../../evaluation/analysis';
import { endingCheck } from '../../evaluation/endingCheck';
import { blamePlace, cellName, codeOfFault, GUARD_PREFIX, rootOfBlame } from '../faults';
import type { RelatedPlace } from '../finding';
import { type Draft, lowered, type Rule } from '../rule';
import { andList } from '../similar';

export const failedCheck: Rule = {
  code: 'failed-check',
  severity: 'error',
  *cell(cell) {
    for (const { range, message, data } of cell.checks.filter(check => !check.passed))
      yield {
        range,
        message: `Check failed: ${withoutPrefix(message)}`,
        ...(data.length === 0 ? {} : { related: entriesOf(data, range) }),
      };
    for (const check of cell.checks) {
      const close = nearMiss(check);
      if (close === undefined) continue;
      const { left, operator, right, ratio } = close;
      const margin = ratio === 0 ? 'just so' : `by ${Number((100 * ratio).toPrecision(2))} %`;
      yield {
        range: check.range,
        severity: 'hint',
        message: `This guard holds ${margin} (${left} ${operator} ${right}): a small change of an assumption makes it fail.`,
      };
    }
    const { fault } = cell;
    if (fault === undefined || codeOfFault(fault) !== 'failed-check') return;
    // A guard written by hand raises its own ValueError and leaves no record of a check.
    if (endingCheck(cell.checks, fault) === undefined)
      yield { range: fault.range, message: `Check failed: ${withoutPrefix(fault.message)}` };
  },
  *chapter(analysis): Iterable<Draft> {
    for (const { refs, cause } of doubtfulSentences(analysis)) {
      const names = [...new Set(refs.map(({ expr }) => expr))];
      yield {
        range: refs[0]!.exprRange,
        severity: lowered('error'),
        message: `${andList(names)} ${names.length === 1 ? 'is' : 'are'} in doubt: a check of ${cellName(cause, analysis)} failed (${withoutPrefix(cause.fault!.message)}).`,
        related: [blamePlace(cause, analysis)],
      };
    }
  },
};

/** A guard that comes from more entries than these has none among them that is to blame. */
const MOST_ENTRIES = 4;

/** Where data files say what a failed guard compares. */
function entriesOf(data: CheckOutcome['data'], range: OffsetRange): readonly RelatedPlace[] {
  return data.slice(0, MOST_ENTRIES).map(({ name, value, place: { file, start, end } }) => ({
    range,
    message: `\`${name}\` is ${value} here`,
    file,
    position: { start, end },
  }));
}

interface Doubtful {
  readonly refs: Ref[];
  readonly cause: CellResult;
}

/** The references that a failed check leaves in doubt, those of one sentence together. */
function doubtfulSentences(analysis: Analysis): readonly Doubtful[] {
  const found: Doubtful[] = [];
  for (const { ref, fault } of analysis.faultyRefs) {
    if (fault?.blame === undefined) continue;
    const cause = rootOfBlame(fault.blame, analysis);
    if (cause?.fault === undefined || codeOfFault(cause.fault) !== 'failed-check') continue;
    const last = found.at(-1);
    if (last?.cause.cell.index === cause.cell.index && isOneSentence(last.refs.at(-1)!, ref, analysis))
      last.refs.push(ref);
    else found.push({ refs: [ref], cause });
  }
  return found;
}

function isOneSentence(one: Ref, other: Ref, { refBlocks }: Analysis): boolean {
  const { index, text, range } = one.block;
  // The words between them count as well, which those of references alone do not tell.
  if (index !== other.block.index || refBlocks.length === 0) return false;
  return !ENDS.test(text.slice(one.range.end - range.start, other.range.start - range.start));
}

/** Between two references, what makes them parts of two sentences, or cells of two rows. */
const ENDS = /[.!?][)\]*]*\s|\n\s*(?:\n|[-*+>|:]|\d+[.)]\s|```)/;

function withoutPrefix(message: string): string {
  return message.startsWith(GUARD_PREFIX) ? message.slice(GUARD_PREFIX.length) : message;
}

/** A guard that holds by less than that, in proportion to its bound, is told. */
const CLOSE = 0.02;

/** The comparison by which a guard nearly failed; a count that is just what it may be is meant so. */
function nearMiss({ passed, condition }: CheckOutcome): CheckComparison | undefined {
  if (!passed || condition === undefined || /\bor\b/.test(condition.text)) return undefined;
  const isExact = ({ ratio, left, right }: CheckComparison) => ratio === 0 && left === right && /^[\d,]+$/.test(left);
  return condition.comparisons.find(one => one.held && one.ratio <= CLOSE && !isExact(one));
}
