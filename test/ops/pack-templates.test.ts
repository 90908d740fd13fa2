import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { templateOf } from "../../src/domain/plan/pack-templates.ts";
import { packFinding, wholePack } from "../../src/ops/pack-templates.ts";
import { readDocument } from "../output/document.ts";
import { aFolder } from "../support/folder.ts";
import { anOffice } from "../support/office.ts";
import { anOfficesTemplate } from "../support/templates.ts";

/** A pack with files of these names and contents among its templates. */
function aPackWith(templates: Readonly<Record<string, Uint8Array>>): string {
  const pack = join(aFolder(), "lanwan-2023");
  cpSync("test/packs/lanwan-2023", pack, { recursive: true });
  mkdirSync(join(pack, "templates"));
  for (const [name, bytes] of Object.entries(templates)) writeFileSync(join(pack, "templates", name), bytes);
  return pack;
}

const OWN = ["我市版式", "{标题}", "{文号}", "{正文}", "{落款}"];

test("an office's own templates are part of its pack, whatever Word left beside them", async () => {
  const order = await anOfficesTemplate(OWN);
  const pack = aPackWith({ "order.docx": order, "~$order.docx": new Uint8Array([1]) });
  const loaded = await wholePack(pack);
  expect(templateOf(loaded, "order")).toEqual(order);
  expect(templateOf(loaded, "transfer")).toBeNull();
  expect(await packFinding(pack)).toEqual({
    name: "plan pack",
    ok: true,
    detail: "lanwan-2023，自有公文模板：order",
  });
});

test("faults of all templates stop the pack at once, and the doctor names them", async () => {
  const pack = aPackWith({
    "order.docx": await anOfficesTemplate([...OWN, "{承办人}"]),
    "transfer.docx": await anOfficesTemplate([...OWN, "{#附件}{名称}"]),
    "supervision.docx": new TextEncoder().encode("not Word"),
    "lettre.docx": await anOfficesTemplate(OWN),
    "closing.docx": new Uint8Array(2_000_001),
  });
  const said = [
    /closing\.docx:1 模板: 大于2 MB/,
    /lettre\.docx:1 模板: 没有用这个文件名的公文，可用order\.docx（交办单）、/,
    /order\.docx:1 模板: 不认识占位符{承办人}，这里可以用{标题}/,
    /supervision\.docx:1 模板: 不是Word文档/,
    /transfer\.docx:1 模板: {#附件}没有结尾/,
  ];
  const finding = await packFinding(pack);
  expect(finding.ok).toBe(false);
  for (const one of said) {
    await expect(wholePack(pack)).rejects.toThrow(one);
    expect(finding.detail).toMatch(one);
  }
});

test("an order has the pack's red head, or is printed in the office's own template", async () => {
  const office = await anOffice();
  const { pack } = office.bot.office;
  Object.assign(pack.settings.papers.order, { redHead: "我市文件" });
  const printed = async () => {
    const { card } = await office.says("市办", `交办单 ${facts.issue.no}`);
    const { bytes } = await office.opens("市办", card.files?.[0]?.name ?? "");
    return readDocument(bytes);
  };
  const { facts } = await office.says("市办", "交办 海安 “工地裸土未覆盖” 3个工作日");
  expect((await printed()).paragraphs.filter(Boolean).slice(0, 3)).toEqual([
    "我市文件",
    expect.stringMatching(/〔2020〕\d+号$/),
    "大气污染问题交办单",
  ]);
  const docx = Buffer.from(await anOfficesTemplate([...OWN, "地点：{地点}"])).toString("base64");
  Object.assign(pack, { templates: [{ paper: "order", docx }] });
  const { paragraphs, header } = await printed();
  expect(paragraphs.slice(0, 2)).toEqual(["我市版式", "大气污染问题交办单"]);
  expect(paragraphs).toContain("二、整改要求");
  expect(header).toBe("演示数据，非真实监测结果");
});
