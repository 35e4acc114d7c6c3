/** Entry of the command line. */
import { setFlagsFromString } from 'node:v8';
import { loadProgram } from '../loader';

const command = process.argv[2];

/**
 * Most commands are over within a second or two. V8 would spend half as much time again on machine code for functions that
 * are warm rather than hot, on cores that worker threads could use; so it is told to wait four times as long. What stays
 * keeps V8's own measure.
 */
const SHORT_RUN = '--interrupt-budget=270000';
const isShort = command !== 'lsp' && command !== 'preview';
// V8 complains about flags that it does not know; a later one may have renamed this.
if (isShort && Number.parseInt(process.versions.v8, 10) <= 13) setFlagsFromString(SHORT_RUN);

const { program, keep } = loadProgram(command === 'lsp' ? 'lsp' : 'cli');
process.on('exit', keep);
void program.runCommandLine();
