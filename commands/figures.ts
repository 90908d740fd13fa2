import { z } from "zod";
import { anyone, scopeOf } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { refuse } from "../src/chat/refusal.ts";
import { unknownYearNote } from "../src/chat/unknown-years.ts";
import { figure } from "../src/chat/wording.ts";
import { rankBy } from "../src/domain/air/ranking.ts";
import { type LoopFigures, loopFigures, type Share } from "../src/domain/issues/figures.ts";
import { countingPeriod, countsIn } from "../src/issues/counting.ts";
import { tieOrder } from "../src/office/office.ts";

/** 统计：how the counties mend what they are given, over a period, with their ranking. */
export default command({
  name: "figures",
  words: ["统计", "交办统计"],
  hints: [
    "排名",
    "排行",
    "签收率",
    "整改率",
    "按期整改率",
    "销号率",
    "反弹率",
    "办结率",
    "完成率",
    "平均用时",
    "交办",
    "交办了",
    "交办数",
    "交办问题",
    "多少件",
    "几件",
    "签收情况",
    "整改情况",
    "销号情况",
    "交办情况",
    "问题",
    "问题统计",
  ],
  help: { does: "看交办问题的签收率、按期整改率、销号率、用时、反弹率和排名", example: "统计 上周" },
  mechanism: "assignment-loop",
  who: anyone,
  audience: "anyone",
  args: z.object({ period: arg.period("上周"), county: arg.maybe.county() }),

  async answer({ args: { period, county }, person }, context) {
    const { store, office, now, today } = context;
    if (Temporal.PlainDate.compare(period.from, today) > 0)
      return refuse("bad-period", `${period.label}还没有开始，请改用以前的时段。`, ["统计 上周"]);
    const span = countingPeriod(period, office, now);
    const counts = await countsIn(store, office, span);
    const own = scopeOf(person, office, today);
    const asOf = Temporal.PlainDate.compare(period.to, today) < 0 ? period.to : today;
    const regions = office.regionsOf({ to: asOf }, today).map((region) => ({
      region,
      figures: loopFigures(counts.filter((count) => office.heirOn(count.regionId, asOf).id === region.id)),
    }));
    const whole = loopFigures(counts);
    const { ranked, unranked } = rankBy(
      regions.map(({ region, figures }) => ({
        key: { region, figures },
        value: figures.onTime.pct,
        order: tieOrder(region),
        reason: "本时段没有到期问题",
      })),
      "descending",
    );
    const rows = [
      ...ranked.map(({ rank, key, tied }) => ({ ...key, rank, shown: `${rank}${tied ? "（并列）" : ""}` })),
      ...unranked.map(({ key }) => ({ ...key, rank: null, shown: "—" })),
    ].filter(
      ({ region, figures }) =>
        hasAnything(figures) && (county === undefined || region.id === office.heirOf(county, asOf).id),
    );
    const ended = Temporal.PlainDate.compare(period.to, today) < 0;
    return {
      title: `交办问题统计（${period.label}${ended ? "" : "，截至目前"}）`,
      blocks: [
        {
          kind: "facts",
          items: [
            { label: "交办", value: `${whole.assigned}件` },
            ...(whole.withdrawn > 0 ? [{ label: "撤回", value: `${whole.withdrawn}件` }] : []),
            ...(whole.staged > 0 ? [{ label: "阶段性办结", value: `${whole.staged}次` }] : []),
            { label: "签收率", value: shareText(whole.acknowledged) },
            { label: "按期整改率", value: shareText(whole.onTime) },
            { label: "销号率", value: shareText(whole.closed) },
            { label: "平均用时", value: `${figure(whole.meanDays.days, 1, "天")}（${whole.meanDays.n}件）` },
            { label: "反弹率", value: shareText(whole.relapsed) },
          ],
        },
        rows.length === 0
          ? { kind: "text", text: "这一时段没有交办、到期或销号的问题。" }
          : {
              kind: "table",
              columns: [
                { title: "位次" },
                { title: "地区" },
                { title: "交办", align: "end" },
                { title: "签收率（%）", align: "end" },
                { title: "按期整改率（%）", align: "end" },
                { title: "销号率（%）", align: "end" },
                { title: "平均用时（天）", align: "end" },
                { title: "反弹率（%）", align: "end" },
              ],
              rows: rows.map(({ shown, region, figures: f }) => [
                shown,
                own?.includes(region.id) ? `${region.short} ★` : region.short,
                String(f.assigned),
                figure(f.acknowledged.pct, 1),
                figure(f.onTime.pct, 1),
                figure(f.closed.pct, 1),
                figure(f.meanDays.days, 1),
                figure(f.relapsed.pct, 1),
              ]),
            },
        {
          kind: "note",
          text: "按按期整改率排列。签收率、按期整改率只计时限在本时段内届满的问题，以当日有效的时限为准，以后的改派、延期、退回不改变；销号率的分母为期初未销号和本期交办的问题；签收前撤回的和阶段性办结的另列，不计入以上各项；没有可计问题的显示“—”。",
        },
        ...unknownYearNote([period.from, asOf], office),
      ],
      facts: {
        period: {
          from: period.from.toString(),
          to: period.to.toString(),
          label: period.label,
          complete: ended,
        },
        ...plainly(whole),
        closed: whole.closed.met,
        meanDays: whole.meanDays.days,
        city: whole,
        rows: rows.map(({ rank, region, figures }) => ({
          rank,
          county: region.short,
          ...plainly(figures),
          ...figures,
        })),
      },
    };
  },
});

const shareText = ({ pct, met, of }: Share) => (pct === null ? "—" : `${pct.toFixed(1)}%（${met}/${of}件）`);

/** The figures by the names of the interfaces document. */
const plainly = ({ assigned, withdrawn, staged, acknowledged, onTime, relapsed }: LoopFigures) => ({
  assigned,
  withdrawn,
  staged,
  acknowledgedInTimePct: acknowledged.pct,
  due: onTime.of,
  inTime: onTime.met,
  inTimePct: onTime.pct,
  reopened: relapsed.met,
});

const hasAnything = ({ assigned, staged, acknowledged, onTime, closed, meanDays }: LoopFigures) =>
  assigned + staged + acknowledged.of + onTime.of + closed.of + meanDays.n > 0;
