/** What an `embed` shortcode names. */

/** `notebook.ipynb#one,two` as a file and the cells of it; all cells where it names none. */
export function embeddedIn(address: string): { readonly file: string; readonly cells: readonly string[] } {
  const at = address.indexOf('#');
  if (at < 0) return { file: address, cells: [] };
  const cells = address.slice(at + 1).split(',');
  return { file: address.slice(0, at), cells: cells.map(cell => cell.trim()).filter(cell => cell !== '') };
}
