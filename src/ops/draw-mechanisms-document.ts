import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadRegistry } from "../bot/registry.ts";
import { jobIn } from "../chat/schedule.ts";
import { loadPlanPack } from "../intake/plan-pack.ts";
import { officeOf } from "../office/office.ts";
import { withOfficialPapers } from "../papers/with-official-papers.ts";
import {
  mechanismsDocument,
  mechanismsInShort,
  runByOf,
  SHORT_CHINESE,
  SHORT_ENGLISH,
  withMechanisms,
} from "./mechanisms-document.ts";

// Draws docs/mechanisms.md and the short tables of both READMEs: `npm run docs:mechanisms`. A test fails when they are out of date.
const root = join(import.meta.dirname, "../..");
const pack = await loadPlanPack(join(root, "seeds/nantong-2020"));
const office = officeOf(pack);
const declared = await loadRegistry();
const jobs = declared.schedules.map((job) => jobIn(job, pack));
const all = runByOf({ ...declared, ...withOfficialPapers(pack, jobs) }, office);
writeFileSync(join(root, "docs/mechanisms.md"), mechanismsDocument(all, office));
for (const [file, words] of [
  ["README.md", SHORT_ENGLISH],
  ["README.zh-CN.md", SHORT_CHINESE],
] as const) {
  const path = join(root, file);
  writeFileSync(path, withMechanisms(readFileSync(path, "utf8"), mechanismsInShort(all, words)));
}
