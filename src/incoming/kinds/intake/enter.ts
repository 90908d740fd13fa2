import type { Entered, Importing } from "../../../chat/import.ts";
import { withoutNumbers } from "../../../domain/issues/reporter.ts";
import { draft, giveOut } from "../../../issues/create.ts";
import { suspectsAmong } from "../../../issues/duplicates.ts";
import { senderName } from "../../../issues/intakes.ts";
import { tellOfNew } from "../../../issues/tell-many.ts";
import type { Issue } from "../../../store/issues.ts";
import { reportOf } from "../ledger/report.ts";
import { noteImported } from "../ledger/take-back-issues.ts";
import { type CameBefore, intakeReport } from "./report.ts";
import { type IntakePlan, LEVEL } from "./row.ts";

/** Enters what is new: an order where its county is known, a draft of the office where it isn't. */
export async function enterIntakes(plans: readonly IntakePlan[], context: Importing): Promise<Entered> {
  const { store, batch, by, now } = context;
  const at = now.epochMilliseconds;
  const issues: Issue[] = [];
  const before: CameBefore[] = [];
  for (const plan of plans) {
    if (plan.kind === "before") {
      const issue = await store.issues.byId(plan.was.issueId);
      const isChanged = JSON.stringify(plan.was.cells) !== JSON.stringify(plan.row.whole);
      if (issue !== null) before.push({ reference: plan.row.reference, issue, isChanged });
      continue;
    }
    const issue = await enter(plan, context);
    issues.push(issue);
    await noteImported(issue, null, { store, batch, at, personId: by?.id ?? null });
  }
  const given = issues.filter(({ state }) => state === "assigned");
  const told = await tellOfNew(given, context);
  const suspected = (await suspectsAmong(issues, context)).map(({ issue, suspects }) => ({
    ...{ id: issue.id, version: issue.version, no: issue.no, title: issue.title },
    like: suspects.map(({ no, title }) => ({ no, title })),
  }));
  const report = reportOf({
    ...{ numbers: issues.map(({ no }) => no), suspected, told: told.length },
    ...{ withPhotos: 0, closed: 0, overOnPaper: [], repeats: 0 },
  });
  return {
    ...{ added: issues.length, corrected: 0, unchanged: before.length },
    report: intakeReport(report, { before, drafts: issues.length - given.length }, context),
  };
}

async function enter({ row, due }: Extract<IntakePlan, { kind: "new" }>, context: Importing): Promise<Issue> {
  const { store, office, batch, by, now } = context;
  const words = withoutNumbers(row.content);
  const title = withoutNumbers(row.title ?? row.content);
  const name = senderName(row.sender, office);
  const short = [...title].length > MOST ? `${[...title].slice(0, MOST - 1).join("")}…` : title;
  const note = [`来件：${name} ${row.reference}`, ...(short === words ? [] : [`来件原文：${words}`])].join(
    "；",
  );
  const problem = {
    ...{ title: short, source: name, level: LEVEL, category: row.category },
    ...{ town: row.town, place: row.place, externalNo: row.reference, due },
    regionId: row.region ?? office.city.id,
  };
  const issue =
    row.region === null
      ? await draft(problem, by, context, { quietly: true, note })
      : (await giveOut(problem, by, context, { quietly: true, note })).issue;
  const { longitude, latitude } = row;
  const located = longitude === null || latitude === null ? null : { longitude, latitude };
  if (located !== null) await store.issues.locate(issue.id, located);
  await store.intakes.add({
    ...{ sender: row.sender, reference: row.reference, issueId: issue.id, cells: row.whole },
    ...{ receivedAt: now.epochMilliseconds, batchId: batch },
  });
  return { ...issue, ...located };
}

/** Signs of a problem's title; the whole of a longer text stands in its history. */
const MOST = 200;
