/** The house keeps its order: who may import whom, and how long a file may grow. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/**
 * Layers and what each may import, by folder; the longest matching prefix counts. A folder may always import itself.
 * `node:` and npm packages are listed by name; `*` allows any.
 */
const LAYERS: readonly { folder: string; may: readonly string[]; packages: readonly string[] }[] = [
  { folder: 'mlsys/python/syntax', may: [], packages: [] },
  { folder: 'mlsys/python/symbols', may: ['mlsys/python/syntax'], packages: [] },
  { folder: 'mlsys/python/runtime', may: ['mlsys/python/syntax'], packages: [] },
  { folder: 'mlsys', may: ['mlsys'], packages: ['mathjs', 'yaml'] },
  {
    folder: 'server/chapter',
    may: [],
    packages: ['micromark*', 'yaml'],
  },
  { folder: 'server/diagnostics/finding.ts', may: ['server/chapter/ranges'], packages: [] },
  { folder: 'server/evaluation', may: ['mlsys', 'server/chapter', 'server/diagnostics'], packages: [] },
  { folder: 'server/diagnostics', may: ['mlsys', 'server/chapter', 'server/evaluation'], packages: ['mathjs*'] },
  {
    folder: 'server/provenance',
    may: ['mlsys', 'server/chapter', 'server/evaluation', 'server/diagnostics'],
    packages: ['mathjs*'],
  },
  {
    folder: 'server/whatif',
    may: [
      'mlsys',
      'server/chapter',
      'server/evaluation',
      'server/diagnostics',
      'server/provenance',
      'server/protocol.ts',
    ],
    packages: ['yaml'],
  },
  {
    folder: 'server/comparison',
    may: ['mlsys', 'server/chapter', 'server/evaluation', 'server/diagnostics', 'server/provenance'],
    packages: [],
  },
  {
    folder: 'server/features',
    may: [
      'mlsys',
      'server/chapter',
      'server/evaluation',
      'server/diagnostics',
      'server/provenance',
      'server/comparison',
      'server/preview/math.ts',
      'server/protocol.ts',
    ],
    packages: ['vscode-languageserver*', 'vscode-uri'],
  },
  {
    folder: 'server/preview',
    may: [
      'mlsys',
      'server/chapter',
      'server/evaluation',
      'server/diagnostics',
      'server/provenance',
      'server/tikz/sanitise.ts',
      'server/protocol.ts',
    ],
    packages: [
      'hast*',
      'katex',
      'd3-*',
      'highlight.js',
      'lowlight',
      'citeproc',
      '@citation-js/plugin-csl',
      '@viz-js/viz',
    ],
  },
  { folder: 'server/tikz', may: ['mlsys/style'], packages: ['node:fs', 'node:path', 'node:zlib'] },
  { folder: 'server', may: ['mlsys', 'server', 'package.json'], packages: ['*'] },
  {
    folder: 'client/page',
    may: ['server/protocol.ts', 'client/preview/messages.ts'],
    packages: ['idiomorph', 'katex'],
  },
  { folder: 'client/page/diagrams', may: [], packages: ['mermaid'] },
  {
    folder: 'client/whatIf/page',
    may: ['server/protocol.ts', 'client/whatIf/messages.ts', 'client/whatIf/range.ts'],
    packages: [],
  },
  {
    folder: 'client',
    may: ['client', 'server/protocol.ts'],
    packages: ['vscode', 'vscode-languageclient*', 'vscode-uri', 'node:*'],
  },
];

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sources(path);
    return /\.(ts|tsx|mts)$/.test(entry.name) ? [path] : [];
  });
}

function matches(name: string, pattern: string): boolean {
  return pattern.endsWith('*')
    ? name.startsWith(pattern.slice(0, -1))
    : name === pattern || name.startsWith(`${pattern}/`);
}

function layerOf(file: string) {
  const path = file.split(sep).join('/');
  const fitting = LAYERS.filter(layer => path === layer.folder || path.startsWith(`${layer.folder}/`));
  return fitting.sort((a, b) => b.folder.length - a.folder.length)[0];
}

/** Paths and packages that a file imports, `import()` included. */
function importsOf(file: string, withoutTypes = false): string[] {
  const whole = readFileSync(join(root, file), 'utf8');
  const text = withoutTypes ? whole.replace(/^(?:import|export) type [^;]*;/gm, '') : whole;
  const pattern =
    /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|(?:^|\n)import\s*'([^']+)'|(?<![\w.])import\(\s*'([^']+)'\s*\)/g;
  return [...text.matchAll(pattern)].map(found => (found[1] ?? found[2] ?? found[3])!);
}

function fault(file: string, target: string): string | undefined {
  const layer = layerOf(file);
  if (layer === undefined) return `${file} belongs to no layer`;
  if (!target.startsWith('.'))
    return layer.packages.some(pattern => matches(target, pattern))
      ? undefined
      : `${file} imports the package ${target}`;
  const path = relative(root, resolve(root, dirname(file), target))
    .split(sep)
    .join('/');
  const allowed = [layer.folder, ...layer.may];
  const inside = allowed.some(folder => path === folder || path.startsWith(`${folder}/`) || `${path}.ts` === folder);
  return inside ? undefined : `${file} imports ${path}`;
}

const files = ['mlsys', 'server', 'client'].flatMap(sources);

/** Folders with a facade, and its files: who is outside imports no other file of the folder. */
const FACADES: Readonly<Record<string, readonly string[]>> = {
  mlsys: ['mlsys', 'mlsys/index', 'mlsys/figures', 'mlsys/style', 'mlsys/time'],
  'server/engine': ['server/engine', 'server/engine/index'],
};

