/**
 * Where the values are made that findings about sentences speak of: related places. They are looked up in each version of a chapter,
 * for they move otherwise than the sentences do.
 */

import type { OffsetRange } from '../chapter/ranges';
import { countFirst } from '../chapter/sorted';
import type { Analysis, BindingInfo, RefBlock } from '../evaluation/analysis';
import { sameData } from '../evaluation/sameData';
import type { Finding, RelatedPlace } from './finding';

/** So many values of one finding are followed. */
const MOST = 3;

export class Origins {
  readonly #codes: ReadonlySet<string>;
  /** What was made of a finding for its last version: what stays where it was stays the same object. */
  readonly #known = new WeakMap<Finding, Finding>();

  /** `codes` of the rules whose findings are about several values. */
  constructor(codes: Iterable<string>) {
    this.#codes = new Set(codes);
  }

  /** The findings, those about sentences with the places where their values are made. */
  of(findings: readonly Finding[], analysis: Analysis): Finding[] {
    return findings.map(finding => {
      const { code, values } = finding;
      // Of a finding about one reference, the reference itself leads there.
      if ((values === undefined && !this.#codes.has(code)) || finding.related !== undefined) return finding;
      const related = relatedOf(finding, analysis);
      if (related.length === 0 && values === undefined) return finding;
      const known = this.#known.get(finding);
      if (known !== undefined && sameData(known.related ?? [], related)) return known;
      const { values: _, ...rest } = finding;
      const made = related.length === 0 ? rest : { ...rest, related };
      this.#known.set(finding, made);
      return made;
    });
  }
}

function relatedOf({ range, values }: Finding, analysis: Analysis): readonly RelatedPlace[] {
  const bindings =
    values === undefined
      ? bindingsShown(range, analysis)
      : values.flatMap(name => analysis.bindingOf(name, analysis.cells.length) ?? []);
  const told = new Map<number, BindingInfo>();
  for (const binding of bindings) {
    told.set(binding.range.start, binding);
    if (told.size === MOST) break;
  }
  return [...told.values()].map(({ name, range: at }) => ({
    range: { start: at.start, end: at.end },
    message: `\`${name}\` is made here`,
  }));
}

/** Of the references in a stretch of text. */
function* bindingsShown({ start, end }: OffsetRange, { refBlocks }: Analysis): Iterable<BindingInfo> {
  for (const result of blockAround(start, refBlocks)?.refs ?? []) {
    const { range } = result.ref;
    // What made a value is looked for in all cells above it, which takes time.
    const binding = start <= range.start && range.end <= end ? result.binding : undefined;
    if (binding !== undefined) yield binding;
  }
}

/** Blocks stand in the order of the text. */
function blockAround(offset: number, blocks: readonly RefBlock[]): RefBlock | undefined {
  const found = blocks[countFirst(blocks.length, at => blocks[at]!.block.range.end <= offset)];
  return found !== undefined && found.block.range.start <= offset ? found : undefined;
}
