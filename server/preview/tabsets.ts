/** Tabs: each heading of a `panel-tabset` names one, and what stands below it is its panel. */
import type { DivChild, DivSource } from './divs';
import { unwrapped } from './divs';
import { element, type Html, plainText, text } from './hast';
import { anchorOf } from './text';

/** Tabs by WAI-ARIA's pattern; the page's script has keys and clicks choose (`client/page/tabs.ts`). */
export function tabsetNode({ attributes, children }: DivSource): Html {
  const level = children.find(({ kind }) => kind === 'heading')?.level ?? 0;
  const before: Html[] = [];
  const tabs: { readonly title: Html[]; readonly children: DivChild[] }[] = [];
  for (const child of children) {
    if (child.kind === 'heading' && child.level === level) tabs.push({ title: unwrapped(child.nodes()), children: [] });
    else if (tabs.length === 0) before.push(...child.nodes());
    else tabs.at(-1)!.children.push(child);
  }
  const list = tabs.map(({ title }, at) => {
    const isFirst = at === 0;
    const own = { type: 'button', role: 'tab', ariaSelected: String(isFirst), tabIndex: isFirst ? 0 : -1 };
    return element('button', own, title.length === 0 ? [text(String(at + 1))] : title);
  });
  const panels = tabs.map((tab, at) => {
    const own = { role: 'tabpanel', ariaLabel: plainText(tab.title), tabIndex: 0, hidden: at > 0 };
    return element(
      'div',
      own,
      tab.children.flatMap(child => child.nodes()),
    );
  });
  const group = attributes.get('group');
  const own = {
    id: attributes.id === undefined ? undefined : anchorOf(attributes.id),
    className: ['reckoner-tabset'],
    dataGroup: group,
  };
  return element('div', own, [...before, element('div', { role: 'tablist' }, list), ...panels]);
}
