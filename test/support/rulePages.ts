/** The examples of the rules' pages, as chapters for tests that want one fault of each kind. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../docs/rules');

/** For each rule its code and a chapter that it reports. */
export function reportedChapters(): readonly (readonly [string, string])[] {
  return readdirSync(folder).map(name => {
    const found = /^## Reported\n\n`{4}markdown\n([\s\S]*?)\n`{4}/m.exec(readFileSync(join(folder, name), 'utf8'));
    if (found === null) throw new Error(`docs/rules/${name} has no example under "Reported"`);
    return [name.replace('.md', ''), `${found[1]}\n`] as const;
  });
}
