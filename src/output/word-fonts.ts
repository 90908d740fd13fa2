import type { Face } from "./set-line.ts";

const font = (eastAsia: string, west = "Times New Roman") => ({ ascii: west, hAnsi: west, eastAsia });

/** Fonts of the standard, by what they print. */
export const FONTS = {
  title: font("方正小标宋简体"),
  heading: font("黑体"),
  subheading: font("楷体_GB2312"),
  text: font("仿宋_GB2312"),
  strong: font("仿宋_GB2312"),
  table: font("宋体"),
  code: font("宋体", "Courier New"),
} as const satisfies Record<Face | "code", ReturnType<typeof font>>;

/** What may stand for a font where a machine lacks it, the most like it first (OOXML 17.8.3.1, altName). */
const INSTEAD = {
  方正小标宋简体: "方正小标宋_GBK,小标宋,华文中宋,宋体,Noto Serif CJK SC,Source Han Serif SC",
  仿宋_GB2312: "仿宋,FangSong,华文仿宋,方正仿宋_GBK,宋体,Noto Serif CJK SC",
  楷体_GB2312: "楷体,KaiTi,华文楷体,方正楷体_GBK,宋体,Noto Serif CJK SC",
  黑体: "SimHei,华文黑体,方正黑体_GBK,微软雅黑,Noto Sans CJK SC,Source Han Sans SC",
  宋体: "SimSun,华文宋体,方正书宋_GBK,Noto Serif CJK SC,Source Han Serif SC",
} as const;

const NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/** The part of a Word file that names its fonts; charset 86 is GB 2312. */
export const FONT_TABLE = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts xmlns:w="${NAMESPACE}">${Object.entries(INSTEAD)
  .map(
    ([name, others]) =>
      `<w:font w:name="${name}"><w:altName w:val="${others}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>`,
  )
  .join("")}</w:fonts>`;
