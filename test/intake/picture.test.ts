import { crc32 } from "node:zlib";
import exif from "exifreader";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { type Picture, positionOf, redrawPicture } from "../../src/intake/picture.ts";
import { until } from "../support/until.ts";

/** Hai'an's government, as a camera writes it: degrees, minutes, seconds. */
const GPS = {
  GPSLatitudeRef: "N",
  GPSLatitude: "32/1 31/1 5916/100",
  GPSLongitudeRef: "E",
  GPSLongitude: "120/1 28/1 336/100",
};

async function photo({ width = 80, height = 60, color = "#884422" } = {}) {
  return sharp({ create: { width, height, channels: 3, background: color } })
    .jpeg()
    .toBuffer();
}

/** A photo as a phone sends it: lying on its side, with time, place, make and a caption inside. */
async function fromPhone(time = "2020:06:12 09:30:00", gps: Record<string, string> = GPS) {
  const upright = sharp(await photo({ width: 80, height: 60 }));
  const jpeg = await upright
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: "Telefon", Artist: "王五" },
      IFD2: { DateTimeOriginal: time },
      IFD3: gps,
    })
    .withXmp(
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>`,
    )
    .jpeg()
    .toBuffer();
  return withIptc(jpeg, "王五的现场");
}

/** Puts a caption of the press agencies' kind behind the start of a JPEG file. */
function withIptc(jpeg: Buffer, caption: string): Buffer {
  const text = Buffer.from(caption);
  const record = Buffer.concat([Buffer.from([0x1c, 2, 120, 0, text.length]), text]);
  const even = record.length % 2 === 0 ? record : Buffer.concat([record, Buffer.alloc(1)]);
  const block = Buffer.concat([
    Buffer.from("8BIM\x04\x04\0\0\0\0\0", "latin1"),
    Buffer.from([record.length]),
    even,
  ]);
  const body = Buffer.concat([Buffer.from("Photoshop 3.0\0", "latin1"), block]);
  const head = Buffer.from([0xff, 0xed, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

/** Lengthens the camera's words, which stand last in a WebP file. */
function padded(webp: Buffer, by: number): Buffer {
  const longer = Buffer.concat([webp, Buffer.alloc(by)]);
  const at = webp.lastIndexOf("EXIF");
  longer.writeUInt32LE(webp.readUInt32LE(at + 4) + by, at + 4);
  longer.writeUInt32LE(longer.length - 8, 4);
  return longer;
}

async function drawn(sent: Uint8Array): Promise<Picture> {
  const picture = await redrawPicture(sent);
  if ("refusal" in picture) throw new Error(picture.refusal);
  return picture;
}
const groupsOf = (bytes: Uint8Array) => Object.keys(exif.load(Buffer.from(bytes), { expanded: true }));
const colorAt = async (bytes: Uint8Array) => [
  ...(await sharp(bytes).extract({ left: 5, top: 5, width: 1, height: 1 }).raw().toBuffer()),
];

describe("a photo is drawn anew", () => {
  test("upright, with its time and place beside it and nothing of what the camera wrote left inside", async () => {
    const sent = await fromPhone();
    expect(groupsOf(sent)).toEqual(expect.arrayContaining(["exif", "gps", "xmp", "iptc"]));

    const picture = await drawn(sent);
    expect(picture).toMatchObject({ width: 60, height: 80, takenAt: "2020-06-12T09:30:00" });
    expect(picture.position?.latitude).toBeCloseTo(32.5331, 4);
    expect(picture.position?.longitude).toBeCloseTo(120.4676, 4);
    for (const group of ["exif", "gps", "xmp", "iptc", "icc", "makerNotes", "Thumbnail"])
      expect(groupsOf(picture.bytes)).not.toContain(group);
    expect(Buffer.from(picture.bytes).includes("王五")).toBe(false);
    expect(await sharp(picture.bytes).metadata()).toMatchObject({ format: "jpeg", width: 60, height: 80 });
  });

  test("to the same bytes every time, so that its hash can be shown again", async () => {
    const sent = await fromPhone();
    expect(Buffer.from((await drawn(sent)).bytes).equals((await drawn(sent)).bytes)).toBe(true);
  });

  test.each([
    [2800, 2100, 2560, 1920],
    [300, 5120, 150, 2560],
    [2560, 10, 2560, 10],
    [90, 60, 90, 60],
  ])("%i×%i becomes %i×%i", async (width, height, w, h) => {
    expect(await drawn(await photo({ width, height }))).toMatchObject({ width: w, height: h });
  });

  test("without whatever hides in a comment or behind its end", async () => {
    const jpeg = await photo();
    const comment = Buffer.from("\xff\xfe\x00\x1b<script>alert(1)</script>", "latin1");
    const sent = Buffer.concat([
      jpeg.subarray(0, 2),
      comment,
      jpeg.subarray(2),
      Buffer.from("<?php x(); ?>"),
    ]);
    const kept = Buffer.from((await drawn(sent)).bytes);
    expect([kept.includes("script"), kept.includes("php")]).toEqual([false, false]);
  });

  test("from PNG with a see-through ground, from WebP, and from four printing colours", async () => {
    const clear = sharp({ create: { width: 20, height: 20, channels: 4, background: "#00000000" } });
    expect(await colorAt((await drawn(await clear.png().toBuffer())).bytes)).toEqual([255, 255, 255]);
    expect(
      await drawn(
        await sharp(await photo())
          .webp()
          .toBuffer(),
      ),
    ).toMatchObject({ width: 80 });
    const printed = await sharp(await photo())
      .toColourspace("cmyk")
      .jpeg()
      .toBuffer();
    const copy = (await drawn(printed)).bytes;
    expect(await sharp(copy).metadata()).toMatchObject({ space: "srgb", channels: 3 });
  });

  test("its first frame only, when it moves", async () => {
    const frames = [await photo({ color: "#ff0000" }), await photo({ color: "#0000ff" })];
    const moving = await sharp(frames, { join: { animated: true } })
      .webp({ lossless: true })
      .toBuffer();
    const picture = await drawn(moving);
    expect(picture).toMatchObject({ width: 80, height: 60 });
    const [red = 0, , blue = 0] = await colorAt(picture.bytes);
    expect(red).toBeGreaterThan(200);
    expect(blue).toBeLessThan(50);
  });
});

describe("refused, in words", () => {
  test("a small file that says to unfold to a billion pixels, before it unfolds", async () => {
    const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } })
      .png()
      .toBuffer();
    png.writeUInt32BE(32_000, 16);
    png.writeUInt32BE(32_000, 20);
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
    const before = process.memoryUsage().rss;
    expect(await redrawPicture(png)).toEqual({ refusal: "照片的尺寸太大，请缩小后再发。" });
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  test("one that broke off on its way, and one that only begins like one", async () => {
    const whole = await photo({ width: 400, height: 400 });
    for (const bytes of [whole.subarray(0, whole.length / 2), Buffer.from("\xff\xd8\xff\xe0 no", "latin1")])
      expect(await redrawPicture(bytes)).toMatchObject({ refusal: expect.stringContaining("打不开") });
  });
});

test("an album is unfolded two pictures at a time, whoever sends them, and all of it is drawn", async () => {
  const sent = await Promise.all(
    Array.from({ length: 8 }, (_, n) => photo({ width: 2400, height: 1800, color: `#${n}${n}4422` })),
  );
  const bomb = await sharp({ create: { width: 8000, height: 7600, channels: 3, background: "red" } })
    .png()
    .toBuffer();
  const underWay = () => {
    const { queue, process } = sharp.counters();
    return queue + process;
  };
  // Files share a process: what another one has left under way is no picture of this album.
  await until(() => underWay() === 0);
  let most = 0;
  const count = () => {
    most = Math.max(most, underWay());
  };
  sharp.queue.on("change", count);
  try {
    const results = await Promise.all([...sent, bomb].map((bytes) => redrawPicture(bytes)));
    expect(results.map((result) => ("refusal" in result ? result.refusal : result.width))).toEqual([
      ...sent.map(() => 2400),
      "照片的尺寸太大，请缩小后再发。",
    ]);
    expect(most).toBe(2);
  } finally {
    sharp.queue.off("change", count);
  }
});

