/** Properties of the trees of random texts. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import { childrenOf, type ProseNode } from '../../../server/chapter/prose';
import { chapterTexts } from '../../support/chapterPieces';

const runs = Number(process.env.RECKONER_EDIT_RUNS ?? 300);

/** Calls back with each node and its parent, if it has one. */
function walk(nodes: readonly ProseNode[], visit: (node: ProseNode, siblings: readonly ProseNode[]) => void): void {
  for (const node of nodes) {
    visit(node, nodes);
    walk(childrenOf(node), visit);
  }
}

test('nodes lie within their parents, in order, and text is what stands there', () => {
  fc.assert(
    fc.property(chapterTexts, text => {
      const chapter = parseChapter(text, 'a.qmd');
      for (const block of chapter.blocks)
        walk(chapter.tree(block).children, (node, siblings) => {
          expect(node.start).toBeLessThanOrEqual(node.end);
          const next = siblings[siblings.indexOf(node) + 1];
          // The lines of cells beside each other alternate.
          if (next !== undefined && node.type !== 'tableCell') expect(next.start).toBeGreaterThanOrEqual(node.end);
          for (const child of childrenOf(node)) {
            expect(child.start).toBeGreaterThanOrEqual(node.start);
            expect(child.end).toBeLessThanOrEqual(node.end);
          }
          if (node.type === 'text' && node.value.length > 2 && node.value.length === node.end - node.start)
            expect(block.text.slice(node.start, node.end).replaceAll('\0', '\ufffd')).toBe(
              node.value.replaceAll('\0', '\ufffd'),
            );
        });
    }),
    { numRuns: runs, examples: [['--- ---\n<details>\n<summary>More</summary>\n\n---\n']] },
  );
});
