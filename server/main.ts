/** Entry of the language server: over IPC from the extension, over standard input and output otherwise. */
import { loadProgram } from './loader';
import { delayMachineCode } from './tiering';

delayMachineCode(2);

const { program, keep } = loadProgram('lsp');
process.on('exit', keep);
void program.startServer();