/** What runs in Node alone: the entries, and what they give to the rest of the program. All else runs in a browser as well. */
const NODE: readonly string[] = [
  // Entries, and how they load the program.
  'server/main.ts',
  'server/serveLanguage.ts',
  'server/nodeModules.ts',
  'server/program.ts',
  'server/loader.ts',
  'server/v8Flags.ts',
  'server/cacheFolder.ts',
  'server/cli/',
  'server/lsp/start.ts',
  'server/lsp/nodePlatform.ts',
  // Files, and results on disk.
  'server/files/node.ts',
  'server/files/path.ts',
  'server/files/replace.ts',
  'server/workspace/cache.ts',
  'server/workspace/drawingCache.ts',
  // Processes and threads.
  'server/process/childProcess.ts',
  'server/process/envelope.ts',
  'server/process/memoryRelease.ts',
  'server/process/runWatch.ts',
  'server/process/main.ts',
  'server/process/evaluationThread.ts',
  'server/process/serveThread.ts',
  'server/process/startedProcess.ts',
  'server/tikz/engine/',
  'server/worker/tikzQueue.ts',
  'server/worker/index.ts',
  'server/worker/serveTypesetting.ts',
  'server/worker/tikz.ts',
  'server/worker/typesettingProcesses.ts',
  'server/worker/typesetterMain.ts',
  'client/extension.ts',
  'client/serverProcess.ts',
];

const isForNode = (file: string): boolean => NODE.some(place => slashed(file).startsWith(place));

function slashed(file: string): string {
  return file.split(sep).join('/');
}

/** Paths of our own files that a file imports (at run time, unless types count as well), without their endings. */
function ownImportsOf(file: string, withoutTypes = true): string[] {
  return importsOf(file, withoutTypes)
    .filter(target => target.startsWith('.'))
    .map(target => slashed(relative(root, resolve(root, dirname(file), target))));
}

describe('layers', () => {
  test('no file imports from a layer above it, or a package that its layer has no use for', () => {
    const faults = files.flatMap(file => importsOf(file).flatMap(target => fault(file, target) ?? []));
    expect(faults).toEqual([]);
  });

  test('the check sees a forbidden import', () => {
    expect(fault('mlsys/python/syntax/parser.ts', '../runtime/objects')).toContain(
      'imports mlsys/python/runtime/objects',
    );
    expect(fault('server/chapter/scanner.ts', '../evaluation/analysis')).toContain('server/evaluation/analysis');
    expect(fault('mlsys/index.ts', 'node:fs')).toContain('node:fs');
  });
});

describe('platforms', () => {
  test.each(Object.entries(FACADES))('%s is imported by its facade alone', (folder, facade) => {
    const isInside = (path: string) => path === folder || path.startsWith(`${folder}/`);
    const outside = files.filter(file => !isInside(slashed(file)));
    const imported = outside.flatMap(file => ownImportsOf(file, false).map(path => [file, path] as const));
    expect(imported.some(([, path]) => facade.includes(path))).toBe(true);
    const past = imported.filter(([, path]) => isInside(path) && !facade.includes(path));
    expect(past.map(([file, path]) => `${file} imports ${path}`)).toEqual([]);
  });

  test('only what runs in Node alone imports its modules', () => {
    const importers = files.filter(file => importsOf(file, true).some(target => target.startsWith('node:')));
    expect(importers.filter(file => !isForNode(file))).toEqual([]);
    expect(importers).toContain(join('server', 'files', 'node.ts'));
  });

  test('nothing else takes what runs in Node alone, but for what has a twin for the browser', () => {
    const hasTwin = (path: string) => existsSync(join(root, `${path}.browser.ts`));
    const taken = files
      .filter(file => !isForNode(file))
      .flatMap(file => ownImportsOf(file).map(path => [file, path] as const))
      .filter(([, path]) => !hasTwin(path) && (isForNode(`${path}.ts`) || isForNode(`${path}/index.ts`)));
    expect(taken.map(([file, path]) => `${file} imports ${path}`)).toEqual([]);
    expect(hasTwin('server/files/path')).toBe(true);
  });
});

/** Who may call Node's file system: the one place that opens files of the workspace, and what reads the program's own. */
const FILE_SYSTEM: readonly string[] = [
  'server/files/',
  // The program's own code, assets and caches.
  'server/loader.ts',
  'server/cacheFolder.ts',
  'server/workspace/cache.ts',
  'server/tikz/engine/assets.ts',
];

test('files of the workspace are opened in one place', () => {
  const opens = (file: string) => importsOf(file).some(target => /^(node:)?fs(\/|$)/.test(target));
  const allowed = (file: string) => FILE_SYSTEM.some(place => file.split(sep).join('/').startsWith(place));
  expect(files.filter(file => file.startsWith('server') && opens(file) && !allowed(file))).toEqual([]);
  expect(opens('server/files/node.ts')).toBe(true);
});

test('no source file outgrows 600 lines', () => {
  const long = files.filter(file => readFileSync(join(root, file), 'utf8').split('\n').length > 600);
  expect(long).toEqual([]);
  expect(files.every(file => statSync(join(root, file)).isFile())).toBe(true);
});

test('raw texts are ASCII: the build escapes the rest, which says the same in regular expressions alone', () => {
  const raw = (file: string) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/String\.raw`[^`]*`/g)].map(([text]) => text);
  const texts = files.flatMap(file => raw(file).map(text => [file, text] as const));
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.filter(([, text]) => /[^\0-\x7f]/.test(text))).toEqual([]);
});
