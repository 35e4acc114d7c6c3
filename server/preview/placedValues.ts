/** Values in a text that was read with them in place: found again among its nodes, so that each can be shown as a value. */
import type { InlineNode, KeyNode } from '../chapter/prose';

/** Where the source of a value stands in the text that is read. */
export interface PlacedValue {
  readonly start: number;
  readonly end: number;
  /** Of its reference. */
  readonly expr: string;
}

/** In place of `nodes`: what a value is read as, and nothing else. */
export interface ValueNode extends PlacedValue {
  readonly type: 'value';
  readonly nodes: readonly Node[];
}

type Node = InlineNode | KeyNode | ValueNode;

/** Nodes of a text with its values in them. A value whose marks reach into the text around it stays what that makes of it. */
export function withValues(nodes: readonly Node[], values: readonly PlacedValue[]): readonly Node[] {
  const start = nodes[0]?.start ?? 0;
  const end = nodes.at(-1)?.end ?? 0;
  return values.reduce(
    (all, value) => (value.start < start || value.end > end || value.start === value.end ? all : withValue(all, value)),
    nodes,
  );
}

function withValue(nodes: readonly Node[], value: PlacedValue): readonly Node[] {
  const cut = nodes.flatMap(node => cutAt(node, value.start)).flatMap(node => cutAt(node, value.end));
  const from = cut.findIndex(node => node.start === value.start);
  const to = cut.findLastIndex(node => node.end === value.end);
  if (from < 0 || to < from) return nodes;
  return [...cut.slice(0, from), { type: 'value', ...value, nodes: cut.slice(from, to + 1) }, ...cut.slice(to + 1)];
}

/** The parts of a node before and behind an offset; the node itself where it holds no text as it is written, or does not reach there. */
function cutAt(node: Node, offset: number): Node[] {
  const { start, end } = node;
  if (node.type !== 'text' || offset <= start || offset >= end || node.value.length !== end - start) return [node];
  const at = offset - start;
  return [
    { ...node, end: offset, value: node.value.slice(0, at) },
    { ...node, start: offset, value: node.value.slice(at) },
  ];
}
