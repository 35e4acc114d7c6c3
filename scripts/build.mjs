/**
 * Bundles the extension, the server, the command line and the preview page into dist/, and packs the TikZ engine's files.
 *
 *   node scripts/build.mjs [--minify] [--watch] [--report]
 *
 * Development builds carry source maps; the package is minified and has none. `--report` prints what each bundle weighs
 * and which packages and folders it is made of.
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { build, context } from 'esbuild';
import { CHUNKS, ENTRIES, LAZY, PROGRAM } from './bundles.mjs';
import { writeSchemas } from './schemas.mjs';
import { compressed, packTikz } from './tikz.mjs';

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

/**
 * Puts functions in the place of a lazy module, which load it when they are called. It is bundled by itself first: esbuild would keep
 * all of each package that a module with a late start imports from.
 */
const lazyModules = {
  name: 'lazy-modules',
  setup(bundler) {
    const { minify, define, target, mainFields, conditions } = bundler.initialOptions;
    const modules = new Map(LAZY.map(({ source, functions }) => [join(root, source), functions]));
    bundler.onResolve({ filter: /^\./ }, async args => {
      if (args.kind !== 'import-statement' || args.pluginData === lazyModules) return undefined;
      const { path, errors } = await bundler.resolve(args.path, {
        kind: args.kind,
        importer: args.importer,
        resolveDir: args.resolveDir,
        pluginData: lazyModules,
      });
      return errors.length === 0 && modules.has(path) ? { path, namespace: 'lazy' } : undefined;
    });
    bundler.onResolve({ filter: /./, namespace: 'lazy' }, ({ path }) => ({ path, namespace: 'lazy-whole' }));
    bundler.onLoad({ filter: /./, namespace: 'lazy' }, ({ path }) => ({
      contents: modules
        .get(path)
        .map(name => `export const ${name} = (...given) => require(${JSON.stringify(path)}).${name}(...given);`)
        .join('\n'),
    }));
    bundler.onLoad({ filter: /./, namespace: 'lazy-whole' }, async ({ path }) => {
      const { outputFiles, metafile } = await build({
        absWorkingDir: root,
        entryPoints: [path],
        bundle: true,
        format: 'cjs',
        write: false,
        metafile: true,
        legalComments: 'none',
        ...{ minify, define, target, mainFields, conditions },
      });
      return {
        contents: outputFiles[0].text,
        watchFiles: Object.keys(metafile.inputs).map(file => join(root, file)),
      };
    });
  },
};

const GRAPHVIZ_MODULE = /@viz-js[/\\]viz[/\\]dist[/\\]viz\.js$/;
const GRAPHVIZ_BYTES = /binaryDecode\('(\0asm(?:[^'\\]|\\[\s\S])*)'\)/;

/** Puts the WebAssembly of Graphviz, a string of its module, into a file of its own, which takes a fourth less of the package. */
export const graphvizFile = {
  name: 'graphviz-file',
  setup(bundler) {
    const { minify, outdir } = bundler.initialOptions;
    bundler.onLoad({ filter: GRAPHVIZ_MODULE }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const [whole, literal] = GRAPHVIZ_BYTES.exec(source) ?? [];
      if (literal === undefined) throw new Error(`${path} does not hold WebAssembly as it did.`);
      const bytes = Buffer.from(runInNewContext(`'${literal}'`), 'latin1');
      mkdirSync(outdir, { recursive: true });
      writeFileSync(join(outdir, 'graphviz.br'), compressed(bytes, minify ? SMALLEST : QUICK));
      const read = 'require("node:fs").readFileSync(require("node:path").join(__dirname, "graphviz.br"))';
      const contents = source
        .replace(whole, () => `require("node:zlib").brotliDecompressSync(${read})`)
        .replace('import.meta.url', '""');
      return { contents, loader: 'js' };
    });
  },
};

const MERMAID_STYLE =
  /const style1 = document\.createElement\("style"\);\s+style1\.innerHTML = rules;\s+svg\.insertBefore\(style1, firstChild\);/;
