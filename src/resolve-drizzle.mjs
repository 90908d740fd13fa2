// drizzle-orm's package.json (179 kB, 447 exports) is read and parsed anew by Node for each of its modules that another
// one imports: most of a start's time and memory (drizzle-team ships one file of exports for all dialects). All its
// modules are ES modules beside one another, so a relative import inside the package is answered without asking that file.
import { registerHooks } from "node:module";

const inside = /\/node_modules\/drizzle-orm\/.*\.js$/;

registerHooks({
  resolve(specifier, context, next) {
    if (!/^\.\.?\/.*\.js$/.test(specifier) || !inside.test(context.parentURL ?? ""))
      return next(specifier, context);
    return { url: new URL(specifier, context.parentURL).href, format: "module", shortCircuit: true };
  },
});
