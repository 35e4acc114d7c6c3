/** The sentences that references stand in, as a reader sees them and as they read without the values. */
import { type Line, linesOf } from '../diagnostics/prose/lines';
import { TextMarks } from '../diagnostics/prose/textMarks';
import type { Analysis, RefResult } from '../evaluation/analysis';
import { readingOf } from '../evaluation/display';

/** A stretch of a sentence: words, or a reference. */
export type SentencePart = { readonly text: string } | { readonly ref: RefResult };

export interface Sentence {
  readonly parts: readonly SentencePart[];
  /** Its words, with the expression of each reference: the same wherever the sentence stands. */
  readonly written: string;
  /** Its words alone. */
  readonly words: string;
}

/** A reference in its sentence. */
export interface Placed {
  readonly result: RefResult;
  readonly sentence: Sentence;
}

/** All references of a chapter, in order. */
export function placedRefs(analysis: Analysis): readonly Placed[] {
  return analysis.refBlocks.flatMap(block => placedIn(block, analysis));
}

/** The references of one block, in order. */
export function placedIn({ block, refs }: Analysis['refBlocks'][number], analysis: Analysis): readonly Placed[] {
  const found = new Map<RefResult, Sentence>();
  if (block.kind !== 'cell')
    for (const line of linesOf(analysis.chapter.tree(block), refs, block.range.start))
      for (const sentence of sentencesOf(line, block.text))
        for (const part of sentence.parts) if ('ref' in part) found.set(part.ref, sentence);
  return refs.map(result => ({ result, sentence: found.get(result) ?? inSourceLine(result, analysis) }));
}

/** The sentences of a line that hold references; `written` is the text of its block. */
function* sentencesOf({ pieces, text: shown }: Line, written: string): Iterable<Sentence> {
  if (pieces.every(({ ref }) => ref === undefined)) return;
  let text = '';
  // The same, without full stops in references and citations: no sentence ends there.
  let cut = '';
  const placed: { readonly ref: RefResult | undefined; readonly start: number; readonly end: number }[] = [];
  const add = (words: string, isText: boolean, ref?: RefResult): void => {
    if (words !== '') placed.push({ ref, start: text.length, end: text.length + words.length });
    text += words;
    cut += isText ? words : words.replaceAll(/[.!?]/g, '·');
  };
  for (const [at, { ref, from, to, source }] of pieces.entries()) {
    add(citationIn(written.slice(pieces[at - 1]?.source.end ?? source.start, source.start)), false);
    if (ref === undefined) add(shown.slice(from, to), true);
    else add(`{${ref.ref.expr}}`, false, ref);
  }
  const marks = new TextMarks(cut);
  let done = 0;
  for (const { ref, start, end } of placed) {
    if (ref === undefined || start < done) continue;
    const { from, to } = marks.sentenceAround(start, end);
    done = to;
    yield sentenceOf(
      placed.flatMap((one): SentencePart[] => {
        if (one.end <= from || to <= one.start) return [];
        if (one.ref !== undefined) return [{ ref: one.ref }];
        return [{ text: text.slice(Math.max(one.start, from), Math.min(one.end, to)) }];
      }),
    );
  }
}

/** What cites stays as it is written, with the blank before it: `as @sec-pumps says` without it is no sentence. */
function citationIn(between: string): string {
  return /^ ?(?:\[[^[\]]*@[^[\]]*\]|-?@[\w:.#$%&+?<>~/-]*\w)$/.exec(between)?.[0] ?? '';
}

/** What stands in no running text: the line of the source. */
function inSourceLine(result: RefResult, { chapter }: Analysis): Sentence {
  const { start, end } = result.ref.range;
  const line = chapter.lines.lineRangeAt(start);
  return sentenceOf([
    { text: chapter.slice(line.start, start) },
    { ref: result },
    { text: chapter.slice(end, Math.max(end, line.end)).trimEnd() },
  ]);
}

function sentenceOf(parts: readonly SentencePart[]): Sentence {
  const read = (of: (result: RefResult) => string) =>
    parts
      .map(part => ('ref' in part ? of(part.ref) : part.text))
      .join('')
      .replaceAll(/\s+/g, ' ')
      .trim();
  return { parts, written: read(({ ref }) => `{${ref.expr.trim()}}`), words: read(() => '{}') };
}

/** What a reference shows; undefined where it has no value. */
export function shownBy({ display }: RefResult): string | undefined {
  return display === undefined ? undefined : readingOf(display);
}
