import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { refuse } from "../../src/chat/refusal.ts";
import { receive } from "../../src/delivery/inbound.ts";
import { takePosition } from "../../src/incoming/received-file.ts";
import { anyText } from "../support/any-text.ts";
import { aPdf, aPhoto, changePerson, lyingBeside, sendingTo } from "../support/evidence.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const NO = "NT-2020-000006";
const WHO = "海安联络员";

let office: AnOffice;
let sends: ReturnType<typeof sendingTo>;
beforeEach(async () => {
  office = await anOffice();
  sends = sendingTo(office);
});
afterEach(() => office.close());

const kept = async (no = NO) => {
  const issue = await office.bot.store.read((r) => r.issues.byNo(no));
  return office.bot.store.read((r) => r.evidence.of(issue?.id ?? 0));
};
const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const never = () => Promise.reject(new Error("it was fetched"));

describe("nothing is even fetched", () => {
  test("for a stranger", async () => {
    expect(await sends(null, `${NO} 整改前`, { download: never })).toMatchObject({ code: "not-linked" });
  });

  test("for a city leader, whose files nothing takes, and that is written down", async () => {
    for (const name of ["现场.jpg", "台账.xlsx"])
      expect(await sends("市领导", `${NO} 整改前`, { name, download: never })).toMatchObject({
        code: "forbidden",
        message: expect.stringMatching(/^市领导不能发送文件，须由市办、督查、/),
      });
    const [last] = await office.bot.store.read((r) => r.audit.latest(1));
    expect(last).toMatchObject({ act: "evidence.add", actor: "市领导", outcome: "denied" });
  });

  test.each([
    ["台账.xls", /^\.xls是旧版Excel文件/],
    ["台账.ET", /^\.et是WPS表格文件/],
    ["台账.xlsm", /^\.xlsm可能含有宏/],
    ["台账.xlsb", /^\.xlsb可能含有宏/],
    ["台账.ods", /^\.ods是OpenDocument表格/],
    ["台账.numbers", /^\.numbers是苹果/],
  ])(
    "of %s, by whoever it is sent and as whatever, and its sender is told how to save it anew",
    async (name, reason) => {
      for (const [who, caption] of [
        ["市办", undefined],
        ["督查", undefined],
        [WHO, `${NO} 整改方案`],
      ] as const) {
        const { code, message } = await sends(who, caption, { name, download: never });
        expect(code).toBe("import-rejected");
        expect(message).toMatch(reason);
        expect(message).toMatch(/另存为”，文件类型选“Excel工作簿（\*\.xlsx）”，再发一次。$/);
      }
    },
  );

  test("of a picture of 40 MB, and its sender is told the limit", async () => {
    const answer = await sends(WHO, `${NO} 整改前`, { size: 40 * 1024 * 1024, download: never });
    expect(answer).toMatchObject({ code: "usage", message: expect.stringMatching(/40 MB，超过15 MB/) });
  });
});

test("a table as text is a table, as a spreadsheet saves it", async () => {
  const bytes = Buffer.from("县区\t问题描述\n海安\t西郊家园裸土未覆盖\n");
  for (const name of ["台账.txt", "台账.TSV"])
    expect(await sends("市办", undefined, { name, bytes })).toMatchObject({ title: `已导入：${name}` });
});

describe("nothing is kept", () => {
  afterEach(() => expect(lyingBeside(office.file)).toEqual([]));

  test.each([
    ["a picture that is larger than was said", { size: 10, bytes: Buffer.alloc(16 * 1024 * 1024, 1) }],
    ["a picture that is a script", { bytes: Buffer.from("<script>alert(1)</script>") }],
    ["a picture that is a drawing with a script", { bytes: Buffer.from(`<svg onload="alert(1)"/>`) }],
    ["half a picture", { bytes: Buffer.from("ffd8ffe000104a46494600010101", "hex") }],
    ["what the platform doesn't give", { download: async () => refuse("usage", "读不到这个文件。") }],
  ])("of %s", async (_what, sending) => {
    const answer = await sends(WHO, `${NO} 整改前`, sending);
    expect(answer).toMatchObject({ code: "usage", message: expect.stringMatching(/文件|照片/) });
    expect(await kept()).toEqual([]);
  });

  test("of what broke off: it is tried once more", async () => {
    await expect(sends(WHO, `${NO} 整改前`, { download: never })).rejects.toThrow("it was fetched");
    expect(await kept()).toEqual([]);
  });

  test("of somebody who was deactivated while it came", async () => {
    const download = async () => {
      changePerson(office, WHO, "active = 0");
      return aPhoto(1);
    };
    expect(await sends(WHO, `${NO} 整改前`, { download })).toMatchObject({ code: "forbidden" });
    expect(await kept()).toEqual([]);
  });

  test.each([
    ["for an issue that isn't there", WHO, "NT-2020-000999 前", "unknown-issue"],
    ["for an issue of another county", "如东联络员", `${NO} 整改前`, "forbidden"],
    ["by somebody who has nothing to do", "海安点位长", `${NO} 整改前`, "forbidden"],
  ])("of a good photo %s", async (_what, who, caption, code) => {
    expect(await sends(who, caption)).toMatchObject({ code });
  });

  test("of a good photo whose sender reads that it wasn't kept", async () => {
    const answer = await sends("如东联络员");
    expect(answer).toMatchObject({ code: "usage", message: expect.stringContaining("文件没有保存") });
  });

  test("of what could not be written down", async () => {
    const download = async () => {
      office.bot.store.close();
      return aPhoto(1);
    };
    await expect(sends(WHO, `${NO} 整改前`, { download })).rejects.toThrow("not open");
  });
});

