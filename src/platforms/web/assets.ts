import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { extname } from "node:path";
import { gzipSync } from "node:zlib";
import { type Context, Hono } from "hono";
import { own } from "../../domain/own.ts";
import type { VisitorEnv } from "./visitor.ts";

type Asset = { body: Buffer<ArrayBuffer>; gzipped: Buffer<ArrayBuffer> | null; type: string; etag: string };

const pageFolder = new URL("./page/", import.meta.url);
/** How boxes on a photo are written: the page reads them by the same rules as the server, and imports it from here. */
const boxRules = new URL("../../domain/mask-boxes.ts", import.meta.url);
/** One sheet that names a hundred pieces by `unicode-range`, each with all weights: a browser loads the pieces it needs. */
const fontFolder = new URL("./", import.meta.resolve("@fontsource-variable/noto-sans-sc/wght.css"));
/** The library's modules for browsers; what Node resolves the name to stands in a folder below them. */
const libraryFolder = new URL("../", import.meta.resolve("lit-html"));

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".ts": "text/javascript; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** The page, its modules (types stripped, browsers run the rest), their library and the font; read once, then kept. */
export function assets({ marked }: { marked: boolean }): Hono<VisitorEnv> {
  const pageFiles = new Set(
    readdirSync(pageFolder).filter((name) => own(types, extname(name)) !== undefined),
  );
  const kept = new Map<string, Promise<Asset>>();
  const serve = async (c: Context, url: URL, cacheControl: string, change?: (text: string) => string) => {
    const asset = kept.get(url.href) ?? load(url, change);
    kept.set(url.href, asset);
    asset.catch(() => kept.delete(url.href));
    return answer(c, await asset, cacheControl);
  };
  const serveIfThere = (c: Context, url: URL, cacheControl: string) =>
    serve(c, url, cacheControl).catch(() => c.notFound());

  const app = new Hono<VisitorEnv>();
  app.get("/", (c) => serve(c, new URL("index.html", pageFolder), "no-cache", marked ? withMark : undefined));
  app.get("/favicon.ico", (c) => serve(c, new URL("mark.svg", pageFolder), "no-cache"));
  app.get("/assets/:name", (c) => {
    const name = c.req.param("name");
    return pageFiles.has(name) ? serve(c, new URL(name, pageFolder), "no-cache") : c.notFound();
  });
  app.get("/domain/mask-boxes.ts", (c) => serve(c, boxRules, "no-cache"));
  app.get("/assets/font/wght.css", (c) => serve(c, new URL("wght.css", fontFolder), "no-cache"));
  app.get("/assets/font/files/:piece{noto-sans-sc-[\\w-]+-wght-normal\\.woff2}", (c) =>
    serveIfThere(
      c,
      new URL(`files/${c.req.param("piece")}`, fontFolder),
      "public, max-age=31536000, immutable",
    ),
  );
  app.get("/assets/lit-html/:module{(directives/)?[\\w-]+\\.js}", (c) =>
    serveIfThere(c, new URL(c.req.param("module"), libraryFolder), "no-cache"),
  );
  return app;
}

/** A demonstration that is open to a network says so on its page, whatever is shown there. */
const withMark = (page: string): string =>
  page.replace(
    "<body>",
    '<body><p class="open-demo" role="note">公开演示：网上任何人都能查看和操作，请勿输入真实信息。</p>',
  );

async function load(url: URL, change?: (text: string) => string): Promise<Asset> {
  const kind = extname(url.pathname);
  const file = await readFile(url);
  const text = kind === ".ts" ? forBrowsers : change;
  const body = text === undefined ? file : Buffer.from(text(file.toString("utf8")));
  return {
    body,
    gzipped: kind === ".woff2" ? null : gzipSync(body),
    type: own(types, kind) ?? "application/octet-stream",
    etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`,
  };
}

/** Without types; and a browser knows no package by its name, so that the library gets its address here. */
function forBrowsers(source: string): string {
  return stripTypeScriptTypes(source).replaceAll(
    / from "lit-html(?:\/([^"]+))?"/g,
    (_, module = "lit-html.js") => ` from "/assets/lit-html/${module}"`,
  );
}

function answer(c: Context, asset: Asset, cacheControl: string): Response {
  c.header("Cache-Control", cacheControl);
  c.header("ETag", asset.etag);
  c.header("Vary", "Accept-Encoding");
  if (c.req.header("if-none-match") === asset.etag) return c.body(null, 304);
  c.header("Content-Type", asset.type);
  const gzip = asset.gzipped && /\bgzip\b/.test(c.req.header("accept-encoding") ?? "");
  if (gzip) c.header("Content-Encoding", "gzip");
  return c.body(gzip && asset.gzipped ? asset.gzipped : asset.body);
}
