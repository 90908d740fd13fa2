// Finding a module costs Node more than running it: it looks for files and folders on the way, and for drizzle-orm reads
// and parses its package.json (179 kB, 447 exports) anew for each module that another one imports. Our own modules, and
// those of the two large packages that are ES modules throughout, name the file that they import by its address or its
// relative path: such an import is answered without asking the disk. zod's index also imports its messages in fifty
// languages, of which we show none: the English ones, which it needs itself, stand for all. A package is the same for all of
// these modules: it is looked for once, and the parts of drizzle-orm beside it.
import { existsSync, readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url).href;
const rootFolder = fileURLToPath(root);
const packages = /\/node_modules\/(drizzle-orm|zod)\/.*\.js$/;
const languages = /\/zod\/v4\/locales\/index\.js$/;
const isOurs = (href) => href.startsWith(root) && !href.includes("/node_modules/");
const named = new Map();

const typescript = (url) => ({ url, format: "module-typescript", shortCircuit: true });

/** As `new URL` says it, in a fraction of its time: there are five thousand imports at a start. */
function beside(specifier, parentURL) {
  let rest = specifier.startsWith("./") ? specifier.slice(2) : specifier;
  let end = parentURL.lastIndexOf("/");
  for (; rest.startsWith("../"); rest = rest.slice(3)) end = parentURL.lastIndexOf("/", end - 1);
  return parentURL.slice(0, end + 1) + rest;
}

/** What a package's name stands for, as Node finds it. */
function found(name, conditions, next) {
  const key = `${name} ${conditions.join()}`;
  const known = named.get(key);
  if (known !== undefined) return known;
  const result = { ...(partOfDrizzle(name, conditions, next) ?? next(name)), shortCircuit: true };
  named.set(key, result);
  return result;
}

/** A part of drizzle-orm, drizzle-orm/sqlite-core say: a folder or a file, as it names all that we import. */
function partOfDrizzle(name, conditions, next) {
  const [, part] = /^drizzle-orm\/([\w/-]+)$/.exec(name) ?? [];
  if (part === undefined || !conditions.includes("import")) return undefined;
  const { url: whole } = found("drizzle-orm", conditions, next);
  const url = [`${part}/index.js`, `${part}.js`]
    .map((file) => beside(file, whole))
    .find((file) => existsSync(fileURLToPath(file)));
  return url && { url, format: "module" };
}

registerHooks({
  resolve(specifier, { parentURL = "", conditions }, next) {
    const isRelative = /^\.\.?\//.test(specifier);
    if (specifier.endsWith(".ts")) {
      if (isOurs(specifier)) return typescript(specifier);
      if (isRelative && isOurs(parentURL)) return typescript(beside(specifier, parentURL));
      return next(specifier);
    }
    if (isRelative && specifier.endsWith(".js") && packages.test(parentURL)) {
      const href = beside(specifier, parentURL);
      const url = languages.test(href) ? beside("./en.js", href) : href;
      return { url, format: "module", shortCircuit: true };
    }
    if (!/^[@a-z]/.test(specifier) || !(isOurs(parentURL) || packages.test(parentURL)))
      return next(specifier);
    return found(specifier, conditions, next);
  },
  load(url, context, next) {
    if (context.format !== "module-typescript" || !isOurs(url)) return next(url);
    const source = readFileSync(rootFolder + url.slice(root.length), "utf8");
    return { format: context.format, source, shortCircuit: true };
  },
});
