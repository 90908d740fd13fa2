import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { PlanPack } from "../domain/plan/pack.ts";
import type { PackTemplate } from "../domain/plan/pack-templates.ts";
import { loadPlanPack } from "../intake/plan-pack.ts";
import { type PackFault, PlanPackError } from "../intake/plan-pack-error.ts";
import { issuePaperNames } from "../issues/issue-papers.ts";
import { ORDER_LABELS } from "../output/order-papers.ts";
import { templateFaults } from "../output/template/check.ts";
import { DECLARED_PAPERS } from "../papers/declared.ts";
import type { Finding } from "../store/inspection.ts";
import { packFolder } from "./pack-folder.ts";

/** Papers that an office may lay out by itself: id, title, and the labels of their tables. */
function templatedPapers(): { id: string; title: string; fields: readonly string[] }[] {
  const { order, supervision, extension, display, closing } = issuePaperNames;
  return [
    { id: "order", title: order, fields: ORDER_LABELS },
    { id: "supervision", title: supervision, fields: ORDER_LABELS },
    { id: "extension", title: extension, fields: ORDER_LABELS },
    { id: "display", title: display, fields: [] },
    { id: "closing", title: closing, fields: [] },
    { id: "transfer", title: "移送函", fields: [] },
    ...DECLARED_PAPERS.filter(({ document }) => document !== undefined).map(({ id, title }) => ({
      ...{ id, title, fields: [] },
    })),
  ];
}

/** The pack that an office runs by, as it lies there: its faults, those of the office's own templates too. */
export async function packFinding(plan: string): Promise<Finding> {
  const name = "plan pack";
  try {
    const { id, templates } = await wholePack(packFolder(plan));
    const own =
      templates.length === 0 ? "" : `，自有公文模板：${templates.map(({ paper }) => paper).join("、")}`;
    return { name, ok: true, detail: `${id}${own}` };
  } catch (error) {
    if (!(error instanceof PlanPackError)) throw error;
    return {
      name,
      ok: false,
      detail: error.message,
      mend: "mend the file; seeds/README.md says what it may hold",
    };
  }
}

/** A template is text and a few pictures; what is larger was made for something else. */
const MOST_BYTES = 2_000_000;

/**
 * A plan pack with the office's own templates, each checked against the paper that it is for.
 * @throws PlanPackError
 */
export async function wholePack(folder: string): Promise<PlanPack> {
  return { ...(await loadPlanPack(folder)), templates: await templatesIn(folder) };
}

async function templatesIn(folder: string): Promise<PackTemplate[]> {
  const papers = templatedPapers();
  const names = (await readdir(join(folder, "templates")).catch(() => [])).toSorted();
  const faults: PackFault[] = [];
  const templates: PackTemplate[] = [];
  for (const name of names.filter((one) => !/^[.~]/.test(one))) {
    const file = join(folder, "templates", name);
    const fault = (message: string) => faults.push({ file, line: 1, field: "模板", message });
    const paper = papers.find(({ id }) => name === `${id}.docx`);
    if (paper === undefined) {
      fault(
        `没有用这个文件名的公文，可用${papers.map(({ id, title }) => `${id}.docx（${title}）`).join("、")}`,
      );
      continue;
    }
    const bytes = await readFile(file);
    if (bytes.byteLength > MOST_BYTES) fault("大于2 MB，请压缩其中的图片");
    else for (const message of await templateFaults(new Uint8Array(bytes), paper.fields)) fault(message);
    templates.push({ paper: paper.id, docx: bytes.toString("base64") });
  }
  if (faults.length > 0) throw new PlanPackError(faults);
  return templates;
}
