import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { PlanPackError } from "../intake/plan-pack-error.ts";
import { wholePack } from "./pack-templates.ts";

// Validates every plan pack below seeds/ (or the folder given) and exits with 1 when one has a fault.
const root = process.argv[2] ?? join(import.meta.dirname, "../../seeds");
const entries = existsSync(root) ? await readdir(root, { withFileTypes: true }) : [];
const packs = entries
  .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, "plan.yaml")))
  .map((entry) => entry.name)
  .sort();

if (packs.length === 0) {
  console.error(`${root}: no plan pack here (a folder with a plan.yaml)`);
  process.exitCode = 1;
}
for (const name of packs) {
  try {
    const pack = await wholePack(join(root, name));
    console.log(`${name}: ok, ${pack.measures.length} measures, ${pack.indicators.length} indicators`);
  } catch (error) {
    if (!(error instanceof PlanPackError)) throw error;
    console.log(`${name}: ${error.faults.length} fault(s)\n${error.message}`);
    process.exitCode = 1;
  }
}
