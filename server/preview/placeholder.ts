/** Boxes that stand for pictures. */
import { type Html, trusted } from './hast';

const LARGEST_PLACEHOLDER = 4000;

/** A box of the size that is asked for, with its size in words: `[width, height]`, where one counts for both. */
export function placeholderNodes(sizes: readonly string[]): Html[] {
  const [width = 100, height = width] = sizes
    .filter(size => /^\d{1,9}$/.test(size))
    .map(size => Math.min(LARGEST_PLACEHOLDER, Math.max(1, Number(size))));
  const words = `${width} × ${height}`;
  const letters = Math.max(6, Math.min(28, width / 8, height / 2));
  return [
    trusted(
      `<svg class="reckoner-placeholder" role="img" aria-label="Placeholder, ${words}" width="${width}" height="${height}" ` +
        `viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%"></rect><text x="50%" y="50%" ` +
        `font-size="${letters}" text-anchor="middle" dominant-baseline="central">${words}</text></svg>`,
    ),
  ];
}
