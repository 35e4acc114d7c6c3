/** Modules of the library that chapters name, before any cell has run one: the server lists what they hold, and goes on. */
import { beforeAll, expect, test } from 'vitest';
import type { TestClient } from '../support/languageClient';
import { startServer } from '../support/languageServer';

let client: TestClient;

beforeAll(async () => {
  const server = await startServer({ hasFolder: false });
  ({ client } = server);
  return server.stop;
}, 60_000);

test.each([
  ['pydantic', 'BaseModle', /No name|cannot import name 'BaseModle'.* Did you mean `BaseModel`/],
  ['fractions', 'Fractio', /Did you mean `Fraction`/],
  ['numpy.polynomial', 'Polynomial', /numpy\.polynomial/],
])('a name that is half typed: %s', async (module, name, told) => {
  const uri = `file:///nowhere/${module}.qmd`;
  const found = await client.open(uri, `\`\`\`{python}\nfrom ${module} import ${name}\n\`\`\`\n`);
  expect(found.map(({ message }) => message).join()).toMatch(told);
});
