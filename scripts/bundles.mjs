/** Mermaid, and what it is made of. */
const MERMAID_NOTICE =
  '/* This file holds Mermaid, Copyright (c) 2014 - 2022 Knut Sveidqvist, under the MIT License (https://github.com/mermaid-js/mermaid), ' +
  'and packages that it is made of, among them D3, Dagre, Day.js, DOMPurify, Langium, Chevrotain, Lodash, Marked, Rough.js and Stylis, under the ' +
  'MIT, ISC, BSD and Apache 2.0 licences. */';

/**
 * What is bundled into dist/: each entry with its platform, and the chunks that are loaded on use.
 *
 * The server, the command line and their workers are one program: their entries only load `program.js`, in a way that
 * keeps the compiled code from one start to the next.
 *
 * In a browser, the script of the workers is put together of the same program, of the chunks that it uses, and of what stands
 * in the place of Node's modules there (`client/workerScript.ts`).
 *
 * A chunk is a module which others reach only by `import()`. Its dynamic import becomes a `require` of its own file next
 * to the bundle, so that the server, the command line and their workers share it and none pays for it at start. A chunk
 * gets its own copy of whatever it imports, so it must hold no state that the rest of the program needs.
 */
export const ENTRIES = [
  { name: 'client', source: 'client/extension.ts', external: ['vscode'] },
  { name: 'server', source: 'server/main.ts' },
  { name: 'cli', source: 'server/cli/main.ts', executable: true },
  { name: 'evaluation', source: 'server/process/main.ts' },
  { name: 'typesetter', source: 'server/worker/typesetterMain.ts' },
  { name: 'tikz', source: 'server/worker/tikz.ts' },
  { name: 'preview', source: 'client/page/main.ts', platform: 'browser' },
  { name: 'preview', source: 'client/page/styles.css', platform: 'browser' },
  { name: 'diagrams', source: 'client/page/diagrams/library.ts', platform: 'browser', notice: MERMAID_NOTICE },
  { name: 'whatif', source: 'client/whatIf/page/main.ts', platform: 'browser' },
  { name: 'whatif', source: 'client/whatIf/page/styles.css', platform: 'browser' },
  // The extension in a browser.
  {
    name: 'browser/client',
    source: 'client/extension.browser.ts',
    platform: 'browser',
    format: 'cjs',
    external: ['vscode'],
  },
];

/** The program that the small entries load, and the workers of a browser: what only either needs is initialised in neither of them. */
export const PROGRAM = { name: 'program', source: 'server/program.ts', runsAnywhere: true };

/** citeproc has a licence of its own, under which its code may be part of a larger work. */
const CITEPROC_NOTICE =
  '/* This file holds citeproc (citeproc-js), Copyright (c) 2009-2019 Frank Bennett, under the Common Public Attribution ' +
  'License 1.0 or the GNU Affero General Public License 3. Its source: https://github.com/Juris-M/citeproc-js. The locales are of ' +
  'the Citation Style Language project (https://citationstyles.org), under CC BY-SA 3.0. */';

/** Graphviz has a licence of its own, under which its program may be distributed with a word on where its source is. */
const GRAPHVIZ_NOTICE =
  '/* This file and graphviz.br hold Viz.js, Copyright (c) Michael Daines, under the MIT License (https://github.com/mdaines/viz-js), ' +
  'and Graphviz, under the Eclipse Public License 2.0. Its source: https://gitlab.com/graphviz/graphviz */';

export const CHUNKS = [
  { name: 'algebra', source: 'server/provenance/algebra.ts' },
  { name: 'katex', source: 'server/preview/math.ts' },
  { name: 'highlight', source: 'server/preview/highlight.ts' },
  { name: 'citeproc', source: 'server/preview/citations/process.ts', notice: CITEPROC_NOTICE },
  { name: 'graphviz', source: 'server/preview/graphviz.ts', notice: GRAPHVIZ_NOTICE },
  { name: 'rulePage', source: 'server/cli/rulePage.ts' },
  { name: 'browser/paths', source: 'server/files/path.browser.ts' },
];

/** Modules with what they export, all functions: within the bundle of their importers, the first call of one loads the module. */
export const LAZY = [{ source: 'server/diagnostics/prose/expressions.ts', functions: ['readExpression'] }];
