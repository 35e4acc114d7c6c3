/** Who the page talks to: the editor's webview host, or the server of the browser preview. */
import type { Goal, HostMessage, PageMessage, PageState } from '../preview/messages';

export interface Host {
  /** True where numbers, lines and words lead into an editor. */
  readonly hasEditor: boolean;
  send(message: PageMessage): void;
  listen(receive: (message: HostMessage) => void): void;
  load(): PageState | undefined;
  /** The place that the page's address names; undefined where the reader comes back to where he was. */
  readonly goal: Goal | undefined;
  save(state: PageState): void;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare const acquireVsCodeApi: (() => VsCodeApi) | undefined;

function webviewHost(api: VsCodeApi): Host {
  return {
    hasEditor: true,
    goal: undefined,
    send: message => api.postMessage(message),
    listen: receive =>
      window.addEventListener('message', event => {
        receive(event.data as HostMessage);
      }),
    load: () => (api.getState() as PageState | null | undefined) ?? undefined,
    save: state => api.setState(state),
  };
}

/** A page in a browser: updates come as server-sent events; the server is asked for cards, and links are the browser's. */
class BrowserHost implements Host {
  readonly hasEditor = false;
  readonly goal = goalOf(location.hash);
  readonly #address: string;
  #receive: (message: HostMessage) => void = () => undefined;
  #events: EventSource | undefined;

  /** `address` is that of the server's answers for this chapter. */
  constructor(address: string) {
    this.#address = address;
  }

  listen(receive: (message: HostMessage) => void): void {
    this.#receive = receive;
  }

  send(message: PageMessage): void {
    if (message.type === 'ready') this.#connect();
    else if (message.type === 'open') this.#open(message.href);
    else if (message.type === 'card') void this.#card(message);
  }

  load(): PageState | undefined {
    const saved = sessionStorage.getItem(location.pathname);
    return saved === null ? undefined : (JSON.parse(saved) as PageState);
  }

  save(state: PageState): void {
    sessionStorage.setItem(location.pathname, JSON.stringify(state));
  }

  #connect(): void {
    this.#events?.close();
    const events = new EventSource(`${this.#address}&ask=events`);
    this.#events = events;
    events.onmessage = event => this.#receive(JSON.parse(event.data as string) as HostMessage);
    events.onerror = () => document.body.classList.add('reckoner-offline');
    events.onopen = () => document.body.classList.remove('reckoner-offline');
  }

  #open(href: string): void {
    if (/^(?:https?|mailto):/i.test(href)) window.open(href, '_blank', 'noopener');
    else if (!/^[a-z][a-z0-9+.-]*:/i.test(href)) location.assign(href);
  }

  async #card({ id, line, character }: Extract<PageMessage, { type: 'card' }>): Promise<void> {
    const answer = await fetch(`${this.#address}&ask=card&line=${line}&character=${character}`).catch(() => undefined);
    const card = answer?.ok === true ? await answer.json() : undefined;
    this.#receive({ type: 'card', id, card: card ?? undefined });
  }
}

/** Where a link led that was followed to this page. */
function goalOf(hash: string): Goal | undefined {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return hash === '' || entry?.type !== 'navigate' ? undefined : { label: decodeURIComponent(hash.slice(1)) };
}

/** The host of this page; a document made to stand alone has none. */
export function connect(): Host | undefined {
  if (typeof acquireVsCodeApi === 'function') return webviewHost(acquireVsCodeApi());
  const address = document.body.dataset.live;
  return address === undefined ? undefined : new BrowserHost(address);
}
