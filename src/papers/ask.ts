import { z } from "zod";
import { roleNames } from "../chat/access.ts";
import { buttonsOf } from "../chat/action.ts";
import { arg } from "../chat/args.ts";
import type { Button, Card } from "../chat/card.ts";
import type { Context, SlotDelivery } from "../chat/command.ts";
import { figureChanges } from "../domain/papers/figures.ts";
import { holdsRole } from "../domain/posts.ts";
import type { Role } from "../domain/roles.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { changesTable, drawPaper, lastOf, readerOf } from "./draw.ts";
import { noOf } from "./kind-of.ts";
import { filesOf } from "./paper-files.ts";
import { paperStateWords } from "./state-words.ts";
import { waitsFor } from "./waits-for.ts";

/** What a paper is returned or withdrawn with. */
export const remarkField = (label: string) => arg.longtext(label, { maxLength: 300 });
const check = buttonsOf("paper.check", z.object({}));
const sign = buttonsOf("paper.sign", z.object({}));
const sendBack = buttonsOf("paper.return", z.object({ text: remarkField("退回意见") }));
const withdraw = buttonsOf("paper.withdraw", z.object({ text: remarkField("撤回原因") }));

type Around = Pick<Context<Reader>, "store" | "office" | "officialPapers" | "demo">;

/** Asks everybody who may do what a paper waits for; the office where nobody holds the role that signs it. */
export async function askedOf(row: OfficialPaperRow, context: Around): Promise<SlotDelivery[]> {
  const waits = waitsFor(row, context);
  if (waits === null) return [];
  const { store } = context;
  const holders = await store.people.withRoles([waits.by]);
  const asked = holders.length > 0 ? holders : await store.people.withRoles(["office"]);
  const deliveries: SlotDelivery[] = [];
  for (const person of asked)
    deliveries.push({
      to: { person },
      card: await reviewCard(row, person, context),
      class: "must-arrive",
      uncounted: "signature",
    });
  return deliveries;
}

/** Under which name the cards are known that ask for a paper to be checked or signed. */
export const subjectOfReview = (id: number): string => `paper-draft:${id}`;

/**
 * A waiting paper before whoever is to check or sign it: what it says, as pages and Word too, what is other than in the draft before,
 * and the remark with which it was returned.
 */
export async function reviewCard(row: OfficialPaperRow, person: Person, context: Around): Promise<Card> {
  const { store } = context;
  const waits = waitsFor(row, context);
  const print = await store.officialPapers.version(row.id, row.version);
  if (print === null) throw new Error(`paper ${row.id} has no draft ${row.version}`);
  const before = row.version > 1 ? await store.officialPapers.version(row.id, row.version - 1) : null;
  const changes = figureChanges(before?.figures ?? [], before === null ? [] : (print.figures ?? []));
  const acts = await store.officialPapers.acts(row.id);
  const remark = row.state === "draft" ? lastOf("return", row, acts) : undefined;
  const card = await drawPaper(row, print, readerOf(person), context);
  const isOrphan = waits !== null && (await store.people.withRoles([waits.by])).length === 0;
  return {
    ...card,
    title: `${waits?.act === "sign" ? "待签发" : paperStateWords(row, context)}：${row.title}`,
    tone: "notice",
    subject: subjectOfReview(row.id),
    blocks: [
      ...(isOrphan
        ? [
            {
              kind: "text" as const,
              text: `现在没有${roleNames[waits.by]}，请邀请或任命后签发。`,
              tone: "bad" as const,
            },
          ]
        : []),
      ...(remark === undefined
        ? []
        : [{ kind: "text" as const, text: `${remark.by ?? ""}退回：${remark.text ?? "未写意见"}` }]),
      ...(before === null
        ? []
        : [
            { kind: "text" as const, text: `第${row.version}稿，与上一稿相比有${changes.length}处变化：` },
            ...(changes.length > 0 ? [changesTable(changes)] : []),
          ]),
      ...card.blocks,
    ],
    buttons: buttonsFor(row, waits, person),
    files: await filesOf(row, print, person, context),
    facts: { no: noOf(row), kind: row.kind, state: row.state, version: row.version, changes },
  };
}

function buttonsFor(row: OfficialPaperRow, waits: ReturnType<typeof waitsFor>, person: Person): Button[] {
  const params = { paper: row.id, version: row.version };
  const may = (role: Role) => holdsRole(person, role);
  return [
    ...(waits?.act === "check" && may(waits.by) ? [check("审核通过", params, { style: "primary" })] : []),
    ...(waits?.act === "sign" && may(waits.by)
      ? [sign("签发", params, { style: "primary" }), sendBack("退回", params)]
      : []),
    ...(may("office") ? [withdraw("撤回公文", { paper: row.id }, { style: "danger" })] : []),
  ];
}
