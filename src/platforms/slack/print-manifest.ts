import { parseArgs } from "node:util";
import { loadRegistry } from "../../bot/registry.ts";
import { manifestOf } from "./manifest.ts";

// Prints the manifest that creates the app: `npm run -s manifest -- --prefix lt- --url https://bot.example.org --org`.
const { values } = parseArgs({
  options: {
    prefix: { type: "string", default: "" },
    url: { type: "string" },
    org: { type: "boolean", default: false },
  },
});
const { commands } = await loadRegistry();
const { prefix, url = null, org: orgWide } = values;
console.log(JSON.stringify(manifestOf(commands, { prefix, url, orgWide }), null, 2));
