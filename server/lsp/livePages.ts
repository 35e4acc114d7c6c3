/** What only a client with an open preview needs; loaded with the first. */
export { PreviewSession } from '../preview';
export { userDrawings } from '../worker/drawings';
export { LiveChapter } from '../worker/liveChapter';
export { Typesetter } from '../worker/typesetter';
