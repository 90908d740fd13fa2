/** What a description of a problem speaks of, whichever of its words it uses. */
export type Concept = {
  name: string;
  /** It ought to be there or be done: “未” before it is the problem, and without “未” there is none. */
  duty: boolean;
  words: readonly string[];
};

const harm = (words: string): Concept => concept(words, false);
const duty = (words: string): Concept => concept(words, true);

/**
 * Words that inspectors use for one and the same thing, from the kinds of problems that the plan names: dust from building
 * sites, roads and yards, industry, solvents, kitchens, machines, burning. The first word names the concept.
 */
export const CONCEPTS: readonly Concept[] = [
  harm("裸土 裸露土方 裸露黄土 裸露地面 裸露土地 黄土裸露 土方裸露 裸露"),
  harm("扬尘 积尘 灰尘 粉尘 尘土 浮尘 起尘"),
  harm("抛洒 抛洒滴漏 撒漏 遗撒 滴漏 漏撒 洒落 撒落"),
  harm("渣土车 渣土运输车 土方车 运输车辆 工程车"),
  harm("带泥上路 带泥"),
  harm("路面 道路"),
  harm("堆放 露天堆放 物料堆场 堆场 料堆 物料 砂石"),
  harm("垃圾 生活垃圾 建筑垃圾 杂物"),
  harm("焚烧 露天焚烧 燃烧"),
  harm("秸秆 麦秆 稻草"),
  harm("烧烤 露天烧烤"),
  harm("油烟 餐饮油烟"),
  harm("废气 挥发性有机物 有机废气 工业废气 VOCs VOC"),
  harm("异味 臭味 臭气 气味 恶臭 刺鼻"),
  harm("直排 无组织排放 直接排放 偷排 外排 排放"),
  harm("超标"),
  harm("黑烟 冒黑烟"),
  harm("喷漆 喷涂 涂装 刷漆"),
  harm("敞开 敞开作业 露天作业"),
  harm("夜间施工"),
  harm("车辆 车轮"),
  duty("覆盖 苫盖 遮盖 覆网 防尘网 绿网 盖网"),
  duty("冲洗 洗车 冲洗平台 冲洗设施"),
  duty("清洗"),
  duty("喷淋 雾炮 洒水 喷雾 抑尘"),
  duty("围挡 围墙 打围"),
  duty("密闭 封闭"),
  duty("净化设施 净化器 净化装置 治污设施 处理设施 治理设施"),
  duty("开启 运行 运转 使用 打开 启用"),
  duty("安装 设置 配备 加装"),
  duty("硬化"),
  duty("清扫 保洁 打扫 清理"),
  duty("收集"),
  duty("油气回收 油气"),
  duty("环评 审批 备案"),
];

/** Words that say neither where it is nor what is wrong. Longer ones first. */
export const EMPTY_WORDS: readonly string[] = (
  "施工现场 建筑工地 有限公司 出入口 进出口 施工 工地 项目 现场 部分 大量 大面积 多处 严重 存在 发现 检查 巡查 现象 " +
  "问题 情况 附近 周边 公司 企业 沿途 沿路 及时 按要求 按规定 设施 设备 装置 内 等 的 有 及 和 与 并 且 已 被 时 处 未"
)
  .split(" ")
  .toSorted((a, b) => b.length - a.length);

function concept(words: string, duty: boolean): Concept {
  const all = words.split(" ");
  return { name: all[0] ?? words, duty, words: all };
}
