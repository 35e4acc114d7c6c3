/** Lenses: over a cell what it makes and whether its guards hold, over an export how often the text shows it. Off by default. */
import type { CodeLens, CodeLensParams } from 'vscode-languageserver';
import { parseExpression, symbolIndex } from '../../mlsys';
import type { OffsetRange, RefGroup } from '../chapter/model';
import { counted } from '../diagnostics/counted';
import type { CellResult, Definition } from '../evaluation/analysis';
import { SHOW_USES } from '../protocol';
import { isForSentences } from './chapterValues';
import { type Handler, isHere, toRange, uriAt } from './feature';

export const codeLens: Handler<CodeLensParams, CodeLens[]> = {
  handle(analysis, _params, context) {
    const { chapter, cells } = analysis;
    const wanted = context.settings.codeLens;
    if (wanted === 'off') return null;
    const uses = usesIn(chapter.refGroups);
    const lenses: CodeLens[] = [];
    const add = (range: OffsetRange, title: string, isShown = false) => {
      if (!isHere(chapter, range.start, context)) return;
      const place = toRange(chapter, range);
      const shows = isShown && context.client?.hasCommands === true;
      const command = shows
        ? { title, command: SHOW_USES, arguments: [uriAt(chapter, range.start, context.uri), place.start] }
        : { title, command: '' };
      lenses.push({ range: place, command });
    };
    for (const cell of cells) {
      const exports = exportsOf(cell, uses);
      if (exports.length > 0) add(cell.cell.fenceRange, cellTitle(cell, exports, uses));
      if (wanted === 'all')
        for (const { name, range } of exports) {
          const count = uses.get(name) ?? 0;
          if (!name.includes('.')) add(range, counted(count, 'use'), count > 0);
        }
    }
    return lenses;
  },
};

/** Names of the module that the cell makes, and texts of its classes that prose may show. */
function exportsOf(cell: CellResult, uses: ReadonlyMap<string, number>): Definition[] {
  const found = new Map<string, Definition>();
  for (const one of cell.definitions) {
    const value = uses.has(one.name) ? undefined : cell.bindingsOf(one.name).at(-1)?.value;
    // A figure, its axes: no sentence is to show them.
    if (value !== undefined && !isForSentences(value)) continue;
    const isExport = one.name.includes('.') ? one.name.endsWith('_str') : one.kind === 'assignment';
    if (isExport && !one.name.startsWith('_')) found.set(one.name, one);
  }
  return [...found.values()];
}

/** `7 exports, 12 uses, 2 guards hold` */
function cellTitle(
  { checks: told, pending }: CellResult,
  exports: readonly Definition[],
  uses: ReadonlyMap<string, number>,
): string {
  const own = exports.filter(({ name }) => !name.includes('.')).length;
  const used = exports.reduce((sum, { name }) => sum + (uses.get(name) ?? 0), 0);
  const checks = pending ? [] : told;
  const failed = checks.filter(({ passed }) => !passed).length;
  const guards =
    failed > 0
      ? [`${failed} of ${counted(checks.length, 'guard')} ${failed === 1 ? 'fails' : 'fail'}`]
      : checks.length > 0
        ? [`${counted(checks.length, 'guard')} ${checks.length === 1 ? 'holds' : 'hold'}`]
        : [];
  return [counted(own, 'export'), counted(used, 'use'), ...guards].join(', ');
}

/** By the content of a block, the paths that its references read. */
const byBlock = new WeakMap<object, readonly string[]>();

/** How often the references of a chapter read each path, or a part of what is there: `north.trees` reads `north`. */
function usesIn(groups: readonly RefGroup[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const group of groups)
    for (const path of pathsIn(group))
      for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
        const own = path.slice(0, end);
        counts.set(own, (counts.get(own) ?? 0) + 1);
      }
  return counts;
}

function pathsIn(group: RefGroup): readonly string[] {
  const { content } = group.block;
  let paths = byBlock.get(content);
  if (paths === undefined) {
    const found: string[] = [];
    for (let at = 0; at < group.count; at++) {
      const { expression } = parseExpression(group.expr(at));
      if (expression === undefined) continue;
      // Of `Plan.days_str` the whole path counts, and not the class as well.
      const uses = symbolIndex(expression).uses.map(({ path }) => path);
      found.push(...uses.filter((path, place) => uses[place + 1]?.startsWith(`${path}.`) !== true));
    }
    paths = found;
    byBlock.set(content, paths);
  }
  return paths;
}
