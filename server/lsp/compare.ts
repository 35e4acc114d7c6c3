/** Answers to requests about what chapters were, and what they say of one quantity; loaded with the first of them. */
import type { CancellationToken } from 'vscode-languageserver';
import type { Cause, ChangedGuard, ChangedSentence, ChangePart, NumberDiff, Place } from '../comparison';
import { causeText, shortened } from '../comparison/words';
import type { Engine } from '../engine';
import { basename } from '../files/path';
import { pathOfUri, uriOfPath } from '../files/uri';
import type { CausePlace, Comparison, FormerTextParams, NumberChange, QuantityValues } from '../protocol';

/** Takes what a chapter was. */
export function takeFormer({ uri, former }: FormerTextParams, engine: Engine): void {
  if (former === null) engine.formers.forget(uri);
  else engine.formers.set(uri, { ...former, changed: former.changed.flatMap(one => pathOfUri(one) ?? []) });
}

/** What differs between a chapter and what it was; null where that is not known. */
export async function comparisonOf(uri: string, engine: Engine, token: CancellationToken): Promise<Comparison | null> {
  const found = await engine.formers.compare(uri, token);
  if (found === undefined) return null;
  return { changes: changesOf(found.diff, uri), unseen: found.unseen.map(path => basename(path)) };
}

/** Quantities with different values in the chapters around a file. */
export async function disagreementsOf(
  uri: string,
  engine: Engine,
  token: CancellationToken,
): Promise<readonly QuantityValues[]> {
  const path = pathOfUri(uri);
  const found = path === undefined ? [] : await engine.disagreements(path, token);
  return found.map(({ name, values }) => ({
    name,
    values: values.map(({ text, kind, place, chapter }) => ({ text, kind, place: placeOf(place, chapter) })),
  }));
}

function changesOf({ changed, appeared, vanished, guards, cells }: NumberDiff, uri: string): readonly NumberChange[] {
  const sentences = (kind: NumberChange['kind'], all: readonly ChangedSentence[]) =>
    all.map(({ place, parts, causes }): NumberChange => {
      const numbers = parts.flatMap(part => ('text' in part ? [] : [numberText(part, kind)]));
      return {
        kind,
        label: numbers.join(', '),
        sentence: shortened(parts).map(wordsOf).join('').trim(),
        because: because(causes),
        // What is gone stands nowhere now.
        ...(kind === 'vanished' ? {} : { place: placeOf(place, uri) }),
      };
    });
  const turned = (kind: NumberChange['kind'], all: readonly ChangedGuard[], words: readonly [string, string]) =>
    all.map(({ place, guard, detail, holds, causes }): NumberChange => {
      const label = `${guard} ${holds ? words[0] : words[1]}`;
      return { kind, label, sentence: detail, because: because(causes), place: placeOf(place, uri) };
    });
  return [
    ...sentences('number', changed),
    ...turned('cell', cells, ['runs now', 'fails now']),
    ...turned('guard', guards, ['holds now', 'fails now']),
    ...sentences('appeared', appeared),
    ...sentences('vanished', vanished),
  ];
}

const NO_VALUE = 'no value';

function numberText(part: Exclude<ChangePart, { readonly text: string }>, kind: NumberChange['kind']): string {
  const { before = NO_VALUE, now = NO_VALUE } = part;
  return kind === 'number' ? `${before} → ${now}` : kind === 'appeared' ? now : before;
}

function wordsOf(part: ChangePart): string {
  return 'text' in part ? part.text : (part.now ?? part.before ?? NO_VALUE);
}

function because(causes: readonly Cause[]): string {
  return causes.map(cause => causeText({ ...cause, ...named(cause) }, text => text)).join('; ');
}

/** A file is told by its name alone. */
function named({ kind, name }: Cause): Pick<Cause, 'name'> {
  return { name: kind === 'file' ? basename(name) : name };
}

function placeOf({ file, range }: Place, uri: string): CausePlace {
  return { uri: file === undefined ? uri : uriOfPath(file), range };
}
