/** Entry of the command line. */
import { loadProgram } from '../loader';

const { program, keep } = loadProgram(process.argv[2] === 'lsp' ? 'lsp' : 'cli');
process.on('exit', keep);
void program.runCommandLine();
