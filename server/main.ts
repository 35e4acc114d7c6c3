/** Entry of the language server: over IPC from the extension, over standard input and output otherwise. */
import './nodeModules';
import { serveLanguage } from './serveLanguage';

serveLanguage();
