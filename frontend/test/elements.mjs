// What the script adds, tried in a browser on the gallery's own pages.
import assert from "node:assert/strict";
import { base, browser, server } from "../gallery/serve.mjs";

const html = (body, extra = {}) => ({ status: 200, contentType: "text/html; charset=utf-8", body, ...extra });
const tests = {
  async "quantity: steps, packs and pallets, locale"(page) {
    await page.goto(`${base}product.html`);
    const box = page.locator(".buy quantity-input");
    await box.getByRole("button", { name: "50 more" }).click();
    assert.equal(await box.locator("input").inputValue(), "2050");
    assert.equal(await box.locator("output").textContent(), "41 packs · 2.1 pallets");
    await box.locator("input").fill("1");
    await box.getByRole("button", { name: "50 less" }).click();
    assert.equal(await box.locator("input").inputValue(), "50");
    await page.evaluate(() => {
      document.documentElement.lang = "pl";
      document.querySelector(".buy quantity-input").dataset.packWords = "one:paczka|few:paczki|many:paczek|other:paczki";
    });
    await box.locator("input").fill("1 100");
    assert.match(await box.locator("output").textContent(), /^22 paczki/);
  },
  async "table: j k x, choose all, columns remembered"(page) {
    await page.goto(`${base}orders.html`);
    await page.locator("body").press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await page.keyboard.press("x");
    assert.equal(await page.locator("[data-count]").textContent(), "2");
    await page.getByLabel("Choose all").check();
    assert.equal(await page.locator("[data-count]").textContent(), "4");
    await page.getByText("Columns", { exact: true }).click();
    await page.locator("[data-columns] label", { hasText: "Lines" }).click();
    await page.reload();
    assert.equal(await page.locator("thead th[data-col=lines]").isVisible(), false);
  },
  async "keys: press, list, switch off; palette: filter and suggest"(page) {
    await page.route("**/search/suggest?*", (route) => route.fulfill(html('<div role="group" aria-label="Products"><a role="option" href="#found" tabindex="-1">DIN 933</a></div>')));
    await page.goto(`${base}desk.html`);
    await page.locator("body").press("2");
    assert.ok(await page.locator("[data-key='2']").isChecked());
    await page.keyboard.press("c");
    assert.equal(await page.evaluate(() => document.activeElement.id), "cp");
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("?");
    assert.ok((await page.locator("[data-key-list]").innerText()).includes("Counter: type a price"));
    await page.getByLabel("Single-key shortcuts").uncheck();
    await page.keyboard.press("Escape");
    await page.keyboard.press("3");
    assert.ok(!(await page.locator("[data-key='3']").isChecked()));
    await page.keyboard.press("Control+k");
    await page.keyboard.type("poli");
    assert.equal(await page.locator("dialog.palette [role=option]").first().innerText(), "Policies");
    await page.locator("dialog.palette").getByText("DIN 933").waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.ok(page.url().endsWith("#found"));
  },
  async "menus: Escape closes, wherever the focus is"(page) {
    await page.goto(`${base}orders.html`);
    const menu = page.locator("details.menu").first();
    await menu.evaluate((details) => { details.open = true; document.activeElement?.blur(); });
    await page.keyboard.press("Escape");
    assert.equal(await menu.evaluate((details) => details.open), false);
    assert.ok(await menu.evaluate((details) => document.activeElement === details.querySelector("summary")));
  },
  async "search: suggestions by arrow, closed by Escape"(page) {
    await page.route("**/search/suggest?*", (route) => route.fulfill(html('<a role="option" href="#a" tabindex="-1">A</a><a role="option" href="#b" tabindex="-1">B</a>')));
    await page.goto(`${base}category.html`);
    await page.keyboard.press("/");
    await page.keyboard.type("din");
    await page.locator(".suggest").waitFor();
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".suggest").isVisible(), false);
    await page.keyboard.press("ArrowDown");
    await page.locator(".suggest").waitFor();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    assert.ok(page.url().endsWith("#b"));
  },
  async "condition: completed by keyboard, wrong at its column"(page) {
    const asked = [];
    await page.route("**/office/policy/conditions/*", (route) => {
      const body = route.request().postDataJSON();
      asked.push(body.column);
      const json = route.request().url().endsWith("completion")
        ? [{ insert: "deal.lines", kind: "field", replace_from: 3, replace_to: 7 }, { insert: "deal.value", kind: "field", replace_from: 3, replace_to: 7 }]
        : { is_never: false, error: body.text.includes("value") ? null : { message: "Column 3: there is no field deal." } };
      return route.fulfill({ status: 200, contentType: "application/json", body: JSON.stringify(json) });
    });
    await page.goto(`${base}product.html`);
    await page.evaluate(() => {
      const at = document.querySelector("main");
      at.innerHTML = '<condition-field data-subject="customer" data-kinds="field:field"><div class="field"><label for="c">Condition</label><textarea id="c">!(deal)</textarea></div><p class="condition-says"></p></condition-field>';
      const area = document.getElementById("c");
      area.focus();
      area.setSelectionRange(6, 6);
    });
    await page.keyboard.press("Control+Space");
    await page.locator("condition-field .suggest [role=option]").first().waitFor();
    assert.equal(asked[0], 7);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.equal(await page.locator("#c").inputValue(), "!(deal.value)");
    await page.keyboard.type("x");
    await page.keyboard.press("Backspace");
    await page.locator("condition-field .suggest:not([hidden])").waitFor();
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("condition-field .suggest").isVisible(), false);
    await page.locator("#c").fill("!(deal)");
    await page.getByText("Column 3: there is no field deal.").waitFor();
    assert.equal(await page.locator("#c").getAttribute("aria-invalid"), "true");
  },
  async "theme and density: attribute and cookie"(page) {
    await page.goto(`${base}front.html`);
    await page.locator("summary", { hasText: "Account" }).click();
    await page.getByRole("button", { name: "Dark" }).click();
    await page.getByRole("button", { name: "Dense" }).click();
    assert.deepEqual(await page.evaluate(() => [document.documentElement.dataset.theme, document.documentElement.dataset.density]), ["dark", "compact"]);
    assert.match(await page.evaluate(() => document.cookie), /theme=dark.*density=compact/);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("details[open]").count(), 0);
  },
  async "cart: typing into a quantity replaces it"(page) {
    await page.goto(`${base}cart.html`);
    const field = page.locator("quantity-input input").first();
    await field.click();
    await page.keyboard.type("2000");
    assert.equal(await field.inputValue(), "2000");
  },
  async "cart: the answer to one field keeps what was typed in another"(page) {
    const cart = (first, second) => `<div id="cart-body"><input id="a" name="a" value="${first}" hx-post="/a" hx-trigger="change" hx-target="#cart-body" hx-swap="outerHTML"><input id="b" name="b" value="${second}"></div>`;
    await page.route("**/a", async (route) => { await new Promise((done) => setTimeout(done, 200)); await route.fulfill(html(cart("6000", "1"))); });
    await page.goto(`${base}states.html`);
    await page.evaluate((markup) => { document.querySelector("main").innerHTML = markup; window.htmx.process(document.body); }, cart("4000", "1"));
    await page.locator("#a").fill("6500");
    await page.locator("#b").click();
    await page.locator("#b").fill("77");
    await page.waitForFunction(() => document.querySelector("#a").value === "6000");
    assert.equal(await page.locator("#b").inputValue(), "77");
  },
  async "htmx: 422 is swapped and focused, toasts are said"(page) {
    await page.route("**/ask", (route) => route.fulfill(html('<p id="answer" data-focus>Too low</p><template data-toast="deal">Saved</template>', { status: 422 })));
    await page.route("**/broken", (route) => route.fulfill(html("", { status: 500 })));
    await page.goto(`${base}states.html`);
    await page.evaluate(() => {
      const main = document.querySelector("main");
      main.innerHTML = '<form hx-post="/ask" hx-target="#here"><button>Ask</button></form><button hx-get="/broken">Break</button><div id="here"></div>';
      document.dispatchEvent(new CustomEvent("toast", { detail: { text: "From the header" } }));
    });
    await page.evaluate(() => window.htmx.process(document.body));
    await page.getByRole("button", { name: "Ask" }).click();
    await page.getByText("Too low").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), "answer");
    await page.getByRole("button", { name: "Break" }).click();
    await page.getByText("This did not work").waitFor();
    assert.equal(await page.locator(".toast").count(), 3);
  },
  async "live: an event on the stream swaps the panel and leaves the cursor alone"(page) {
    await page.route("**/events", (route) => route.fulfill({ status: 200, contentType: "text/event-stream", body: "event: negotiation-1\ndata: .\n\n" }));
    await page.route("**/panel", (route) => route.fulfill(html('<section id="deal"><p data-focus>Ann answered</p></section>')));
    await page.goto(`${base}states.html`);
    await page.evaluate(() => {
      const main = document.querySelector("main");
      main.innerHTML = '<div hx-ext="sse" sse-connect="/events"><input id="typing"><section id="deal" hx-get="/panel" hx-trigger="sse:negotiation-1" hx-swap="outerHTML">waiting</section></div>';
      document.getElementById("typing").focus();
      window.htmx.process(main);
    });
    await page.getByText("Ann answered").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), "typing");
  },
  async "time left: minutes, and a mark when it is soon"(page) {
    await page.goto(`${base}negotiation.html`);
    assert.match(await page.locator("time-left").innerText(), /in 38 min/);
    assert.equal(await page.locator("time-left").getAttribute("data-state"), "ample");
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(4000);
  try {
    await test(page);
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.message}`);
  }
  await context.close();
}
await browser.close();
server.close();
process.exitCode = failed ? 1 : 0;
