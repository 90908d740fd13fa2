import { z } from "zod";
import { roleNames, scopeName } from "../chat/access.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { paper } from "../chat/paper.ts";
import { refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { dateSeenOn, longDate } from "../chat/wording.ts";
import type { PersonId } from "../domain/ids.ts";
import { holdsRole, type Mandate } from "../domain/posts.ts";
import { handoverModel } from "../output/handover.ts";
import { DOCX, wordDocument } from "../output/word.ts";
import type { Handover, HandoverItem } from "../store/handovers.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import { type Waiting, whoTakesOver } from "./waiting.ts";

const toIssue = says("问题");
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
  return `${scopeName(mandate, office, today)}${role.replace(/^(县区|部门)/, "")}`;
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
    const { issue: _issue, ...item } = one;
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
  if (kind !== "away") for (const one of await store.people.withRoles(["office"])) takers.set(one.id, one);
  if (items.length === 0 && kind === "away") return handover;
  for (const { id } of takers.values()) {
    if (id === by?.id || id === person.id) continue;
    const card = await handoverCard(handover, context);
    await store.outbox.queue(
      { key: `handover/${handover.id}/${id}`, to: { personId: id }, class: "must-arrive", card },
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
                .map(({ no, kind }) => (kind === "transfer" ? null : toIssue("", no).say)),
            },
          ]),
      ...(items.length > SHOWN
        ? [{ kind: "note" as const, text: `另有${items.length - SHOWN}件，见交接单。` }]
        : []),
    ],
    buttons: person?.active ? [toPerson(`看${person.name}`, `“${person.name}”`)] : [],
    files: [handoverPaper.file({ handover: handover.id }, { name: `交接单-${person?.name ?? ""}.docx` })],
    facts: {
      handover: { id: handover.id, kind, person: person?.name ?? null, heir: heir?.name ?? null, items },
    },
  };
}

const SHOWN = 15;

/** 交接单: for the office, and for whoever hands over or takes something over. */
export const handoverPaper = paper({
  name: "people.handover",
  params: z.object({ handover: z.int() }),
  async data({ params, person }, { store, office, today }) {
    const handover = await store.handovers.byId(params.handover);
    if (handover === null) return refuse("no-data", "没有这份交接单。");
    const takes = handover.items.some(({ to }) => to.split("、").includes(person.name));
    if (!takes && !holdsRole(person, "office") && ![handover.personId, handover.heirId].includes(person.id))
      return refuse("forbidden", "交接单只供市办和交接双方查看。");
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
  },
  render: async (sheet, { marks }) => ({
    name: `交接单-${sheet.from}.docx`,
    type: DOCX,
    bytes: await wordDocument(handoverModel({ ...sheet, marks })),
  }),
});
