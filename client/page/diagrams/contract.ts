/** What the page and the script that draws diagrams, which is loaded with the first of them, have between them. */

/** The page's colours, as `rgb(…)`, and its font. */
export interface DiagramColours {
  readonly page: string;
  readonly ink: string;
  readonly faint: string;
  readonly line: string;
  readonly link: string;
  readonly good: string;
  readonly warning: string;
  readonly font: string;
  readonly isDark: boolean;
  readonly isHighContrast: boolean;
}

export interface DiagramRequest {
  readonly source: string;
  readonly colours: DiagramColours;
  /** A look that the chapter asks for. */
  readonly theme: string | undefined;
}

export interface DrawnDiagram {
  readonly kind: 'drawn';
  /** Clean, and of no document yet. */
  readonly svg: SVGSVGElement;
  readonly sheet: CSSStyleSheet;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** For those who cannot see it. */
  readonly description: string;
  /** True where it has colours for white paper, whatever the page's are. */
  readonly isForPaper: boolean;
}

/** What is wrong with a diagram; the line is counted from 0 in its source. */
export interface DiagramFault {
  readonly kind: 'fault';
  readonly message: string;
  readonly line: number | undefined;
}

export type DiagramOutcome = DrawnDiagram | DiagramFault;

/** Draws a diagram; never rejects. */
export type DrawDiagram = (request: DiagramRequest) => Promise<DiagramOutcome>;

export function diagramFault(message: string, line?: number): DiagramFault {
  return { kind: 'fault', message, line };
}

declare global {
  /** The script that draws diagrams leaves it here. */
  var reckonerDraw: DrawDiagram | undefined;
  /** Told of the style of a diagram, which Mermaid would write into the document (`scripts/build.mjs`). */
  var reckonerDiagramStyle: ((rules: string) => void) | undefined;
}
