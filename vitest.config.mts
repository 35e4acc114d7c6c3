import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Set by `scripts/coverage.mjs`. */
const { RECKONER_COVERAGE: coverage } = process.env;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/vscode/**'],
    globalSetup: ['test/support/bundleFolder.ts'],
    testTimeout: 30_000,
    // A state is waited for as long as a busy machine needs to come to it.
    expect: { poll: { timeout: 15_000 } },
    pool: 'threads',
    // Programs that tests start leave nothing in the user's cache folder.
    env: {
      NODE_DISABLE_COMPILE_CACHE: '1',
      ...(coverage === undefined ? {} : { NODE_V8_COVERAGE: join(coverage, 'processes') }),
    },
    coverage: {
      provider: 'v8',
      include: ['{client,mlsys,server}/**/*.ts'],
      // What imports from packages for browsers runs in `test/vscode` alone.
      exclude: ['**/*.d.ts', '**/*.browser.ts', 'client/serverWorker.ts'],
      reporter: ['json'],
      reportsDirectory: 'coverage',
      clean: false,
      reportOnFailure: true,
    },
  },
});
