import { parseArgs } from "node:util";
import { loadRegistry } from "../../bot/registry.ts";
import { manifestOf } from "./manifest.ts";

// Prints the manifest that creates the app: `npm run -s manifest -- --prefix lt- --url https://bot.example.org`.
const { values } = parseArgs({
  options: { prefix: { type: "string", default: "" }, url: { type: "string" } },
});
const { commands } = await loadRegistry();
console.log(
  JSON.stringify(manifestOf(commands, { prefix: values.prefix, url: values.url ?? null }), null, 2),
);
