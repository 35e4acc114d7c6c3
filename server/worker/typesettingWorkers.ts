/** Typesetting in workers: the host of typesetters in a browser. */
import { startWorker, TYPESETTING_WORKER } from '../web';
import type { TypesetAnswer } from './messages';
import type { HostedTypesetting, TypesettingHost } from './typesetter';

export class TypesettingWorkers implements TypesettingHost {
  readonly #script: string;

  /** `script` is the address of the workers' program. */
  constructor(script: string) {
    this.#script = script;
  }

  start(message: (answer: TypesetAnswer) => void, ended: (why: string) => void): HostedTypesetting {
    const worker = startWorker(this.#script, TYPESETTING_WORKER);
    worker.onmessage = ({ data }) => message(data as TypesetAnswer);
    worker.onerror = error => ended(error.message ?? 'an error');
    return {
      send: request => worker.postMessage(request),
      release: () => undefined,
      end: () => worker.terminate(),
    };
  }
}
