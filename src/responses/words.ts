import type { Block, Tone } from "../chat/card.ts";
import { shortTime } from "../chat/wording.ts";
import type { EpochMs, RegionId } from "../domain/ids.ts";
import { isAlertLevel, levelWords, responseWords } from "../domain/responses/levels.ts";
import type { Office } from "../office/office.ts";
import type { ResponseRow } from "../store/responses.ts";

/** The job that a response's deliveries belong to. */
export const RESPONSE_JOB = "response";

/** The kind of paper that sums a response up. */
export const SUMMARY_PAPER = "response-summary";

/** Stands before every title, line, page and sheet of a rehearsal. */
const DRILL_MARK = "【演练】";
/** At the head of every page and sheet. */
export const DRILL_WORDS = "演练，非真实响应";
export const drillMark = ({ drill }: Pick<ResponseRow, "drill">): string => (drill ? DRILL_MARK : "");

export const subjectOfResponse = (id: number): string => `response:${id}`;
export const subjectOfOrder = (orderId: number): string => `response-order:${orderId}`;

type Named = Pick<ResponseRow, "kind" | "drill" | "level">;

/** 橙色; nothing of 削峰, which has no level. */
export const levelWord = (level: string | null): string =>
  level !== null && isAlertLevel(level) ? levelWords[level] : "";

/** 【演练】重污染天气橙色预警Ⅱ级响应, 大气污染过程削峰行动. The latter is never called an alert. */
export function responseName({ kind, drill, level }: Named): string {
  const mark = drillMark({ drill });
  if (kind === "peak-shaving" || level === null || !isAlertLevel(level)) return `${mark}大气污染过程削峰行动`;
  return `${mark}重污染天气${levelWords[level]}预警${responseWords[level]}响应`;
}

/** 橙色预警响应, 削峰行动, as buttons and lines have it. */
export const shortName = ({ kind, drill, level }: Named): string =>
  `${drillMark({ drill })}${kind === "alert" ? `${levelWord(level)}预警响应` : "削峰行动"}`;

/** Its own colour for each: the real thing, 削峰, and a rehearsal of either. */
export const toneOf = ({ kind, drill }: Pick<ResponseRow, "kind" | "drill">): Tone =>
  drill ? "muted" : kind === "alert" ? "bad" : "notice";

/** 12月11日 00:00 */
export const momentWords = (at: EpochMs, office: Pick<Office, "local">): string =>
  shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(at)));

/** County-level regions that it holds for; null: all of them. */
export const areaOf = ({ area }: Pick<ResponseRow, "area">): readonly RegionId[] | null =>
  area === null ? null : (JSON.parse(area) as RegionId[]);

/** 全市; 海安、如皋 */
export function areaWords(row: Pick<ResponseRow, "area">, office: Office, today: Temporal.PlainDate): string {
  const area = areaOf(row);
  return area === null ? "全市" : area.map((id) => office.heirOn(id, today).short).join("、");
}

/** What every card of a response says of it first. */
export const responseItems = (
  row: ResponseRow,
  { office, today }: { office: Office; today: Temporal.PlainDate },
): Extract<Block, { kind: "facts" }>["items"] => [
  { label: row.kind === "alert" ? "响应" : "行动", value: responseName(row) },
  { label: "文号", value: row.levelDocumentNo ?? row.documentNo },
  { label: "起", value: momentWords(row.levelFrom ?? row.effectiveFrom, office) },
  ...(row.levelDocumentNo === null
    ? []
    : [{ label: "启动", value: `${row.documentNo}，${momentWords(row.effectiveFrom, office)}起` }]),
  ...(row.expectedEnd === null ? [] : [{ label: "预计至", value: momentWords(row.expectedEnd, office) }]),
  { label: "范围", value: areaWords(row, office, today) },
];
