/** An engine without any process: cells run on the thread of the test. */
import { createEngine, type Engine, type EngineOptions } from '../../server/engine';
import type { FileSystem } from '../../server/files/access';
import { NodeFileSystem } from '../../server/files/node';
import type { EvaluationHost, EvaluationListener } from '../../server/process/host';
import type { Message, Request } from '../../server/process/messages';
import { EvaluationServer } from '../../server/process/serve';
import { DEFAULT_SETTINGS, type Settings } from '../../server/protocol';

/** Evaluates on the thread that asks, a little at a time; what does not come to its end is not ended. `heard` is told each request. */
export function evaluationHere(files: FileSystem, heard: (request: Request) => void = () => undefined): EvaluationHost {
  return {
    start() {
      let listener: EvaluationListener | undefined;
      let hasEnded = false;
      const tell = (message: Message) => {
        const sent = structuredClone(message);
        setImmediate(() => {
          if (!hasEnded) listener?.message(sent);
        });
      };
      const server = new EvaluationServer({
        computed: () => performance.now(),
        send: tell,
        announce: running => tell({ kind: 'running', running }),
        evaluated: () => undefined,
        system: files,
      });
      return {
        listen(one) {
          listener = one;
          tell({ kind: 'ready' });
        },
        send(request) {
          const sent = structuredClone(request);
          heard(sent);
          setImmediate(() => {
            if (!hasEnded) server.take(sent);
          });
        },
        end() {
          hasEnded = true;
        },
      };
    },
  };
}

/** An engine whose files all belong to one folder; settings may be changed later on. */
export function engineIn(
  root: string,
  settings: Partial<Settings> = {},
  files: FileSystem = new NodeFileSystem(),
  heard?: (request: Request) => void,
): { readonly engine: Engine; readonly log: string[]; settings: Settings } {
  const log: string[] = [];
  const made = { settings: { ...DEFAULT_SETTINGS, ...settings }, log } as {
    engine: Engine;
    log: string[];
    settings: Settings;
  };
  const options: EngineOptions = {
    files,
    log: { error: message => log.push(message), warn: message => log.push(message) },
    settings: { rootOf: () => root, settingsOf: () => made.settings },
    evaluation: evaluationHere(files, heard),
    pages: () => Promise.reject(new Error('There are no pages.')),
  };
  made.engine = createEngine(options);
  return made;
}
