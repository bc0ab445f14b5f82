// Puts each page of gallery/pages into its shell and writes gallery/out.
// {{ icon("cart") }} stands for the icon's SVG, as it may in a template.
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";

const here = new URL("./", import.meta.url);
const read = (name) => readFile(new URL(name, here), "utf8");
await rm(new URL("out", here), { recursive: true, force: true });
await mkdir(new URL("out", here));
await cp(new URL("img", here), new URL("out/img", here), { recursive: true });

const sprite = await read("../src/assets/icons.svg");
const symbols = Object.fromEntries([...sprite.matchAll(/<symbol id="([^"]+)"[^>]*>(.*?)<\/symbol>/g)].map(([, id, body]) => [id, body]));
const icon = (_, name, size) => {
  if (!symbols[name]) throw new Error(`no icon ${name}`);
  return `<svg class="icon${size ? ` ${size}` : ""}" viewBox="0 0 20 20" aria-hidden="true">${symbols[name]}</svg>`;
};

const pages = (await readdir(new URL("pages", here))).filter((name) => name.endsWith(".html")).sort();
const titles = [];
for (const name of pages) {
  const source = await read(`pages/${name}`);
  const [, shell, title] = source.match(/^<!-- (\w+): (.*?) -->\n/) ?? [];
  if (!shell) throw new Error(`${name}: first line must be <!-- shell: title -->`);
  titles.push({ name, title });
  const content = source.slice(source.indexOf("\n") + 1);
  const whole = shell === "none" ? content : (await read(`shells/${shell}.html`)).replace("{{ content }}", () => content);
  const page = whole
    .replaceAll("{{ title }}", title)
    .replaceAll("{{ soon }}", new Date(Date.now() + 38 * 60_000).toISOString())
    .replace(/\{\{ icon\("([\w-]+)"(?:, "(\w+)")?\) \}\}/g, icon)
    .replaceAll("/assets/", "../../dist/");
  if (page.includes("{{")) throw new Error(`${name}: something is left to fill in: ${page.slice(page.indexOf("{{"), page.indexOf("{{") + 40)}`);
  await writeFile(new URL(`out/${name}`, here), page);
}
await writeFile(
  new URL("out/index.html", here),
  (await read("shells/plain.html"))
    .replaceAll("{{ title }}", "Gallery")
    .replaceAll("/assets/", "../../dist/")
    .replace("{{ content }}", `<h1>Gallery</h1><ul>${titles.map(({ name, title }) => `<li><a href="${name}">${title}</a></li>`).join("")}</ul>`),
);
