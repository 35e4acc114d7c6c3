/** Entry of the command line. */
import { loadProgram } from '../loader';
import { delayMachineCode } from '../tiering';

const command = process.argv[2];
// Most commands are over within a second or two; a server is also to be fast later.
delayMachineCode(command === 'lsp' || command === 'preview' ? 2 : 6);

const { program, keep } = loadProgram(command === 'lsp' ? 'lsp' : 'cli');
process.on('exit', keep);
void program.runCommandLine();
