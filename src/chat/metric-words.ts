/** What figures of the air are called, and which they are: PM25, 臭氧, 优良率. */
export const METRIC_WORDS = {
  "PM2.5": "PM2.5",
  PM10: "PM10",
  臭氧: "O3_8h",
  二氧化氮: "NO2",
  二氧化硫: "SO2",
  一氧化碳: "CO",
  AQI: "AQI",
  优良率: "attainment",
  综合指数: "composite",
} as const;
export type MetricWord = (typeof METRIC_WORDS)[keyof typeof METRIC_WORDS];

/** How else they are written. */
export const METRIC_SAYINGS: Readonly<Record<string, MetricWord>> = {
  PM25: "PM2.5",
  "PM 2.5": "PM2.5",
  "PM2.5浓度": "PM2.5",
  "PM2.5均值": "PM2.5",
  "PM2.5平均浓度": "PM2.5",
  细颗粒物: "PM2.5",
  细颗粒: "PM2.5",
  PM10浓度: "PM10",
  "PM 10": "PM10",
  可吸入颗粒物: "PM10",
  O3: "O3_8h",
  O3_8h: "O3_8h",
  "O3-8h": "O3_8h",
  臭氧浓度: "O3_8h",
  臭氧8小时: "O3_8h",
  NO2: "NO2",
  二氧化氮浓度: "NO2",
  SO2: "SO2",
  CO: "CO",
  空气质量指数: "AQI",
  优良天数: "attainment",
  优良天数比率: "attainment",
  优良天: "attainment",
  优良天数比例: "attainment",
  优良比例: "attainment",
  优良: "attainment",
  达标率: "attainment",
  达标天数: "attainment",
  综合: "composite",
};

/** What people say of an area's figures without naming one. */
export const FIGURE_HINTS =
  "目标 年度目标 目标任务 今年目标 能完成 能完成吗 完成 差多少 差距 剩下 剩余 还剩 还剩多少 剩多少 剩几天 余量 空间 每天 不能超过 还能超标 超标 达标 能达标 为什么 原因 上升 上升了 下降 下降了 变差 变差了 变好 反弹了 天数 同比 环比 排第几 排名第几 第几 全市排第几 完成情况".split(
    " ",
  );
