import type { Context } from "../../chat/command.ts";
import { type Refusal, refuse } from "../../chat/refusal.ts";
import { longDate } from "../../chat/wording.ts";
import type { RegionId } from "../../domain/ids.ts";
import { boxesText, type MaskBox } from "../../domain/mask-boxes.ts";
import { isWaiting } from "../../domain/papers/course.ts";
import { withoutPersonalData } from "../../domain/personal-data.ts";
import { maskedPicture, maskedSize } from "../../output/masked-picture.ts";
import { type PaperBlock, stampedHead } from "../../output/paper-model.ts";
import type { Reader } from "../../store/store.ts";
import { EXPOSURE, EXPOSURE_GAPS, exposureItems, gapOf } from "../exposure/items.ts";
import { type About, officialPaper } from "../official-paper.ts";

const ROLES = ["office", "city-lead", "supervision", "county-lead", "county-liaison"] as const;

type ExposureAbout = About & { items: readonly number[] };
type Printed = {
  no: string;
  regionId: RegionId;
  county: string;
  place: string | null;
  text: string;
  due: string;
  pictures: readonly { sha256: string; width: number; height: number; boxes: readonly MaskBox[] }[];
};
type ExposureFacts = { items: readonly Printed[] };

/** 典型问题曝光：problems made public, each with its covered pictures; its county was told before. */
export default officialPaper<ExposureAbout, ExposureFacts>({
  id: EXPOSURE,
  title: "典型问题曝光",
  words: ["曝光", "曝光台", "典型问题"],
  mechanism: "exposure",
  usually: { signing: "sign", by: "city-lead", number: "曝光〔{year}〕{n}号" },
  clock: {
    when: { workingDay: 10, of: "month", at: "09:00" },
    catchUp: "latest-within-3-days",
    readers: ROLES,
    async about(_slot, context) {
      const about = await readyOnes(context);
      return about === null ? [] : [about];
    },
  },
  async asked(_said, context) {
    return (
      (await readyOnes(context)) ??
      (await waitingOnes(context)) ??
      refuse("no-data", "没有可以公开的材料：要选好照片并遮挡、告知属地且没有异议。发送“曝光”看还缺什么。", [
        "曝光",
      ])
    );
  },

  async facts({ items }, context) {
    const names = (await context.store.people.ever()).map(({ name }) => name);
    const printed: Printed[] = [];
    for (const item of await exposureItems(context)) {
      if (!items.includes(item.exposure.id)) continue;
      const gap = gapOf(item, context);
      if (gap !== null) return gapRefusal(item.issue.no, EXPOSURE_GAPS[gap]);
      const { issue, exposure } = item;
      printed.push({
        no: issue.no,
        regionId: issue.regionId,
        county: context.office.heirOn(issue.regionId, context.today).name,
        place: issue.place && withoutPersonalData(issue.place, names),
        text: exposure.text,
        due: issue.due,
        pictures: exposure.pictures.map(({ sha256, width, height, boxes }) => ({
          ...{ sha256, boxes },
          ...maskedSize({ width, height }),
        })),
      });
    }
    if (printed.length === 0) return refuse("no-data", "所列问题都已撤下，没有可公开的。", ["曝光"]);
    return { items: printed };
  },
  printed: ({ items }) =>
    items.flatMap(({ no, text, due, pictures }) => [
      { of: no, figure: "公开内容", value: text },
      { of: no, figure: "整改时限", value: due },
      ...pictures.map(({ sha256, boxes }, i) => ({
        of: no,
        figure: `照片${i + 1}`,
        value: `${sha256.slice(0, 12)}，遮挡${boxesText(boxes)}`,
      })),
    ]),
  restsOn: () => [],

  card: ({ items }, { about }) => ({
    title: `典型问题曝光（${about.label}）`,
    blocks: [
      ...items.map((one, i) => ({ kind: "text" as const, text: `${i + 1}. ${sentence(one)}` })),
      {
        kind: "note",
        text: `照片${items.reduce((sum, { pictures }) => sum + pictures.length, 0)}张，人脸和车牌已遮挡`,
      },
    ],
  }),
  attaches: ["word"],
  inserts: async ({ items }, { vault }) =>
    new Map(
      await Promise.all(
        items.flatMap(({ pictures }) =>
          pictures.map(
            async ({ sha256, boxes }) =>
              [nameOf(sha256, boxes), await maskedPicture(await vault.read(sha256), boxes)] as const,
          ),
        ),
      ),
    ),
  document: ({ items }, { about, stamp, office, inserted }) => ({
    name: `典型问题曝光（${about.label}）`,
    creator: office.pack.office,
    marks: stamp.marks,
    margins: "letter",
    ...stampedHead(stamp),
    blocks: [
      { kind: "title", lines: ["关于曝光典型涉气环境问题的通报"] },
      { kind: "text", text: `为接受社会监督，现将${items.length}件典型涉气环境问题予以公开。` },
      ...items.flatMap((one): PaperBlock[] => [
        { kind: "heading", text: `${one.county}${one.place ? `　${one.place}` : ""}` },
        { kind: "text", text: problem(one) },
        ...one.pictures.map(
          ({ sha256, boxes, width, height }, i): PaperBlock => ({
            kind: "picture",
            picture: {
              bytes: inserted(nameOf(sha256, boxes)),
              type: "jpg",
              ...{ width, height },
              caption: `现场照片${one.pictures.length > 1 ? i + 1 : ""}`,
              most: 90,
            },
          }),
        ),
      ]),
      { kind: "text", text: "整改情况将继续公开。欢迎社会各界监督。" },
      { kind: "signature", body: stamp.body, date: longDate(stamp.date) },
    ],
  }),

  async to(_about, { items }, { store, office, today }) {
    const people = await store.people.withRoles(ROLES);
    const counties = new Set(items.map(({ regionId }) => office.heirOn(regionId, today).id));
    return people
      .filter(({ regionId }) => regionId === null || counties.has(office.heirOn(regionId, today).id))
      .map((person) => ({ to: { person } }));
  },
});

const sentence = (one: Printed) => `${one.county}${one.place ?? ""}：${problem(one)}`;
const problem = ({ text, due }: Printed) =>
  `${text.replace(/[。；\s]+$/, "")}。整改时限：${longDate(Temporal.PlainDate.from(due))}。`;

const nameOf = (sha256: string, boxes: readonly MaskBox[]) => `${sha256} ${boxesText(boxes)}`;

const gapRefusal = (no: string, why: string): Refusal =>
  refuse("conflict", `${no}不能公开：${why}。发送“曝光 ${no}”办理。`, [`曝光 ${no}`]);

/** All that may be printed and isn't part of a paper yet; null where there is none. */
async function readyOnes(context: Context<Reader>): Promise<ExposureAbout | null> {
  const ready = (await exposureItems(context)).filter(
    (item) => item.paper === null && gapOf(item, context) === null,
  );
  if (ready.length === 0) return null;
  const day = context.today.toString();
  const items = ready.map(({ exposure }) => exposure.id);
  return { key: items.join("-"), label: longDate(context.today), from: day, to: day, items };
}

/** Those of the paper that waits already: who drafts it a second time is shown it. */
async function waitingOnes(context: Context<Reader>): Promise<ExposureAbout | null> {
  const papers = (await exposureItems(context)).flatMap(({ paper }) => paper ?? []);
  const waiting = papers.findLast(({ state, corrects }) => isWaiting(state) && corrects === null);
  return waiting === undefined ? null : JSON.parse(waiting.about);
}
