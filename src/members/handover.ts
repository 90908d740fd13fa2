import { z } from "zod";
import { roleNames, scopeName } from "../chat/access.ts";
import type { Card, CardFile } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { paper } from "../chat/paper.ts";
import { isRefusal, refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { dateSeenOn, longDate } from "../chat/wording.ts";
import type { PersonId } from "../domain/ids.ts";
import { holdsRole, type Mandate } from "../domain/posts.ts";
import { pagesFor } from "../output/drawn-paper.ts";
import { handoverModel } from "../output/handover.ts";
import { pagePicture } from "../output/page-picture.ts";
import { DOCX, wordDocument } from "../output/word.ts";
import type { Handover, HandoverItem } from "../store/handovers.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import { type Waiting, whoTakesOver } from "./waiting.ts";

const toIssue = says("问题");
const toPaper = says("文件");
const toPerson = says("人员");

/** Why somebody's work passes on, in words. */
const KINDS = { left: "离任", moved: "调岗", away: "请假" } as const satisfies Record<
  Handover["kind"],
  string
>;
const NOBODY = "（暂无人接手，请市办安排）";

/** 海安联络员, 住建部门联络员, 市办 */
export function mandateWords(
  mandate: Mandate,
  { office, today }: Pick<Context<Reader>, "office" | "today">,
): string {
  const role = roleNames[mandate.role];
  if (mandate.regionId === null && mandate.departmentId === null) return role;
  return `${scopeName(mandate, office, today)}${role.replace(/^(县区部门|镇街|县区|部门)/, "")}`;
}

type Passing = {
  person: Person;
  kind: Handover["kind"];
  waiting: readonly Waiting[];
  heir: Person | null;
  by: Person | null;
};

/**
 * Writes down what passes to whom, now that it has, and gives the 交接单 to the office and to each who takes something over;
 * in the caller's transaction.
 */
export async function passOn(
  { person, kind, waiting, heir, by }: Passing,
  context: Context<Writer>,
): Promise<Handover> {
  const { store, now } = context;
  const at = now.epochMilliseconds;
  const items: HandoverItem[] = [];
  const takers = new Map<PersonId, Person>();
  for (const one of waiting) {
    const over = kind === "away" && heir !== null ? [heir] : await whoTakesOver(one, person, context);
    const { issue: _issue, paper: _paper, ...item } = one;
    items.push({ ...item, to: over.map(({ name }) => name).join("、") });
    for (const taker of over) takers.set(taker.id, taker);
  }
  const handover = await store.handovers.record({
    personId: person.id,
    kind,
    heirId: heir?.id ?? null,
    byId: by?.id ?? null,
    at,
    items,
  });
  if (heir !== null) takers.set(heir.id, heir);
  // The office has to find somebody for what nobody has taken over; of the rest it is only told.
  const isOpen = items.some(({ to }) => to === "");
  const offices = kind === "away" ? [] : await store.people.withRoles(["office"]);
  if (items.length === 0 && kind === "away") return handover;
  for (const { id } of new Map([...takers.values(), ...offices].map((one) => [one.id, one])).values()) {
    if (id === by?.id || id === person.id) continue;
    const card = await handoverCard(handover, context);
    const weight = takers.has(id) || isOpen ? "must-arrive" : "card";
    await store.outbox.queue(
      { key: `handover/${handover.id}/${id}`, to: { personId: id }, class: weight, card },
      at,
    );
  }
  return handover;
}

/** 交接单 as a card; the paper goes with it. */
export async function handoverCard(
  handover: Handover,
  context: Pick<Context<Reader>, "store" | "office" | "today">,
  title?: string,
): Promise<Card> {
  const { store, today } = context;
  const person = await store.people.byId(handover.personId);
  const heir = handover.heirId === null ? null : await store.people.byId(handover.heirId);
  const { items, kind } = handover;
  const open = items.filter(({ to }) => to === "");
  return {
    title: title ?? `交接单：${person?.name ?? "—"}${KINDS[kind]}`,
    tone: open.length > 0 ? "bad" : "notice",
    subject: `handover:${handover.id}`,
    blocks: [
      {
        kind: "text",
        text: `${heir === null ? "" : `${kind === "away" ? "代理" : "接任"}：${heir.name}。`}${items.length === 0 ? "没有待办事项要交接。" : `待办事项${items.length}件${open.length > 0 ? `，其中${open.length}件${NOBODY}` : ""}。`}`,
      },
      ...(items.length === 0
        ? []
        : [
            {
              kind: "table" as const,
              columns: [
                { title: "编号" },
                { title: "事项" },
                { title: "待办" },
                { title: "期限" },
                { title: "接手" },
              ],
              rows: items
                .slice(0, SHOWN)
                .map(({ no, title, what, due, to }) => [
                  no,
                  title,
                  what,
                  due === null ? "—" : dateSeenOn(today, due),
                  to || NOBODY,
                ]),
              opens: items
                .slice(0, SHOWN)
                .map(({ no, kind }) =>
                  kind === "transfer" ? null : (kind === "paper" ? toPaper : toIssue)("", no).say,
                ),
            },
          ]),
      ...(items.length > SHOWN
        ? [{ kind: "note" as const, text: `另有${items.length - SHOWN}件，见交接单。` }]
        : []),
    ],
    buttons: person?.active ? [toPerson(`看${person.name}`, `“${person.name}”`)] : [],
    files: await filesOf(handover, context),
    facts: {
      handover: { id: handover.id, kind, person: person?.name ?? null, heir: heir?.name ?? null, items },
    },
  };
}

const SHOWN = 15;

type Paper = Pick<Context<Reader>, "store" | "office" | "today">;

/** What the paper says, for whoever may read it: the office, both sides, and who saw to it. */
async function sheetFor(id: Handover["id"], reader: Person, context: Paper) {
  const handover = await context.store.handovers.byId(id);
  if (handover === null) return refuse("no-data", "没有这份交接单。");
  return mayReadHandover(handover, reader) ? sheetOf(handover, context) : NOT_READERS;
}
export const NOT_READERS = refuse("forbidden", "交接单只供市办、交接双方和经办人查看。");

/** Whether somebody may see a 交接单: the office, who hands over or takes something over, and who saw to it. */
export function mayReadHandover({ items, personId, heirId, byId }: Handover, reader: Person): boolean {
  const takes = items.some(({ to }) => to.split("、").includes(reader.name));
  return takes || holdsRole(reader, "office") || [personId, heirId, byId].includes(reader.id);
}

async function sheetOf(handover: Handover, { store, office, today }: Paper) {
  const nameOf = async (id: PersonId | null) =>
    id === null ? "" : ((await store.people.byId(id))?.name ?? "");
  const from = await store.people.byId(handover.personId);
  return {
    office: office.pack.office,
    from: from?.name ?? "",
    post: from === null ? "" : mandateWords(from, { office, today }),
    heir: await nameOf(handover.heirId),
    by: await nameOf(handover.byId),
    why: KINDS[handover.kind],
    on: longDate(office.today(Temporal.Instant.fromEpochMilliseconds(handover.at))),
    rows: handover.items.map(({ no, title, what, due, to }) => ({
      no,
      title,
      what,
      due: due === null ? "—" : longDate(Temporal.PlainDate.from(due)),
      to: to || "暂无",
    })),
  };
}

/** 交接单 in Word. */
export const handoverPaper = paper({
  name: "people.handover",
  params: z.object({ handover: z.int() }),
  data: ({ params, person }, context) => sheetFor(params.handover, person, context),
  render: async (sheet, { marks }) => ({
    name: `交接单-${sheet.from}.docx`,
    type: DOCX,
    bytes: await wordDocument(handoverModel({ ...sheet, marks })),
  }),
});

/** One of its pages as a picture, for whoever reads it on a phone. */
export const handoverPage = paper({
  name: "people.handover-page",
  params: z.object({ handover: z.int(), page: z.int().positive() }),
  async data({ params: { handover, page }, person }, context) {
    const sheet = await sheetFor(handover, person, context);
    if (isRefusal(sheet)) return sheet;
    const pages = (await pagesFor(handoverModel({ ...sheet, marks: [] }))).length;
    return page > pages ? refuse("no-data", "交接单没有这一页。") : { sheet, page };
  },
  render: async ({ sheet, page }, { marks }) => ({
    name: `交接单-${sheet.from}-第${page}页.png`,
    type: "image/png",
    bytes: await pagePicture((await pagesFor(handoverModel({ ...sheet, marks })))[page - 1] ?? { marks: [] }),
  }),
});

async function filesOf(handover: Handover, context: Paper): Promise<CardFile[]> {
  const sheet = await sheetOf(handover, context);
  return [
    handoverPaper.file({ handover: handover.id }, { name: `交接单-${sheet.from}.docx` }),
    ...(await pagesFor(handoverModel({ ...sheet, marks: [] }))).map((_, i) =>
      handoverPage.file(
        { handover: handover.id, page: i + 1 },
        { name: `交接单-${sheet.from}-第${i + 1}页.png` },
      ),
    ),
  ];
}
