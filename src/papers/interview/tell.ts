import type { Card } from "../../chat/card.ts";
import type { Context, SlotDelivery } from "../../chat/command.ts";
import { says } from "../../chat/says.ts";
import { monthPeriod } from "../../domain/months.ts";
import type { Region } from "../../domain/plan/pack.ts";
import type { Person } from "../../store/people.ts";
import type { Reader } from "../../store/store.ts";
import { candidateButtons } from "./card.ts";
import type { InterviewNews } from "./look.ts";
import { countyPeople } from "./people.ts";
import { gapsWithin, type InterviewBasis } from "./standings.ts";
import { meanWords, monthsWords, placeWords } from "./words.ts";

const toInterview = says("约谈");
const toRanks = says("全省排名");

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/** Who hears of what a look has found: the office of all of it, a county when it is one month from being called in. */
export async function newsDeliveries(
  news: readonly InterviewNews[],
  context: Around,
): Promise<SlotDelivery[]> {
  const { store } = context;
  const office = await store.people.withRoles(["office"]);
  const deliveries: SlotDelivery[] = [];
  for (const one of news) {
    for (const person of office)
      deliveries.push({ to: { person }, card: newsCard(one, person, context), class: "must-not-repeat" });
    if (one.kind !== "warned") continue;
    for (const person of await countyPeople({ regionId: one.region.id }, context))
      deliveries.push({ to: { person }, card: newsCard(one, person, context), class: "must-not-repeat" });
  }
  return deliveries;
}

function newsCard(news: InterviewNews, person: Person, { office, today }: Around): Card {
  const { region } = news;
  const look = toInterview("约谈情况", region.short);
  switch (news.kind) {
    case "due": {
      const gaps = gapsWithin(news.basis);
      return {
        title: `约谈候选：${region.short}（连续${news.basis.months.length}个月列全省后列）`,
        tone: "bad",
        blocks: [
          { kind: "text", text: "请认定是否约谈；认定后拟约谈通知，审核、签发后发出。不约谈的写明理由。" },
          monthsTable(news.basis),
          ...(gaps.length === 0
            ? []
            : [
                {
                  kind: "text" as const,
                  text: `${monthsWords(gaps)}没有名单，可能中断连续：请先导入全省排名。`,
                  tone: "notice" as const,
                },
              ]),
        ],
        buttons: [...candidateButtons({ id: news.id, facts: news.basis }, person, { office, today }), look],
        facts: { county: region.short, kind: news.kind, months: news.basis.months, gaps },
      };
    }
    case "warned":
      return {
        title: `约谈预警：${region.short}已连续${news.basis.months.length}个月列全省后列`,
        tone: "notice",
        blocks: [
          { kind: "text", text: "下一个月仍列全省后列的，将达到约谈条件。请分析原因，采取措施。" },
          monthsTable(news.basis),
        ],
        buttons: [look],
        facts: { county: region.short, kind: news.kind, months: news.basis.months },
      };
    case "lapsed":
      return {
        title: `约谈候选撤销：${region.short}`,
        tone: "muted",
        blocks: [{ kind: "text", text: `${news.why}。` }],
        buttons: [look],
        facts: { county: region.short, kind: news.kind, why: news.why },
      };
    case "doubted":
      return {
        title: `约谈依据有更正：${region.short}`,
        tone: "bad",
        blocks: [
          {
            kind: "text",
            text: `${news.why}。通知未签发的请撤回，已发出的请解除约谈并写明理由，或核对导入的全省排名。`,
          },
        ],
        buttons: [look],
        facts: { county: region.short, kind: news.kind, why: news.why },
      };
    default:
      return news satisfies never;
  }
}

const monthsTable = ({ months }: InterviewBasis) => ({
  kind: "table" as const,
  columns: [{ title: "月份" }, { title: "全省位次" }, { title: "PM2.5（µg/m³）", align: "end" as const }],
  rows: months.map((month) => [monthPeriod(month.month).label, placeWords(month), meanWords(month)]),
});

/** Asks the office for a month's list. */
export function listAsked(month: string): Card {
  return {
    title: `请导入${monthPeriod(month).label}全省排名`,
    tone: "notice",
    blocks: [
      {
        kind: "text",
        text: "还没有这个月的名单，约谈的连续月数不能认定。把省里公布的表（月份、县区、PM2.5、名次、总数）发给我即可导入。",
      },
    ],
    buttons: [toRanks("全省排名")],
    facts: { month },
  };
}

/** What a county is reminded of. */
export function remindedCard(region: Region, title: string, text: string, tone: "notice" | "bad"): Card {
  return {
    title: `${title}：${region.short}`,
    tone,
    blocks: [{ kind: "text", text }],
    buttons: [toInterview("约谈情况", region.short)],
    facts: { county: region.short },
  };
}
