/** The outcome of changes as plain data. */
import { LineIndex } from '../chapter/lines';
import type { OffsetRange } from '../chapter/model';
import type { Analysis } from '../evaluation/analysis';
import type { CausePlace, WhatIfResult } from '../protocol';
import type { Draft } from './draft';
import type { FileTexts } from './fileValues';
import { impactOf, impactText } from './impact';

/** What changes with the changes of a draft; `uri` is the chapter's, `texts` its data files. */
export function resultOf(
  { before, after, broken, edits, fileEdits, problems }: Draft,
  texts: FileTexts,
  uri: string,
): WhatIfResult {
  const impact = impactOf(before, after, broken);
  const { analysis } = before;
  const place = (range: OffsetRange) => placeIn(range, analysis, uri);
  const lines = analysis.chapter.composition?.own.lines ?? analysis.chapter.lines;
  return {
    summary: impactText(impact),
    numbers: impact.numbers.map(({ expr, before: old, after: now, range }) => ({
      expr,
      ...(old === undefined ? {} : { before: old }),
      ...(now === undefined ? {} : { after: now }),
      place: place(range),
    })),
    guards: impact.guards.map(({ text, holds, message, range }) => ({ text, holds, message, place: place(range) })),
    findings: [...impact.claims, ...impact.sentences, ...impact.cells].map(({ message, appears, range }) => ({
      message,
      appears,
      place: place(range),
    })),
    problems,
    edits: edits.map(({ start, end, newText }) => ({
      range: { start: lines.positionAt(start), end: lines.positionAt(end) },
      newText,
    })),
    fileEdits: fileEdits.map(({ path, newText, ...range }) => ({
      place: filePlace(path, range, texts),
      newText,
    })),
  };
}

/** Where a part of a data file stands. */
export function filePlace(path: string, range: OffsetRange, texts: FileTexts): CausePlace {
  return { uri: texts.uriOf(path), range: LineIndex.of(texts.textOf(path) ?? '').rangeOf(range) };
}

function placeIn(range: OffsetRange, { chapter }: Analysis, uri: string): CausePlace {
  return { uri: chapter.composition?.fileAt(range.start)?.uri ?? uri, range: chapter.lines.rangeOf(range) };
}
