// Finding a module costs Node more than running it: it looks for files and folders on the way, and for drizzle-orm reads
// and parses its package.json (179 kB, 447 exports) anew for each module that another one imports. Our own modules, and
// those of the two large packages that are ES modules throughout, name the file that they import by its relative path:
// such an import is answered without asking the disk. zod's index also imports its messages in fifty languages, of
// which we show none: the English ones, which it needs itself, stand for all. A package that our own modules name is the
// same for all of them: it is looked for once.
import { registerHooks } from "node:module";

const root = new URL("../", import.meta.url).href;
const packages = /\/node_modules\/(drizzle-orm|zod)\/.*\.js$/;
const languages = /\/zod\/v4\/locales\/index\.js$/;
const isOurs = (href) => href.startsWith(root) && !href.includes("/node_modules/");
const named = new Map();

registerHooks({
  resolve(specifier, { parentURL = "", conditions }, next) {
    if (/^[@a-z]/.test(specifier) && isOurs(parentURL)) {
      const key = `${specifier} ${conditions.join()}`;
      const found = named.get(key) ?? { ...next(specifier), shortCircuit: true };
      named.set(key, found);
      return found;
    }
    if (!/^\.\.?\/.*\.[jt]s$/.test(specifier)) return next(specifier);
    const { href } = new URL(specifier, parentURL);
    if (packages.test(parentURL)) {
      const url = languages.test(href) ? new URL("en.js", href).href : href;
      return { url, format: "module", shortCircuit: true };
    }
    return isOurs(href) && href.endsWith(".ts")
      ? { url: href, format: "module-typescript", shortCircuit: true }
      : next(specifier);
  },
});
