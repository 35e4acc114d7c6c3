/** What typesets and draws for previews in Node. */
export { userDrawings } from './tikzQueue';
export { Typesetter } from './typesetter';
export { TypesettingProcesses } from './typesettingProcesses';
