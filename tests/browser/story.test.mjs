// The main job, as two people see it: a buyer asks for 110 instead of 120, is told to order 2,000 more, takes it and
// orders; and what the rules do not cover is on the rep's desk in the same moment, decided by one key, and back on the
// buyer's screen. Neither of them reloads a page. Pictures are kept among the artefacts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, launch, people, phone, shoot, signIn, window } from "./lib.mjs";

const valve = "/p/BV-DN50-PN40-SS";
let browser;
/** What axe said at each picture. */
const complaints = [];
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

/** Asks on the product page; the answer replaces the form. */
async function ask(page, quantity, price) {
  await page.goto(valve);
  const takeBack = page.locator("#deal form[action$='/withdrawal'] button");
  if (await takeBack.count()) {
    await takeBack.click();
    await page.goto(valve);
  }
  // An earlier deal on the product keeps the form folded away.
  const folded = page.locator("#deal details.more > summary").first();
  if (!(await page.locator("#price-ask").isVisible()) && (await folded.count())) await folded.click();
  await page.fill("#quantity-ask", quantity);
  await page.fill("#price-ask", price);
  await page.click("#deal-ask button.deal");
  await page.locator("#deal:not([data-state=ask])").waitFor();
}

/** Keeps a picture, and what axe says about the page. */
async function look(page, name) {
  await shoot(page, name);
  for (const complaint of await axe(page)) complaints.push(`${name}: ${complaint}`);
}

async function order(page, reference) {
  await page.goto("/checkout");
  await page.fill("[name=po_number]", reference);
  await page.click("form[action='/checkout'] button.primary");
  await page.click("form[action='/orders'] button.primary");
  await page.waitForURL(/\/orders\//);
}

test("order more and pay less", async () => {
  const page = await window(browser);
  await signIn(page, people.buyer);
  await ask(page, "2000", "110,00");
  await look(page, "story-1-offers");
  const focused = await page.evaluate(() => document.activeElement?.closest("#deal") !== null);
  assert.ok(focused, "the focus is where the answer is");
  const more = page.locator("#deal .offer", { hasText: /4[\s.,]?000/ }).first();
  assert.match(await more.innerText(), /110[.,]00/);
  await more.getByRole("button").click();
  await page.waitForURL(/\/cart/);
  await look(page, "story-2-cart");
  assert.match(await page.locator("main").innerText(), /440[\s.,]?000[.,]00/);

  await page.goto("/checkout");
  await look(page, "story-3-checkout");
  await order(page, "4500129");
  await look(page, "story-4-ordered");
  assert.match(await page.locator("main").innerText(), /440[\s.,]?000[.,]00/);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test("a rep decides with one key, and the buyer's page changes by itself", async () => {
  const [buyer, rep] = [await window(browser, { viewport: phone }), await window(browser)];
  await signIn(rep, people.rep);
  await rep.goto("/desk");
  await signIn(buyer, people.buyer);
  const before = await rep.locator(".queue li").count();
  await ask(buyer, "200", "112.00");
  if ((await buyer.locator("#deal").getAttribute("data-state")) === "open") {
    await buyer.locator("#deal form[action$='/handover'] button").click();
  }
  await buyer.locator("#deal[data-state=waiting]").waitFor();
  await look(buyer, "story-5-waiting");

  // The case comes onto the desk that is already open.
  await rep.waitForFunction((n) => document.querySelectorAll(".queue li").length === n + 1, before);
  await rep.locator(".queue a", { hasText: "Pomorska" }).first().click();
  await rep.locator("#case").waitFor();
  await look(rep, "story-6-desk");
  assert.match(await rep.locator("#case").innerText(), /112\.00/);

  // Typing a price shows its margin at once.
  await rep.keyboard.press("c");
  await rep.keyboard.type("113");
  const shown = await rep.locator("#live-margin").innerText();
  await rep.keyboard.type(".50");
  await rep.waitForFunction((old) => document.querySelector("#live-margin").innerText !== old, shown);
  await look(rep, "story-7-margin");
  await rep.keyboard.press("Escape");
  await rep.locator("#case-h").focus();
  await rep.locator("input[name=answer]").first().check();
  await rep.locator("#case-h").focus();
  await rep.keyboard.press("a");

  await buyer.locator("#deal[data-state=agreed]").waitFor();
  await look(buyer, "story-8-agreed");
  assert.deepEqual([...buyer.problems, ...rep.problems], []);
  await Promise.all([buyer.context().close(), rep.context().close()]);
});

test("the same without JavaScript", async () => {
  const page = await window(browser, { script: false, viewport: phone });
  await signIn(page, people.buyer);
  await ask(page, "2000", "110.00");
  await shoot(page, "story-plain-1-offers");
  const more = page.locator("#deal .offer", { hasText: /4[\s.,]?000/ }).first();
  await more.getByRole("button").click();
  await page.waitForURL(/\/cart/);
  assert.match(await page.locator("main").innerText(), /440[\s.,]?000[.,]00/);
  await order(page, "4500130");
  await shoot(page, "story-plain-2-ordered");

  await ask(page, "200", "111.00");
  if ((await page.locator("#deal").getAttribute("data-state")) === "open") {
    await page.locator("#deal form[action$='/handover'] button").click();
  }
  await page.locator("#deal[data-state=waiting]").waitFor();
  const rep = await window(browser, { script: false });
  await signIn(rep, people.rep);
  await rep.goto("/desk");
  await rep.locator(".queue a", { hasText: "Pomorska" }).first().click();
  await shoot(rep, "story-plain-3-desk");
  await rep.locator(".decide-bar button.primary").click();
  await page.goto(valve);
  await page.locator("#deal[data-state=agreed]").waitFor();
  assert.deepEqual([...page.problems, ...rep.problems], []);
  await Promise.all([page.context().close(), rep.context().close()]);
});

test("every picture is fit for everyone", () => assert.deepEqual(complaints, []));
