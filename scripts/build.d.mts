/** Types of build.mjs. */
import type { BuildOptions, Plugin } from 'esbuild';
import type { Bundle } from './bundles.mjs';

export function optionsOf(entry: Bundle, minify: boolean): BuildOptions;
export function notInstalled(): string[];
export const graphvizFile: Plugin;
