/** The ways of lines: in steps, and without ends (`axline`). */
import type { LineArtist } from '../../../mlsys/figures';
import type { Canvas } from './artists';
import type { Point } from './thinning';

/** The points of a line; of one without ends as far as it crosses the axes, with some room at its ends. */
export function wholeLine({ x, y, endless }: LineArtist, own: readonly Point[], canvas: Canvas): readonly Point[] {
  if (endless === undefined) return own;
  const { box } = canvas;
  const [[x0, y0]] = own as [Point];
  const [x1, y1] = typeof endless === 'number' ? [canvas.px(x[0]! + 1), canvas.py(y[0]! + endless)] : own[1]!;
  const [dx, dy] = [x1 - x0, y1 - y0];
  if (Math.abs(dx) * box.height >= Math.abs(dy) * box.width)
    return [box.x - box.width, box.x + 2 * box.width].map(at => [at, y0 + ((at - x0) * dy) / dx] as Point);
  return [box.y - box.height, box.y + 2 * box.height].map(at => [x0 + ((at - y0) * dx) / dy, at] as Point);
}

/** Points between which a line goes in steps. */
export function stepped(points: readonly Point[], step: 'pre' | 'post' | 'mid' | undefined): Point[] {
  if (step === undefined) return [...points];
  return points.flatMap((point, at): Point[] => {
    const next = points[at + 1];
    if (next === undefined) return [point];
    if (step === 'post') return [point, [next[0], point[1]]];
    if (step === 'pre') return [point, [point[0], next[1]]];
    const middle = (point[0] + next[0]) / 2;
    return [point, [middle, point[1]], [middle, next[1]]];
  });
}
