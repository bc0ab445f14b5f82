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
  attributesToSettle: ["class", "width", "height"], // not style, which the policy forbids to set as an attribute
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

/** Whether an event of the stream caused the swap, and not a person. */
function isLive(event: SwapEvent): boolean {
  return event.detail.requestConfig?.triggeringEvent?.type.startsWith("sse:") ?? false;
}

/** Puts the focus on what is new in a part. */
function focusNew(part: Element, marks: string): void {
  const focus = part.matches("[data-focus]") ? part : part.querySelector(marks);
  if (!(focus instanceof HTMLElement)) return;
  if (!focus.matches("a[href], button, input, select, textarea, summary, [tabindex]")) focus.tabIndex = -1;
  focus.focus({ preventScroll: true });
  focus.scrollIntoView({ block: "nearest" });
}

/** The field whose change caused the swap: its answer may be another value, or an error. */
function changed(event: SwapEvent): EventTarget | null {
  const cause = event.detail.requestConfig?.triggeringEvent;
  return cause?.type === "change" ? cause.target : null;
}

// A live update, or the answer to a change of one field, replaces a part that somebody may be in. What was typed in the
// other fields stays, what was unfolded stays open, and so does the cursor: htmx itself finds a field again by its id,
// anything else leaves the focus nowhere.
let present: { hadFocus: boolean; typed: Map<string, string>; open: boolean[] } | undefined;

const foldings = (part: Element): HTMLDetailsElement[] => [...part.querySelectorAll("details")];

document.addEventListener("htmx:beforeSwap", (raw) => {
  const event = raw as SwapEvent;
  const part = event.detail.target;
  present = undefined;
  const field = changed(event);
  if (!part || !(isLive(event) || field)) return;
  const typed = new Map<string, string>();
  for (const other of part.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input[id], textarea[id]")) {
    if (other !== field && other.value !== other.defaultValue) typed.set(other.id, other.value);
  }
  const open = foldings(part).map((folding) => folding.open);
  present = { hadFocus: part.contains(document.activeElement), typed, open };
});

document.addEventListener("htmx:afterSwap", (raw) => {
  const event = raw as SwapEvent;
  const swapped = event.target as Element;
  if ((isLive(event) || changed(event)) && present) {
    for (const [id, value] of present.typed) {
      const field = document.getElementById(id);
      if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = value;
    }
    const fresh = foldings(swapped);
    const { open } = present;
    // With other foldings the part says something else.
    if (fresh.length === open.length) fresh.forEach((folding, at) => { folding.open ||= open[at] ?? false; });
    if (present.hadFocus && (document.activeElement ?? document.body) === document.body) focusNew(swapped, "[data-focus]");
    if (isLive(event)) return;
  }
  // A dialog that the server sends opens by itself; closed, it leaves everything as it was.
  for (const dialog of swapped.querySelectorAll<HTMLDialogElement>("dialog[data-open]:not([open])")) dialog.showModal();
  // After a swap that a person caused, focus goes to what is new.
  const cause = event.detail.requestConfig?.triggeringEvent;
  if (!cause || !["submit", "click", "change", "keydown"].includes(cause.type)) return;
  focusNew(swapped, "[data-focus], [aria-invalid=true]");
});

// What did not reach the server, or broke there, is said in one sentence.
document.addEventListener("htmx:responseError", () => toast("failed"));
document.addEventListener("htmx:sendError", () => toast("offline"));
document.addEventListener("htmx:timeout", () => toast("offline"));
