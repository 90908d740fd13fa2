import { z } from "zod";
import { buttonsOf } from "../chat/action.ts";
import { arg } from "../chat/args.ts";
import type { Button, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { endOfTerm } from "../domain/deadline-words.ts";
import { drawLot } from "../domain/issues/draw-spot-checks.ts";
import { holdsRole } from "../domain/posts.ts";
import { checksOf } from "../domain/responses/measures.ts";
import { giveOut } from "../issues/create.ts";
import type { Person } from "../store/people.ts";
import type { ResponseCheck } from "../store/response-checks.ts";
import type { ResponseRow } from "../store/responses.ts";
import type { Reader, Writer } from "../store/store.ts";
import { measuresIn } from "./orders.ts";
import { push, redrawBoard } from "./tell.ts";
import { answersFor, orderedUnitWord, seesEveryUnit } from "./units.ts";
import { drillMark, responseName, toneOf } from "./words.ts";

export const CHECK_FOUND_FORM = z.object({ text: arg.longtext("现场情况", { maxLength: 300 }) });
const fineButton = buttonsOf("response.check-fine", z.object({}));
const faultButton = buttonsOf("response.check-fault", CHECK_FOUND_FORM);

/** Enterprises of one card that can be answered for by button. */
const PRESSED = 5;
const ALL = 100;

/** Draws by the seed which enterprises are looked at: each has the same chance, and nobody chooses. In the caller's transaction. */
export async function drawChecks(response: ResponseRow, context: Context<Writer>): Promise<number> {
  const { store, office, now } = context;
  const { spotCheckPct } = office.pack.settings.responses;
  const { spotCheckSeed: seed } = office.pack.settings.issues;
  const orders = (await store.responses.orders(response.id, response.round)).filter(
    ({ enterpriseId, exempt }) => enterpriseId !== null && exempt === null,
  );
  const lots = orders
    .map((order) => ({
      order,
      lot: drawLot(`${response.documentNo}/${order.unit}`, response.round, { seed, pct: ALL }) ?? 0,
    }))
    .sort((a, b) => a.lot - b.lot || a.order.id - b.order.id);
  const drawn = lots.slice(0, checksOf(orders.length, spotCheckPct));
  await store.responseChecks.draw(
    drawn.map(({ order }) => ({
      responseId: response.id,
      orderId: order.id,
      drawnAt: now.epochMilliseconds,
    })),
  );
  return drawn.length;
}

/** 抽查: what was drawn, what was found; the next ones to look at with a button each. */
export async function checksCard(
  response: ResponseRow,
  reader: Person,
  context: Pick<Context<Reader>, "store" | "office" | "today">,
  title?: string,
): Promise<Card> {
  const { store, office, today } = context;
  const checks = await store.responseChecks.of(response.id);
  const seesAll = seesEveryUnit(reader);
  const rows: { check: ResponseCheck; name: string; county: string; measures: string }[] = [];
  for (const check of checks) {
    const order = await store.responses.order(check.orderId);
    if (order === null || !(seesAll || answersFor(reader, order, context))) continue;
    rows.push({
      check,
      name: await orderedUnitWord(order, context),
      county: office.heirOn(order.regionId ?? office.city.id, today).short,
      measures: measuresIn(order)
        .map(({ measure, indicator }) => (indicator === "" ? measure : `${measure}（${indicator}）`))
        .join("；"),
    });
  }
  const open = rows.filter(({ check }) => check.outcome === null);
  const may = response.endedAt === null && mayCheck(reader);
  const buttons: Button[] = (may ? open.slice(0, PRESSED) : []).flatMap(({ check, name }) => [
    fineButton(`落实 ${name.slice(0, 12)}`, { check: check.id }),
    faultButton(`未落实 ${name.slice(0, 12)}`, { check: check.id }, { style: "danger" }),
  ]);
  const shown = [...open, ...rows.filter(({ check }) => check.outcome !== null)].slice(0, 30);
  return {
    title: `${drillMark(response)}${title ?? "减排措施抽查"}（抽${rows.length}家，待查${open.length}家）`,
    tone: toneOf(response),
    subject: `response-checks:${response.id}`,
    blocks: [
      {
        kind: "text",
        text: seesAll
          ? `${responseName(response)}：按种子抽取，未落实的一按即交办${response.drill ? "（演练不交办）" : ""}。`
          : rows.length === 0
            ? `${responseName(response)}：没有抽到本地企业。`
            : `${responseName(response)}：本地抽到的企业，请督促落实，查到未落实的会交办。`,
      },
      {
        kind: "table",
        columns: [{ title: "企业" }, { title: "县区" }, { title: "查什么" }, { title: "结果" }],
        rows: shown.map(({ check, name, county, measures }) => [
          name,
          county,
          measures,
          check.outcome === null
            ? "待查"
            : check.outcome === "carried-out"
              ? "落实"
              : `未落实：${check.text ?? ""}`,
        ]),
      },
    ],
    buttons,
    facts: {
      response: response.id,
      drill: response.drill,
      drawn: rows.map(({ name }) => name),
      open: open.length,
      found: rows.filter(({ check }) => check.outcome === "not-carried-out").map(({ name }) => name),
    },
  };
}

const mayCheck = (person: Person): boolean => holdsRole(person, "office", "supervision");

/** Those who look are told once what was drawn. In the caller's transaction. */
export async function tellChecks(response: ResponseRow, context: Context<Writer>): Promise<void> {
  const { store } = context;
  const supervision = await store.people.withRoles(["supervision"]);
  const people = supervision.length > 0 ? supervision : await store.people.withRoles(["office"]);
  for (const person of people)
    await push(
      `${response.id}/checks-${response.round}/${person.id}`,
      person,
      await checksCard(response, person, context, "请抽查减排措施"),
      context,
    );
}

/** What was found on the spot. What isn't carried out is an issue of the county, in the same transaction; a rehearsal makes none. */
export async function settleCheck(
  id: number,
  found: { outcome: "carried-out" } | { outcome: "not-carried-out"; text: string },
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, office, now, today } = context;
  const check = await store.responseChecks.byId(id);
  const response = check === null ? null : await store.responses.byId(check.responseId);
  const order = check === null ? null : await store.responses.order(check.orderId);
  if (check === null || response === null || order === null)
    return refuse("stale-action", "这项抽查已失效，请发送“应急 抽查”。", ["应急 抽查"]);
  if (!mayCheck(person)) return refuse("forbidden", "减排措施由督查或市办抽查。");
  if (check.outcome !== null)
    return refuse("already-done", "这家企业已登记抽查结果，不用重复。", ["应急 抽查"]);
  const name = await orderedUnitWord(order, context);
  const text = found.outcome === "not-carried-out" ? found.text : null;
  const makesIssue = found.outcome === "not-carried-out" && !response.drill;
  const issue = makesIssue
    ? (
        await giveOut(
          {
            title: `${name}未落实${responseName(response)}减排措施：${found.text}`.slice(0, 200),
            source: "部门督查",
            level: "较大",
            category: null,
            regionId: order.regionId ?? office.city.id,
            place: name,
            requirement: `立即落实应急减排措施：${measuresIn(order)
              .map(({ measure }) => measure)
              .join("；")}`.slice(0, 500),
            due: endOfTerm({ n: 1, unit: "working" }, today, office.calendar),
          },
          person,
          context,
        )
      ).issue
    : null;
  const set = {
    outcome: found.outcome,
    at: now.epochMilliseconds,
    by: person.id,
    text,
    issueId: issue?.id ?? null,
  };
  if (!(await store.responseChecks.settle(id, set)))
    return refuse("already-done", "这家企业已登记抽查结果，不用重复。", ["应急 抽查"]);
  await redrawBoard(response, `check-${id}`, context);
  const did =
    issue === null ? (found.outcome === "carried-out" ? "已落实" : "未落实（已记录）") : `已交办 ${issue.no}`;
  const card = await checksCard(response, person, context, `${name}${did}`);
  return {
    ...card,
    audit: {
      response: response.id,
      unit: order.unit,
      outcome: found.outcome,
      issue: issue?.no ?? null,
      drill: response.drill,
    },
    facts: { ...card.facts, issue: issue?.no ?? null },
  };
}
