// What the browser tests share: a Chromium, people who sign in, screenshots, axe.
// Started by `cargo xtask test`, which serves the demo company and says where.
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";

// The packages are the frontend's.
const require = createRequire(new URL("../../frontend/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const axeSource = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");

export const base = process.env.KONTOR_TEST_URL;
if (!base) throw new Error("KONTOR_TEST_URL must say where the demo company is served; run `cargo xtask test --only browser`");
const artefacts = process.env.KONTOR_TEST_ARTEFACTS ?? "artefacts";
const password = "kontor-demo";

export const people = {
  buyer: "jan.kowalski@pomorska-armatura.example",
  rep: "ann@kontor.example",
  pricing: "tomasz@kontor.example",
  admin: "admin@kontor.example",
};

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/** A Chromium for one file of tests. */
export async function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    // Root may not use Chromium's sandbox, and CI is root. The rest keeps it from talking to the world.
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync",
    ],
  });
}

/** A window of its own: another cookie jar, another person. Errors of the page's script or policy fail the test. */
export async function window(browser, { viewport = desktop, colorScheme = "light", script = true, locale = "en-GB" } = {}) {
  const context = await browser.newContext({ viewport, colorScheme, javaScriptEnabled: script, locale, baseURL: base });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(`script: ${error.message}`));
  page.on("console", (message) => {
    // A form that comes back with 422 is an answer, not a fault of the page.
    if (message.type() === "error" && !/status of (4\d\d)/.test(message.text())) page.problems.push(message.text());
  });
  return page;
}

export async function signIn(page, email) {
  await page.goto("/sign-in");
  await page.fill("[name=email]", email);
  await page.fill("[name=password]", password);
  await Promise.all([page.waitForURL((url) => !url.pathname.startsWith("/sign-in")), page.click("main button.primary")]);
}

/** The product page of the textbook case, which is listed at 120.00. */
export const valve = "/p/BV-DN50-PN40-SS";

/** The quantity of an ask: the product page has one field for everything, a running negotiation has its own. */
export async function fillQuantity(page, quantity) {
  if (await page.locator("#quantity-ask").count()) {
    await page.fill("#quantity-ask", quantity);
    return;
  }
  await page.goto(`${page.url().split(/[?#]/)[0]}?quantity=${quantity}`);
}

/** Asks for a price on the open product page; the answer takes the form's place. */
export async function ask(page, quantity, price) {
  await fillQuantity(page, quantity);
  await page.fill("#price-ask", price);
  await page.click("#deal-ask button.deal");
  await page.locator("#deal:not([data-state=ask])").waitFor();
}

/** The offer of 4,000 pieces in all at 110.00. */
export async function orderMore(page) {
  const offer = page.locator("#deal .offer", { hasText: /110[.,]00/ }).first();
  assert.match(await offer.innerText(), /4[\s.,]?000/);
  return offer.getByRole("button");
}

/** Asks until a person has the case. */
export async function askPerson(page, quantity, price) {
  await ask(page, quantity, price);
  if ((await page.locator("#deal").getAttribute("data-state")) === "open") {
    await page.locator("#deal form[action$='/handover'] button").click();
  }
  await page.locator("#deal[data-state=waiting]").waitFor();
}

/** Orders the current cart. */
export async function order(page, reference) {
  await page.goto("/checkout");
  await page.fill("[name=po_number]", reference);
  await page.fill("[name=note]", "Gate 3, please call first");
  await page.click("form[action='/checkout'] button.primary");
  await page.locator("#review", { hasText: "Gate 3, please call first" }).waitFor();
  await page.click("form[action='/orders'] button.primary");
  await page.waitForURL(/\/orders\//);
}

/** Keeps a picture of the page among the artefacts. */
export async function shoot(page, name) {
  await mkdir(artefacts, { recursive: true });
  await page.screenshot({ path: `${artefacts}/${name}.png`, fullPage: true });
}

/** What axe finds wrong on the page, a line each. */
export async function axe(page) {
  if (!(await page.evaluate(() => "axe" in globalThis))) {
    // The policy of the pages forbids foreign scripts, so axe comes by the debugger.
    await page.evaluate(axeSource);
  }
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  return violations.map(({ id, nodes }) =>
    `${id}: ${nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${node.any[0]?.message ?? node.all[0]?.message ?? ""}`).join(" | ")}`);
}

/** Whether the page is wider than the window: a phone would scroll sideways. */
export async function sideways(page) {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1);
}