test("a camera's words are read in PNG and WebP too, unless there are more of them than any camera writes", async () => {
  const taken = { IFD2: { DateTimeOriginal: "2020:06:12 09:30:00" }, IFD3: GPS };
  const tagged = sharp(await photo()).withExif(taken);
  for (const bytes of [await tagged.clone().png().toBuffer(), await tagged.clone().webp().toBuffer()])
    expect(await drawn(bytes)).toMatchObject({
      takenAt: "2020-06-12T09:30:00",
      position: { latitude: expect.closeTo(32.5331, 4) },
    });
  const webp = await tagged.clone().webp().toBuffer();
  expect(await drawn(padded(webp, 70_000))).toMatchObject({ takenAt: null, position: null });
});

test("a camera's time and place are kept only where they can be", async () => {
  const never = await drawn(await fromPhone("0000:00:00 00:00:00", {}));
  expect(never).toMatchObject({ takenAt: null, position: null });
  expect((await drawn(await fromPhone("2020:02:30 09:30:00"))).takenAt).toBeNull();
  expect((await drawn(await fromPhone("gestern"))).takenAt).toBeNull();
  const beyond = { ...GPS, GPSLatitude: "99/1 0/1 0/1" };
  expect((await drawn(await fromPhone(undefined, beyond))).position).toBeNull();
  const south = { ...GPS, GPSLatitudeRef: "S", GPSLongitudeRef: "W" };
  expect((await drawn(await fromPhone(undefined, south))).position?.latitude).toBeCloseTo(-32.5331, 4);
});

test.each([
  [32.5, 120.4, true],
  [-90, 180, true],
  [90.01, 0, false],
  [0, -180.01, false],
  [0, 0, false],
  [Number.NaN, 120, false],
  [Number.POSITIVE_INFINITY, 120, false],
  ["32", 120, false],
])("%s, %s is a position: %s", (latitude, longitude, is) => {
  expect(positionOf(latitude, longitude)).toEqual(is ? { latitude, longitude } : null);
});
