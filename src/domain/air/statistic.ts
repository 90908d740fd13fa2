/** What a figure may be a statistic of, and how an answer calls it. */
export const STATISTICS = {
  mda8: "日最大8小时平均",
  day: "日均（24小时平均）",
  hour: "1小时平均",
  month: "月均",
  year: "年均",
  other: "周、旬、季或累计平均",
  percentile: "百分位数",
  index: "分指数",
} as const;
export type Statistic = keyof typeof STATISTICS;
