import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { closingSlipModel } from "../../src/output/closing-slip.ts";
import type { PaperModel } from "../../src/output/paper-model.ts";
import { transferLetterModel } from "../../src/output/transfer-letter.ts";
import { wordDocument } from "../../src/output/word.ts";
import { aFolder } from "../support/folder.ts";
import { letter, photo, slip, slipRound } from "../support/papers.ts";

const SOFFICE = ["/usr/bin/soffice", "/usr/bin/libreoffice"].find((path) => existsSync(path));
if (SOFFICE === undefined)
  console.warn(
    "No LibreOffice here: pages of Word papers aren't looked at (apt install libreoffice-writer-nogui).",
  );

/** How many pages another program makes of each paper. */
async function pagesIn(papers: Readonly<Record<string, PaperModel>>): Promise<Record<string, number>> {
  const folder = aFolder();
  for (const [name, paper] of Object.entries(papers))
    writeFileSync(join(folder, `${name}.docx`), await wordDocument(paper));
  mkdirSync(join(folder, "profile"));
  const files = Object.keys(papers).map((name) => join(folder, `${name}.docx`));
  const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
  const how = [profile, "--headless", "--convert-to", "pdf", "--outdir", folder];
  await promisify(execFile)(SOFFICE ?? "", [...how, ...files], { timeout: 120_000 });
  const count = (name: string) =>
    readFileSync(join(folder, `${name}.pdf`), "latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
  return Object.fromEntries(Object.keys(papers).map((name) => [name, count(name)]));
}

test.skipIf(SOFFICE === undefined)(
  "a 销号单 is one page in another program, too",
  { timeout: 180_000 },
  async () => {
    const picture = await photo("整改前照片　现场.jpg（校验码 9239eb4246d6）", "#884422", [1600, 1200]);
    const full = (count: number, signs: number) =>
      closingSlipModel(
        slip({
          rounds: Array.from({ length: count }, (_, i) =>
            slipRound({ name: `第${i + 1}轮`, measures: "已覆盖，".repeat(signs / 4) }),
          ),
          title: "工地裸土未覆盖，".repeat(20),
          helping: "南通市城市管理局、南通市生态环境局",
          requirement: "立即覆盖并冲洗。".repeat(signs / 8),
          before: [picture, picture],
          after: [picture, picture],
          marks: ["演示数据，非真实监测结果"],
        }),
      );
    const pages = await pagesIn({
      short: closingSlipModel(slip()),
      usual: full(2, 80),
      long: full(3, 400),
      longest: full(12, 1000),
      letter: transferLetterModel(letter()),
    });
    expect(pages).toEqual({ short: 1, usual: 1, long: 1, longest: 1, letter: 2 });
  },
);