/** The layouts and formulas that diagrams do without: each is as large as all the rest (`client/page/diagrams/library.ts`). */
const MERMAID_LEFT_OUT = /^katex$|^cytoscape|\/architectureDiagram-\w+\.mjs$/;

/** Hands the style of a diagram to the page, whose policy lets nobody write style elements, and leaves out what the package has no room for. */
const pageMermaid = {
  name: 'page-mermaid',
  setup(bundler) {
    bundler.onLoad({ filter: /mermaid[/\\]dist[/\\]mermaid\.core\.mjs$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      if (!MERMAID_STYLE.test(source)) throw new Error(`${path} does not write styles as it did.`);
      return { contents: source.replace(MERMAID_STYLE, 'globalThis.reckonerDiagramStyle(rules);') };
    });
    bundler.onResolve({ filter: MERMAID_LEFT_OUT }, ({ path, importer }) =>
      /[/\\]mermaid[/\\]/.test(importer) ? { path, namespace: 'left-out' } : undefined,
    );
    bundler.onLoad({ filter: /./, namespace: 'left-out' }, () => ({
      contents: 'export default { use() {}, renderToString: tex => tex };\nexport const diagram = {};',
    }));
  },
};

/** Drops the woff and TrueType copies of fonts from style sheets: every browser that VS Code runs in reads woff2. */
const onlyNewFonts = {
  name: 'only-new-fonts',
  setup(bundler) {
    bundler.onLoad({ filter: /katex[^/\\]*\.css$/ }, args => ({
      loader: 'css',
      contents: readFileSync(args.path, 'utf8').replace(
        /,\s*url\([^)]*\.(?:woff|ttf)["']?\)\s*format\(["'][a-z]+["']\)/g,
        '',
      ),
    }));
  },
};

/** Has a program that runs in a browser as well take what packages have for either: `yaml` for Node reads the environment. */
const ANYWHERE = {
  conditions: ['worker', 'browser'],
  alias: { yaml: join(root, 'node_modules', 'yaml', 'browser', 'index.js') },
};

/**
 * Packages that package.json names and nobody has installed: who has not run `npm ci` since one came misses only what needs it.
 * The package for users is not made without them.
 */
export function notInstalled() {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.keys(devDependencies).filter(name => !existsSync(join(root, 'node_modules', name)));
}

/** How esbuild makes a bundle. */
export function optionsOf(entry, minify) {
  const browser = entry.platform === 'browser';
  const css = entry.source.endsWith('.css');
  return {
    absWorkingDir: root,
    entryPoints: { [entry.name]: entry.source },
    outdir: dist,
    bundle: true,
    format: entry.format ?? (browser ? 'iife' : 'cjs'),
    platform: browser ? 'browser' : 'node',
    target: browser ? 'es2022' : 'node20',
    // A worker has no document, which some packages use in their variant for browsers.
    ...(browser ? { conditions: ['worker', 'browser'] } : {}),
    ...(entry.runsAnywhere ? ANYWHERE : {}),
    mainFields: browser ? ['browser', 'module', 'main'] : ['module', 'main'],
    supported: { 'dynamic-import': false },
    external: [...(entry.external ?? []), ...(minify ? [] : notInstalled())],
    ...(entry.executable ? { banner: { js: '#!/usr/bin/env node' } } : {}),
    ...(entry.notice ? { banner: { js: entry.notice } } : {}),
    loader: { '.woff2': 'file' },
    assetNames: 'fonts/[name]',
    plugins: [lazyModules, ...(browser ? [onlyNewFonts, pageMermaid] : [chunkImports, graphvizFile])],
    define: {
      'process.env.NODE_ENV': minify ? '"production"' : '"development"',
      'process.env.RECKONER_REPOSITORY': JSON.stringify(repository()),
    },
    minify,
    sourcemap: minify || css ? false : 'linked',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  };
}

/** Address of the repository on the web, for links to the pages of rules; empty where package.json names none. */
function repository() {
  const { repository: given } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const url = (typeof given === 'string' ? given : given?.url) ?? '';
  return url
    .replace(/^git\+/, '')
    .replace(/^github:/, 'https://github.com/')
    .replace(/\.git$/, '');
}

