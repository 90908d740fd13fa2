import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const found = (...paths: string[]) => paths.find((path) => existsSync(path));
const SOFFICE = found("/usr/bin/soffice", "/usr/bin/libreoffice");
const PDFTOTEXT = found("/usr/bin/pdftotext", "/opt/homebrew/bin/pdftotext");
const FC_MATCH = found("/usr/bin/fc-match", "/opt/homebrew/bin/fc-match");
export const CAN_LOOK = SOFFICE !== undefined && PDFTOTEXT !== undefined;
if (!CAN_LOOK)
  console.warn(
    "No LibreOffice or poppler here: pages of Word papers aren't looked at (apt install libreoffice-writer-nogui poppler-utils).",
  );
/** Whether digits are as wide as in the face that papers name: with a wider one lines break sooner, and pages may turn elsewhere. */
export const KEEPS_WIDTHS =
  FC_MATCH !== undefined &&
  /Times|Liberation Serif|Tinos|Nimbus Roman/.test(
    spawnSync(FC_MATCH, ["Times New Roman", "family"], { encoding: "utf8" }).stdout,
  );
if (CAN_LOOK && !KEEPS_WIDTHS)
  console.warn(
    "No face as wide as Times New Roman here: pages aren't counted (apt install fonts-liberation).",
  );

/** The lines of each page of Word papers as another program turns them, without the page's number: one conversion of all papers, for it is slow. */
export async function turnedPages(
  papers: Readonly<Record<string, Uint8Array>>,
): Promise<Record<string, string[][]>> {
  const folder = mkdtempSync(join(tmpdir(), "lantian-pages-"));
  try {
    return await turnedIn(folder, papers);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function turnedIn(folder: string, papers: Readonly<Record<string, Uint8Array>>) {
  for (const [name, bytes] of Object.entries(papers)) writeFileSync(join(folder, `${name}.docx`), bytes);
  mkdirSync(join(folder, "profile"));
  const files = Object.keys(papers).map((name) => join(folder, `${name}.docx`));
  const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
  const how = [profile, "--headless", "--convert-to", "pdf", "--outdir", folder];
  await run(SOFFICE ?? "", [...how, ...files], { timeout: 240_000 });
  const pages: Record<string, string[][]> = {};
  for (const name of Object.keys(papers)) {
    const { stdout } = await run(PDFTOTEXT ?? "", ["-layout", join(folder, `${name}.pdf`), "-"]);
    pages[name] = stdout.split("\f").slice(0, -1).map(linesOf);
  }
  return pages;
}

const linesOf = (page: string) =>
  page
    .split("\n")
    .map((line) => line.replaceAll(" ", ""))
    .filter((line) => line !== "" && !/^—\d+—$/.test(line));
