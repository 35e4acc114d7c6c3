/** How long the extension's bundle takes to load, without the editor around it: for `bench.mjs`. */
import { spawnSync } from 'node:child_process';

/** Answers every property, call and `extends` in place of the editor's API. */
const PROGRAM = `
const Module = require('node:module');
const base = function () {};
const api = new Proxy(base, {
  get: (_, key) => (key === 'prototype' ? base.prototype : key === Symbol.toPrimitive ? () => '' : api),
  apply: () => api,
  construct: () => ({}),
});
const load = Module._load;
Module._load = function (request, ...rest) {
  return request === 'vscode' ? api : load.call(this, request, ...rest);
};
const start = performance.now();
require(process.argv[1]);
console.log(performance.now() - start);
`;

/** Milliseconds, the median of several fresh processes. */
export function clientLoad(bundle, turns = 9) {
  const times = Array.from({ length: turns }, () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', PROGRAM, bundle], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return Number(stdout);
  });
  return times.sort((a, b) => a - b)[turns >> 1];
}
