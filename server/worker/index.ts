/** What typesets and draws for previews in Node. */
export { userDrawings } from './drawings';
export { Typesetter } from './typesetter';
export { TypesettingProcesses } from './typesettingProcesses';
