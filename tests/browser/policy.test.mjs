// The pricing manager's whole way: a change of the policy is drafted, simulated, approved by a second person and
// published; a decision made before is replayed and is identical; an experiment is begun on a variant; and the tracking
// is read from a figure down to the single decision. Pictures are kept among the artefacts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask, axe, launch, people, shoot, sideways, signIn, valve, window } from "./lib.mjs";

let browser;
let manager;
/** The number of the negotiation that was decided by the first version. */
let decided;
/** What axe said at each picture. */
const complaints = [];

before(async () => {
  browser = await launch();
  manager = await window(browser);
  await signIn(manager, people.pricing);
});
after(async () => { await browser?.close(); });

/** Keeps a picture, and what is wrong with the page. */
async function look(page, name) {
  await shoot(page, name);
  for (const complaint of await axe(page)) complaints.push(`${name}: ${complaint}`);
  if (await sideways(page)) complaints.push(`${name}: scrolls sideways`);
  for (const problem of page.problems.splice(0)) complaints.push(`${name}: ${problem}`);
}

/** Presses a button or link that leads to another page. */
async function follow(page, locator, address) {
  await Promise.all([page.waitForURL(address), locator.click()]);
}

test("a decision is made by the version in force", async () => {
  const buyer = await window(browser);
  await signIn(buyer, people.buyer);
  await buyer.goto(valve);
  await ask(buyer, "2000", "110,00");
  assert.equal(await buyer.locator("#deal").getAttribute("data-state"), "open");
  await buyer.goto("/account/negotiations");
  decided = (await buyer.locator("tbody a").first().innerText()).trim();
  assert.match(decided, /^\d+$/);
  await buyer.context().close();
});

test("a change is drafted with its effect in view", async () => {
  await manager.goto("/office/policy");
  await look(manager, "policy-1-published");
  await follow(manager, manager.locator(".actions a.primary"), /\/office\/policy\/draft$/);
  await follow(manager, manager.locator(".tabs a[href$='/rules/give-get']"), /rules\/give-get$/);
  // The example beside the rules answers while the rule is being typed.
  const worked = manager.locator("#worked");
  const effect = await worked.innerText();
  assert.match(effect, /4,000 in all.*110\.00/);
  await manager.fill("[name='plain.from']", "4");
  await manager.waitForFunction((old) => document.querySelector("#worked").innerText !== old, effect);
  assert.doesNotMatch(await worked.innerText(), /116\.20/);
  await look(manager, "policy-2-give-get");
  await follow(manager, manager.locator(".decide-bar button.primary"), /\/office\/policy\/draft/);
  await manager.goto("/office/policy/draft");
  assert.match(await manager.locator("#changes table").innerText(), /3\.2\s%\s+4\s%/);
  await look(manager, "policy-3-changes");
  assert.equal(await manager.locator("form[action$='/publication']").count(), 0, "not before it is simulated and approved");
});

test("its simulation comes onto the page by itself", async () => {
  await manager.goto("/office/simulations/new");
  assert.ok(await manager.locator("[name='arm.draft']").isChecked(), "the draft is what one wants to know about");
  await manager.uncheck("[name='arm.suggested']");
  await manager.fill("[name=count]", "400");
  await look(manager, "policy-4-simulation-new");
  await follow(manager, manager.locator("main form button.primary"), /\/office\/simulations\/[0-9a-f-]+$/);
  // Nobody reloads: the page changes when the run does.
  await manager.locator("#verdict .note").waitFor({ timeout: 120_000 });
  await manager.locator("details:has(.plots) summary").click();
  await manager.locator("main .plots").waitFor();
  await look(manager, "policy-5-simulation");
  await manager.goto("/office/policy/draft");
  assert.equal(await manager.locator("form[action$='/approval']").count(), 0, "nobody approves what one wrote");
  assert.match(await manager.locator("ol.way li.done:nth-child(2)").innerText(), /Simulated/);
});

test("a second person approves, then it is published", async () => {
  const second = await window(browser);
  await signIn(second, people.admin);
  await second.goto("/office/policy/draft");
  await look(second, "policy-6-approval");
  await second.fill("form[action$='/approval'] [name=note]", "The margin that it costs comes back in agreed deals.");
  await second.click("form[action$='/approval'] button.primary");
  await second.locator("form[action$='/publication']").waitFor();
  await second.context().close();

  await manager.reload();
  await look(manager, "policy-7-approved");
  await manager.fill("form[action$='/publication'] [name=note]", "More in the first round");
  await follow(manager, manager.locator("form[action$='/publication'] button.primary"), /\/office\/policy$/);
  assert.match(await manager.locator("h1").innerText(), /Version 2 · Published/);
  const history = await manager.locator(".table-wrap tbody").last().innerText();
  for (const fact of [/Version 2|^2/, /Tomasz/, /Olga Marek/, /More in the first round/]) assert.match(history, fact);
  await look(manager, "policy-8-published");
});

