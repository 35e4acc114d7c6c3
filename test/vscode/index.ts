/** Runs the mocha suites inside the extension host. */
import Mocha from 'mocha';

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 30_000, reporter: 'spec' });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./suites/activation.test');
  await import('./suites/findings.test');
  await import('./suites/features.test');
  await import('./suites/preview.test');
  await import('./suites/typing.test');
  await new Promise<void>((resolve, reject) => {
    mocha.run(failures => (failures === 0 ? resolve() : reject(new Error(`${failures} of the tests failed.`))));
  });
}
