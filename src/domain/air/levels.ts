/** The short names of the six classes, as counted in tables. */
export type LevelName = "优" | "良" | "轻度" | "中度" | "重度" | "严重";

/** One AQI class: index range (`to` is inclusive; the last has none), names, colour and the standard's words to the public, shortened. */
export type Level = {
  readonly name: LevelName;
  readonly ordinal: "一级" | "二级" | "三级" | "四级" | "五级" | "六级";
  readonly class: string;
  readonly from: number;
  readonly to: number | null;
  readonly colour: string;
  readonly hex: string;
  readonly effect: string;
  readonly advice: string;
};

/** The six classes, best first. Colour is never shown without the class. Source: HJ 633-2012 tables 2 and A.1. */
export const LEVELS: readonly [Level, Level, Level, Level, Level, Level] = [
  {
    name: "优",
    ordinal: "一级",
    class: "优",
    from: 0,
    to: 50,
    colour: "绿",
    hex: "#00E400",
    effect: "空气质量令人满意，基本无空气污染",
    advice: "各类人群可正常活动",
  },
  {
    name: "良",
    ordinal: "二级",
    class: "良",
    from: 51,
    to: 100,
    colour: "黄",
    hex: "#FFFF00",
    effect: "空气质量可接受，某些污染物可能对极少数异常敏感人群健康有较弱影响",
    advice: "极少数异常敏感人群应减少户外活动",
  },
  {
    name: "轻度",
    ordinal: "三级",
    class: "轻度污染",
    from: 101,
    to: 150,
    colour: "橙",
    hex: "#FF7E00",
    effect: "易感人群症状轻度加剧，健康人群出现刺激症状",
    advice: "儿童、老年人及心脏病、呼吸系统疾病患者减少长时间、高强度户外锻炼",
  },
  {
    name: "中度",
    ordinal: "四级",
    class: "中度污染",
    from: 151,
    to: 200,
    colour: "红",
    hex: "#FF0000",
    effect: "易感人群症状进一步加剧，可能影响健康人群心脏、呼吸系统",
    advice: "儿童、老年人及心脏病、呼吸系统疾病患者避免长时间、高强度户外锻炼，一般人群适量减少户外运动",
  },
  {
    name: "重度",
    ordinal: "五级",
    class: "重度污染",
    from: 201,
    to: 300,
    colour: "紫",
    hex: "#99004C",
    effect: "心脏病和肺病患者症状显著加剧，健康人群普遍出现症状",
    advice: "儿童、老年人和心脏病、肺病患者停留室内、停止户外运动，一般人群减少户外运动",
  },
  {
    name: "严重",
    ordinal: "六级",
    class: "严重污染",
    from: 301,
    to: null,
    colour: "褐红",
    hex: "#7E0023",
    effect: "健康人群运动耐受力降低，有明显强烈症状",
    advice: "儿童、老年人和病人留在室内、避免体力消耗，一般人群避免户外活动",
  },
];

/** The class of an AQI, an integer from 0. Throws on anything else. Source: HJ 633-2012 table 2. */
export function levelOf(aqi: number): Level {
  const level = Number.isInteger(aqi) && aqi >= 0 ? LEVELS[levelIndex(aqi)] : undefined;
  if (level === undefined) throw new RangeError(`not an AQI: ${aqi}`);
  return level;
}

/** Place of an AQI's class in {@link LEVELS}, 0 (优) to 5 (严重); for loops that count thousands of days. */
export function levelIndex(aqi: number): number {
  if (aqi <= 100) return aqi <= 50 ? 0 : 1;
  if (aqi <= 200) return aqi <= 150 ? 2 : 3;
  return aqi <= 300 ? 4 : 5;
}
