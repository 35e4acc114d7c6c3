/** What the number of a chapter beside data files ends in. */
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { NodeFileSystem } from '../../server/files/node';
import { computedBehind, leavesOf } from '../../server/provenance/behind';
import { analyse } from '../../server/workspace/check';
import { PackageStore } from '../../server/workspace/packages';

/** What `x` ends in after code in a folder: files with lines from 1, and the text there; other ends by their kinds. */
export async function endsOf(code: string, root: string): Promise<string[]> {
  const chapter = `\`\`\`{python}\n${code}\n\`\`\`\n\n\`{python} x\`\n`;
  const { analysis } = analyse(join(root, 'probe.qmd'), chapter, { root }, new PackageStore(new NodeFileSystem()));
  expect(analysis.cells[0]!.fault).toBeUndefined();
  const record = (await analysis.provenanceAt('x', 1))!;
  const formula = computedBehind(record)?.formula ?? record.sources[0]!.formula;
  return leavesOf(formula, record).map(({ kind, data }) =>
    data === undefined ? kind : `${basename(data.file)}:${data.start.line + 1}: ${data.line.trim()}`,
  );
}
