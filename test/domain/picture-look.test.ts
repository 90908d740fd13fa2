import fc from "fast-check";
import sharp from "sharp";
import { expect, test } from "vitest";
import { metresBetween } from "../../src/domain/distance.ts";
import {
  differingBits,
  LOOK_SIDE,
  lookOf,
  MOST_DIFFERING_BITS,
  nearParts,
  type PictureLook,
} from "../../src/domain/picture-look.ts";
import { lookAt } from "../../src/intake/picture.ts";
import { aScene, handedOn } from "../support/scenes.ts";

const look = async (picture: Buffer) => (await lookAt(picture)) as PictureLook;
const SCENES = 24;

test("a picture handed on through other apps looks nearly the same", async () => {
  for (let seed = 1; seed <= SCENES; seed++) {
    const scene = await aScene(seed);
    const darker = await sharp(scene).modulate({ brightness: 0.8 }).jpeg({ quality: 50 }).toBuffer();
    const trimmed = await sharp(scene)
      .extract({ left: 2, top: 2, width: 316, height: 236 })
      .jpeg()
      .toBuffer();
    for (const copy of [await handedOn(scene), darker, trimmed])
      expect(differingBits(await look(scene), await look(copy)), `scene ${seed}`).toBeLessThanOrEqual(6);
  }
});

test("other pictures look otherwise", async () => {
  const looks = await Promise.all(Array.from({ length: SCENES }, async (_, i) => look(await aScene(i + 1))));
  const apart = looks.flatMap((one, i) => looks.slice(i + 1).map((other) => differingBits(one, other)));
  expect(Math.min(...apart)).toBeGreaterThan(MOST_DIFFERING_BITS);
});

test("a wall, the night and a closed lens look like nothing", async () => {
  for (const color of ["#000000", "#ffffff", "#884422"]) {
    const wall = await sharp({ create: { width: 320, height: 240, channels: 3, background: color } })
      .jpeg()
      .toBuffer();
    expect(await lookAt(wall)).toBeNull();
  }
  expect(lookOf(new Uint8Array(LOOK_SIDE ** 2).fill(120))).toBeNull();
});

const part = fc.integer({ min: 0, max: 0xffff });
const aLook = fc.tuple(part, part, part, part);

test("whatever differs in seven bits at most has a part within one bit", () => {
  fc.assert(
    fc.property(aLook, fc.uniqueArray(fc.integer({ min: 0, max: 63 }), { maxLength: 7 }), (one, flipped) => {
      const other = one.map((value, i) =>
        flipped.filter((bit) => bit >> 4 === i).reduce((bits, bit) => bits ^ (1 << (bit & 15)), value),
      ) as unknown as PictureLook;
      expect(differingBits(one, other)).toBe(flipped.length);
      expect(differingBits(other, one)).toBe(flipped.length);
      expect(one.some((value, i) => nearParts(value).includes(other[i] as number))).toBe(true);
    }),
    { seed: 20200615, numRuns: 500 },
  );
});

test("metres between two places", () => {
  const office = { latitude: 32.0, longitude: 120.0 };
  expect(metresBetween(office, office)).toBe(0);
  // A minute of latitude is a nautical mile.
  expect(metresBetween(office, { ...office, latitude: 32 + 1 / 60 })).toBeCloseTo(1853, -1);
  const east = { ...office, longitude: 120.01 };
  expect(metresBetween(office, east)).toBeCloseTo(943, -1);
  expect(metresBetween(east, office)).toBeCloseTo(metresBetween(office, east), 6);
});
