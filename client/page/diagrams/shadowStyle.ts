/** The style around a drawing, which the page's own style sheet does not reach. */

const RULES = `
:host { display: block; position: relative; }
.drawing { overflow-x: auto; text-align: center; }
.drawing:focus-visible, button:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
svg {
  display: inline-block;
  vertical-align: top;
  width: calc(var(--width) * var(--zoom, 1));
  max-width: max(100%, calc(var(--width) * var(--zoom, 1) * 0.6));
  height: auto;
}
.actual > svg { max-width: none; }
/* What Mermaid's own style does for labels that are HTML. */
.mindmap-node > .label[transform^="translate(0,"] text { text-anchor: middle; }
/* These have the colour of what they stand on. */
text.journey-section { fill: var(--ink) !important; }
.turned text.journey-section { fill: #333 !important; }
.old { opacity: 0.4; }
.turned > svg { filter: invert(var(--reckoner-invert, 0.9)) hue-rotate(180deg); }
/* Bands of a Sankey diagram, which darken a page that is light. */
.dark .link { mix-blend-mode: screen !important; }
.waiting { padding: 1.4em 1em; border: 1px dashed var(--line); border-radius: 4px; color: var(--faint); text-align: center; }
.fault { margin: 0 0 0.6em; padding: 0.3em 0.7em; border-left: 3px solid var(--warning); background: var(--code); font-size: 0.9em; text-align: left; }
button {
  position: absolute;
  top: 0;
  right: 0;
  padding: 0.1em 0.7em;
  border: 1px solid var(--line);
  border-radius: 1em;
  background: var(--page);
  color: var(--faint);
  font: 0.75em var(--sans);
  cursor: pointer;
}
button[hidden] { display: none; }
.fault button { position: static; opacity: 1; }
@media (hover: hover) {
  button { opacity: 0; }
  :host(:hover) button, button:focus-visible { opacity: 1; }
}
@media (forced-colors: active) {
  svg { forced-color-adjust: none; }
}
@media print {
  button { display: none; }
  .turned > svg { filter: none; }
  .dark > svg { filter: invert(1) hue-rotate(180deg); }
}
`;

let sheet: CSSStyleSheet | undefined;

export function shadowStyle(): CSSStyleSheet {
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(RULES);
  }
  return sheet;
}
