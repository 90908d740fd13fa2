import { z } from "zod";
import { buttonsOf } from "../../chat/action.ts";
import { arg } from "../../chat/args.ts";
import type { Block, Button, Card, CardFile } from "../../chat/card.ts";
import type { Context } from "../../chat/command.ts";
import { isKept } from "../../chat/kept-paper.ts";
import { says } from "../../chat/says.ts";
import { dateSeenOn } from "../../chat/wording.ts";
import { boxesText } from "../../domain/mask-boxes.ts";
import { holdsRole } from "../../domain/posts.ts";
import { countyOf } from "../../issues/facts.ts";
import { evidenceFile } from "../../issues/papers.ts";
import type { Evidence } from "../../store/evidence.ts";
import type { Person } from "../../store/people.ts";
import type { Reader } from "../../store/store.ts";
import { EXPOSURE_GAPS, type ExposureItem, gapOf, isExposed, speaksForCounty } from "./items.ts";
import { maskedPhoto } from "./pictures.ts";

export const BOXES = arg.longtext("遮挡位置", {
  hint: "遮住人脸和车牌。网页上直接在照片上画框；也可写“左,上,宽,高”（宽高各算1000），多处用分号隔开；没有的写“无”",
});
const amend = buttonsOf("exposure.amend", z.object({ text: arg.longtext("公开内容") }));
const take = buttonsOf("exposure.take", z.object({ boxes: BOXES }));
const leave = buttonsOf("exposure.leave", z.object({}));
const inform = buttonsOf("exposure.inform", z.object({}));
const agree = buttonsOf("exposure.agree", z.object({}));
const object = buttonsOf("exposure.object", z.object({ text: arg.longtext("异议和理由") }));
const uphold = buttonsOf("exposure.uphold", z.object({ text: arg.longtext("答复") }));
const strike = buttonsOf("exposure.strike", z.object({ text: arg.longtext("撤下的原因") }));
const toIssue = says("问题");
const toExposure = says("曝光");

/** A problem that is prepared to be made public: what will be printed, what is lacking, and what can be done about it. */
export async function itemCard(
  item: ExposureItem,
  person: Person,
  context: Context<Reader>,
  { title }: { title?: string } = {},
): Promise<Card> {
  const { exposure, issue } = item;
  const { office, store, today } = context;
  const isOffice = holdsRole(person, "office");
  const issued = isExposed(item);
  const gap = gapOf(item, context);
  const photos = isOffice && !issued ? (await store.evidence.of(issue.id)).filter(isPhoto) : [];
  const names = new Map(photos.map((photo, i) => [photo.id, `原图${i + 1} ${photo.name}`]));
  return {
    title: title ?? `曝光材料 ${issue.no}`,
    subject: `exposure:${exposure.id}`,
    ...(exposure.county === "objects" ? { tone: "notice" as const } : {}),
    blocks: [
      {
        kind: "facts",
        items: [
          { label: "责任地区", value: countyOf(issue, office, today) },
          { label: "地点", value: issue.place ?? "未写明" },
          { label: "整改时限", value: dateSeenOn(today, issue.due) },
          { label: "公开内容", value: exposure.text },
          { label: "照片", value: `${exposure.pictures.length}张（已遮挡）` },
          { label: "状态", value: stateWords(item, gap === null ? "可以拟稿" : EXPOSURE_GAPS[gap]) },
        ],
      },
      ...countyBlocks(item, context),
    ],
    buttons: [
      ...(isOffice && !issued ? officeButtons(item, photos, names) : []),
      ...(exposure.state === "informed" && !issued && speaksForCounty(issue, person, context)
        ? countyButtons(item)
        : []),
      ...(isOffice ? [toIssue(`看 ${issue.no}`, issue.no), toExposure("全部曝光材料")] : []),
    ],
    files: [
      ...exposure.pictures.map(
        ({ evidenceId, name }): CardFile =>
          maskedPhoto.file(
            { exposure: exposure.id, evidence: evidenceId },
            { name: `已遮挡 ${name}`, picture: true },
          ),
      ),
      ...photos.map((photo) =>
        evidenceFile.file({ evidence: photo.id }, { name: names.get(photo.id) ?? photo.name, picture: true }),
      ),
    ],
    facts: exposureFactsOf(item, gap),
  };
}

/** A problem on its way into the newspaper, for scripts. */
export const exposureFactsOf = (item: ExposureItem, gap: string | null) => {
  const { exposure, issue, paper } = item;
  return {
    no: issue.no,
    state: isExposed(item) ? "issued" : exposure.state,
    gap,
    text: exposure.text,
    pictures: exposure.pictures.map(({ sha256, boxes }) => ({ sha256, boxes: boxesText(boxes) })),
    objectBy: exposure.objectBy,
    county: exposure.county,
    paper: paper?.id ?? null,
    issueState: issue.state,
  };
};

function stateWords(item: ExposureItem, otherwise: string): string {
  const { paper } = item;
  if (paper === null) return otherwise;
  return isExposed(item) ? `已公开（${paper.number ?? paper.title}）` : `已拟稿，待签发（${paper.id}号）`;
}

function countyBlocks({ exposure }: ExposureItem, { today }: Context<Reader>): Block[] {
  const { objectBy, county, objection, answer } = exposure;
  const text = (words: string): Block => ({ kind: "text", text: words });
  if (objectBy === null) return [];
  const said = {
    silent: `已告知属地，${dateSeenOn(today, objectBy)}前可提出异议。`,
    agrees: "属地无异议。",
    objects: `属地异议：${objection}`,
    answered: `属地异议：${objection}　市办答复：${answer}`,
  } as const;
  return [text(said[county])];
}

function officeButtons(
  { exposure }: ExposureItem,
  photos: readonly Evidence[],
  names: ReadonlyMap<number, string>,
): Button[] {
  const of = { exposure: exposure.id };
  const chosen = new Map(exposure.pictures.map((picture) => [picture.evidenceId, picture]));
  return [
    ...(exposure.county === "objects" ? [uphold("维持，答复属地", of)] : []),
    ...(exposure.state === "preparing" && exposure.pictures.length > 0
      ? [inform("告知属地", of, { style: "primary" })]
      : []),
    ...photos.flatMap((photo, i) => {
      const before = chosen.get(photo.id);
      const drawn = take(
        before ? `改遮挡${i + 1}` : `选用照片${i + 1}`,
        { ...of, evidence: photo.id },
        {
          over: { boxes: names.get(photo.id) ?? "" },
          ...(before ? { values: { boxes: boxesText(before.boxes) } } : {}),
        },
      );
      return before ? [drawn, leave(`不用照片${i + 1}`, { ...of, evidence: photo.id })] : [drawn];
    }),
    amend("改公开内容", of, { values: { text: exposure.text } }),
    strike("撤下", of, { style: "danger" }),
  ];
}

function countyButtons({ exposure }: ExposureItem): Button[] {
  const of = { exposure: exposure.id };
  return exposure.county === "silent" ? [agree("无异议", of), object("有异议", of)] : [];
}

/** One whose size isn't known can't be printed. */
const isPhoto = (one: Evidence) => isKept(one) && one.type.startsWith("image/") && one.width !== null;
