// The main pages, as guest, buyer, rep and pricing manager: no violation that axe can find, no sideways scrolling on a phone, no error of
// script or policy, in both schemes. Pictures are kept among the artefacts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, desktop, launch, people, phone, shoot, sideways, signIn, window } from "./lib.mjs";

const pages = [
  { name: "front", as: null, path: "/" },
  { name: "sign-in", as: null, path: "/sign-in" },
  { name: "category", as: "buyer", path: "/", follow: "main a[href^='/c/']" },
  { name: "search", as: "buyer", path: "/search?q=valve" },
  { name: "product", as: "buyer", path: "/search?q=valve", follow: "main a[href^='/p/']" },
  { name: "cart", as: "buyer", path: "/cart" },
  { name: "orders", as: "buyer", path: "/account/orders" },
  { name: "negotiations", as: "buyer", path: "/account/negotiations" },
  { name: "deals", as: "buyer", path: "/account/deals" },
  { name: "quotes", as: "buyer", path: "/account/quotes" },
  { name: "quote-new", as: "buyer", path: "/account/quotes/new" },
  { name: "desk", as: "rep", path: "/desk" },
  { name: "desk-alike", as: "rep", path: "/desk/alike" },
  { name: "desk-new", as: "rep", path: "/desk/new" },
  { name: "desk-quotes", as: "rep", path: "/desk/quotes" },
  { name: "absences", as: "rep", path: "/desk/absences" },
  { name: "companies", as: "rep", path: "/office/companies" },
  { name: "office", as: "pricing", path: "/office" },
  { name: "policy", as: "pricing", path: "/office/policy" },
  { name: "policy-draft", as: "pricing", path: "/office/policy/draft" },
  { name: "policy-margins", as: "pricing", path: "/office/policy/draft/rules/margins" },
  { name: "policy-give-get", as: "pricing", path: "/office/policy/draft/rules/give-get" },
  { name: "policy-tactic", as: "pricing", path: "/office/policy/draft/rules/tactic" },
  { name: "policy-text", as: "pricing", path: "/office/policy/draft/text" },
  { name: "simulations", as: "pricing", path: "/office/simulations" },
  { name: "simulation-new", as: "pricing", path: "/office/simulations/new" },
  { name: "suggestion", as: "pricing", path: "/office/policy/suggestion" },
  { name: "experiments", as: "pricing", path: "/office/experiments" },
  { name: "experiment-new", as: "pricing", path: "/office/experiments/new" },
  { name: "tracking", as: "pricing", path: "/office/tracking" },
  { name: "tracking-prices", as: "pricing", path: "/office/tracking/reports/prices" },
  { name: "tracking-decision", as: "pricing", path: "/office/tracking/negotiations", follow: "main tbody a" },
  { name: "segments", as: "pricing", path: "/office/segments" },
  { name: "costs", as: "pricing", path: "/office/costs" },
  { name: "buyer-model", as: "pricing", path: "/office/buyer-model" },
  { name: "routing", as: "pricing", path: "/office/routing" },
  { name: "suppliers", as: "pricing", path: "/office/suppliers" },
];

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

for (const { name, as, path, follow } of pages) {
  test(`${name} is fit for everyone`, async () => {
    for (const [viewport, colorScheme] of [[desktop, "light"], [desktop, "dark"], [phone, "light"]]) {
      const page = await window(browser, { viewport, colorScheme });
      if (as) await signIn(page, people[as]);
      let response = await page.goto(path);
      if (follow) {
        const href = await page.locator(follow).first().getAttribute("href");
        response = await page.goto(href);
      }
      const where = `${name}-${viewport.width}-${colorScheme}`;
      assert.equal(response.status(), 200, `${where}: ${page.url()}`);
      await shoot(page, where);
      assert.deepEqual(await axe(page), [], where);
      assert.doesNotMatch(await page.locator("body").innerText(), /⟦/, `${where} shows a key instead of a text`);
      assert.equal(await sideways(page), false, `${where} scrolls sideways`);
      assert.deepEqual(page.problems, [], where);
      await page.context().close();
    }
  });
}
