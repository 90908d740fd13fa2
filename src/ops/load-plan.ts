import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { PlanPack } from "../domain/plan/pack.ts";
import type { Store } from "../store/store.ts";
import { packFolder, SEEDS } from "./pack-folder.ts";

const src = join(import.meta.dirname, "..");
/** What makes a pack of the files: when it changes, a pack that was made before is made anew. */
const MAKERS = [
  { folder: join(src, "domain/plan"), files: /^pack.*\.ts$/ },
  { folder: join(src, "intake"), files: /^plan-pack.*\.ts$/ },
  { folder: join(src, "output/template"), files: /\.ts$/ },
  { folder: SEEDS, files: /^calendar\.yaml$/ },
];

/**
 * The plan pack: a name in `seeds/`, or the path of its folder. Reading and checking its YAML takes longer than an answer,
 * so the pack that the database holds is taken as long as it is whole and made of the very same files by the same rules.
 * @throws PlanPackError
 */
export async function loadPlan(store: Store, plan: string): Promise<PlanPack> {
  const folder = packFolder(plan);
  const files = await hashOfFiles(folder);
  const kept = await store.read(async (reader) => {
    const [known, id] = ((await reader.settings.get("plan-files")) ?? "").split(" ");
    return known === files && id ? reader.plan.pack(id) : null;
  });
  if (kept !== null && hashOf(kept.json) === kept.sha256) return JSON.parse(kept.json) as PlanPack;
  return readAnew(store, folder, files);
}

/** Reads the pack from its files; it is stored only when its content has changed. */
async function readAnew(store: Store, folder: string, files: string | null): Promise<PlanPack> {
  const { wholePack } = await import("./pack-templates.ts");
  const pack = await wholePack(folder);
  const sha256 = hashOf(JSON.stringify(pack));
  const at = Temporal.Now.instant().epochMilliseconds;
  await store.write(async (writer) => {
    if (files !== null) await writer.settings.set("plan-files", `${files} ${pack.id}`);
    const known = await writer.plan.pack(pack.id);
    if (known !== null && known.sha256 === sha256 && hashOf(known.json) === sha256) return;
    await writer.plan.load(pack, sha256, at);
    await writer.audit.append({
      at,
      personId: null,
      actor: "系统",
      act: "plan.load",
      subject: pack.id,
      outcome: "done",
      detail: { sha256 },
    });
  });
  return pack;
}

const hashOf = (json: string) => createHash("sha256").update(json).digest("hex");

/** One hash of a pack's files and of what makes a pack of them; null where there are none. */
async function hashOfFiles(folder: string): Promise<string | null> {
  const hash = createHash("sha256");
  const templates = { folder: join(folder, "templates"), files: /./ };
  for (const { folder: within, files } of [{ folder, files: /\.yaml$/ }, ...MAKERS, templates]) {
    const names = (await readdir(within).catch(() => [])).filter((name) => files.test(name)).sort();
    if (names.length === 0 && within !== templates.folder) return null;
    for (const name of names) {
      const content = createHash("sha256").update(await readFile(join(within, name)));
      hash.update(`${name} ${content.digest("hex")}\n`);
    }
  }
  return hash.digest("hex");
}
