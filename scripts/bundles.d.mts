/** Types of bundles.mjs. */
export interface Bundle {
  readonly name: string;
  readonly source: string;
  readonly platform?: 'browser';
  readonly format?: 'cjs';
  readonly external?: readonly string[];
  readonly executable?: boolean;
  /** True for a program for Node and browsers. */
  readonly runsAnywhere?: boolean;
  /** A comment at the top of the bundle. */
  readonly notice?: string;
}
export const ENTRIES: readonly Bundle[];
export const PROGRAM: Bundle;
export const CHUNKS: readonly Bundle[];
