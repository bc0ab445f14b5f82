// A session that ends while somebody works: nothing that was typed is lost, and what was sent is sent again by hand.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, launch, people, shoot, signIn, sideways, valve, window } from "./lib.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

/** Presses the button that puts into the cart, and waits for the question who it is. */
async function addAsNobody(page) {
  await page.click("form[action='/cart/lines'] button.primary");
  await page.locator("dialog[open] #go-on-email").waitFor();
}

test("a fragment asks who it is in a dialog, over the page as it was typed", async () => {
  const page = await window(browser);
  await signIn(page, people.buyer);
  await page.goto(valve);
  await page.fill("#price-ask", "110");
  await page.context().clearCookies();
  await addAsNobody(page);
  assert.equal(await page.evaluate(() => document.activeElement?.id), "go-on-email");
  assert.deepEqual(await axe(page), []);
  await shoot(page, "access-dialog");
  await page.keyboard.press("Escape");
  assert.equal(await page.inputValue("#price-ask"), "110", "closed, it leaves everything as it was");
  await addAsNobody(page);
  await page.fill("#go-on-email", people.buyer);
  await page.fill("#go-on-password", "kontor-demo");
  await page.click("dialog[open] button.primary");
  await page.waitForURL(/\/sign-in/);
  await page.locator("main form[action='/cart/lines'] button.primary").waitFor();
  assert.deepEqual(await axe(page), []);
  await shoot(page, "access-kept");
  await page.click("main form[action='/cart/lines'] button.primary");
  await page.waitForURL(/\/p\//);
  await page.goto("/cart");
  await page.locator("input[name^=quantity_]").first().waitFor();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test("without script the same is a page", async () => {
  const page = await window(browser, { script: false });
  await signIn(page, people.buyer);
  await page.goto(valve);
  await page.context().clearCookies();
  await page.click("form[action='/cart/lines'] button.primary");
  await page.fill("main [name=email]", people.buyer);
  await page.fill("main [name=password]", "kontor-demo");
  await page.click("main button.primary");
  await page.click("form[action='/cart/lines'] button.primary");
  // One is brought back to where one was, and it is in the cart.
  await page.waitForURL(/\/p\//);
  await page.goto("/cart");
  await page.locator("input[name^=quantity_]").first().waitFor();
  await page.context().close();
});

test("a form with a file keeps its texts, and asks for the file again", async () => {
  const page = await window(browser);
  await signIn(page, people.buyer);
  await page.goto(valve);
  await page.fill("#price-ask", "110");
  await page.locator("#deal-ask details", { has: page.locator("#competitor-file") }).locator("summary").click();
  await page.setInputFiles("#competitor-file", { name: "offer.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n") });
  await page.context().clearCookies();
  await page.locator("#deal-ask button.deal").click();
  await page.fill("#go-on-email", people.buyer);
  await page.fill("#go-on-password", "kontor-demo");
  await page.click("dialog[open] button.primary");
  const kept = page.locator("main form[enctype='multipart/form-data']");
  await kept.waitFor();
  assert.equal(await kept.locator("input[name=price]").inputValue(), "110");
  assert.match(await kept.locator("label").innerText(), /offer\.pdf/);
  assert.equal(await kept.locator("input[type=file][name=file]").evaluate((input) => input.required), true);
  assert.deepEqual(await axe(page), []);
  await page.context().close();
});

test("what is gone for good is asked about, on the page", async () => {
  const page = await window(browser);
  await signIn(page, "katarzyna.wrona@pomorska-armatura.example");
  await page.goto("/account/company");
  const ask = page.locator("#addresses .ask").first();
  await ask.locator("summary").click();
  await ask.locator("form button.danger").waitFor();
  assert.deepEqual(await axe(page), []);
  assert.equal(await sideways(page), false);
  await shoot(page, "access-ask");
  await page.context().close();
});
