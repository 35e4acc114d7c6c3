/** Who the page talks to: the editor's webview host, or the server of the browser preview. */
import type { HostMessage, PageMessage, PageState } from '../preview/messages';

export interface Host {
  send(message: PageMessage): void;
  listen(receive: (message: HostMessage) => void): void;
  load(): PageState | undefined;
  save(state: PageState): void;
  /** Address of the folder that the chapter's images are relative to. */
  readonly folder: string;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare const acquireVsCodeApi: (() => VsCodeApi) | undefined;

function webviewHost(api: VsCodeApi): Host {
  return {
    send: message => api.postMessage(message),
    listen: receive =>
      window.addEventListener('message', event => {
        receive(event.data as HostMessage);
      }),
    load: () => (api.getState() as PageState | null | undefined) ?? undefined,
    save: state => api.setState(state),
    folder: document.body.dataset.folder ?? '',
  };
}

/** A page in a browser: updates come as server-sent events; nothing is sent back. */
function browserHost(): Host {
  return {
    send: message => {
      if (message.type === 'open' && /^https?:/.test(message.href)) window.open(message.href, '_blank', 'noopener');
    },
    listen: receive => {
      const events = new EventSource('/events');
      events.onmessage = event => receive(JSON.parse(event.data as string) as HostMessage);
      events.onerror = () => document.body.classList.add('reckoner-offline');
      events.onopen = () => document.body.classList.remove('reckoner-offline');
    },
    load: () => undefined,
    save: () => undefined,
    folder: '/files',
  };
}

/** The host of this page; a document made to stand alone has none. */
export function connect(): Host | undefined {
  if (typeof acquireVsCodeApi === 'function') return webviewHost(acquireVsCodeApi());
  return document.body.dataset.live === undefined ? undefined : browserHost();
}
