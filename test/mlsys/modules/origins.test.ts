/** Values that were read from data files know which part of which file they are. */
import { afterAll, expect, test } from 'vitest';
import { originOf, type PyObject, parseProgram, Session } from '../../../mlsys';
import { NodeFileSystem } from '../../../server/files/node';
import { PackageStore, Packages } from '../../../server/workspace/packages';
import { TestWorkspace } from '../../support/workspace';

const workspace = new TestWorkspace();
const { folder } = workspace;
afterAll(() => workspace.remove());

test.each([
  ['a.yaml', 'name: pump\nflow: !!int "40" # l/min\nsizes: [1, 2.5]\n', 'yaml.safe_load(f)', ['"40"', '2.5']],
  ['a.json', '{"name": "pump", "flow": 40, "sizes": [1, 2.5]}', 'json.load(f)', ['40', '2.5']],
])('%s', (name, text, load, [flow, size]) => {
  workspace.write(name, text);
  const store = new PackageStore(new NodeFileSystem());
  const session = new Session({ modules: new Packages({ folder, workspace: folder }, store) });
  const cell = `import json, yaml\nwith open('${name}') as f: d = ${load}\nsizes = d['sizes']\nmade = {'flow': 40}
def same(x): return {k: same(v) for k, v in x.items()} if isinstance(x, dict) else [same(v) for v in x] if isinstance(x, list) else x
e = same(d)\nothers = {k: 40 for k, v in d.items()}\nnested = e['sizes']`;
  const { writes } = session.run(parseProgram(cell, 'cell'), 0);
  const partOf = (from: string, key: string | bigint) => {
    const origin = originOf(writes.get(from) as PyObject, key);
    return origin && `${origin.file.slice(folder.length + 1)}: ${origin.text.slice(origin.start, origin.end)}`;
  };
  expect(partOf('d', 'flow')).toContain(`${name}: `);
  expect(partOf('d', 'flow')).toContain(flow);
  expect(partOf('sizes', 1n)).toBe(`${name}: ${size}`);
  expect(partOf('made', 'flow')).toBeUndefined();
  expect(partOf('others', 'flow')).toBeUndefined();
  expect(partOf('e', 'flow')).toBe(partOf('d', 'flow'));
  expect(partOf('nested', 1n)).toBe(`${name}: ${size}`);
});
