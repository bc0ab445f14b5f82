// The main pages, as guest, buyer and rep: no violation that axe can find, no sideways scrolling on a phone, no error of
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
  { name: "desk", as: "rep", path: "/desk" },
  { name: "companies", as: "rep", path: "/office/companies" },
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
      assert.equal(await sideways(page), false, `${where} scrolls sideways`);
      assert.deepEqual(page.problems, [], where);
      await page.context().close();
    }
  });
}
