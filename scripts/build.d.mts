/** Types of build.mjs. */
import type { BuildOptions } from 'esbuild';
import type { Bundle } from './bundles.mjs';

export function optionsOf(entry: Bundle, minify: boolean): BuildOptions;
export function notInstalled(): string[];
