import { z } from "zod";
import { type Action, action } from "../../chat/action.ts";
import { arg } from "../../chat/args.ts";
import type { Card } from "../../chat/card.ts";
import type { Context } from "../../chat/command.ts";
import { isKept } from "../../chat/kept-paper.ts";
import { type Refusal, refuse } from "../../chat/refusal.ts";
import type { IssueId } from "../../domain/ids.ts";
import { stateNames } from "../../domain/issues/states.ts";
import { readBoxes } from "../../domain/mask-boxes.ts";
import { personalDataIn } from "../../domain/personal-data.ts";
import { holdsRole } from "../../domain/posts.ts";
import type { Issue } from "../../store/issues.ts";
import type { Person } from "../../store/people.ts";
import type { Reader, Writer } from "../../store/store.ts";
import { BOXES, itemCard } from "./item-card.ts";
import { type ExposureItem, exposureItem, isExposable, isExposed, speaksForCounty } from "./items.ts";
import { tellCounty, tellOfExposure } from "./tell.ts";

const OFFICE_ONLY = refuse("forbidden", "曝光材料由市办整理。");
const TEXT = arg.longtext("公开内容", { maxLength: 500 });

/** Chooses a problem to be made public, with what is said of it. */
export const chooseExposure = action({
  name: "exposure.choose",
  label: "选作曝光",
  params: z.object({ issue: z.int() }),
  fields: z.object({ text: TEXT }),
  async press({ params, fields: { text }, person }, context) {
    const { store, now } = context;
    if (!holdsRole(person, "office")) return OFFICE_ONLY;
    const issueId = params.issue as IssueId;
    const issue = await store.issues.byId(issueId);
    if (issue === null) return refuse("unknown-issue", "这个问题已不存在。", ["问题"]);
    if (!isExposable(issue)) return notExposable(issue);
    if ((await store.exposures.ofIssue(issueId)) !== null)
      return refuse("already-done", `${issue.no}已经选作曝光。`, [`曝光 ${issue.no}`]);
    const wrong = await personalWords(text, store);
    if (wrong !== null) return wrong;
    const id = await store.exposures.add({
      issueId,
      text,
      chosenAt: now.epochMilliseconds,
      chosenBy: person.id,
    });
    return cardOf(id, person, context, `已选作曝光：${issue.no}`);
  },
});

/** Something that the office does with a problem while it isn't in the newspaper. */
function officeAct<F extends z.ZodObject>(
  name: string,
  label: string,
  params: z.ZodObject,
  fields: F,
  act: (
    asked: { item: ExposureItem; params: Record<string, unknown>; fields: z.output<F>; person: Person },
    context: Context<Writer>,
  ) => Promise<string | Refusal>,
): Action<z.ZodObject, F> {
  return action({
    name,
    label,
    params: z.object({ exposure: z.int() }).extend(params.shape),
    fields,
    async press(request, context) {
      const { person } = request;
      if (!holdsRole(person, "office")) return OFFICE_ONLY;
      const id = Number((request.params as { exposure: number }).exposure);
      const item = await exposureItem(id, context);
      if (item === null) return refuse("stale-action", "这件材料已撤下。", ["曝光"]);
      if (isExposed(item)) return refuse("already-done", `${item.issue.no}已经公开，不能再改。`, ["曝光"]);
      const done = await act({ item, ...request }, context);
      return typeof done === "string" ? cardOf(id, person, context, done) : done;
    },
  });
}

/** What was told to the county isn't what will be printed any more: it has to be told again. */
const CHANGED = {
  state: "preparing",
  informedAt: null,
  objectBy: null,
  county: "silent",
  objection: null,
  countyBy: null,
  countyAt: null,
} as const;

export const amendExposure = officeAct(
  "exposure.amend",
  "改公开内容",
  z.object({}),
  z.object({ text: TEXT }),
  async ({ item, fields: { text } }, { store }) => {
    const wrong = await personalWords(text, store);
    if (wrong !== null) return wrong;
    await store.exposures.change(item.exposure.id, { ...CHANGED, text });
    return `已改公开内容：${item.issue.no}`;
  },
);

export const takePicture = officeAct(
  "exposure.take",
  "选用照片",
  z.object({ evidence: z.int() }),
  z.object({ boxes: BOXES }),
  async ({ item, params, fields: { boxes }, person }, { store, now }) => {
    const { id } = item.exposure;
    const evidence = await store.evidence.byId(Number(params.evidence));
    if (evidence?.issueId !== item.issue.id || evidence.width === null || !isKept(evidence))
      return refuse("stale-action", "这张照片已不在这件问题里。", [`曝光 ${item.issue.no}`]);
    const read = readBoxes(boxes);
    if (!Array.isArray(read)) return refuse("usage", read.refusal);
    const by = { personId: person.id, at: now.epochMilliseconds };
    await store.exposures.takePicture(id, evidence.id, read, by);
    await store.exposures.change(id, CHANGED);
    return `已选用照片，遮挡${read.length}处：${item.issue.no}`;
  },
);

export const leavePicture = officeAct(
  "exposure.leave",
  "不用照片",
  z.object({ evidence: z.int() }),
  z.object({}),
  async ({ item, params }, { store }) => {
    await store.exposures.leavePicture(item.exposure.id, Number(params.evidence));
    await store.exposures.change(item.exposure.id, CHANGED);
    return `已去掉照片：${item.issue.no}`;
  },
);

