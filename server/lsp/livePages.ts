/** What only a client with an open preview needs; loaded with the first. */
export { PreviewSession } from '../preview';
export { LiveChapter } from '../worker/liveChapter';
