import { z } from "zod";
import { action, buttonsOf } from "../chat/action.ts";
import { arg } from "../chat/args.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { longDate, shortDate, WHOLE_NUMBER } from "../chat/wording.ts";
import { maskPhone } from "../domain/phone.ts";
import { holdsRole, inEachPost } from "../domain/posts.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { mandateWords } from "./handover.ts";
import { mayEnd } from "./leave.ts";

const toHandover = says("交接单");
const toBack = says("销假");
const leaveButton = buttonsOf(
  "person.leave",
  z.object({ heir: arg.maybe.text("接任人", { maxLength: 30, hint: "姓名；没有可不填" }) }),
);
const moveButton = buttonsOf(
  "person.move",
  z.object({
    post: arg.text("新职务", { maxLength: 30, hint: "县（市、区）或部门加职务" }),
    from: arg.maybe.text("生效日期", { maxLength: 20, hint: "不填为今天" }),
  }),
);

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/** All posts of a person in words, the main one first. */
export const postsInWords = (person: Person, around: Pick<Around, "office" | "today">): string =>
  inEachPost(person)
    .filter(({ behalf }) => behalf === undefined)
    .map((post) => mandateWords(post, around))
    .join("，兼");

/** 在岗, 请假至7月10日由李四代理, 代张三; what is planned, too. */
export async function standingInWords(person: Person, { store, office, today }: Around): Promise<string> {
  if (person.regionId !== null && office.dissolvedOn(person.regionId, today)) return "待市办确认去向";
  const planned = (await store.posts.of(person.id)).filter(({ state }) => state === "planned");
  const absences = (await store.standIns.openOf(person.id)).filter(
    (row) => row.personId === person.id && row.state === "planned",
  );
  const standIns = inEachPost(person).flatMap(({ behalf }) => behalf?.name ?? []);
  const words = [
    person.away === undefined ? "" : `请假至${shortDate(person.away.to)}，由${person.away.by.name}代理`,
    ...[...new Set(standIns)].map((name) => `代${name}`),
    ...absences.map((row) => `${shortDate(row.from)}至${shortDate(row.to)}请假`),
    ...planned.map(
      (row) => `${shortDate(row.from)}起${row.main ? "调任" : "兼任"}${mandateWords(row, { office, today })}`,
    ),
  ].filter(Boolean);
  return words.join("；") || "在岗";
}

/** A person's card; the office acts from it. */
export async function personCard(person: Person, reader: Person, context: Around): Promise<Card> {
  const { store, office } = context;
  const isOffice = holdsRole(reader, "office");
  const past = (await store.posts.of(person.id)).filter(({ state }) => state === "ended");
  const joined = office.today(Temporal.Instant.fromEpochMilliseconds(person.createdAt));
  const state = await standingInWords(person, context);
  const leaveButtons = mayEnd(person, reader, context)
    ? [leaveButton("离任", { person: person.id }, { style: "danger" })]
    : [];
  return {
    title: person.name,
    subject: `person:${person.id}`,
    blocks: [
      {
        kind: "facts",
        items: [
          { label: "职务", value: postsInWords(person, context) },
          { label: "状态", value: state },
          ...(isOffice || reader.id === person.id
            ? [{ label: "手机", value: person.phone === null ? "未登记" : maskPhone(person.phone) }]
            : []),
          { label: "入职", value: longDate(joined) },
          ...past.map((row) => ({
            label: "曾任",
            value: `${mandateWords(row, context)}${row.main ? "" : "（兼）"}，${row.from}至${row.to ?? ""}`,
          })),
        ],
      },
    ],
    buttons: isOffice
      ? [
          moveButton("调岗", { person: person.id }),
          ...(person.away ? [toBack("销假", person.name)] : []),
          ...(person.phone === null ? [] : [phoneShown.button({ person: person.id })]),
          toHandover("交接单", person.name),
          ...leaveButtons,
        ]
      : leaveButtons,
    facts: { person: { name: person.name, posts: postsInWords(person, context), state } },
  };
}

/** The whole number, for the office that has to telephone; who looked is written down. */
export const phoneShown = action({
  name: "person.phone",
  label: "看号码",
  params: z.object({ person: z.int() }),
  fields: z.object({}),
  async press({ params, person: by }, { store }) {
    if (!holdsRole(by, "office")) return refuse("forbidden", "完整号码只供市办电话通知时查看。");
    const person = await store.people.byId(params.person);
    if (!person?.active || person.phone === null)
      return refuse("no-data", "没有登记手机号。请本人发送“手机 号码”，或由市办登记。");
    return {
      title: `${person.name} ${person.phone}`,
      receipt: `查看${person.name}的号码`,
      subject: `person:${person.id}`,
      audit: { person: person.id, looked: true },
      blocks: [
        { kind: "text", text: "仅供市办电话通知，请不要转发。" },
        { kind: "note", text: WHOLE_NUMBER },
      ],
    };
  },
});
