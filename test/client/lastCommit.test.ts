/** What is asked of git's extension, which a stand-in plays. */
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Uri } from 'vscode';
import { URI } from 'vscode-uri';
import { type GitApi, lastCommit } from '../../client/lastCommit';

const uriOf = (name: string) => URI.file(posix.join('/book', name)) as unknown as Uri;

interface Stage {
  readonly commit?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly changes?: readonly string[];
  readonly staged?: readonly string[];
}

/** A repository in `/book`, and what it was asked. */
function repositoryWith({ commit, files = {}, changes = [], staged = [] }: Stage) {
  const asked: string[] = [];
  const changesOf = (names: readonly string[]) => names.map(name => ({ uri: uriOf(name), originalUri: uriOf(name) }));
  const git: GitApi = {
    getRepository: uri =>
      uri.fsPath.startsWith('/book/')
        ? {
            state: {
              HEAD: commit === undefined ? undefined : { commit },
              indexChanges: changesOf(staged),
              workingTreeChanges: changesOf(changes),
              mergeChanges: [],
              onDidChange: () => ({ dispose: () => undefined }),
            },
            status: async () => void asked.push('status'),
            show: async (revision, path) => {
              asked.push(`show ${revision} ${path}`);
              const text = files[path];
              if (text === undefined) throw new Error('exists on disk, but not in the revision');
              return text;
            },
          }
        : null,
  };
  return { git, asked };
}

test('the text, the commit, and the other files that have changed, each once', async () => {
  const { git, asked } = repositoryWith({
    commit: '1a2b',
    files: { '/book/a.qmd': 'before' },
    changes: ['a.qmd', 'rates.py'],
    staged: ['rates.py', 'b.qmd'],
  });
  const found = await lastCommit(uriOf('a.qmd'), git, [uriOf('limits.json'), uriOf('a.qmd')]);
  if (typeof found === 'string') throw new Error(found);
  expect({ ...found, changed: found.changed.map(String) }).toEqual({
    commit: '1a2b',
    text: 'before',
    changed: ['file:///book/rates.py', 'file:///book/b.qmd', 'file:///book/limits.json'],
  });
  expect(asked).toEqual(['status', 'show 1a2b /book/a.qmd']);
});

describe('without a former text it is said why', () => {
  test.each([
    ['the extension', undefined, 'a.qmd', /Git extension of VS Code is not at hand/],
    ['a repository', repositoryWith({}).git, '../elsewhere/a.qmd', /lies in no git repository/],
    ['a commit', repositoryWith({}).git, 'a.qmd', /has no commit yet/],
    ['the chapter in it', repositoryWith({ commit: '1a2b' }).git, 'a.qmd', /does not hold this chapter/],
  ])('%s', async (_, git, name, reason) => {
    expect(await lastCommit(uriOf(name), git)).toMatch(reason);
  });
});
