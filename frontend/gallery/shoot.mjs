// Takes gallery/shots/<page>-<width>-<theme>.png of every gallery page under the
// content security policy of the shop, and checks each with axe.
//   node gallery/shoot.mjs [page …] [--only=1440-light] [--no-shots]
import { readFile, mkdir, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { base, browser, server } from "./serve.mjs";

const require = createRequire(import.meta.url);
const flags = process.argv.slice(2).filter((word) => word.startsWith("--"));
const names = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const only = flags.find((flag) => flag.startsWith("--only="))?.slice(7);
const pages = (await readdir(new URL("out", import.meta.url)))
  .filter((name) => name.endsWith(".html") && (names.length === 0 || names.includes(name.replace(".html", ""))));
await mkdir(new URL("shots", import.meta.url), { recursive: true });
const axe = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");

let problems = 0;
const complain = (...words) => { problems += 1; console.log(...words); };
for (const width of [1440, 390]) {
  for (const theme of ["light", "dark"]) {
    if (only && only !== `${width}-${theme}`) continue;
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme, bypassCSP: false, reducedMotion: "reduce" });
    const page = await context.newPage();
    let here = "";
    page.on("console", (message) => { if (message.type() === "error" && !/404/.test(message.text())) complain(here, "console:", message.text()); });
    page.on("pageerror", (error) => complain(here, "script:", error.message));
    for (const name of pages) {
      here = `${name} ${width} ${theme}`;
      await page.goto(base + name, { waitUntil: "load" });
      await page.evaluate(() => document.fonts.ready);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) {
        const who = await page.evaluate(() => [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !e.closest(".vh, .scroll, .tabs, .side-nav, .menu:not([open])")).slice(0, 4).map((e) => `${e.tagName}.${e.className?.baseVal ?? e.className}`));
        complain(here, `overflows by ${wide} px:`, who.join(" "));
      }
      const small = await page.evaluate(() => [...document.querySelectorAll("a, button, input, summary, select")].filter((e) => { const r = e.getBoundingClientRect(); return e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && r.width > 0 && r.height < 24 && getComputedStyle(e).display !== "inline" && !e.matches(".vh, .skip, input[type=checkbox], input[type=radio]"); }).slice(0, 4).map((e) => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().height)}`));
      if (small.length) complain(here, "small targets:", small.join(" | "));
      // Playwright evaluates past the policy, so axe needs no exception in it.
      await page.evaluate(axe);
      const result = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      for (const violation of result.violations)
        complain(here, `axe ${violation.id}:`, violation.nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${node.any[0]?.message ?? node.all[0]?.message ?? ""}`).join(" | "));
      if (!flags.includes("--no-shots"))
        await page.screenshot({ path: new URL(`shots/${name.replace(".html", "")}-${width}-${theme}.png`, import.meta.url).pathname, fullPage: true });
    }
    await context.close();
  }
}
await browser.close();
server.close();
console.log(problems ? `${problems} problems` : "no problems");
process.exitCode = problems ? 1 : 0;
