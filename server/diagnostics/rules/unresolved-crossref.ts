/** A cross-reference to a label that nothing has: the page shows `?@fig-loss`. */
import { isMetadata } from '../../chapter/execution';
import type { Chapter } from '../../chapter/model';
import { sameList } from '../../evaluation/sameData';
import { type Crossref, crossrefsOf, labelsOf, mayBeMade, plainId } from '../document/labels';
import type { Fix } from '../finding';
import type { Draft, Rule } from '../rule';
import { orList, similarNames } from '../similar';
import type { Surroundings } from '../surroundings';

export const unresolvedCrossref: Rule = {
  code: 'unresolved-crossref',
  severity: 'warning',
  *document(chapter, surroundings): Iterable<Draft> {
    const sisters = new Map<string, Crossref[]>();
    const beside: Crossref[] = [];
    const near = nearestLabels(chapter, surroundings);
    for (const crossref of crossrefsOf(chapter)) {
      const { id, kind } = crossref;
      if (labelsOf(chapter).has(id) || mayBeMade(id, chapter)) continue;
      if (!surroundings.isRead()) return;
      if (surroundings.hasLabel(id)) continue;
      if (surroundings.isBeside(id)) {
        beside.push(crossref);
        continue;
      }
      const isAlone = kind === 'sec' && surroundings.project() === 'none';
      // A section of this chapter that is spelled nearly alike was meant.
      if (isAlone && !near(id).some(one => one.startsWith('sec-')))
        sisters.set(id, [...(sisters.get(id) ?? []), crossref]);
      else yield unresolved(crossref, near(id), surroundings);
    }
    for (const crossrefs of sisters.values()) yield unknownSection(crossrefs);
    if (beside.length > 0) yield ofOtherPages(beside, chapter);
  },
};

/** Without a project, a section may stand in a chapter that is not at hand; it is told once. */
function unknownSection([first, ...others]: readonly Crossref[]): Draft {
  const { id, range } = first!;
  return {
    range,
    severity: 'hint',
    message: `No chapter at hand has the section \`${id}\`. If another chapter of the book has it, a \`_quarto.yml\` says which chapters there are.`,
    ...alsoAt(others, 'stands here too'),
  };
}

/** What leads to other pages of a website has one cause, and is told once; a script of the project may mend the pages afterwards. */
function ofOtherPages(crossrefs: readonly Crossref[], { inherited }: Chapter): Draft {
  const [first, ...others] = crossrefs;
  const { id, range } = first!;
  const more = new Set(crossrefs.map(one => one.id)).size - 1;
  const { project } = inherited.project;
  const isMended = isMetadata(project) && project['post-render'] !== undefined;
  return {
    range,
    cause: 'other pages',
    ...(isMended ? { severity: 'hint' as const } : {}),
    message: `The label \`${id}\` is of another page${more === 0 ? '' : `, as ${more} more ${more === 1 ? 'is' : 'are'}`}: only in a book do cross-references lead to other files, so that this page will show \`?@${id}\`.`,
    ...alsoAt(others, 'is of another page'),
  };
}

function alsoAt(others: readonly Crossref[], what: string): Pick<Draft, 'related'> {
  if (others.length === 0) return {};
  return { related: others.map(one => ({ range: one.range, message: `\`@${one.id}\` ${what}` })) };
}

function unresolved({ id, range, keyRange }: Crossref, near: readonly string[], surroundings: Surroundings): Draft {
  const where = surroundings.project() === 'book' ? 'book' : 'chapter';
  const shown = `the page will show \`?@${id}\``;
  if (near.length > 0)
    return {
      range,
      cause: id,
      message: `There is no label \`${id}\`; ${shown}. Did you mean ${orList(near.map(one => `@${one}`))}?`,
      fixes: near.map(
        (one): Fix => ({
          title: `Use \`@${one}\``,
          edits: [{ ...keyRange, newText: one }],
          ...(near.length === 1 && plainId(one) === plainId(id) ? { preferred: true } : {}),
        }),
      ),
    };
  return { range, cause: id, message: `Nothing in this ${where} has the label \`${id}\`; ${shown}.` };
}

/** What is near to missing labels, by these: the same for as long as the labels are the same, at each keystroke elsewhere. */
let last: {
  readonly own: unknown;
  readonly others: unknown;
  readonly known: readonly string[];
  readonly near: Map<string, readonly string[]>;
} = { own: undefined, others: undefined, known: [], near: new Map() };

/** So many times are labels compared with missing ones: in a chapter of thousands of both, nobody reads what the last are near to. */
const MOST_COMPARISONS = 100_000;

/** Finds labels that may have been meant: spelled nearly alike, or of another kind. */
function nearestLabels(chapter: Chapter, surroundings: Surroundings): (id: string) => readonly string[] {
  const asked = new Set<string>();
  return id => {
    const own = labelsOf(chapter);
    const others = surroundings.labels();
    if (last.own !== own || last.others !== others) {
      const known = [...own.keys(), ...others].filter(one => /^[a-z]{2,3}-/.test(one));
      last = { own, others, known, near: sameList(known, last.known) ? last.near : new Map() };
    }
    asked.add(id);
    if (asked.size * last.known.length > MOST_COMPARISONS) return [];
    let near = last.near.get(id);
    if (near === undefined) {
      near = nearAmong(id, last.known);
      last.near.set(id, near);
    }
    return near;
  };
}

function nearAmong(id: string, known: readonly string[]): readonly string[] {
  const name = id.slice(id.indexOf('-'));
  const others = known.filter(one => one.slice(one.indexOf('-')) === name);
  const byShape = new Map(known.map(one => [one.replaceAll('-', '_'), one]));
  const similar = similarNames(id.replaceAll('-', '_'), byShape.keys()).map(one => byShape.get(one)!);
  return [...new Set([...others, ...similar])].slice(0, 3);
}
