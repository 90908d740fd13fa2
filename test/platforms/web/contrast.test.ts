import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

// WCAG 2.2, success criterion 1.4.3: text stands out from its ground by 4.5 to 1.

const css = readFileSync(new URL("../../../src/platforms/web/page/console.css", import.meta.url), "utf8");
const [light = "", dark = ""] = css.split("prefers-color-scheme: dark");
const coloursOf = (text: string) =>
  new Map([...text.matchAll(/--([\w-]+): #([\da-f]{6});/g)].map(([, name = "", hex = ""]) => [name, hex]));

/** Every colour that words have, with each ground that they stand on. */
const pairs: [words: string, grounds: string[]][] = [
  ["ink", ["ground", "surface", "sunken", "push", "accent-soft"]],
  ["ink-soft", ["ground", "surface", "sunken"]],
  ["muted", ["ground", "surface", "sunken"]],
  ["accent", ["ground", "surface", "sunken", "accent-soft"]],
  ["accent-strong", ["accent-soft", "surface"]],
  ["on-accent", ["accent", "accent-strong"]],
  ["good", ["surface", "accent-soft"]],
  ["notice", ["surface", "push", "ground", "accent-soft"]],
  ["bad", ["surface", "ground", "accent-soft"]],
];

describe.each([
  ["by day", coloursOf(light.split("@media")[0] ?? "")],
  ["by night", coloursOf(dark.split("}")[0] ?? "")],
])("%s", (_, colours) => {
  test.each(pairs)("%s is read on each of its grounds", (words, grounds) => {
    for (const ground of grounds)
      expect(contrast(colours.get(words), colours.get(ground)), ground).toBeGreaterThanOrEqual(4.5);
  });
});

function contrast(one = "", other = ""): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Relative luminance of sRGB, 0 to 1. */
function luminance(hex: string): number {
  const [r = Number.NaN, g = Number.NaN, b = Number.NaN] = [0, 2, 4].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
