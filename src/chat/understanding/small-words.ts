/** Words that carry nothing of their own, by what they may be left out of. Separated by blanks. */
const list = (words: string): readonly string[] => words.trim().split(/\s+/);

/** Said out of politeness, in questions and orders alike. */
export const COURTESIES = list(`
  请 请问 麻烦 麻烦您 麻烦你 劳驾 谢谢 多谢 谢了 感谢 辛苦 辛苦了 辛苦啦 辛苦您 谢谢你 谢谢您 谢谢啦 好滴 好嘞 行 可以 没事 是的 对 哈喽 哈罗 晚安 厉害 真棒 赞 您好 你好 大家好 早上好 上午好 下午好 晚上好 早 收到 好的 好 嗯 嗯嗯 哦
  在吗 在不在 有人吗 ok 拜托 小蓝 蓝天 同志 老师 领导好 各位 明白 了解 知道了 没问题 再见 打扰 打扰了 不好意思 hi hello`);

/** Of these, what is a courtesy only where it stands alone: 好 is none in 已销好. */
export const ALONE = new Set("好行对早嗯哦赞");

/** Words of a question that it could do without. */
export const FILLERS = list(`
  怎么样 怎样 咋样 如何 情况 怎么样啊 的情况 总体情况 整体情况 基本情况 空气 空气质量 环境质量 大气 数据 数值 浓度 均值 平均 指数 指标 水平 看看 看下 看一下 看 查查
  查询 查一下 查下 查 搜一下 给我 给我们 帮我 帮忙 帮 我想 我要 想要 想 我想看 我想知道 想知道 知道 告诉我 说说 说一下 讲讲 汇报一下 汇报下 汇报 再发 再发一次 再发一遍 再发一下 再发给我 重新发 重新发一次 再看 再看一次 再看一下 发我 发我一下 发我看看 发一下 发给我 发 一下 下 了 吗 呢
  吧 啊 呀 哈 啦 咯 哟 呗 哒 嘛 的 是 是谁 谁 哪个 哪些 哪几个 哪里 哪 编号 编号是 是哪几个 是哪个 是哪些 有 有哪些 有没有 有多少 有几个 都有哪些 还有 还有几个 还有哪些 多少 几个 几件 几项 几天 什么 是什么
  都 现在 目前 当前 截至目前 是多少 为多少 到底 情况怎么样 具体 详细 最新 列一下 列出 列出来 显示 展示 个 件 项 名 位 那 那个 这个 和 与 以及 跟 比 在 从 到 给 把 对 关于 所有 全部
  咨询 问一下 问下 了解一下 了解下 请看 看一看 想看 要看 要 需要 能不能 可以 可否 能否 帮忙看下 谁家 家 发个 做个 来个 出个 出一个 给个 县 区 县区 地方 地区 单位 结果 表 清单 列表 一览`);

/** Characters that only hold a question together: a run of nothing else says nothing. */
export const FUNCTION_CHARACTERS = new Set(
  "的了吗呢吧啊呀哦嘛么是有在个几多少哪些什怎样给我你您们啦咯哟帮看查问下一请把和与及就都还能可以想要为里这那让把被也又再很挺最得",
);

/** In an order: what every order means by itself. */
export const ORDERLY = list(`
  整改 整改到位 整改完成 完成整改 完成 落实整改 整改完毕 内整改 前整改 前完成 改正 处理 处置 解决 处理到位 要求 请 尽数 并反馈 限期整改 期限 问题 进行整改 予以整改 督促整改 落实到位 落实 务必 务必整改 务必完成 确保整改到位 务必整改到位`);

/** In an order: whoever gives it has to say when. */
export const URGENCIES = list(`
  急 紧急 加急 特急 火急 尽快 尽早 抓紧 从速 速办 速 火速 快 赶快 赶紧 限期 及时 适时 近期 近日 择日 按时 如期 第一时间 越快越好 优先`);
