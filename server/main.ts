/** Entry of the language server: over IPC from the extension, over standard input and output otherwise. */
import { loadProgram } from './loader';
import { delayMachineCode, limitHeapGrowth } from './v8Flags';

delayMachineCode(2);
limitHeapGrowth();

const { program, keep } = loadProgram('lsp');
process.on('exit', keep);
void program.startServer();
