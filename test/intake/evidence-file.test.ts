import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { cleanName, formatOf, LARGEST_EVIDENCE } from "../../src/intake/evidence-file.ts";
import { anyText } from "../support/any-text.ts";
import { type ZipEntry, zip } from "./xlsx-builder.ts";

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const text = (s: string) => Buffer.from(s, "latin1");

/** An office document of a type, with further parts. */
function office(type: string, ...parts: ZipEntry[]): Uint8Array {
  const types = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/main.xml" ContentType="${type}.main+xml"/></Types>`;
  return zip([
    { name: "[Content_Types].xml", content: types },
    { name: "main.xml", content: "<x/>" },
    ...parts,
  ]);
}
const part = (name: string): ZipEntry => ({ name, content: "x" });

describe("what a file is, its content says", () => {
  test.each(["jpeg", "png", "webp"] as const)("a %s picture", async (format) => {
    const sent = await sharp({ create: { width: 9, height: 9, channels: 3, background: "red" } })
      .toFormat(format)
      .toBuffer();
    expect(await formatOf(sent)).toEqual({ kind: "picture" });
  });

  test.each([
    ["PDF", text("%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF\n"), "application/pdf", "pdf"],
    ["Word", office(WORD, part("word/media/image1.png")), WORD, "docx"],
    ["Excel", office(EXCEL, part("xl/printerSettings/printerSettings1.bin")), EXCEL, "xlsx"],
  ])("a document: %s", async (_what, sent, type, extension) => {
    expect(await formatOf(sent)).toEqual({ kind: "document", type, extension });
  });
});

test.each([
  ["an old workbook", Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)])],
  [
    "an OpenDocument one",
    zip([{ name: "mimetype", content: "application/vnd.oasis.opendocument.spreadsheet" }]),
  ],
])("%s under another name is refused with how to save it anew", async (_what, sent) => {
  expect(await formatOf(sent)).toEqual({ refusal: expect.stringMatching(/另存为.*xlsx.*可以发：照片/) });
});

describe("refused with what may be sent instead", () => {
  const macro = "application/vnd.ms-word.document.macroEnabled";
  test.each([
    ["a script", text("alert(1)")],
    ["a shell script", text("#!/bin/sh\nrm -rf /\n")],
    ["a script of a web server", text("<?php system($_GET['c']); ?>")],
    ["a page", text("<!doctype html><script>alert(1)</script>")],
    ["a drawing that is a script", text(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`)],
    ["the same with a declaration", text(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>`)],
    ["a program of Windows", text("MZ\x90\0\x03\0\0\0")],
    ["a program of Linux", text("\x7fELF\x02\x01\x01")],
    ["an old Office file", Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)])],
    ["an archive", zip([part("photo.jpg")])],
    ["a 7z archive", text("7z\xbc\xaf\x27\x1c\0\x04")],
    ["a gzip archive", Buffer.from("1f8b0800000000000003", "hex")],
    ["a moving GIF", text("GIF89a\x01\0\x01\0\0\0\0;")],
    ["rich text", text("{\\rtf1\\ansi hello}")],
    ["PostScript", text("%!PS-Adobe-3.0\n")],
    ["a PDF behind something else", text("<script>1</script>\n%PDF-1.4\n")],
    ["a Word file made for macros", office(macro, part("word/vbaProject.bin"))],
    ["a Word file with macros", office(WORD, part("word/vbaProject.bin"))],
    ["a Word file with something embedded", office(WORD, part("word/embeddings/oleObject1.docx"))],
    ["a workbook with macros", office(EXCEL, part("xl/vbaProject.bin"))],
    ["a workbook that asks other files", office(EXCEL, part("xl/externalLinks/externalLink1.xml"))],
    ["a document whose directory lies", office(WORD).subarray(0, -30)],
  ])("%s", async (_what, sent) => {
    expect(await formatOf(sent)).toEqual({ refusal: expect.stringContaining("可以发：照片（JPG") });
  });

  test("an iPhone's own format, with where to change it", async () => {
    const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), text("ftypheic\0\0\0\0mif1heic")]);
    expect(await formatOf(heic)).toEqual({ refusal: expect.stringContaining("请在手机设置里改用JPEG") });
  });

  test("nothing at all, and more than is taken", async () => {
    expect(await formatOf(new Uint8Array())).toEqual({ refusal: "文件是空的，请重新发送。" });
    const large = Buffer.alloc(40 * 1024 * 1024);
    expect(await formatOf(large)).toEqual({ refusal: expect.stringMatching(/40 MB，超过15 MB/) });
    const justOver = await formatOf(Buffer.alloc(LARGEST_EVIDENCE + 1));
    expect(justOver).toEqual({ refusal: expect.stringContaining("超过15 MB") });
  });

  test("a document that would unfold to 64 MB, without unfolding it", async () => {
    const bomb = zip([{ name: "[Content_Types].xml", content: new Uint8Array(64 * 1024 * 1024) }]);
    const before = process.memoryUsage().rss;
    expect(await formatOf(bomb)).toEqual({ refusal: expect.stringContaining("不能接收") });
    expect(process.memoryUsage().rss - before).toBeLessThan(48_000_000);
  });
});

describe("a name", () => {
  test.each([
    ["现场.JPG", "现场.jpg"],
    ["../../etc/passwd", "passwd.jpg"],
    ["..\\..\\windows\\a.png", "a.jpg"],
    ["/abs/olute.png", "olute.jpg"],
    ["C:\\图\\1.png", "1.jpg"],
    ["C:1.png", "C_1.jpg"],
    ["．．／上级.png", "上级.jpg"],
    ["a\0b\u202Egpj.exe", "abgpj.jpg"],
    ["\u2066隐\u200B形\u2069.jpg", "隐形.jpg"],
    ["整改2020.06.12", "整改2020.06.12.jpg"],
    ["e\u0301.jpg", "é.jpg"],
    ["", "未命名.jpg"],
    [".jpg", "未命名.jpg"],
    ["...", "未命名.jpg"],
    ["a.pdf.exe", "a.pdf.jpg"],
    ["字".repeat(500), `${"字".repeat(196)}.jpg`],
  ])("%j becomes %j", (sent, kept) => {
    expect(cleanName(sent, "jpg")).toBe(kept);
  });

  test("whatever is sent: short, one line, no path, no sign that can't be seen", () => {
    const nasty = fc.constantFrom(
      "../",
      "..\\",
      "/",
      "\0",
      "C:",
      "．．／",
      "\u202E",
      "\u2028",
      "💨",
      "\uD800",
      "a",
    );
    const sent = fc.array(fc.oneof(nasty, anyText()), { maxLength: 60 });
    fc.assert(
      fc.property(sent, (parts) => {
        const name = cleanName(parts.join(""), "jpg");
        expect(name).toMatch(/^[^.\s/\\／＼<>:"|?*][^/\\／＼<>:"|?*]*\.jpg$/u);
        expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(Array.from(name).length).toBeLessThanOrEqual(200);
        expect(name.isWellFormed() && name === name.normalize("NFC")).toBe(true);
      }),
      { seed: 15, numRuns: process.env.TEST_FULL === "1" ? 5000 : 300 },
    );
  });
});
