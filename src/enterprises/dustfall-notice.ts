import { dustfallLimit } from "../air/dustfall.ts";
import type { Block, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import { dateSeenOn } from "../chat/wording.ts";
import { isLive } from "../domain/enterprises/night-permit.ts";
import { monthPeriod } from "../domain/months.ts";
import type { Issue } from "../store/issues.ts";
import type { NightPermit } from "../store/night-permits.ts";
import type { Reader } from "../store/store.ts";
import type { DustfallTurn } from "./dustfall-look.ts";
import { nightFacts } from "./night-card.ts";
import { nightTable } from "./night-list.ts";
import { standingWords } from "./night-standing.ts";

const toNights = says("夜施");
const toDustfall = says("降尘");
const toIssue = says("问题");

type Around = Pick<Context<Reader>, "store" | "office" | "today">;
/** A change, and the check of haulage that was given out for it. */
export type ToldChange = DustfallTurn & { issue: Issue | null };

const shortMonth = (month: string): string => `${Number(month.slice(5))}月`;

/** What a change is called in a line: 海安5月4.7（从严） */
export function changeTitle({ kind, region, standing: { month, value } }: DustfallTurn): string {
  const figure = `${region.short}${shortMonth(month)}降尘量${value.toFixed(1)}`;
  const after = {
    tightened: "超标，夜间施工从严",
    "still-over": "仍超标，夜间施工继续从严",
    corrected: "（更正），夜间施工继续从严",
    lifted: "达标，夜间施工恢复正常",
  } as const;
  return `${figure}${after[kind]}`;
}

/** Why it is other than it was told, where a correction has done it. */
function correctionWords({ byCorrection, was, standing, kind }: DustfallTurn): string {
  if (!byCorrection || was === null) return "";
  if (kind === "tightened") return `${monthPeriod(standing.month).label}数据更正，原按达标已恢复正常。`;
  const before = `${monthPeriod(was.month).label}${(was.tenths / 10).toFixed(1)}`;
  return `数据更正，原为${before}。`;
}

/** What holds now, in the words of the pack's choice. */
export function measureWords(change: ToldChange, { office, today }: Omit<Around, "store">): string {
  const { over, always } = office.pack.settings.nightWork;
  if (change.kind === "lifted") return "夜间施工许可按正常程序批准。";
  const special = always.length === 0 ? "" : `，${always.join("、")}由市办批准`;
  const rule = over === "agree" ? "新的夜间施工许可须市办批准" : `达标以前不批新的夜间施工许可${special}`;
  const check =
    change.issue === null
      ? ""
      : `；已交办夜间运输集中整治${change.issue.no}，期限${dateSeenOn(today, change.issue.due)}`;
  return `${rule}；正在执行的请逐件复核${check}。`;
}

const sentence = (change: ToldChange, around: Omit<Around, "store">): string =>
  `${standingWords(change.standing, around.office)}。${correctionWords(change)}${measureWords(change, around)}`;

/** The permits that are in force there, which have to be looked at again. */
async function liveNights(
  { region }: DustfallTurn,
  { store, office, today }: Around,
): Promise<NightPermit[]> {
  const found = await store.nightPermits.within(today.toString(), "9999-12-31", office.lineage(region.id));
  return found.filter((permit) => isLive(permit, today.toString()));
}

/** To the county itself. */
export async function countyNotice(change: ToldChange, around: Around): Promise<Card> {
  const live = change.kind === "lifted" ? [] : await liveNights(change, around);
  const blocks: Block[] = [
    {
      kind: "text",
      text: sentence(change, around),
      ...(change.kind === "lifted" ? {} : { tone: "bad" as const }),
    },
    ...(live.length === 0
      ? []
      : [{ kind: "text" as const, text: `请复核${live.length}件夜间施工许可：` }, nightTable(live, around)]),
  ];
  return {
    title: changeTitle(change),
    tone: change.kind === "lifted" ? "good" : "bad",
    blocks,
    buttons: [
      toNights("夜施", change.region.short),
      toDustfall("降尘", change.region.short, change.standing.month),
      ...(change.issue === null ? [] : [toIssue(`看 ${change.issue.no}`, change.issue.no)]),
    ],
    facts: { ...changeFacts(change), review: live.map((permit) => nightFacts(permit, around)) },
  };
}

/** To the office and whoever grants permits: all counties of the day in one message. */
export function officeNotice(changes: readonly ToldChange[], around: Around): Card {
  const [only] = changes;
  const isOne = changes.length === 1 && only !== undefined;
  return {
    title: isOne ? changeTitle(only) : `降尘考核：${changes.length}个县（市、区）的夜间施工管控有变化`,
    tone: changes.some(({ kind }) => kind !== "lifted") ? "notice" : "good",
    blocks: changes.map(
      (change): Block => ({
        kind: "text",
        text: `${isOne ? "" : `${change.region.short}：`}${sentence(change, around)}`,
      }),
    ),
    buttons: [toNights("夜施"), toDustfall("降尘", changes[0]?.standing.month)],
    facts: { limit: Number(dustfallLimit(around.office)), changes: changes.map(changeFacts) },
  };
}

const changeFacts = ({ kind, region, standing, byCorrection, issue }: ToldChange) => ({
  kind,
  county: region.short,
  month: standing.month,
  value: standing.value,
  byCorrection,
  issue: issue?.no ?? null,
});