export const informCounty = officeAct(
  "exposure.inform",
  "告知属地",
  z.object({}),
  z.object({}),
  async ({ item, person }, context) => {
    const { exposure, issue } = item;
    const { store, office, now, today } = context;
    if (!isExposable(issue)) return notExposable(issue);
    if (exposure.pictures.length === 0)
      return refuse("conflict", "还没有选照片，请先选用一张。", [`曝光 ${issue.no}`]);
    if (exposure.state === "informed") return refuse("already-done", "已经告知属地。", [`曝光 ${issue.no}`]);
    const { informDays } = office.pack.settings.exposure;
    const objectBy = office.calendar.addWorkingDays(today, informDays).toString();
    await store.exposures.change(exposure.id, {
      state: "informed",
      informedAt: now.epochMilliseconds,
      objectBy,
    });
    const told = await tellCounty(exposure.id, person, context);
    if (told === 0)
      return refuse("conflict", `${issue.no}的属地没有在册的领导和联络员，请先邀请。`, ["邀请"]);
    return `已告知属地${told}人：${issue.no}`;
  },
);

export const upholdExposure = officeAct(
  "exposure.uphold",
  "维持，答复属地",
  z.object({}),
  z.object({ text: arg.longtext("答复", { maxLength: 300 }) }),
  async ({ item, fields: { text }, person }, context) => {
    if (item.exposure.county !== "objects") return refuse("stale-action", "没有待答复的异议。", ["曝光"]);
    await context.store.exposures.change(item.exposure.id, {
      county: "answered",
      answer: text,
      decidedBy: person.id,
      decidedAt: context.now.epochMilliseconds,
    });
    await tellCounty(item.exposure.id, person, context, `市办已答复异议：${item.issue.no}`);
    return `已答复属地：${item.issue.no}`;
  },
);

export const strikeExposure = action({
  name: "exposure.strike",
  label: "撤下",
  params: z.object({ exposure: z.int() }),
  fields: z.object({ text: arg.longtext("撤下的原因", { maxLength: 300 }) }),
  async press({ params, fields: { text }, person }, context) {
    if (!holdsRole(person, "office")) return OFFICE_ONLY;
    const item = await exposureItem(params.exposure, context);
    if (item === null) return refuse("already-done", "这件材料已撤下。", ["曝光"]);
    if (isExposed(item)) return refuse("already-done", `${item.issue.no}已经公开，不能再撤。`, ["曝光"]);
    const told = item.exposure.state === "informed";
    if (told) await tellCounty(params.exposure, person, context, `不再曝光：${item.issue.no}（${text}）`);
    await context.store.exposures.change(params.exposure, {
      state: "struck",
      answer: text,
      decidedBy: person.id,
      decidedAt: context.now.epochMilliseconds,
    });
    return {
      title: `已撤下：${item.issue.no}`,
      blocks: [{ kind: "text", text: `原因：${text}` }],
      facts: { no: item.issue.no, state: "struck" },
      subject: `exposure:${params.exposure}`,
    };
  },
});

/** What the county says to it. */
const countySays = (name: string, label: string, says: "agrees" | "objects") =>
  action({
    name,
    label,
    params: z.object({ exposure: z.int() }),
    fields: z.object(
      says === "objects"
        ? { text: arg.longtext("异议和理由", { maxLength: 300 }) }
        : ({} as { text: ReturnType<typeof arg.longtext> }),
    ),
    async press({ params, fields, person }, context): Promise<Card | Refusal> {
      const item = await exposureItem(params.exposure, context);
      if (item === null) return refuse("stale-action", "这件材料已撤下，不会公开。");
      if (!speaksForCounty(item.issue, person, context))
        return refuse("forbidden", "只有属地的领导和联络员可以答复。");
      const { exposure, issue } = item;
      if (isExposed(item)) return refuse("stale-action", `${issue.no}已经公开。`);
      if (exposure.state !== "informed") return refuse("stale-action", "公开内容有改动，市办会重新告知。");
      if (exposure.county !== "silent") return refuse("already-done", "属地已经答复过。");
      if (context.today.toString() > (exposure.objectBy ?? ""))
        return refuse("conflict", "提出异议的时间已过，如有异议请电话联系市办。");
      await context.store.exposures.change(exposure.id, {
        county: says,
        objection: (fields as { text?: string }).text ?? null,
        countyBy: person.id,
        countyAt: context.now.epochMilliseconds,
      });
      await tellOfExposure(
        exposure.id,
        `属地${says === "agrees" ? "无异议" : "有异议"}：${issue.no}`,
        context,
      );
      return cardOf(exposure.id, person, context, says === "agrees" ? "已答复：无异议" : "已提出异议");
    },
  });
export const agreeToExposure = countySays("exposure.agree", "无异议", "agrees");
export const objectToExposure = countySays("exposure.object", "有异议", "objects");

/** Says that nobody has to mend it, so that there is nothing to make public. */
export const notExposable = ({ no, state }: Issue): Refusal =>
  refuse("conflict", `${no}${stateNames[state]}，不用曝光。`, [`问题 ${no}`]);

async function cardOf(id: number, person: Person, context: Context<Writer>, title: string) {
  const item = await exposureItem(id, context);
  if (item === null) throw new Error(`exposure ${id} is gone`);
  return itemCard(item, person, context, { title });
}

/** Refuses a text by which somebody could be known. */
async function personalWords(text: string, store: Reader): Promise<Refusal | null> {
  const names = (await store.people.ever()).map(({ name }) => name);
  const found = personalDataIn(text, names);
  if (found.length === 0) return null;
  const pieces = found.map(({ what, piece }) => `${what}“${piece}”`).join("、");
  return refuse("usage", `公开内容里有${pieces}，请删去或改写后再交。`);
}
