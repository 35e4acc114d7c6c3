/** Types of bundles.mjs. */
export interface Bundle {
  readonly name: string;
  readonly source: string;
  readonly platform?: 'browser';
  readonly format?: 'cjs';
  readonly external?: readonly string[];
  readonly executable?: boolean;
}
export const ENTRIES: readonly Bundle[];
export const PROGRAM: Bundle;
export const CHUNKS: readonly Bundle[];
