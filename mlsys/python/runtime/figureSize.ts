/** The channel of how large figures are that name no size, as a session is told: width and height in inches. */
export const FIGURE_SIZE = 'matplotlib.figureSize';
