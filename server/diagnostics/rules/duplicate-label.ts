/** Two things with one label: references lead to one of them. */
import type { Chapter, Label } from '../../chapter/model';
import { isInLostCode, labelsOf } from '../document/labels';
import type { Fix } from '../finding';
import type { Draft, Rule } from '../rule';

export const duplicateLabel: Rule = {
  code: 'duplicate-label',
  severity: 'warning',
  *document(chapter, surroundings): Iterable<Draft> {
    for (const [id, all] of labelsOf(chapter)) {
      const [first, ...others] = all.filter(({ range }) => !isInLostCode(chapter, range));
      for (const label of others) if (isDuplicate(first!, label, chapter)) yield duplicate(first!, label, chapter);
      if (first?.kind === undefined || surroundings.project() !== 'book' || !surroundings.isRead()) continue;
      const elsewhere = surroundings.labelPlace(id);
      if (elsewhere === undefined) continue;
      const { range } = first;
      yield {
        range,
        message: `Another chapter of the book has the label \`${id}\` as well; references lead to one of the two.`,
        related: [{ range, message: `\`${id}\` stands here too`, ...elsewhere }],
      };
    }
    yield* duplicateNotes(chapter);
  },
};

/** Cells are told of by `duplicate-cell-label`; what shows in one format alone may have a twin for another one. */
function isDuplicate(one: Label, other: Label, chapter: Chapter): boolean {
  if (one.on === 'cell' && other.on === 'cell') return false;
  const [inOne, inOther] = [one, other].map(label => conditionOf(label, chapter));
  return inOne === inOther;
}

/** The div around a label that shows in some formats only. */
function conditionOf({ range }: Label, chapter: Chapter): number | undefined {
  for (let div = chapter.divAt(range.start); div !== undefined; div = div.parent)
    if (div.classes.some(name => /^content-(?:visible|hidden)$/.test(name))) return div.openRange.start;
  return undefined;
}

function duplicate(first: Label, { id, kind, on, range }: Label, chapter: Chapter): Draft {
  // A section and the cell in it may go by one name: a link leads to the section.
  const isHarmless = kind === undefined && first.on !== 'cell' && on === 'cell';
  return {
    range,
    ...(isHarmless ? { severity: 'hint' } : {}),
    message: `The label \`${id}\` stands on something above as well; references lead to one of the two.`,
    related: [{ range: first.range, message: `\`${id}\` stands here first` }],
    fixes: [renaming(id, range, chapter)],
  };
}

/** The fix that gives the second one a label of its own; references stay with the first one. */
export function renaming(id: string, range: { start: number; end: number }, chapter: Chapter): Fix {
  let number = 2;
  while (labelsOf(chapter).has(`${id}-${number}`)) number++;
  const newText = `${id}-${number}`;
  return { title: `Call this one \`${newText}\`; references stay with the first`, edits: [{ ...range, newText }] };
}

function* duplicateNotes(chapter: Chapter): Iterable<Draft> {
  const first = new Map<string, { start: number; end: number }>();
  for (const found of chapter.nodes('footnote')) {
    const { id, idRange } = found.node;
    const range = found.place(idRange);
    const known = first.get(id);
    if (known === undefined) first.set(id, range);
    else
      yield {
        range,
        message: `There are two footnotes \`${id}\`; the page shows one of them.`,
        related: [{ range: known, message: `\`${id}\` stands here first` }],
      };
  }
}
