import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/vscode/**'],
    testTimeout: 30_000,
    pool: 'threads',
    // Programs that tests start leave nothing in the user's cache folder.
    env: { NODE_DISABLE_COMPILE_CACHE: '1' },
  },
});
