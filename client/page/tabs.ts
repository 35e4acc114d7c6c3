/** Tabs of the chapter, by WAI-ARIA's pattern: a click chooses one, arrow keys, Home and End go from one to the next. */

const TABS = '[role="tab"]';

function tabsOf(tab: Element): HTMLElement[] {
  const list = tab.closest('[role="tablist"]');
  return list === null ? [] : [...list.querySelectorAll<HTMLElement>(TABS)];
}

/** Shows the panel of one tab. Those of one group in the chapter go together. */
function choose(tab: HTMLElement): void {
  const tabs = tabsOf(tab);
  const at = tabs.indexOf(tab);
  const set = tab.closest('.reckoner-tabset');
  if (at < 0 || set === null) return;
  show(set, at);
  const { group } = (set as HTMLElement).dataset;
  if (group === undefined) return;
  for (const other of document.querySelectorAll<HTMLElement>('.reckoner-tabset'))
    if (other !== set && other.dataset.group === group) show(other, at);
}

function show(set: Element, at: number): void {
  const list = set.querySelector(':scope > [role="tablist"]');
  const tabs = [...(list?.querySelectorAll<HTMLElement>(TABS) ?? [])];
  if (at >= tabs.length) return;
  for (const [index, tab] of tabs.entries()) {
    tab.setAttribute('aria-selected', String(index === at));
    tab.tabIndex = index === at ? 0 : -1;
  }
  const panels = set.querySelectorAll<HTMLElement>(':scope > [role="tabpanel"]');
  for (const [index, panel] of panels.entries()) panel.toggleAttribute('hidden', index !== at);
}

/** Which way a key leads among tabs; undefined for any other key. */
function destination(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowLeft':
      return (at + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

/** Has the tabs below an element answer to mouse and keys. */
export function followTabs(root: HTMLElement): void {
  root.addEventListener('click', event => {
    const tab = (event.target as Element).closest<HTMLElement>(TABS);
    if (tab !== null) choose(tab);
  });
  root.addEventListener('keydown', event => {
    const tab = (event.target as Element).closest<HTMLElement>(TABS);
    if (tab === null) return;
    const tabs = tabsOf(tab);
    const next = destination(event.key, tabs.indexOf(tab), tabs.length);
    if (next === undefined) return;
    event.preventDefault();
    choose(tabs[next]!);
    tabs[next]!.focus();
  });
}

/** Opens the tab in which an element stands. */
export function revealInTabs(element: Element): void {
  for (let panel = element.closest('[role="tabpanel"]'); panel !== null; ) {
    const set = panel.parentElement;
    if (set === null) return;
    const panels = [...set.querySelectorAll(':scope > [role="tabpanel"]')];
    show(set, panels.indexOf(panel));
    panel = set.closest('[role="tabpanel"]');
  }
}

/** Has tabs of which none is chosen any more, since that one is gone, show their first one. */
export function mendTabs(root: Element): void {
  for (const set of root.querySelectorAll('.reckoner-tabset'))
    if (set.querySelector(':scope > [role="tablist"] > [aria-selected="true"]') === null) show(set, 0);
}

/** Attributes of tabs and panels that the reader changes and an update must not. */
export function isTabState(name: string, node: Element): boolean {
  const role = node.getAttribute('role');
  if (role === 'tab') return name === 'aria-selected' || name === 'tabindex';
  return role === 'tabpanel' && name === 'hidden';
}
