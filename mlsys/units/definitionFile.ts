/** Files of unit definitions: what they import, their blocks and defaults, beside the statements of `ureg.define`. */
import { Unsupported } from '../python/runtime/errors';
import { absolutePath, readData } from '../python/runtime/files';
import { PyBytes } from '../python/runtime/objects';
import { callMethod } from '../python/runtime/operations';

/** Directives that open a block, up to `@end`. */
const BLOCK = /^@(group|system|context|defaults)\b\s*(.*)$/;
const MOST_IMPORTS = 50;

/** A text of definitions taken apart. */
export interface DefinitionText {
  /** Units, prefixes, dimensions and aliases, one a line, those of groups among them. */
  readonly lines: readonly string[];
  /** What a `@defaults` block sets. */
  readonly defaults: ReadonlyMap<string, string>;
}

/** Takes blocks apart. Contexts are left out, which `contexts.ts` reads; systems of one's own are refused. */
export function definitionLines(text: string): DefinitionText {
  const lines: string[] = [];
  const defaults = new Map<string, string>();
  let block = '';
  for (const whole of text.split(/\r\n|\r|\n/)) {
    const line = whole.replace(/#.*$/, '').trim();
    if (line === '') continue;
    if (line === '@end') {
      block = '';
      continue;
    }
    const [, opened] = BLOCK.exec(line) ?? [];
    if (opened === 'system') throw new Unsupported('@system in unit definitions', 'name the units that you want');
    if (opened !== undefined) block = opened;
    else if (block === 'defaults') {
      const [name = '', value = ''] = line.split('=').map(part => part.trim());
      defaults.set(name, value);
    } else if (block !== 'context') lines.push(line);
  }
  return { lines, defaults };
}

/** The text of a file of definitions, with that of the files that it imports in their place; raises as `open` does. */
export function readDefinitions(given: string, imports = { left: MOST_IMPORTS }): string {
  const path = absolutePath(given);
  if (imports.left-- <= 0) throw new Unsupported('unit definitions that import each other');
  const bytes = readData(path, `UnitRegistry.load_definitions(${JSON.stringify(path)})`);
  const text = callMethod(new PyBytes(bytes), 'decode', 'utf-8') as string;
  const folder = path.replace(/[^/]*$/, '');
  return text
    .split(/\r\n|\r|\n/)
    .map(line => {
      const [, name] = /^\s*@import\s+([^#]*)/.exec(line) ?? [];
      return name === undefined ? line : readDefinitions(folder + name.trim(), imports);
    })
    .join('\n');
}
