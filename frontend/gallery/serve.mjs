// Serves the gallery under the content security policy of the shop, and starts the browser.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { chromium } from "playwright-core";
import "./make.mjs";

const root = new URL("../", import.meta.url);
const types = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", svg: "image/svg+xml", woff2: "font/woff2" };
export const server = createServer(async (request, response) => {
  const path = new URL(request.url, "http://x").pathname;
  try {
    const body = await readFile(new URL(`.${path}`, root));
    const strict = path.endsWith("email.html") ? {} : { "content-security-policy": "default-src 'self'" };
    response.writeHead(200, { "content-type": types[path.split(".").pop()] ?? "text/plain", ...strict }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
export const base = `http://127.0.0.1:${server.address().port}/gallery/out/`;

export const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
});
