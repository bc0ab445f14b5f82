import htmx from "htmx.org";
import "htmx-ext-sse";
import { toast } from "./elements/toast-region.ts";

// Pages and tests that build markup by hand may need htmx.process().
Object.assign(window, { htmx });

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  defaultFocusScroll: false,
  scrollBehavior: "auto",
  scrollIntoViewOnBoost: false,
  historyCacheSize: 0, // prices must not stay in a shared computer's storage
  refreshOnHistoryMiss: true,
  defaultSettleDelay: 0,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    // A refusal, an invalid field, a lost race and a missing thing are answers to show.
    { code: "(400|401|403|404|409|410|422|429)", swap: true, error: false },
    { code: "...", swap: false, error: true },
  ],
});

type SwapEvent = CustomEvent<{
  target?: Element;
  requestConfig?: { triggeringEvent?: Event };
}>;

// After a swap that a person caused, focus goes to what is new. A live update
// must not take the cursor away from somebody who is typing.
document.addEventListener("htmx:afterSwap", (raw) => {
  const event = raw as SwapEvent;
  const cause = event.detail.requestConfig?.triggeringEvent;
  if (!cause || !["submit", "click", "change", "keydown"].includes(cause.type)) return;
  const swapped = event.target as Element;
  const focus = swapped.matches("[data-focus]") ? swapped : swapped.querySelector("[data-focus], [aria-invalid=true]");
  if (!(focus instanceof HTMLElement)) return;
  if (!focus.matches("a[href], button, input, select, textarea, summary, [tabindex]")) focus.tabIndex = -1;
  focus.focus({ preventScroll: true });
  focus.scrollIntoView({ block: "nearest" });
});

// What did not reach the server, or broke there, is said in one sentence.
document.addEventListener("htmx:responseError", () => toast("failed"));
document.addEventListener("htmx:sendError", () => toast("offline"));
document.addEventListener("htmx:timeout", () => toast("offline"));
