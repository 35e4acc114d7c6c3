/** The figures that previews show: drawn where the cells ran, and kept until the cells run again. */
import type { Analysis, CellFigure, CellRun } from '../evaluation/analysis';
import { labelledFigure } from '../preview/figures';
import { figureSizeOf } from '../preview/metadata';
import type { ChapterEvaluation } from './pool';

export class FigureDrawings {
  readonly #drawn = new WeakMap<CellRun, Map<string, string>>();

  /** Has the figures of a chapter drawn; then each can be looked up. */
  async of(
    analysis: Analysis,
    evaluation: ChapterEvaluation,
  ): Promise<(figure: CellFigure, alt: string) => string | undefined> {
    const size = figureSizeOf(analysis.chapter);
    const asked = analysis.cells.flatMap(({ run, figures }) =>
      run === undefined ? [] : figures.map(figure => this.#draw(run, figure, evaluation, size)),
    );
    await Promise.all(asked);
    return ({ cell, index }, alt) => {
      const run = analysis.cells[cell]?.run;
      const svg = run === undefined ? undefined : this.#drawn.get(run)?.get(nameOf(index, size));
      return svg === undefined ? undefined : labelledFigure(svg, alt);
    };
  }

  async #draw(
    run: CellRun,
    figure: CellFigure,
    evaluation: ChapterEvaluation,
    size: readonly [number, number] | undefined,
  ): Promise<void> {
    const drawn = this.#drawn.get(run) ?? new Map<string, string>();
    this.#drawn.set(run, drawn);
    const name = nameOf(figure.index, size);
    if (drawn.has(name)) return;
    const svg = await evaluation.figure(figure, size);
    if (svg !== undefined) drawn.set(name, svg);
  }
}

function nameOf(index: number, size: readonly [number, number] | undefined): string {
  return [index, ...(size ?? [])].join(' ');
}
