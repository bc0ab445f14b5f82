// The main job by forms alone: JavaScript is switched off for both people.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask, askPerson, fillQuantity, launch, order, orderMore, people, phone, shoot, signIn, valve, window } from "./lib.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

test("ask, take, order, and be answered by a person", async () => {
  const page = await window(browser, { script: false, viewport: phone });
  await signIn(page, people.buyer);
  await page.goto(valve);
  await fillQuantity(page, "2000");
  await page.fill("#price-ask", "11o");
  await page.click("#deal-ask button.deal");
  await page.locator("#price-ask[aria-invalid]").waitFor();
  assert.equal(await page.locator("#price-ask").inputValue(), "11o", "what was typed is kept");
  await shoot(page, "plain-1-typo");
  await ask(page, "2000", "110.00");
  await shoot(page, "plain-2-offers");
  await (await orderMore(page)).click();
  await page.waitForURL(/\/cart/);
  assert.match(await page.locator("main").innerText(), /440[\s.,]?000[.,]00/);
  await order(page, "4500130");
  await shoot(page, "plain-3-ordered");

  await page.goto("/p/BV-DN25-PN40-SS");
  await askPerson(page, "200", "42.00");
  await shoot(page, "plain-4-waiting");
  const rep = await window(browser, { script: false });
  await signIn(rep, people.rep);
  await rep.goto("/desk");
  await rep.locator(".queue a", { hasText: "Pomorska" }).first().click();
  await rep.locator("input[name=answer][value=ask]").check();
  await shoot(rep, "plain-5-desk");
  await rep.locator(".decide-bar button.primary").click();
  await page.goto("/p/BV-DN25-PN40-SS");
  await page.locator("#deal[data-state=agreed]").waitFor();
  assert.deepEqual([...page.problems, ...rep.problems], []);
  await Promise.all([page.context().close(), rep.context().close()]);
});
