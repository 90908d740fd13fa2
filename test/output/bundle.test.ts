import { createHash } from "node:crypto";
import { strFromU8, strToU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { bundle } from "../../src/output/bundle.ts";
import { fileNames } from "../../src/output/file-names.ts";

const AT = Date.UTC(2020, 5, 15, 0, 30);
const ZONE = "Asia/Shanghai";
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

test("every file comes back, and the list tells its hash and size", async () => {
  const files = [
    { name: "移送〔2020〕1号移送函.docx", bytes: strToU8("函") },
    { name: "现场.jpg", bytes: new Uint8Array(70_000).fill(7) },
    { name: "空.txt", bytes: new Uint8Array() },
  ];
  const back = unzipSync(await bundle(files, { at: AT, zone: ZONE, marks: [] }));
  for (const { name, bytes } of files) expect(back[name]).toEqual(bytes);
  const list = strFromU8(back["清单.txt"] as Uint8Array);
  expect(list.split("\r\n").slice(1, -1)).toEqual(
    files.map(({ name, bytes }) => `${sha256(bytes)}  ${bytes.byteLength}  ${name}`),
  );
});

test("the same files at the same moment give the same bytes; the times inside are the office's", async () => {
  const files = [{ name: "函.txt", bytes: strToU8("函") }];
  const zip = await bundle(files, { at: AT, zone: ZONE, marks: [] });
  expect(await bundle(files, { at: AT, zone: ZONE, marks: [] })).toEqual(zip);
  // DOS time and date of the first local header: 15 June 2020, 08:30.
  const header = new DataView(zip.buffer, zip.byteOffset);
  expect(header.getUint16(10, true)).toBe((8 << 11) | (30 << 5));
  expect(header.getUint16(12, true)).toBe((40 << 9) | (6 << 5) | 15);
});

test("a moment before clocks of archives begin is put down as their beginning", async () => {
  const zip = await bundle([], { at: 0, zone: ZONE, marks: [] });
  expect(Object.keys(unzipSync(zip))).toEqual(["清单.txt"]);
});

test("files of one name, or of the list's, stay apart", async () => {
  const bytes = [1, 2, 3, 4].map((n) => Uint8Array.of(n));
  const [a, b, c, d] = bytes as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const files = [
    { name: "现场.jpg", bytes: a },
    { name: "现场.jpg", bytes: b },
    { name: "清单.txt", bytes: c },
    { name: "__proto__", bytes: d },
  ];
  const back = unzipSync(await bundle(files, { at: AT, zone: ZONE, marks: [] }));
  expect(back["现场.jpg"]).toEqual(a);
  expect(back["现场（2）.jpg"]).toEqual(b);
  expect(back["清单（2）.txt"]).toEqual(c);
  expect(back.___proto__).toEqual(d);
  expect(Object.keys(back)).toHaveLength(5);
});

describe("names", () => {
  test.each([
    ["../../etc/passwd", "_.._etc_passwd"],
    ["C:\\temp\\a.jpg", "C__temp_a.jpg"],
    ["..", "未命名"],
    ["", "未命名"],
    [".jpg", "jpg"],
    ["a\u0000b\n.jpg", "ab.jpg"],
    ["现场\u202Egpj.exe", "现场gpj.exe"],
    ["零\u200B宽.png", "零宽.png"],
    ["坏\uD800.png", "坏.png"],
    ["CON.txt", "_CON.txt"],
    ["..nul", "_nul"],
    ["结尾. ", "结尾"],
    ["a？b*c|d.txt", "a？b_c_d.txt"],
  ])("%j lies as %j", (wanted, name) => {
    expect(fileNames([wanted])).toEqual([name]);
  });

  test("names that differ in case only, or in what was taken out, stay apart", () => {
    expect(fileNames(["A.JPG", "a.jpg", "a\u200B.jpg", "a（2）.jpg"])).toEqual([
      "A.JPG",
      "a（2）.jpg",
      "a（3）.jpg",
      "a（2）（2）.jpg",
    ]);
  });

  test("a long name keeps its extension and whole signs", () => {
    const [name = ""] = fileNames([`${"裸".repeat(300)}.jpg`]);
    expect(name).toMatch(/^裸+\.jpg$/);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
    expect(fileNames(["😀".repeat(100)])[0]).toMatch(/^(😀)+$/u);
  });
});
