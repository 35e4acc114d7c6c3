/** The language server as editors run it: a process of its own, with a folder of files for a workspace. */
import { expect } from 'vitest';
import { bundle } from './bundles';
import { TestClient } from './languageClient';
import { TestWorkspace } from './workspace';

export interface StartedServer {
  readonly client: TestClient;
  readonly workspace: TestWorkspace;
  /** A second editor's server of the same program, which is not initialized yet. */
  readonly another: () => TestClient;
  /** The folder of the program. */
  readonly program: string;
  /** Lets the server end of itself, and removes its files. */
  readonly stop: () => Promise<void>;
}

export interface ServerSetup {
  /** Of the workspace, by their names. */
  readonly files?: Readonly<Record<string, string>>;
  /** False for an editor that has no folder open. */
  readonly hasFolder?: boolean;
  /** Entries that are bundled besides those of the server, of evaluation and of typesetting. */
  readonly entries?: readonly string[];
  /** What the client says in `initialize` besides its folder. */
  readonly initialize?: Record<string, unknown>;
  /** Called before the client says anything. */
  readonly prepare?: (server: Omit<StartedServer, 'stop'>) => void;
}

/** Starts a server and initializes it; for `beforeAll` and `beforeEach`, which can return `stop`. */
export async function startServer(setup: ServerSetup = {}): Promise<StartedServer> {
  const bundles = await bundle('server', 'evaluation', 'typesetter', ...(setup.entries ?? []));
  const workspace = new TestWorkspace(setup.files);
  const another = () => new TestClient(bundles.path('server'), '--stdio');
  const server = { client: another(), workspace, another, program: bundles.folder };
  setup.prepare?.(server);
  await server.client.initialize(setup.hasFolder === false ? null : workspace.uri, setup.initialize);
  const stop = async () => {
    expect(await server.client.close()).toBe(0);
    workspace.remove();
    bundles.remove();
  };
  return { ...server, stop };
}
