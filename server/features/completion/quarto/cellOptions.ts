/** Options of cells: the `#|` lines. */
import { readSchema } from './schema';

export const CELL_OPTIONS = readSchema(`
label: <text> — Names the cell, and its figure or table where it begins with fig- or tbl-
echo: <bool> | fenced — Show the code on the page
eval: <bool> — Run the code; without it, names that it would make are missing
output: <bool> | asis — Show what the code gives; asis: as Markdown
include: <bool> — Show anything of the cell, code or output
warning: <bool> — Show warnings
error: <bool> — Show exceptions on the page and go on
fig-cap: <text> — Caption of the figure
fig-subcap: <list> — Captions of the parts of a figure
fig-alt: <text> — What the figure shows, for readers who do not see it
fig-scap: <text> — Short caption for a list of figures
fig-width: <inches> — Width of the figure
fig-height: <inches> — Height of the figure
fig-align: default | left | center | right — Where the figure stands
fig-cap-location: top | bottom | margin — Where its caption stands
fig-pos: H | h | t! | b | p — Where LaTeX may put it
fig-env: figure | figure* | marginfigure — Environment of LaTeX around it
fig-format: retina | png | jpeg | svg | pdf — Format of the picture
fig-dpi: <number> — Dots per inch of the picture
fig-link: <address> — Where a click on the figure leads
tbl-cap: <text> — Caption of the table
tbl-subcap: <list> — Captions of the parts of a table
tbl-cap-location: top | bottom | margin — Where its caption stands
tbl-colwidths: auto | false | <list> — Widths of the columns
lst-label: <text> — Label of the code as a listing, which begins with lst-
lst-cap: <text> — Caption of the listing
layout: <list> — How several figures or tables are laid out
layout-ncol: <number> — Number of columns of figures or tables
layout-nrow: <number> — Number of rows of figures or tables
layout-valign: default | top | center | bottom — How figures of a row are aligned
column: body | body-outset | page | screen | margin — Which column of the page the output takes
fig-column: body | page | screen | margin — Which column figures take
tbl-column: body | page | screen | margin — Which column tables take
cap-location: top | bottom | margin — Where captions stand
code-fold: <bool> | show — Let readers fold the code
code-summary: <text> — Words of the fold
code-overflow: scroll | wrap — What long lines do
code-line-numbers: <bool> — Number the lines
code-annotations: below | hover | select | false — How annotations of lines are shown
filename: <text> — Name of a file above the code
classes: <text> — Classes of the block of code
class-output: <text> — Classes of the output
attr-output: <text> — Attributes of the output
panel: tabset | input | sidebar | fill | center — Kind of panel
output-location: fragment | slide | column | column-fragment — Where slides show the output
results: markup | asis | hide | hold — As knitr calls it; for Jupyter use output
cache: <bool> | refresh — Keep results from render to render
freeze: <bool> | auto — Keep results until the source changes
`);
