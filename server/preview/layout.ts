/** Panels beside and below each other, as `layout-ncol`, `layout-nrow` and `layout` ask for. */
import type { Attributes } from '../chapter/model';
import type { DivChild } from './divs';
import { element, type Html } from './hast';

/** So many columns or rows, or rows with the share of the width that each panel has; negative shares stay empty. */
export type Layout =
  | { readonly form: 'columns'; readonly count: number }
  | { readonly form: 'rows'; readonly count: number }
  | { readonly form: 'grid'; readonly shares: readonly (readonly number[])[] };

const MOST = 24;

/** The layout that attributes ask for; undefined where they ask for none. */
export function layoutOf(own: Attributes): Layout | undefined {
  return layoutFrom(own.get('layout-ncol'), own.get('layout-nrow'), own.get('layout'));
}

/** The same of options, as cells have them. */
export function layoutFrom(columns: unknown, rows: unknown, grid: unknown): Layout | undefined {
  const across = Number(columns);
  if (across >= 1 && across <= MOST) return { form: 'columns', count: Math.floor(across) };
  const down = Number(rows);
  if (down >= 1 && down <= MOST) return { form: 'rows', count: Math.floor(down) };
  const read = typeof grid === 'string' ? gridOf(grid) : grid;
  if (!Array.isArray(read) || read.length === 0 || read.length > 200) return undefined;
  const lines = read.every(Array.isArray) ? (read as unknown[][]) : [read as unknown[]];
  const shares = lines.map(line => line.slice(0, MOST).map(Number));
  const isRead = shares.every(line => line.every(share => Number.isFinite(share) && Math.abs(share) < 1e6));
  return isRead ? { form: 'grid', shares } : undefined;
}

function gridOf(written: string): unknown {
  if (!/^[\s\d.,[\]-]*$/.test(written)) return undefined;
  try {
    return JSON.parse(written.replace(/%/g, ''));
  } catch {
    return undefined; // not closed yet
  }
}

/** A heading stands over the panel that follows it, and is none. */
export function panelNodes(children: readonly DivChild[], layout: Layout): Html[] {
  const panels: Html[][] = [];
  let heads: Html[] = [];
  for (const child of children) {
    const nodes = child.nodes();
    if (child.kind === 'heading') heads.push(...nodes);
    else if (nodes.length > 0) {
      panels.push([...heads, ...nodes]);
      heads = [];
    }
  }
  if (heads.length > 0) panels.push(heads);
  return gridNodes(panels, layout);
}

export function gridNodes(panels: readonly Html[][], layout: Layout): Html[] {
  const panel = (nodes: readonly Html[] | undefined, share: number): Html =>
    element(
      'div',
      { className: 'reckoner-panel', style: share === 1 ? undefined : `flex-grow: ${share}` },
      nodes ?? [],
    );
  const rows: Html[] = [];
  let next = 0;
  const row = (shares: readonly number[]): void => {
    const total = shares.reduce((sum, share) => sum + Math.abs(share), 0) || 1;
    const relative = shares.map(share => Math.round((share / total) * shares.length * 1000) / 1000);
    const cells = relative.map(share => (share < 0 ? panel([], -share) : panel(panels[next++], share)));
    rows.push(element('div', { className: 'reckoner-panels' }, cells));
  };
  if (layout.form === 'grid') for (const shares of layout.shares) row(shares);
  else {
    const across = layout.form === 'columns' ? layout.count : Math.max(1, Math.ceil(panels.length / layout.count));
    while (next < panels.length) row(new Array(across).fill(1));
  }
  while (next < panels.length) row([1]);
  return rows;
}
