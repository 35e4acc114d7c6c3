/** What the preview needs besides the analysis; all of it may be missing. */
import type { BibliographyEntry } from '../chapter/bibliography';

/** Turns TeX into HTML. Loaded when a chapter has formulas (see `math.ts`). */
export type RenderMath = (tex: string, display: boolean) => string;

export interface PreviewContext {
  readonly math?: RenderMath | undefined;
  /** The bibliography's entry of a key. */
  citation?(key: string): BibliographyEntry | undefined;
  /** Says where a label that is not in this chapter stands: a file to open, and how to read it. */
  label?(id: string): { readonly href: string; readonly text: string } | undefined;
}
