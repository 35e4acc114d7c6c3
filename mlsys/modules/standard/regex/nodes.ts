/** The syntax tree of a regular expression. */
import type { Test } from './characters';

export type RegexNode =
  | { readonly kind: 'empty' }
  | { readonly kind: 'fail' }
  /** One character that passes a test. */
  | { readonly kind: 'char'; readonly test: Test }
  | { readonly kind: 'sequence'; readonly parts: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly options: readonly RegexNode[] }
  | {
      readonly kind: 'repeat';
      readonly body: RegexNode;
      readonly min: number;
      readonly max: number;
      readonly mode: 'greedy' | 'lazy' | 'possessive';
    }
  | { readonly kind: 'group'; readonly index: number; readonly body: RegexNode }
  | { readonly kind: 'at'; readonly where: Place; readonly test: Test }
  | { readonly kind: 'look'; readonly behind: boolean; readonly negative: boolean; readonly body: RegexNode }
  | { readonly kind: 'atomic'; readonly body: RegexNode }
  | { readonly kind: 'reference'; readonly index: number; readonly fold: boolean }
  | { readonly kind: 'conditional'; readonly index: number; readonly yes: RegexNode; readonly no: RegexNode };

/** `test` of an `at` node tells word characters, for the boundaries. */
export type Place = 'start' | 'lineStart' | 'end' | 'endLine' | 'lineEnd' | 'boundary' | 'notBoundary';

export interface Regex {
  readonly node: RegexNode;
  readonly groups: number;
  /** What the groups match, by their numbers. */
  readonly bodies: readonly RegexNode[];
  /** Groups with names. */
  readonly names: ReadonlyMap<string, number>;
  /** The flags, those in the pattern included. */
  readonly flags: number;
}

export const FLAGS = { T: 1, I: 2, L: 4, M: 8, S: 16, U: 32, X: 64, A: 256 } as const;

/** Least and most characters that a node matches. */
export function widthOf(node: RegexNode, groups: readonly RegexNode[]): [number, number] {
  switch (node.kind) {
    case 'char':
      return [1, 1];
    case 'sequence':
      return node.parts.reduce<[number, number]>(
        ([low, high], part) => {
          const [least, most] = widthOf(part, groups);
          return [low + least, high + most];
        },
        [0, 0],
      );
    case 'choice': {
      const widths = node.options.map(option => widthOf(option, groups));
      return [Math.min(...widths.map(([low]) => low)), Math.max(...widths.map(([, high]) => high))];
    }
    case 'repeat': {
      const [low, high] = widthOf(node.body, groups);
      return [low * node.min, high === 0 ? 0 : high * node.max];
    }
    case 'group':
    case 'atomic':
      return widthOf(node.body, groups);
    case 'reference': {
      const body = groups[node.index];
      return body === undefined ? [0, Number.POSITIVE_INFINITY] : widthOf(body, groups);
    }
    case 'conditional': {
      const [a, b] = widthOf(node.yes, groups);
      const [c, d] = widthOf(node.no, groups);
      return [Math.min(a, c), Math.max(b, d)];
    }
    default:
      return [0, 0];
  }
}
