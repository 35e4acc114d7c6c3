/** What package.json contributes and what the code uses are the same ids. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  CHAPTER_CONTEXT,
  COMMANDS,
  LANGUAGES,
  OPENED_CONTEXT,
  PREVIEW_PANEL,
  SOURCES_CONTEXT,
  VIEWS,
} from '../../client/ids';
import { CHECK_WORKSPACE, DEFAULT_SETTINGS } from '../../server/protocol';

const root = resolve(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { contributes } = manifest;

describe('package.json', () => {
  test('contributes exactly the commands of client and server', () => {
    const contributed = contributes.commands.map((each: { command: string }) => each.command);
    expect([...contributed].sort()).toEqual([...Object.values(COMMANDS), CHECK_WORKSPACE].sort());
  });

  test('there is one file for each command of the client', () => {
    const files = readdirSync(join(root, 'client/commands')).map(file => file.replace(/\.ts$/, ''));
    for (const name of Object.keys(COMMANDS)) expect(files).toContain(name);
  });

  test('menus and keys name commands that exist', () => {
    const known = new Set(contributes.commands.map((each: { command: string }) => each.command));
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings] as {
      command: string;
      alt?: string;
    }[];
    for (const { command, alt } of used) {
      expect(known).toContain(command);
      if (alt !== undefined) expect(known).toContain(alt);
    }
  });

  test('views are those that the client fills', () => {
    const [{ id }] = contributes.viewsContainers.activitybar;
    const views = contributes.views[id].map((each: { id: string }) => each.id);
    expect([...views].sort()).toEqual(Object.values(VIEWS).sort());
    expect(JSON.stringify(contributes.views)).toContain(SOURCES_CONTEXT);
  });

  test.each([CHAPTER_CONTEXT, OPENED_CONTEXT])('conditions use the context key %s that the client sets', key => {
    expect(JSON.stringify(contributes)).toContain(key);
  });

  test('settings are those that the server reads, with its defaults', () => {
    const names = Object.keys(contributes.configuration.properties).map(name => name.split('.')[1]);
    expect([...new Set(names)].sort()).toEqual([...Object.keys(DEFAULT_SETTINGS), 'trace'].sort());
    const { properties } = contributes.configuration;
    expect(properties['reckoner.inlayHints.enabled'].default).toBe(DEFAULT_SETTINGS.inlayHints.enabled);
    expect(properties['reckoner.inlayHints.maxLength'].default).toBe(DEFAULT_SETTINGS.inlayHints.maxLength);
    expect(properties['reckoner.preview.tikz'].default).toBe(DEFAULT_SETTINGS.preview.tikz);
    expect(properties['reckoner.workspaceCheck'].default).toBe(DEFAULT_SETTINGS.workspaceCheck);
  });

  test('README lists every setting but that of the trace', () => {
    const rows = readFileSync(join(root, 'README.md'), 'utf8')
      .split('\n')
      .filter(line => line.startsWith('| `reckoner.'));
    const listed = rows.flatMap(row => {
      const [first = '', ...more] = [...row.split('|')[1]!.matchAll(/`([\w.]+)`/g)].map(([, name]) => name!);
      return [first, ...more.map(name => first.slice(0, first.lastIndexOf('.')) + name)];
    });
    const names = Object.keys(contributes.configuration.properties).filter(name => name !== 'reckoner.trace.server');
    expect(listed.sort()).toEqual(names.sort());
  });

  test('every setting is described', () => {
    for (const property of Object.values(contributes.configuration.properties) as Record<string, unknown>[])
      expect(property.description ?? property.markdownDescription).toBeTruthy();
  });

  test('chapters are prose: × and – are not marked as look-alikes, and a difference in blanks is one', () => {
    expect(contributes.configurationDefaults['[quarto]']).toMatchObject({
      'editor.unicodeHighlight.ambiguousCharacters': false,
      'editor.unicodeHighlight.invisibleCharacters': false,
      'diffEditor.ignoreTrimWhitespace': false,
    });
  });

  test('starts with the languages of chapters and with a preview that is restored', () => {
    expect(manifest.activationEvents).toEqual([
      ...LANGUAGES.map(language => `onLanguage:${language}`),
      `onWebviewPanel:${PREVIEW_PANEL}`,
    ]);
  });

  test('files that it names exist', () => {
    const files = [
      manifest.icon,
      ...contributes.grammars.map((each: { path: string }) => each.path),
      contributes.languages[0].configuration,
    ];
    for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
  });

  test('untrusted and virtual workspaces are answered', () => {
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe(true);
    expect(manifest.capabilities.virtualWorkspaces.supported).toBe('limited');
  });
});
