/** The value of each reference, behind it. */
import type { InlayHint, InlayHintParams } from 'vscode-languageserver';
import type { RefResult } from '../evaluation/analysis';
import { readingOf } from '../evaluation/display';
import { code } from './describe';
import { type Handler, toOffset } from './feature';

export const inlayHint: Handler<InlayHintParams, InlayHint[]> = {
  handle(analysis, { range }, { settings }) {
    if (!settings.inlayHints.enabled) return [];
    const from = toOffset(analysis.chapter, range.start);
    const to = toOffset(analysis.chapter, range.end);
    const hints: InlayHint[] = [];
    for (const result of analysis.refs) {
      if (result.ref.range.end < from) continue;
      if (result.ref.range.start > to) break;
      const reading = result.display && readingOf(result.display);
      const label = labelFor(reading, result, settings.inlayHints.maxLength);
      hints.push({
        position: analysis.chapter.lines.positionAt(result.ref.range.end),
        label,
        paddingLeft: true,
        ...(reading !== undefined && label !== reading
          ? { tooltip: { kind: 'markdown' as const, value: code(reading) } }
          : {}),
      });
    }
    return hints;
  },
};

function labelFor(reading: string | undefined, { stale }: RefResult, longest: number): string {
  if (reading === undefined) return '⚠ no value';
  const flat = reading.replaceAll(/\s+/g, ' ');
  const short = flat.length > longest ? `${flat.slice(0, longest - 1)}…` : flat;
  return stale ? `${short} (stale)` : short;
}
