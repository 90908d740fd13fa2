import fc from "fast-check";
import { expect, test } from "vitest";
import { boxesText, readBoxes } from "../../src/domain/mask-boxes.ts";

const side = fc.integer({ min: 1, max: 1000 });
const box = fc
  .tuple(side, side, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([width, height, x, y]) => ({
    x: Math.floor((1000 - width) * x),
    y: Math.floor((1000 - height) * y),
    width,
    height,
  }));

test("whatever boxes are drawn, what is written of them reads as the same boxes", () => {
  fc.assert(
    fc.property(fc.array(box, { maxLength: 40 }), (boxes) => {
      expect(readBoxes(boxesText(boxes))).toEqual(boxes);
    }),
  );
});

test.each([
  ["", "左,上,宽,高"],
  ["左上角", "左,上,宽,高"],
  ["1,2,3", "左,上,宽,高"],
  ["900,0,200,10", "超出照片"],
  ["0,0,0,10", "超出照片"],
  [Array.from({ length: 41 }, () => "1,1,1,1").join(";"), "最多遮挡40处"],
])("%s is refused, and says how it is meant", (text, says) => {
  expect(readBoxes(text)).toMatchObject({ refusal: expect.stringContaining(says) });
});

test("typed with Chinese signs and blanks they are read, too", () => {
  expect(readBoxes("１００，２００，３０，４０；500、600、70、80")).toEqual([
    { x: 100, y: 200, width: 30, height: 40 },
    { x: 500, y: 600, width: 70, height: 80 },
  ]);
});
