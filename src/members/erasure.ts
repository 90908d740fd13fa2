import { z } from "zod";
import { buttonsOf } from "../chat/action.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { shortTime } from "../chat/wording.ts";
import { judgesFor } from "../domain/posts.ts";
import type { Erased } from "../store/erasure.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import {
  askedKey,
  askedSubject,
  beginErasure,
  ERASURE_HOLDS_DAYS,
  type ErasureAsked,
  endErasures,
  isSameErasure,
  openErasure,
} from "./erasure-asked.ts";
import { mandateWords } from "./handover.ts";
import { notSecond } from "./second-person.ts";

const agree = buttonsOf("erase.agree", z.object({}));
const disagree = buttonsOf("erase.refuse", z.object({}));

const GOES =
  "手机号、账号绑定、网页登录、日历订阅、与机器人的往来消息、使用记录，巡查、研判、工作和响应记录等文字里的姓名和手机号";
const STAYS =
  "姓名、任职和办理记录、问题档案、签发的文件、审计记录按档案管理要求保留；审计只增不改，其中的号码已隐去";

/** Somebody who left and whose data are asked to be erased; a refusal says how that comes about. */
async function erasable(who: Person | null, { store }: Context<Reader>): Promise<Person | Refusal> {
  if (who === null) return refuse("unknown-person", "没有这位成员，请写全名，例如“删除个人信息 王联络”。");
  if (!who.active) return who;
  const colleagues = (await store.people.all()).length > 1 ? " 接任×××" : "";
  return refuse(
    "conflict",
    `${who.name}还在任，个人信息办理工作要用。请先办理离任和交接：离任 ${who.name}${colleagues}，之后再删除。`,
    [`离任 ${who.name}`],
  );
}

/** 删除个人信息: asks every other member of the office; one of them has to agree. */
export async function askToErase(
  name: string,
  by: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, office, now } = context;
  const who = await erasable(await store.people.byName(name), context);
  if (isRefusal(who)) return who;
  const others = (await store.people.withRoles(["office"])).filter((one) => judgesFor(one, by.id, "office"));
  if (others.length === 0)
    return refuse(
      "conflict",
      "删除个人信息须市办两人办理，现在市办只有您一人。请先增加市办第二位成员，再提出。",
    );
  const at = now.epochMilliseconds;
  const params = { person: who.id, by: by.id };
  const asked = await beginErasure(params, context);
  const facts = [
    { label: "姓名", value: `${who.name}（原${mandateWords(who, context)}）` },
    { label: "提出人", value: by.name },
    { label: "时间", value: shortTime(office.local(now)) },
    { label: "删除", value: GOES },
    { label: "保留", value: STAYS },
  ];
  const card: Card = {
    title: `请确认删除个人信息：${who.name}`,
    tone: "notice",
    subject: askedSubject(asked),
    blocks: [
      { kind: "facts", items: facts },
      {
        kind: "text",
        text: `删除后不能恢复。请先向本人或提出人核实，再按“同意”；没有同意以前什么也不删除，${ERASURE_HOLDS_DAYS}天内没有同意即过期。`,
      },
    ],
    buttons: [agree("同意", params, { style: "danger" }), disagree("不同意", params)],
  };
  for (const { id } of others)
    await store.outbox.queue(
      {
        key: askedKey(asked, id),
        to: { personId: id },
        class: "must-arrive",
        uncounted: "signature",
        card,
      },
      at,
    );
  return {
    title: `已提出删除个人信息：${who.name}`,
    subject: `person:${who.id}`,
    blocks: [
      { kind: "text", text: `须市办另一位成员同意，已发给${others.map((one) => one.name).join("、")}。` },
      { kind: "facts", items: facts.slice(3) },
    ],
    audit: { person: { id: who.id, name: who.name } },
    facts: { asked: others.map((one) => one.name) },
  };
}

/** 同意: the second person agrees, and what may go is gone in this transaction. */
export async function eraseBySecond(
  asked: ErasureAsked,
  second: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, now } = context;
  const who = await mayDecide(asked, second, context);
  if (isRefusal(who)) return who;
  const erased = await store.erasure.erase(who.id, now.epochMilliseconds);
  await endErasures(({ person }) => person === who.id, `${second.name}已同意，个人信息已经删除。`, context);
  const card: Card = {
    title: `已删除个人信息：${who.name}`,
    tone: "good",
    blocks: [
      {
        kind: "facts",
        items: [
          { label: "已删除", value: wordsOf(erased) },
          { label: "保留", value: STAYS },
          { label: "备份", value: "删除以前的备份里还有，随备份轮换清除；另存的备份请自行销毁" },
        ],
      },
    ],
    facts: { erased },
  };
  await tellAsker(asked, card, context);
  return { ...card, subject: `person:${who.id}`, audit: { askedBy: asked.by, ...erased } };
}

/** 不同意: nothing is erased, and whoever asked is told. */
export async function refuseErasure(
  asked: ErasureAsked,
  second: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const who = await mayDecide(asked, second, context);
  if (isRefusal(who)) return who;
  const card: Card = {
    title: `未同意删除个人信息：${who.name}`,
    tone: "notice",
    blocks: [{ kind: "text", text: `${second.name}未同意，什么也没有删除。` }],
  };
  await endErasures((one) => isSameErasure(one, asked), `${second.name}未同意，什么也没有删除。`, context);
  await tellAsker(asked, card, context);
  return { ...card, subject: `person:${who.id}`, audit: { askedBy: asked.by } };
}

async function mayDecide(
  asked: ErasureAsked,
  second: Person,
  context: Context<Reader>,
): Promise<Person | Refusal> {
  const wrong = await notSecond(second, asked.by, context);
  const who = wrong ?? (await erasable(await context.store.people.byId(asked.person), context));
  if (isRefusal(who) || (await openErasure(asked, context)) !== null) return who;
  return refuse("already-done", "这次申请已经办结或过期，不用再办。仍要删除的，请重新提出。", [
    `删除个人信息 ${who.name}`,
  ]);
}

const tellAsker = ({ person, by }: ErasureAsked, card: Card, { store, now }: Context<Writer>) =>
  store.outbox.queue(
    {
      key: `erase/${person}/${by}/${now.epochMilliseconds}`,
      to: { personId: by },
      class: "must-arrive",
      card,
    },
    now.epochMilliseconds,
  );

const wordsOf = ({ phones, accounts, signIns, calendars, messages, texts }: Erased): string =>
  `手机号${phones}处、账号${accounts}个、登录${signIns}条、日历订阅${calendars}个、往来消息${messages}条、文字记录${texts}处，及使用记录和按钮`;
