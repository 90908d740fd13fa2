import { z } from "zod";
import { buttonsOf } from "../chat/action.ts";
import { arg } from "../chat/args.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { removedAmong } from "../chat/kept-paper.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { lengthWords, shortDate, shortTime } from "../chat/wording.ts";
import { metresBetween } from "../domain/distance.ts";
import type { EpochMs } from "../domain/ids.ts";
import { nameOfBoth } from "../domain/posts.ts";
import { stateWords } from "../issues/card.ts";
import type { Office } from "../office/office.ts";
import type { Station } from "../store/air.ts";
import type { Evidence } from "../store/evidence.ts";
import type { Patrol } from "../store/patrols.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import type { OwnPatrolStation } from "./stations.ts";

const toIssue = says("问题");
const noFields = z.object({});
/** What is found on a patrol, as its form asks for it. */
export const FOUND_FORM = z.object({
  text: arg.longtext("发现的情况", { maxLength: 500, hint: "写清地点和问题" }),
});
export const patrolAtButton = buttonsOf("patrols.at", noFields);
const clearButton = buttonsOf("patrols.clear", noFields);
export const patrolFoundButton = buttonsOf("patrols.found", FOUND_FORM);

type Around = Pick<Context<Reader>, "store" | "office" | "now" | "today">;

/** What is known of how far from its station a patrol's photos were taken, metres; null where one of the two places isn't known. */
export function metresOff(
  { photos }: Pick<Patrol, "photos">,
  { latitude, longitude }: Pick<Station, "latitude" | "longitude">,
): number | null {
  if (latitude === null || longitude === null) return null;
  const metres = photos.flatMap((photo) =>
    photo.latitude === null || photo.longitude === null
      ? []
      : [metresBetween({ latitude: photo.latitude, longitude: photo.longitude }, { latitude, longitude })],
  );
  return metres.length === 0 ? null : Math.round(Math.min(...metres));
}

/** 约120米; or why it can't be told, and whether a place can still be sent. */
export function offStationWords(patrol: Pick<Patrol, "photos">, station: Station, canStill = false): string {
  const metres = metresOff(patrol, station);
  if (metres !== null) return `约${lengthWords(metres)}`;
  if (station.latitude === null) return "点位没有登记坐标";
  if (patrol.photos.length === 0) return "没有照片";
  return `照片没有位置${canStill ? "，10分钟内发送位置即可补上" : ""}`;
}

/** 3张，其中1张已按期限清理（2030年6月20日） */
export const photosWords = (photos: readonly Evidence[], office: Pick<Office, "today">): string =>
  [`${photos.length}张`, removedAmong(photos, "张", office)].filter(Boolean).join("，");

export const OUTCOME_WORDS = { clear: "无问题", found: "发现问题" } as const;

/** One patrol as whoever went is answered. */
export async function patrolCard(
  id: number,
  person: Person,
  around: Around,
  { title }: { title?: string } = {},
): Promise<Card | Refusal> {
  const { store, office } = around;
  const patrol = await store.patrols.byId(id);
  const station = patrol && (await store.air.station(patrol.stationId));
  if (patrol === null || station === null) return refuse("no-data", "没有这次巡查。", ["巡查"]);
  const issue = patrol.issueId === null ? null : await store.issues.byId(patrol.issueId);
  const time = (ms: EpochMs) => shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(ms)));
  const isOpen = patrol.outcome === null && patrol.personId === person.id;
  const late = takenBefore(patrol);
  return {
    title: title ?? `已记录巡查：${station.name}`,
    subject: `patrol:${id}`,
    tone: patrol.outcome === null ? "notice" : "good",
    blocks: [
      {
        kind: "facts",
        items: [
          { label: "点位", value: station.name },
          { label: "时间", value: time(patrol.at) },
          { label: "巡查人", value: nameOfBoth(patrol.by, patrol.behalf ? { name: patrol.behalf } : null) },
          { label: "距点位", value: offStationWords(patrol, station, patrol.personId === person.id) },
          {
            label: "照片",
            value: `${photosWords(patrol.photos, office)}${late === null ? "" : `，拍摄于${shortDate(late)}`}`,
          },
          { label: "结果", value: patrol.outcome === null ? "未填" : OUTCOME_WORDS[patrol.outcome] },
          ...(issue === null
            ? []
            : [{ label: "问题", value: `${issue.no} ${issue.title}（${stateWords(issue, around)}）` }]),
        ],
      },
    ],
    buttons: [
      ...(isOpen
        ? [
            clearButton("无问题", { patrol: id }, { style: "primary" }),
            patrolFoundButton("发现问题", { patrol: id }),
          ]
        : []),
      ...(issue === null ? [] : [toIssue(`看 ${issue.no}`, issue.no)]),
    ],
    facts: { patrol: patrolFacts(patrol, station, issue?.no ?? null) },
  };
}

/** A patrol for scripts. */
export const patrolFacts = (patrol: Patrol, station: Station, issueNo: string | null) => ({
  ...{ id: patrol.id, station: station.name, date: patrol.date, by: patrol.by, behalf: patrol.behalf },
  ...{ metres: metresOff(patrol, station), photos: patrol.photos.length },
  ...{ outcome: patrol.outcome, words: patrol.words, issue: issueNo },
});

/** The day that a camera says its picture is of, where that isn't the day of the patrol. */
function takenBefore({ photos, date }: Patrol): string | null {
  return photos.map(({ takenAt }) => takenAt?.slice(0, 10)).find((day) => day && day !== date) ?? null;
}

/** Asked where a photo doesn't tell which of several stations was patrolled. */
export function askStation({ id, name }: Evidence, own: readonly OwnPatrolStation[]): Card {
  return {
    title: `已收到照片：${name}`,
    subject: `evidence:${id}`,
    blocks: [{ kind: "text", text: "巡查的是哪个点位？也可以在说明里写点位名称。" }],
    buttons: own.map(({ station }) => patrolAtButton(station.name, { evidence: id, station: station.id })),
    facts: { choices: own.map(({ station }) => station.name) },
  };
}
