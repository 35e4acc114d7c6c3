/** What git's extension of VS Code knows of a chapter at the last commit. It runs git where it is asked, and only then. */
import type { Disposable, Uri } from 'vscode';

/** The part of the API of `vscode.git` that is used. */
export interface GitApi {
  getRepository(uri: Uri): GitRepository | null;
}

export interface GitRepository {
  readonly state: {
    readonly HEAD: { readonly commit?: string } | undefined;
    readonly indexChanges: readonly GitChange[];
    readonly workingTreeChanges: readonly GitChange[];
    readonly mergeChanges: readonly GitChange[];
    /** Empty where untracked files are among the changes of the working tree. */
    readonly untrackedChanges?: readonly GitChange[];
    onDidChange(listener: () => void): Disposable;
  };
  /** Looks at the files again. */
  status(): Promise<void>;
  /** The text of a file at a revision. Rejects where it has none. */
  show(revision: string, path: string): Promise<string>;
}

export interface GitChange {
  readonly uri: Uri;
  readonly originalUri: Uri;
}

export interface LastCommit {
  readonly commit: string;
  readonly text: string;
  /** Other files that have changed since. */
  readonly changed: readonly Uri[];
}

/**
 * A file at the last commit of its repository; a text where there is none, which says why. `unsaved` are the documents that differ from
 * their files.
 */
export async function lastCommit(
  uri: Uri,
  git: GitApi | undefined,
  unsaved: readonly Uri[] = [],
): Promise<LastCommit | string> {
  if (git === undefined) return 'The Git extension of VS Code is not at hand, or is disabled.';
  const repository = git.getRepository(uri);
  if (repository === null) return 'This chapter lies in no git repository that VS Code has open.';
  await repository.status();
  const { state } = repository;
  const commit = state.HEAD?.commit;
  if (commit === undefined) return 'This repository has no commit yet.';
  let text: string;
  try {
    text = await repository.show(commit, uri.fsPath);
  } catch {
    return 'The last commit does not hold this chapter.';
  }
  const changes = [
    state.indexChanges,
    state.workingTreeChanges,
    state.mergeChanges,
    state.untrackedChanges ?? [],
  ].flat();
  const changed = new Map<string, Uri>();
  for (const one of [...changes.flatMap(change => [change.uri, change.originalUri]), ...unsaved])
    if (one.toString() !== uri.toString()) changed.set(one.toString(), one);
  return { commit, text, changed: [...changed.values()] };
}
