/** Facade of the book's style, without the evaluator: the colours and sizes of its figures. */
export { default as bookStyle } from './data/style.json';
