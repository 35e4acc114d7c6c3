/**
 * Makes the JSON schemas by which editors complete and check codes and levels of rules: of `.reckoner.yml`, and of the setting
 * `reckoner.rules`. The rules are those of the table in docs/README.md, which a test holds against the code.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const LEVELS = ['off', 'hint', 'info', 'warning', 'error'];

/** The rules with their default levels and what they report. */
export function rulesInTable() {
  const table = readFileSync(join(root, 'docs', 'README.md'), 'utf8');
  const rows = table.matchAll(/^\| \[(.+?)\]\(rules\/\1\.md\) *\| (\w+) *\| (.+?) *\|$/gm);
  return Array.from(rows, ([, code, level, reports]) => ({ code, level, reports }));
}

function levelsSchema() {
  const properties = rulesInTable().map(({ code, level, reports }) => [
    code,
    { enum: LEVELS, default: level, description: `Reports ${reports}. Its own level is ${level}.` },
  ]);
  return { type: 'object', additionalProperties: false, properties: Object.fromEntries(properties) };
}

const texts = { type: 'array', items: { type: 'string' } };

/** The schema of `.reckoner.yml`. */
export function configurationSchema() {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Reckoner',
    type: ['object', 'null'],
    additionalProperties: false,
    properties: {
      rules: {
        ...levelsSchema(),
        description: 'Levels of rules by their code; rules that are not listed keep their own.',
      },
      guards: { ...texts, description: 'Functions that count as guards though it is not seen from their bodies.' },
      exclude: {
        ...texts,
        description: 'Patterns of chapters and folders that are not checked, relative to this file.',
      },
      'package-roots': {
        ...texts,
        description:
          'Further folders in which cells find Python packages, relative to this file and inside the workspace.',
      },
      baseline: {
        type: 'string',
        description: 'A file with known findings, which are not told; relative to this file.',
      },
      'fail-on': {
        enum: ['error', 'warning', 'info', 'never'],
        default: 'error',
        description: 'From this severity on `reckoner check` ends with 1.',
      },
    },
  };
}

/** What the setting `reckoner.rules` may hold, for files of settings. */
export function settingsSchema() {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    properties: { 'reckoner.rules': levelsSchema() },
  };
}

/** Writes both into a folder. */
export function writeSchemas(folder) {
  mkdirSync(folder, { recursive: true });
  const write = (name, schema) => writeFileSync(join(folder, name), `${JSON.stringify(schema, undefined, 1)}\n`);
  write('configuration.schema.json', configurationSchema());
  write('settings.schema.json', settingsSchema());
}
