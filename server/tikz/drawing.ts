/** A TikZ drawing as it goes from the engine to the preview. */

/** The picture, not yet sanitised; lengths in points. */
export interface DrawnPicture {
  readonly kind: 'drawn';
  readonly width: number;
  readonly height: number;
  readonly markup: string;
  /** Colours that the source uses and nobody defines; drawn in grey. */
  readonly greys: readonly string[];
  /** Characters that the fonts lack, left out. */
  readonly missing: readonly string[];
  /** What this TeX cannot show. */
  readonly unsupported: readonly string[];
}

/** TeX stopped at a fault of the source. */
export interface DrawingFault {
  readonly kind: 'fault';
  readonly message: string;
  /** Line of the source, from 0, where TeX knows it. */
  readonly line: number | undefined;
}

export type DrawingResult = DrawnPicture | DrawingFault;

/** Changes whenever the same source would give another result. */
export const ENGINE_VERSION = 1;
