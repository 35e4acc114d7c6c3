/** Entry of the command line. */
import { loadProgram } from '../loader';
import { tuneForShortRun } from './tuning';

const command = process.argv[2];
if (command !== 'lsp' && command !== 'preview') tuneForShortRun();

const { program, keep } = loadProgram(command === 'lsp' ? 'lsp' : 'cli');
process.on('exit', keep);
void program.runCommandLine();
