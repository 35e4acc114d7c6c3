/**
 * Bundles the extension, the server, the command line and the preview page into dist/.
 *
 *   node scripts/build.mjs [--minify] [--watch] [--report]
 *
 * Development builds carry source maps; the package is minified and has none. `--report` prints what each bundle weighs
 * and which packages and folders it is made of.
 */
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, context } from 'esbuild';
import { CHUNKS, ENTRIES } from './bundles.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');

/** Turns `import()` of a chunk's module into a `require` of the chunk's file. */
const chunkImports = {
  name: 'chunk-imports',
  setup(bundler) {
    const files = new Map(CHUNKS.map(chunk => [join(root, chunk.source), `./${chunk.name}.js`]));
    bundler.onResolve({ filter: /^\./ }, async args => {
      if (args.kind !== 'dynamic-import' || args.pluginData === chunkImports) return undefined;
      const found = await bundler.resolve(args.path, {
        kind: args.kind,
        importer: args.importer,
        resolveDir: args.resolveDir,
        pluginData: chunkImports,
      });
      const file = files.get(found.path);
      return file === undefined ? found : { path: file, external: true };
    });
  },
};

function optionsOf(entry, minify) {
  const browser = entry.platform === 'browser';
  const css = entry.source.endsWith('.css');
  return {
    absWorkingDir: root,
    entryPoints: { [entry.name]: entry.source },
    outdir: dist,
    bundle: true,
    format: browser ? 'iife' : 'cjs',
    platform: browser ? 'browser' : 'node',
    target: browser ? 'es2022' : 'node20',
    mainFields: browser ? ['browser', 'module', 'main'] : ['module', 'main'],
    supported: { 'dynamic-import': false },
    external: entry.external ?? [],
    ...(entry.executable ? { banner: { js: '#!/usr/bin/env node' } } : {}),
    loader: { '.woff2': 'file' },
    assetNames: 'fonts/[name]',
    plugins: browser ? [] : [chunkImports, onlyNewFonts],
    define: { 'process.env.NODE_ENV': minify ? '"production"' : '"development"' },
    minify,
    sourcemap: minify || css ? false : 'linked',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  };
}

