/** The platform of a language server that runs in Node. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { NodeFileSystem } from '../files/node';
import { uriOfPath } from '../files/uri';
import { ChildProcesses } from '../process/childProcess';
import type { StartedProcess, StartOptions } from '../process/startedProcess';
import type { Platform } from './platform';

/** `started` is an evaluation process that was started with the same options before. */
export function nodePlatform(options: StartOptions, started: StartedProcess): Platform {
  const files = new NodeFileSystem();
  return {
    files,
    scheme: 'file',
    report: changes => files.report(changes),
    rulePage: code => uriOfPath(join(__dirname, 'rules', `${code}.md`)),
    evaluation: new ChildProcesses(options, started),
    parallelism: Math.max(1, availableParallelism() - 1),
    pages: async log => {
      const { Typesetter, TypesettingProcesses, userDrawings } = await import('../worker');
      return {
        texts: new Typesetter({ host: new TypesettingProcesses(), log }),
        makeDrawings: () => userDrawings(process.env, process.platform),
      };
    },
  };
}
