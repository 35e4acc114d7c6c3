/** The program's version, from the package's manifest. */
export { version } from '../package.json';