test("the decision made before is replayed and identical", async () => {
  await manager.goto("/office/tracking/negotiations");
  await look(manager, "policy-9-negotiations");
  await follow(manager, manager.getByRole("link", { name: decided, exact: true }), /negotiations\/[0-9a-f-]+$/);
  assert.match(await manager.locator("main").innerText(), /policy version 1\b/);
  await follow(manager, manager.locator("form[action*='/replay'] button").first(), /replay/);
  await manager.locator(".note.ok[role=status]").waitFor();
  assert.equal(await manager.locator(".note.bad").count(), 0);
  await look(manager, "policy-10-replayed");
});

test("an experiment is planned with its sample shown, and begun", async () => {
  await manager.goto("/office/experiments");
  await follow(manager, manager.locator(".head .actions a.primary"), /\/new$/);
  await manager.fill("[name=name]", "More for twice the volume");
  await manager.fill("[name=hypothesis]", "Buyers who get more for doubling agree more often.");
  await manager.selectOption("[name=metric]", "agreement");
  await manager.fill("[name=effect]", "10");
  await manager.fill("[name=volume_per_double]", "6");
  await look(manager, "policy-11-experiment-new");
  await follow(manager, manager.locator("main form button.primary"), /experiments\/(?!new)[0-9a-f-]+$/);
  const plan = await manager.locator("main dl.facts").first().innerText();
  assert.match(plan, /Companies needed in each variant\s+[\d,]+/, "the sample is known before it starts");
  assert.match(await manager.locator("table.diff").innerText(), /5\.2\s%\s+6\s%/);
  await look(manager, "policy-12-experiment-plan");
  assert.equal(await manager.locator("form[action$='/start']").count(), 0, "not before it is simulated and approved");
  const planPage = manager.url();
  await manager.click("form[action$='/simulation'] button");
  for (let tries = 0; tries < 120 && !/Done/.test(await manager.locator("main").innerText()); tries += 1) {
    await manager.waitForTimeout(1_000);
    await manager.goto(planPage);
  }
  assert.equal(await manager.locator("form[action$='/approval']").count(), 0, "nobody approves what one planned");
  const second = await window(browser);
  await signIn(second, people.admin);
  await second.goto(planPage);
  await look(second, "policy-12-experiment-approval");
  await second.fill("form[action$='/approval'] [name=note]", "Bounded, and worth knowing.");
  await second.click("form[action$='/approval'] button.primary");
  await second.locator("form[action$='/start'], form[action$='/start'] button").first().waitFor();
  await second.context().close();
  await manager.goto(planPage);
  await manager.locator("form[action$='/start'] button").first().click();
  await manager.locator("form[action$='/end']").waitFor();
  assert.equal(await manager.locator(".head .tag").innerText(), "Running");
  await look(manager, "policy-13-experiment");
});

test("tracking leads from a figure to the single decision", async () => {
  await manager.goto("/office/tracking");
  const figure = () => manager.locator("dl.figures dd").first().innerText();
  const all = Number((await figure()).replace(/\D/g, ""));
  assert.ok(all > 0);
  await look(manager, "policy-14-tracking");
  await manager.locator("#segment option:nth-child(2)").evaluate((option) => { option.selected = true; });
  await follow(manager, manager.locator(".track-filter button").first(), /segment=[^&]/);
  const some = Number((await figure()).replace(/\D/g, ""));
  assert.ok(some > 0 && some < all, `${some} of ${all}`);
  await follow(manager, manager.locator(".tabs a[href*='/levers']"), /reports\/levers.*segment=[^&]/);
  await look(manager, "policy-15-levers");
  const export_ = await manager.request.get(await manager.locator("main section a", { hasText: "CSV" }).first().getAttribute("href"));
  assert.equal(export_.status(), 200);
  await follow(manager, manager.locator(".tabs a[href*='/reports/asks']"), /reports\/asks/);
  await look(manager, "policy-16-asks");
  await follow(manager, manager.locator("main tbody a:visible").first(), /tracking\/negotiations\?/);
  await look(manager, "policy-17-narrowed");
  await follow(manager, manager.locator("main tbody a").first(), /negotiations\/[0-9a-f-]+$/);
  await manager.locator("section[id^=round-] details summary").first().click();
  await look(manager, "policy-18-decision");
});

test("every page is fit for everyone", () => assert.deepEqual(complaints, []));
