/** The value of each reference, behind it. */
import type { InlayHint, InlayHintParams } from 'vscode-languageserver';
import type { Analysis, RefResult } from '../evaluation/analysis';
import { readingOf } from '../evaluation/display';
import { doubtText, unknownText } from '../evaluation/unknowns';
import { causeOf, placeOf } from './causePlace';
import { code, plain } from './describe';
import { type FeatureContext, type Handler, isHere, toOffset } from './feature';

export const inlayHint: Handler<InlayHintParams, InlayHint[]> = {
  handle(analysis, { range }, context) {
    const { settings } = context;
    if (!settings.inlayHints.enabled) return [];
    const hints: InlayHint[] = [];
    for (const result of refsIn(range, analysis, context)) {
      const reading = result.display && readingOf(result.display);
      const label = labelFor(reading, result, settings.inlayHints.maxLength);
      hints.push({
        position: analysis.chapter.lines.positionAt(result.ref.range.end),
        label: linked(label, result, analysis, context.uri),
        paddingLeft: true,
        ...tooltip(result, reading, label, analysis),
      });
    }
    return hints;
  },
  // A client asks for the hints of what is in view: what a mouse may point at.
  *ahead(analysis, { range }, context) {
    const inView = [...refsIn(range, analysis, context)];
    if (inView.length > MOST_IN_VIEW) return;
    for (const { ref, text, pending } of inView)
      if (text !== undefined && !pending) yield () => analysis.provenanceAt(ref.expr, ref.cellsBefore, 'outline');
  },
};

/** The references in a range of the file that is asked about. */
function* refsIn({ start, end }: InlayHintParams['range'], { chapter, refs }: Analysis, context: FeatureContext) {
  const from = toOffset(chapter, start, context);
  const to = toOffset(chapter, end, context);
  for (const result of refs) {
    if (result.ref.range.end < from) continue;
    if (result.ref.range.start > to) break;
    if (isHere(chapter, result.ref.range.start, context)) yield result;
  }
}

/** References of what a screen shows; who asks for the hints of more means the chapter as a whole. */
const MOST_IN_VIEW = 120;

/** The label, which leads to the cause where there is no value, or one in doubt. */
function linked(label: string, result: RefResult, analysis: Analysis, uri: string): InlayHint['label'] {
  const range = causeOf(result, analysis);
  return range === undefined ? label : [{ value: label, location: placeOf(range, analysis, uri) }];
}

/** What a label cannot say: the whole of a long value, why there is none, or why it is in doubt. */
function tooltip(
  { unknown, doubt }: RefResult,
  reading: string | undefined,
  label: string,
  { cells }: Analysis,
): Pick<InlayHint, 'tooltip'> {
  const words = [
    ...(unknown === undefined ? [] : [plain(unknownText(unknown, cells))]),
    ...(reading === undefined || label === reading ? [] : [code(reading)]),
    ...(doubt === undefined ? [] : [plain(doubtText(doubt, cells))]),
  ];
  return words.length === 0 ? {} : { tooltip: { kind: 'markdown', value: words.join('\n\n') } };
}

function labelFor(
  reading: string | undefined,
  { stale, pending, unknown, doubt, fault }: RefResult,
  longest: number,
): string {
  // Why an earlier version gave no value may not hold any more.
  if (pending && reading === undefined) return '…';
  if (unknown !== undefined) return '?';
  // Without a fault, it has not been evaluated yet.
  if (reading === undefined) return fault === undefined ? '…' : '⚠ no value';
  const flat = reading.replaceAll(/\s+/g, ' ');
  const short = flat.length > longest ? `${flat.slice(0, longest - 1)}…` : flat;
  if (pending) return `${short} (being evaluated)`;
  if (stale) return `${short} (stale)`;
  return doubt === undefined ? short : `${short} (in doubt)`;
}
