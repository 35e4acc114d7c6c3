/** The VS Code server's script, which is plain JavaScript, with types. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Host {
  readonly port: number;
  /** Id of the server's process, from which all others of the host come. */
  readonly pid: number;
  stop(): void;
}

export interface HostModule {
  readonly BROWSER_FLAGS: string[];
  ensureSystem(): string;
  startHost(options: { settings?: object; vsix?: string }): Promise<Host>;
}

/** Loads scripts/vscode-host.mjs of the project. */
export function hostModule(root: string): Promise<HostModule> {
  const address = pathToFileURL(join(root, 'scripts', 'vscode-host.mjs')).href;
  return import(address) as Promise<HostModule>;
}
