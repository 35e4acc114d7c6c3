/** What the prose of a chapter takes from its cells. */
import { parseExpression, symbolIndex } from '../../mlsys';
import type { Chapter, RefGroup } from '../chapter/model';
import { REFERENCE_FILE } from './references';

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
  // Hardly any edit changes what the prose reads, so the next version has the same parts.
  if (last.parts.length === parts.length && parts.every((part, at) => part === last.parts[at])) return last.paths;
  const paths = new Set<string>();
  for (const part of parts) for (const path of part) paths.add(path);
  last = { parts, paths };
  return paths;
}

let last: { readonly parts: readonly (readonly string[])[]; readonly paths: ReadonlySet<string> } = {
  parts: [],
  paths: new Set(),
};

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

/** A function of a text whose last answers are kept: the next version of a chapter asks the same again. */
function remembered(most: number, find: (text: string) => readonly string[]): (text: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return text => {
    let found = known.get(text);
    if (found === undefined) {
      if (known.size >= most) known.clear();
      found = find(text);
      known.set(text, found);
    }
    return found;
  };
}

const pathsOf = remembered(20_000, expr => {
  const { expression } = parseExpression(expr, REFERENCE_FILE);
  return expression === undefined ? namesIn(expr) : symbolIndex(expression).uses.map(use => use.path);
});

/** All that may be a name in a text that is not parsed, with the dotted paths. */
const namesIn = remembered(100, text => {
  const paths: string[] = [];
  for (const [found] of text.matchAll(/[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/gu)) {
    const parts = found.split('.');
    for (let end = 1; end <= parts.length; end++) paths.push(parts.slice(0, end).join('.'));
  }
  return paths;
});
