// The one script of every page. Nothing here is needed for a page to work:
// each element takes markup that already works and makes it quicker.
import "./htmx.ts";
import "./menus.ts";
import "./dialogs.ts";
import "./enter.ts";
import "./follow.ts";
import "./tabs.ts";
import "./elements/command-palette.ts";
import "./elements/condition-field.ts";
import "./elements/copy-code.ts";
import "./elements/data-table.ts";
import "./elements/density-switch.ts";
import "./elements/key-map.ts";
import "./elements/quantity-input.ts";
import "./elements/search-box.ts";
import "./elements/theme-switch.ts";
import "./elements/time-left.ts";
import "./elements/toast-region.ts";
