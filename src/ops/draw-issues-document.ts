import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadPlanPack } from "../intake/plan-pack.ts";
import { loopDocument } from "../issues/document/loop-document.ts";
import { officeOf } from "../office/office.ts";

// Draws docs/issues.md from the code and the 2020 plan pack: `npm run docs:issues`. A test fails when it is out of date.
const root = join(import.meta.dirname, "../..");
const office = officeOf(await loadPlanPack(join(root, "seeds/nantong-2020")));
writeFileSync(join(root, "docs/issues.md"), loopDocument(office));
