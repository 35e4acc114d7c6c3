/** Entry of the process that sets texts for previews. */
import { loadProgram } from '../loader';

const { program, keep } = loadProgram('typesetter');
process.on('exit', keep);
void program.serveTypesetting();
