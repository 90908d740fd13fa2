let segmenter: Intl.Segmenter | null = null;

/** The signs of a text as its readers see them, whatever they are made of. What tells them is dear to make, and few texts need it. */
export function* graphemesOf(text: string): Generator<string> {
  segmenter ??= new Intl.Segmenter("zh-CN", { granularity: "grapheme" });
  for (const { segment } of segmenter.segment(text)) yield segment;
}
