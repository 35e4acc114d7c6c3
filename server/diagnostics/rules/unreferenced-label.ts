/** A figure, table, equation or listing that no sentence refers to, where the text refers to most of its kind. */
import type { Chapter, Label } from '../../chapter/model';
import { labelsOf, namedLabelsOf } from '../document/labels';
import { habit } from '../habit';
import type { Draft, Rule } from '../rule';
import type { Surroundings } from '../surroundings';

/** Kinds that a text refers to, with their names; theorems and callouts need a label to be numbered at all. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['fig', 'figure'],
  ['tbl', 'table'],
  ['eq', 'equation'],
  ['lst', 'listing'],
]);

export const unreferencedLabel: Rule = {
  code: 'unreferenced-label',
  severity: 'hint',
  document(chapter, surroundings): Iterable<Draft> {
    return habit([...unreferenced(chapter, surroundings)]);
  },
};

function* unreferenced(chapter: Chapter, surroundings: Surroundings): Iterable<Draft> {
  if (!chapter.labels.some(({ kind }) => kind !== undefined && KINDS.has(kind))) return;
  const isBook = surroundings.project() === 'book';
  if (isBook && !surroundings.isRead()) return;
  const isNamed = (id: string) => namedLabelsOf(chapter).has(id) || (isBook && surroundings.refersTo(id));
  const others = [...labelsOf(chapter).values()].flatMap(([first]) => (KINDS.has(first!.kind ?? '') ? [first!] : []));
  const isMostNamed = others.length > 2 && others.filter(({ id }) => isNamed(id)).length * 3 >= others.length * 2;
  for (const [kind, name] of KINDS) {
    const all = [...labelsOf(chapter).values()].flatMap(([first]) => (first!.kind === kind ? [first!] : []));
    const lone = all.filter(label => !isNamed(label.id) && !isPartOfNamed(label, chapter, isNamed));
    // The only one of its kind counts among all others.
    if (all.length === 1 && others.length > 1 ? !isMostNamed : lone.length * 2 >= all.length) continue;
    for (const { id, range } of lone)
      yield {
        range,
        message: `No sentence refers to this ${name}; the text refers to most others. \`@${id}\` would.`,
      };
  }
}

/** True for one of several figures in a figure that is referred to. */
function isPartOfNamed({ range, id }: Label, chapter: Chapter, isNamed: (id: string) => boolean): boolean {
  for (let div = chapter.divAt(range.start); div !== undefined; div = div.parent)
    if (div.id !== undefined && div.id !== id && isNamed(div.id)) return true;
  return false;
}
