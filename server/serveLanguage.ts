/** Loads the program as a language server. */
import { loadProgram } from './loader';
import { StartedProcess } from './process/startedProcess';
import { delayMachineCode, limitHeapGrowth, limitYoungGrowth } from './v8Flags';

/** The evaluation process starts while the program is loaded: on it the first findings wait longest. */
export function serveLanguage(): void {
  const started = new StartedProcess();
  delayMachineCode(2);
  limitHeapGrowth();
  const allowYoungGrowth = limitYoungGrowth();
  const { program, keep } = loadProgram('lsp');
  process.on('exit', () => {
    allowYoungGrowth();
    keep();
  });
  void program.startServer(started);
}
