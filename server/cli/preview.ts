/** `reckoner preview`: the live preview of a chapter or project in a browser, following the files as they are saved. */
import { basename, extname, resolve } from 'node:path';
import type { Engine } from '../engine';
import { projectRoot } from '../files/roots';
import { bookOf } from '../project/book';
import { contentsOf, projectTitle } from '../project/contents';
import { thrownText } from '../thrownText';
import { makeEngine, rootOf } from './engine';
import { type Io, UsageError } from './io';
import { type PageOptions, pageServices } from './pages';
import { PreviewServer, type Served } from './previewServer';
import { printableLine } from './printable';
import { type Workspace, workspaceOf } from './workspace';

export interface PreviewOptions extends PageOptions {
  readonly port?: number;
}

/** Serves until interrupted; the exit code is 0. */
export async function preview(file: string, options: PreviewOptions, io: Io): Promise<number> {
  const path = resolve(io.cwd, file);
  if (extname(path) === '.py') throw new UsageError(`${file} is no chapter, but a Python file`);
  const workspace = workspaceOf(options, [path], io);
  const log = (message: string) => io.err(`reckoner: ${printableLine(message)}\n`);
  const engine = makeEngine(workspace, { log, ...pageServices(options, io) });
  engine.listen({ failed: log });
  const tell = (error: unknown) => io.err(`reckoner: ${thrownText(error)}\n`);
  const server = new PreviewServer(servedAt(path, file, engine, workspace), { failed: tell, lost: log });
  // A fault of ours is told; the reader keeps what the page shows.
  process.on('unhandledRejection', tell);
  const address = await server.listen(options.port ?? 0).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  io.out(`Preview of ${printableLine(basename(path))}: ${address}\nEnd with Ctrl+C.\n`);
  await new Promise<void>(done => {
    process.once('SIGINT', done);
    process.once('SIGTERM', done);
  });
  await server.close();
  return 0;
}

/** What is served for a chapter, or for the chapters of a folder; throws `FileError` where there is nothing. */
function servedAt(path: string, shownAs: string, engine: Engine, workspace: Workspace): Served {
  const root = rootOf(path, workspace);
  const { chapters } = engine.chaptersAt(path, root);
  const [first] = chapters;
  if (first === undefined) throw new UsageError(`${shownAs} has no chapters`);
  const files = engine.filesOf(first);
  const project = projectRoot(first, files);
  // A chapter of a book is read among the others.
  const isAlone = first === path && bookOf(project, files)?.chapters.some(one => one.path === path) !== true;
  const listed = first === path ? engine.chaptersAt(project, files.root).chapters : chapters;
  const contents = isAlone ? [] : contentsOf(listed, files);
  return { engine, files, first, contents, title: projectTitle(project, files) ?? basename(project) };
}
