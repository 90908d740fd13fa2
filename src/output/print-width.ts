import type { TextMeasure } from "./canvas.ts";

/**
 * How wide a text is in print, without a font to ask: a Chinese sign is as wide as it is high, a figure and a small letter a
 * little more than half of that. Rather too much than too little: what is counted to fit does.
 */
export const printWidth: TextMeasure = (text, { size = 1 } = {}) => {
  let signs = 0;
  for (const sign of text)
    signs +=
      sign === "\u200b" || sign === "\u2060"
        ? 0
        : sign > "\u2e7f" || WIDE.test(sign)
          ? 1
          : /[A-Z@%#&mwMW]/.test(sign)
            ? 0.8
            : 0.58;
  return signs * size;
};

/** Signs of Chinese print below the CJK block: dashes, quotation marks, numbers in circles. */
const WIDE = /[“”‘’…—·①-⑳×→]/;
