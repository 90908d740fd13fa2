import { z } from "zod";
import {
  anHourBehind,
  behindBlocks,
  freshnessBlocks,
  freshnessCounts,
  freshnessOf,
} from "../src/alerts/freshness.ts";
import { INGEST_PATH, sourceWords } from "../src/alerts/sources.ts";
import { only } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { type Refusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import type { Reader } from "../src/store/store.ts";

const toAdd = says("新增数据接入");
const who = only("管理数据接入", "office");

/** 数据接入：which machines send hours by themselves, and when each did last. */
export default command({
  name: "feeds",
  words: ["数据接入", "数据来源"],
  hints: ["接入接口", "数据接口", "小时数据接口", "站点没数据", "站点没有数据", "站点无数据", "站点迟报"],
  help: { does: "看哪些系统自动报送小时数据、各站点是否及时，停用某个", example: "数据接入" },
  who,
  audience: "person",
  args: z.object({}),
  answer: async (_request, context) => sourcesCard("数据接入", context),
});

/** 停用: the secret is good for nothing from then on. */
export const endFeed = action({
  name: "feeds.end",
  label: "停用",
  params: z.object({ source: z.number() }),
  fields: z.object({}),
  async press({ params, person }, context): Promise<Card | Refusal> {
    const { store, office, now, today } = context;
    const refusal = who.check({ person, args: {}, office, today });
    if (refusal !== null) return refusal;
    const source = await store.ingestSources.byId(params.source);
    const by = { personId: person.id, at: now.epochMilliseconds };
    if (source === null || !(await store.ingestSources.end(source.id, by)))
      return refuse("already-done", "这个数据接入已经停用。", ["数据接入"]);
    const card = await sourcesCard(`已停用：${source.name}`, context);
    return { ...card, subject: `ingest:${source.id}`, audit: { name: source.name } };
  },
});

async function sourcesCard(title: string, context: Context<Reader>): Promise<Card> {
  const { store, office } = context;
  const stations = await freshnessOf(context);
  const { fresh, late } = freshnessCounts(stations);
  const behind = anHourBehind(stations, context);
  const sources = await store.ingestSources.standing();
  return {
    title,
    blocks: [
      sources.length === 0
        ? { kind: "text", text: "还没有系统自动报送。新增后得到令牌，由对方系统按小时报送。" }
        : {
            kind: "table",
            columns: [{ title: "名称" }, { title: "新增" }, { title: "最近报送" }],
            rows: sources.map((source) => sourceWords(source, { office })),
          },
      ...freshnessBlocks(stations),
      ...behindBlocks(behind, office.pack.settings.alerts.operator),
      { kind: "note", text: `报送地址 ${INGEST_PATH}，JSON 或 CSV，格式见 README` },
    ],
    buttons: [
      toAdd("新增"),
      ...sources.map(({ id, name }) => ({ ...endFeed.button({ source: id }), label: `停用${name}` })),
    ],
    facts: {
      sources: sources.map(({ name, lastAt }) => ({ name, lastAt })),
      stations: {
        total: stations.length,
        fresh,
        late: late.map(({ station, age }) => ({ station, ageHours: age })),
        behind,
      },
    },
  };
}
