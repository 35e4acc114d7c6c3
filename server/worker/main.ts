/** Entry of the worker threads. */
import { loadProgram } from '../loader';

const { program, keep } = loadProgram('worker');
void program.serveChecks(keep);
