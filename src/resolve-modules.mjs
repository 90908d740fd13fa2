// Finding a module costs Node more than running it: it looks for files and folders on the way, and for drizzle-orm reads
// and parses its package.json (179 kB, 447 exports) anew for each module that another one imports. Our own modules, and
// those of the two large packages that are ES modules throughout, name the file that they import by its relative path:
// such an import is answered without asking the disk. zod's index also imports its messages in fifty languages, of
// which we show none: the English ones, which it needs itself, stand for all.
import { registerHooks } from "node:module";

const root = new URL("../", import.meta.url).href;
const packages = /\/node_modules\/(drizzle-orm|zod)\/.*\.js$/;
const languages = /\/zod\/v4\/locales\/index\.js$/;

registerHooks({
  resolve(specifier, { parentURL = "" }, next) {
    if (!/^\.\.?\/.*\.[jt]s$/.test(specifier)) return next(specifier);
    const { href } = new URL(specifier, parentURL);
    if (packages.test(parentURL)) {
      const url = languages.test(href) ? new URL("en.js", href).href : href;
      return { url, format: "module", shortCircuit: true };
    }
    const isOurs = href.startsWith(root) && href.endsWith(".ts") && !href.includes("/node_modules/");
    return isOurs ? { url: href, format: "module-typescript", shortCircuit: true } : next(specifier);
  },
});