test("what one is refused another may have kept: of the same content only the row counts, whoever comes first", async () => {
  const bytes = aPdf(7);
  const sendAll = () =>
    Promise.all(
      ["如东联络员", WHO, "如东联络员", "交通联络员"].map((who) =>
        sends(who, NO, { bytes, name: "方案.pdf" }),
      ),
    );
  for (let time = 0; time < 5; time++) {
    const codes = (await sendAll()).map(({ code }) => code);
    expect(codes).toEqual(["forbidden", null, "forbidden", "forbidden"]);
    expect(await office.bot.vault.read(hash(bytes))).toEqual(bytes);
  }
  expect(lyingBeside(office.file)).toEqual([hash(bytes)]);
});

describe("what is kept", () => {
  test("of a photo: its copy without the camera's words, its time and place, and the hash of what was sent", async () => {
    const bytes = await sharp(await aPhoto(3))
      .withExif({
        IFD0: { Make: "Telefon" },
        IFD2: { DateTimeOriginal: "2020:06:12 09:30:00" },
        IFD3: {
          GPSLatitudeRef: "N",
          GPSLatitude: "32/1 30/1 0/1",
          GPSLongitudeRef: "E",
          GPSLongitude: "120/1 15/1 0/1",
        },
      })
      .jpeg()
      .toBuffer();
    await sends(WHO, `${NO} 整改前`, { bytes });
    const [evidence] = await kept();
    const copy = await office.bot.vault.read(evidence?.sha256 ?? "");
    expect(evidence).toMatchObject({
      type: "image/jpeg",
      sentSha256: hash(bytes),
      sha256: hash(copy),
      bytes: copy.length,
      width: 32,
      height: 24,
      takenAt: "2020-06-12T09:30:00",
      latitude: 32.5,
      longitude: 120.25,
      caption: `${NO} 整改前`,
    });
    expect(copy.includes("Telefon")).toBe(false);
    const { facts } = await office.says("市办", `照片 ${NO}`);
    expect(facts.evidence).toMatchObject([{ takenAt: "2020-06-12T09:30:00", latitude: 32.5 }]);
  });

  test("of a document: the very bytes", async () => {
    await sends(WHO, NO, { bytes: aPdf(), name: "方案.pdf" });
    const [evidence] = await kept();
    expect(evidence).toMatchObject({ kind: "document", sha256: hash(aPdf()), sentSha256: hash(aPdf()) });
  });

  test("lies inside the vault's folder under its hash, whatever name was sent", async () => {
    const vault = `${office.file.replace(/\.db$/, "")}-files`;
    const around = () => readdirSync(dirname(office.file)).filter((name) => !name.startsWith("lantian."));
    const nasty = fc.constantFrom(
      ...["../", "..\\", "/tmp/", "\0", "C:\\", "．．／", "\u202E", "~", "%2e%2e%2f", "con", "a.pdf"],
    );
    let n = 0;
    await sends(WHO, NO, { bytes: aPdf(n) });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(nasty, anyText()), { maxLength: 40 }), async (parts) => {
        const name = parts.join("");
        const before = [existsSync(name), existsSync(join(vault, name))];
        expect(await sends(WHO, NO, { bytes: aPdf(++n), name })).toMatchObject({ code: null });
        expect([existsSync(name), existsSync(join(vault, name))]).toEqual(before);
      }),
      { seed: 15, numRuns: process.env.TEST_FULL === "1" ? 300 : 25 },
    );
    expect(around()).toEqual(["lantian-files"]);
    const files = readdirSync(vault, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.map((f) => f.name).toSorted()).toEqual(
      [...new Set((await kept()).map((e) => e.sha256))].toSorted(),
    );
    for (const { name } of await kept())
      expect(name).toMatch(/^[^\p{Cc}\p{Cf}/\\／＼:.][^\p{Cc}\p{Cf}/\\／＼:]*\.pdf$/u);
  });
});

