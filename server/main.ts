/** Entry of the language server: over IPC from the extension, over standard input and output otherwise. */
import { startServer } from './lsp/server';

void startServer();
