/** Entry of the command line. */
import { loadProgram } from '../loader';
import { delayMachineCode, limitHeapGrowth } from '../v8Flags';

const [, , command, ...options] = process.argv;

/** The one way to start a language server that needs no reading of options. */
if (command === 'lsp' && options.length === 1 && options[0] === '--stdio') void startLanguageServer();
else runCommand();

async function startLanguageServer(): Promise<void> {
  await import('../nodeModules');
  (await import('../serveLanguage')).serveLanguage();
}

function runCommand(): void {
  // Most commands are over within a second or two; a server is also to be fast later.
  delayMachineCode(command === 'preview' ? 2 : 6);
  if (command === 'preview') limitHeapGrowth();
  const { program, keep } = loadProgram('cli');
  process.on('exit', keep);
  void program.runCommandLine();
}