/** What is built: each entry whose source exists, and each chunk as an entry of its own. */
function targets() {
  const chunks = CHUNKS.map(chunk => ({ ...chunk, external: [] }));
  return [...ENTRIES, PROGRAM, ...chunks].filter(entry => {
    if (existsSync(join(root, entry.source))) return true;
    console.warn(`Skipped ${entry.name}: ${entry.source} does not exist.`);
    return false;
  });
}

/** Prints what each bundle weighs, and its heaviest packages and folders. */
function report(results) {
  for (const { entry, result } of results) {
    for (const [file, output] of Object.entries(result.metafile.outputs)) {
      if (!/\.(js|css)$/.test(file)) continue;
      console.log(`${file}  ${kilobytes(output.bytes)}  (${entry.source})`);
      const groups = new Map();
      for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
        const name = groupOf(input);
        groups.set(name, (groups.get(name) ?? 0) + bytesInOutput);
      }
      const heaviest = [...groups].sort((a, b) => b[1] - a[1]).slice(0, 8);
      for (const [name, bytes] of heaviest) console.log(`    ${kilobytes(bytes).padStart(10)}  ${name}`);
    }
  }
}

const kilobytes = bytes => `${(bytes / 1000).toFixed(1)} kB`;

/** Package of a module in node_modules, else the first two folders of our own. */
function groupOf(input) {
  const found = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input);
  return found ? found[1] : input.split('/').slice(0, 2).join('/');
}

/** Compression of the TikZ engine's files: for the package, which takes minutes, for minified builds, and while developing. */
const SMALLEST = 11;
const SMALL = 9;
const QUICK = 3;

/** Only the package cannot do without: whoever lacks the files finds the reason in the place of a drawing. */
function packTeX(minify, smallest = false) {
  try {
    packTikz(join(dist, 'tikz'), smallest ? SMALLEST : minify ? SMALL : QUICK);
  } catch (error) {
    if (minify) throw error;
    console.warn(`Skipped TikZ: ${error.message}`);
  }
}

/**
 * Escapes what is not ASCII in regular expressions, where esbuild leaves it: for a few such characters, each process would read the
 * program slowly, and hold it in twice the memory. Texts of `String.raw` have none (`test/architecture.test.ts`).
 */
function escapeRest(file) {
  const escaped = unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  writeFileSync(file, readFileSync(file, 'utf8').replace(/[^\0-\x7f]/g, escaped));
}

/** Builds everything into dist/. */
export async function buildAll({ minify = false, smallest = false, print = false } = {}) {
  if (minify) rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  const missing = notInstalled();
  if (missing.length > 0) console.warn(`Not installed: ${missing.join(', ')}. Run npm ci.`);
  const results = await Promise.all(
    targets().map(async entry => ({ entry, result: await build(optionsOf(entry, minify)) })),
  );
  if (minify) for (const { name } of [PROGRAM, ...CHUNKS]) escapeRest(join(dist, `${name}.js`));
  packTeX(minify, smallest);
  // `reckoner rules CODE` prints them, and the editor shows them.
  cpSync(join(root, 'docs', 'rules'), join(dist, 'rules'), { recursive: true });
  writeSchemas(join(dist, 'schemas'));
  for (const { entry } of results) if (entry.executable) chmodSync(join(dist, `${entry.name}.js`), 0o755);
  if (print) report(results);
  return results;
}

async function watchAll() {
  mkdirSync(dist, { recursive: true });
  packTeX(false);
  const contexts = await Promise.all(targets().map(entry => context({ ...optionsOf(entry, false), logLevel: 'info' })));
  await Promise.all(contexts.map(each => each.watch()));
}

function total() {
  const sizes = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter(each => each.isFile() && !each.name.endsWith('.map'))
    .map(each => statSync(join(each.parentPath ?? each.path, each.name)).size);
  return sizes.reduce((sum, size) => sum + size, 0);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const flags = new Set(process.argv.slice(2));
  if (flags.has('--watch')) await watchAll();
  else {
    await buildAll({ minify: flags.has('--minify'), print: flags.has('--report') });
    console.log(`Built dist (${kilobytes(total())}).`);
  }
}
