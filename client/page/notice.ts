/** A banner above the chapter that says when its values cannot be trusted, and offers what can be done. */
import type { PageNotice } from '../preview/messages';

const ID = 'reckoner-notice';

/** Shows a notice in the place of the one before; none takes it away. */
export function showNotice(notice: PageNotice | undefined, act: (title: string) => void): void {
  document.getElementById(ID)?.remove();
  document.body.classList.toggle('reckoner-old', notice !== undefined);
  if (notice === undefined) return;
  const banner = document.createElement('div');
  banner.id = ID;
  banner.setAttribute('role', notice.isWarning ? 'alert' : 'status');
  banner.classList.toggle('reckoner-warning', notice.isWarning);
  const text = document.createElement('span');
  text.textContent = notice.text;
  banner.append(text);
  const buttons = document.createElement('div');
  for (const title of notice.actions) {
    const button = document.createElement('button');
    button.textContent = title;
    button.addEventListener('click', () => act(title));
    buttons.append(button);
  }
  banner.append(buttons);
  document.body.prepend(banner);
}
