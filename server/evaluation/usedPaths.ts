/** What the prose of a chapter takes from its cells. */
import { parseExpression, symbolIndex } from '../../mlsys';
import type { Chapter, RefGroup } from '../chapter/model';
import { commonEnds } from './commonEnds';
import { REFERENCE_FILE } from './references';
import { remembered } from './remembered';

/** By the content of a block. */
const byBlock = new WeakMap<object, readonly string[]>();

/**
 * Names and dotted paths that something beside the running cells reads: references, also those that Quarto never evaluates
 * or that are malformed, and code whose fence was never opened. Of `Cls.attr` both `Cls` and `Cls.attr` are there.
 */
export function usedPaths({ refGroups, optionRefs, bareReferences, unopenedCells }: Chapter): ReadonlySet<string> {
  const parts = refGroups.map(pathsOfGroup);
  for (const { expr } of optionRefs) parts.push(pathsOf(expr));
  for (const { expr } of bareReferences) parts.push(pathsOf(expr));
  for (const { source } of unopenedCells) parts.push(namesIn(source));
  return last.with(parts);
}

/** The paths of the version that was looked at last, with how often each is read: an edit changes hardly any part. */
class CountedPaths {
  #parts: readonly (readonly string[])[] = [];
  readonly #counts = new Map<string, number>();
  #paths: ReadonlySet<string> = new Set();

  /** The paths of all parts: the same set as long as these are the same. */
  with(parts: readonly (readonly string[])[]): ReadonlySet<string> {
    const old = this.#parts;
    const { head, tail } = commonEnds(old, parts, (one, other) => one === other);
    let isOther = false;
    for (const part of parts.slice(head, parts.length - tail))
      for (const path of part) {
        const count = this.#counts.get(path) ?? 0;
        this.#counts.set(path, count + 1);
        isOther ||= count === 0;
      }
    for (const part of old.slice(head, old.length - tail))
      for (const path of part) {
        const count = this.#counts.get(path)!;
        if (count > 1) this.#counts.set(path, count - 1);
        else {
          this.#counts.delete(path);
          isOther = true;
        }
      }
    this.#parts = parts;
    if (isOther) this.#paths = new Set(this.#counts.keys());
    return this.#paths;
  }
}

const last = new CountedPaths();

function pathsOfGroup(group: RefGroup): readonly string[] {
  if (group.count === 1) return pathsOf(group.expr(0));
  let paths = byBlock.get(group.block.content);
  if (paths === undefined) {
    const found = new Set<string>();
    for (let at = 0; at < group.count; at++) for (const path of pathsOf(group.expr(at))) found.add(path);
    paths = [...found];
    byBlock.set(group.block.content, paths);
  }
  return paths;
}

const pathsOf = remembered(20_000, (expr): readonly string[] => {
  const { expression } = parseExpression(expr, REFERENCE_FILE);
  return expression === undefined ? namesIn(expr) : symbolIndex(expression).uses.map(use => use.path);
});

/** All that may be a name in a text that is not parsed, with the dotted paths. */
const namesIn = remembered(100, (text): readonly string[] => {
  const paths: string[] = [];
  for (const [found] of text.matchAll(/[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/gu)) {
    const parts = found.split('.');
    for (let end = 1; end <= parts.length; end++) paths.push(parts.slice(0, end).join('.'));
  }
  return paths;
});
