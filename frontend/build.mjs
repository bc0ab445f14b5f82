// Builds frontend/dist: one stylesheet, one script, the fonts and the drawings,
// under stable names. The server adds content hashes when it embeds them.
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { build } from "esbuild";
import subset from "subset-font";

const here = new URL("./", import.meta.url);
const path = (name) => new URL(name, here).pathname;
const require = createRequire(import.meta.url);

await rm(path("dist"), { recursive: true, force: true });
await mkdir(path("dist"));

const range = (from, to) => String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i));
const latin =
  range(0x20, 0x7e) + range(0xa0, 0xff) +
  "ıŒœ–—‘’‚“”„†•…‰′″‹›€™→←↑↓↗↘−∙√∞≈≠≤≥ΔΣμσ✓⁰¹²³⁴₂\u2009\u202f\u2011";
const latinExt = range(0x100, 0x17f).replace(/[ıŒœ]/gu, "") + "ȘșȚț";

async function font(source, text, target, options) {
  const from = await readFile(require.resolve(source));
  await writeFile(path(`dist/${target}`), await subset(from, text, { targetFormat: "woff2", noHinting: true, ...options }));
}
const inter = {
  variationAxes: { wght: { min: 400, max: 600 }, opsz: 14 },
  keepFeatures: ["kern", "tnum", "ccmp", "locl"],
};

// htmx ships its own minified text, a seventh smaller than esbuild makes of its module.
const smallHtmx = {
  name: "small-htmx",
  setup(make) {
    make.onLoad({ filter: /htmx\.esm\.js$/ }, async () => ({
      contents: `${await readFile(require.resolve("htmx.org/dist/htmx.min.js"), "utf8")};export default htmx;`,
    }));
  },
};

await Promise.all([
  font("inter-ui/variable/InterVariable.woff2", latin, "inter-latin.woff2", inter),
  font("inter-ui/variable/InterVariable.woff2", latinExt, "inter-latin-ext.woff2", inter),
  font("@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff2", latin, "mono.woff2", { keepFeatures: ["ccmp"] }),
  build({
    entryPoints: [path("src/kontor.ts"), path("src/css/kontor.css"), path("src/css/work.css")],
    entryNames: "[name]",
    outdir: path("dist"),
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2022", "chrome123", "firefox128", "safari17.5"],
    external: ["*.woff2"],
    plugins: [smallHtmx],
    legalComments: "none",
    logLevel: "warning",
  }),
  ...["icons.svg", "logo.svg", "favicon.svg"].map((name) => copyFile(path(`src/assets/${name}`), path(`dist/${name}`))),
]);
