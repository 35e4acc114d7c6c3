/**
 * Tables of the ziggurat method with 256 layers of equal area under exp(-x²/2) and exp(-x): bounds `k` and widths `w`
 * scaled to integers of 52 and 53 bits, heights `f`. Computed to 60 digits from the layers' defining equations, but for
 * the last digits of `w`: these are the ones that numbers drawn by numpy, divided by the integers they came from, show.
 */
import tables from '../../../data/ziggurat.json';

export interface Layers {
  readonly k: readonly number[];
  readonly w: readonly number[];
  readonly f: readonly number[];
}

export const ZIGGURAT: { readonly normal: Layers; readonly exponential: Layers } = tables;
