/** The figures that previews show: drawn where the cells ran, and kept until the cells run again. */
import type { Analysis, CellFigure, CellRun } from '../evaluation/analysis';
import { labelledFigure } from '../preview/figures';
import type { ChapterEvaluation } from './pool';

export class FigureDrawings {
  readonly #drawn = new WeakMap<CellRun, Map<number, string>>();

  /** Has the figures of a chapter drawn; then each can be looked up. */
  async of(
    analysis: Analysis,
    evaluation: ChapterEvaluation,
  ): Promise<(figure: CellFigure, alt: string) => string | undefined> {
    const asked = analysis.cells.flatMap(({ run, figures }) =>
      run === undefined ? [] : figures.map(figure => this.#draw(run, figure, evaluation)),
    );
    await Promise.all(asked);
    return ({ cell, index }, alt) => {
      const run = analysis.cells[cell]?.run;
      const svg = run === undefined ? undefined : this.#drawn.get(run)?.get(index);
      return svg === undefined ? undefined : labelledFigure(svg, alt);
    };
  }

  async #draw(run: CellRun, figure: CellFigure, evaluation: ChapterEvaluation): Promise<void> {
    const drawn = this.#drawn.get(run) ?? new Map<number, string>();
    this.#drawn.set(run, drawn);
    if (drawn.has(figure.index)) return;
    const svg = await evaluation.figure(figure);
    if (svg !== undefined) drawn.set(figure.index, svg);
  }
}
