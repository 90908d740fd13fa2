import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { type Finding, heading, lineOf } from "./side-by-side.ts";

/** A whole run as it is kept: the README's figures are taken from this file and nowhere else. */
export type Recorded = {
  date: string;
  machine: { node: string; platform: string; processors: string; memoryGiB: number };
  findings: readonly (Finding & { ratio: number | null })[];
};

const resultsFile = join(import.meta.dirname, "results.json");
const readmeFile = join(import.meta.dirname, "README.md");

/** Keeps a run in `results.json` and shows it in this folder's README. */
export function record(findings: readonly Finding[]): void {
  const recorded: Recorded = {
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    findings: findings.map((finding) => ({
      ...finding,
      ours: inShort(finding.ours),
      ...(finding.reference === undefined ? {} : { reference: inShort(finding.reference) }),
      ratio: finding.reference === undefined ? null : Number((finding.ours / finding.reference).toFixed(2)),
    })),
  };
  writeFileSync(resultsFile, `${JSON.stringify(recorded, null, 2)}\n`);
  const { node, platform, processors, memoryGiB } = recorded.machine;
  const table = [heading, ...recorded.findings.map(lineOf)].join("\n");
  const text = `${recorded.date}, ${processors}, ${memoryGiB} GiB, ${platform}, Node ${node}:\n\n\`\`\`\n${table}\n\`\`\``;
  const readme = readFileSync(readmeFile, "utf8");
  const marked = /(<!-- recorded -->\n)[\s\S]*?(\n<!-- \/recorded -->)/;
  if (!marked.test(readme)) throw new Error("bench/README.md has no place for the recorded run");
  writeFileSync(
    readmeFile,
    readme.replace(marked, (_, from, to) => `${from}\n${text}\n${to}`),
  );
}

/** The machine as a reader would describe it. */
export function machine(): Recorded["machine"] {
  const processors = cpus();
  return {
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    processors: `${processors.length} × ${processors[0]?.model.trim() ?? "unknown"}`,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
  };
}

/** Three significant digits: more are noise. */
const inShort = (value: number): number => Number(value.toPrecision(3));
