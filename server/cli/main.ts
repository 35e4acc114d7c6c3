/** Entry of the command line. */
import { loadProgram } from '../loader';
import { delayMachineCode, limitHeapGrowth } from '../v8Flags';

const command = process.argv[2];
const isServer = command === 'lsp' || command === 'preview';
// Most commands are over within a second or two; a server is also to be fast later.
delayMachineCode(isServer ? 2 : 6);
if (isServer) limitHeapGrowth();

const { program, keep } = loadProgram(command === 'lsp' ? 'lsp' : 'cli');
process.on('exit', keep);
void program.runCommandLine();
