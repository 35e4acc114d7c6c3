/** Arrows of `quiver`, in the shape and length that matplotlib gives them. */
import type { ArrowsArtist } from '../../../mlsys/figures';
import type { Canvas } from './artists';
import { opacityOf, paint } from './paint';

const n = (value: number): string => String(Number(value.toFixed(2)));

type Point = readonly [x: number, y: number];

/** The outline of an arrow to the right, in units of its width; a short one shrinks, the shortest is a dot. */
function outline(length: number, { width, length: head, axis }: ArrowsArtist['head']): Point[] {
  if (length < 1)
    return Array.from({ length: 7 }, (_, at) => [Math.cos((at * Math.PI) / 3) / 2, Math.sin((at * Math.PI) / 3) / 2]);
  const isShort = length < head;
  const [long, shrink] = isShort ? [head, length / head] : [length, 1];
  const half: Point[] = [
    [0, 0.5],
    [long - axis, 0.5],
    [long - head, width / 2],
    [long, 0],
  ];
  const other = half.slice(0, 3).map(([x, y]): Point => [x, -y]);
  return [...half, ...other.reverse()].map(([x, y]): Point => [x * shrink, y * shrink]);
}

export function arrowsSvg(artist: ArrowsArtist, canvas: Canvas): string {
  const { x, y, u, v, colors, pivot } = artist;
  const { box } = canvas;
  const sizes = u.map((one, at) => Math.hypot(one, v[at]!));
  const finite = sizes.filter(Number.isFinite);
  const mean = finite.reduce((sum, size) => sum + size, 0) / (finite.length || 1);
  const root = Math.sqrt(x.length);
  const thick = (artist.width ?? 0.06 / Math.min(25, Math.max(8, root))) * box.width;
  const scale = artist.scale ?? 1.8 * mean * Math.max(10, root);
  return x
    .map((left, at) => {
      const [dx, dy] = [u[at]!, v[at]!];
      const [px, py] = [canvas.px(left), canvas.py(y[at]!)];
      if (![dx, dy, px, py].every(Number.isFinite) || !(scale > 0)) return '';
      const part = artist.byData ? 1 / scale : 1e-3;
      const toward: Point = artist.followsData
        ? [canvas.px(left + dx * part) - px, canvas.py(y[at]! + dy * part) - py]
        : [dx, -dy];
      const long = artist.byData ? Math.hypot(...toward) : (sizes[at]! / scale) * box.width;
      const turn = Math.atan2(toward[1], toward[0]);
      const shape = outline(long / thick, artist.head);
      const shift = pivot === 'tail' ? 0 : (long / thick) * (pivot === 'tip' ? 1 : 0.5);
      const path = shape
        .map(([along, across], index) => {
          const [a, b] = [(along - shift) * thick, across * thick];
          const [sx, sy] = [px + a * Math.cos(turn) - b * Math.sin(turn), py + a * Math.sin(turn) + b * Math.cos(turn)];
          return `${index === 0 ? 'M' : 'L'}${n(sx)} ${n(sy)}`;
        })
        .join('');
      const color = colors[at % colors.length] ?? 'none';
      const opacity = opacityOf(color, artist.alpha);
      return `<path d="${path}Z" fill="${paint(color)}"${opacity === 1 ? '' : ` fill-opacity="${n(opacity)}"`}/>`;
    })
    .join('');
}
