/** Modules of the library that chapters name, before any cell has run one: the server lists what they hold, and goes on. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bundles, bundle } from '../support/bundles';
import { TestClient } from '../support/languageClient';

let bundles: Bundles;
let client: TestClient;

beforeAll(async () => {
  bundles = await bundle('server', 'evaluation');
  client = new TestClient(bundles.path('server'), '--stdio');
  await client.initialize(null);
}, 60_000);

afterAll(async () => {
  expect(await client.close()).toBe(0);
  bundles.remove();
});

test.each([
  ['pydantic', 'BaseModle', /No name|cannot import name 'BaseModle'.* Did you mean `BaseModel`/],
  ['fractions', 'Fractio', /Did you mean `Fraction`/],
  ['numpy.polynomial', 'Polynomial', /numpy\.polynomial/],
])('a name that is half typed: %s', async (module, name, told) => {
  const uri = `file:///nowhere/${module}.qmd`;
  const found = await client.open(uri, `\`\`\`{python}\nfrom ${module} import ${name}\n\`\`\`\n`);
  expect(found.map(({ message }) => message).join()).toMatch(told);
});