describe("a message that comes again", () => {
  const inboundOf = async (id: string) =>
    (await receive(office.bot, { platform: "slack", externalId: id, payload: {} }))?.id ?? 0;

  test("brings nothing: no second row, no second draft", async () => {
    const inbound = await inboundOf("1");
    const bytes = await aPhoto(5);
    await sends(WHO, `${NO} 整改前`, { inbound, bytes });
    expect(await sends(WHO, `${NO} 整改前`, { inbound, bytes })).toMatchObject({ code: "already-done" });
    expect(await kept()).toHaveLength(1);

    const other = await inboundOf("2");
    await sends("督查", "海安裸土", { inbound: other, bytes });
    expect(await sends("督查", "海安裸土", { inbound: other, bytes })).toMatchObject({
      code: "already-done",
    });
    expect((await office.says("市办", "NT-2020-000008")).code).toBe("unknown-issue");
  });

  test("with several files brings each once: what was missing at the first time comes at the second", async () => {
    const inbound = await inboundOf("1");
    const [one, two] = [await aPhoto(5), await aPhoto(6)];
    await sends(WHO, `${NO} 整改前`, { inbound, bytes: one, album: "m" });
    await sends(WHO, `${NO} 整改前`, { inbound, bytes: one, album: "m" });
    expect((await sends(WHO, undefined, { inbound, bytes: two, album: "m" })).code).toBeNull();
    expect((await kept()).map((e) => e.sentSha256)).toEqual([hash(one), hash(two)]);
  });
});

describe("a table", () => {
  const LEDGER = "来源,县区,问题描述,整改时限\n部门督查,如东,堆场未苫盖,2020-07-15\n";
  test.each(["市办", "督查"])("of %s goes the import's way", async (who) => {
    const answer = await sends(who, undefined, { bytes: Buffer.from(LEDGER), name: "台账.csv" });
    expect(answer.title).toBe("已导入：台账.csv");
  });

  test("of a unit is none; with a number it is evidence even from the office", async () => {
    const answer = await sends(WHO, undefined, { bytes: Buffer.from(LEDGER), name: "台账.csv" });
    expect(answer).toMatchObject({ code: "forbidden", message: expect.stringContaining("不能导入问题台账") });
    const numbered = await sends("市办", NO, { bytes: aPdf(), name: "其实是.xlsx" });
    expect(numbered.code).toBeNull();
    expect((await kept()).map((e) => e.name)).toEqual(["其实是.pdf"]);
  });
});

describe("a position", () => {
  const there = { latitude: 32.5331, longitude: 120.4676 };
  const locates = async (who: string, position = there) => {
    const identity = { platform: "terminal", workspace: "", userKey: who } as const;
    const person = await office.bot.store.read((r) => r.people.byName(who));
    return takePosition(office.bot, { identity, person }, position);
  };

  test("belongs to the newest photo of the same person, placed or not, for ten minutes", async () => {
    expect(await locates(WHO)).toMatchObject({
      code: "usage",
      message: expect.stringContaining("请先发照片"),
    });
    await sends(WHO, `${NO} 整改前`);
    await sends(WHO, `${NO} 整改后`);
    expect(await locates("海安领导")).toMatchObject({ code: "usage" });
    await office.advanceTo("2020-06-15T08:40");
    expect(await locates(WHO)).toMatchObject({ title: "已记下位置：现场.jpg" });
    expect((await kept()).map(({ latitude, longitude }) => [latitude, longitude])).toEqual([
      [null, null],
      [there.latitude, there.longitude],
    ]);
    await sends(WHO, `${NO} 整改后`);
    await office.advanceTo("2020-06-15T08:51");
    expect(await locates(WHO)).toMatchObject({ code: "usage" });
  });

  test("counts for a whole album, and never replaces what is known already", async () => {
    for (const caption of [`${NO} 整改前`, undefined]) await sends(WHO, caption, { album: "a" });
    expect(await locates(WHO)).toMatchObject({ title: "已记下位置：现场.jpg等2张" });
    const elsewhere = { latitude: 31, longitude: 121 };
    expect(await locates(WHO, elsewhere)).toMatchObject({ code: "already-done" });
    expect((await kept()).map((e) => e.latitude)).toEqual([there.latitude, there.latitude]);
  });

  test.each([
    [91, 120],
    [0, 0],
    [Number.NaN, 1],
  ])("of %s, %s is none", async (latitude, longitude) => {
    await sends(WHO, `${NO} 整改前`);
    expect(await locates(WHO, { latitude, longitude })).toMatchObject({ code: "usage" });
  });
});

describe("a table by its name", () => {
  const rows =
    "日期\t县区\tPM2.5\tPM10\tSO2\tNO2\tCO\tO3_8h\r\n2020-06-14\t海安\t31\t55\t8\t20\t0.7\t120\r\n";
  test.each(["日报.txt", "日报.tsv"])("as a spreadsheet's own text, %s, is imported", async (name) => {
    const bytes = Buffer.from(`\ufeff${rows}`, "utf16le");
    expect(await sends("市办", "", { name, bytes })).toMatchObject({ title: `已导入：${name}` });
  });

  test.each(["台账.xls", "台账.et"])(
    "in a format that isn't read, %s, is told how to save it, and not fetched",
    async (name) => {
      expect(await sends("市办", "", { name, download: never })).toMatchObject({
        code: "import-rejected",
        message: expect.stringContaining("另存为"),
      });
    },
  );
});
