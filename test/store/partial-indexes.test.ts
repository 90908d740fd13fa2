import { expect, test } from "vitest";
import { openConnection } from "../../src/store/open.ts";
import { openStore, type Reader } from "../../src/store/store.ts";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn } from "../support/office.ts";

const NOON = Date.UTC(2020, 5, 15, 4);
const past = { from: 0, until: NOON, fromDate: "2020-06-01", dueBy: "2020-06-15", since: 0 };

// A bound value tells SQLite nothing before the statement runs: an index of some rows only is found by a query that says the
// index's condition in literals.
test.each<[string, (r: Reader) => Promise<unknown>]>([
  ["issue_acting", (r) => r.issues.list({ asOf: NOON }, 20)],
  ["issue_resting", (r) => r.issues.list({ asOf: NOON }, 20)],
  ["issue_standing", (r) => r.issuePast.within(past)],
  ["outbox_parts", (r) => r.outbox.partsShowing("issue:1")],
  ["outbox_unsent", (r) => r.outbox.unsentShowing("issue:1")],
  ["outbox_by_fold", (r) => r.outbox.partsOf(1)],
  ["outbox_chased", (r) => r.agenda.read()],
  ["outbox_chased", (r) => r.outbox.toChase(NOON)],
  ["audit_denied", (r) => r.audit.denied("say", 0, NOON)],
  ["official_paper_to_file", (r) => r.officialPapers.withoutFiles(20)],
  ["official_paper_answer_due", (r) => r.paperAnswers.owed()],
  ["region_entered", (r) => r.plan.enteredMark()],
  ["region_entered", (r) => r.plan.enteredTowns()],
  ["alert_episode_by_last_hour", (r) => r.alerts.within(400_000, 400_100)],
])("%s is what its query reads by", async (index, ask) => {
  const file = await aDatabaseIn(aFolder());
  const asked: string[] = [];
  const store = openStore(file, (path) => {
    const connection = openConnection(path);
    const prepare = connection.prepare.bind(connection);
    connection.prepare = ((statement: string) => {
      asked.push(statement);
      return prepare(statement);
    }) as typeof connection.prepare;
    return connection;
  });
  asked.length = 0;
  await store.read(ask);
  store.close();
  const connection = openConnection(file);
  const plans = asked.map((statement) => {
    const values = Array(statement.split("?").length - 1).fill(null);
    return JSON.stringify(connection.prepare(`explain query plan ${statement}`).all(...values));
  });
  connection.close();
  expect(
    plans.some((plan) => new RegExp(`INDEX ${index}\\b`).test(plan)),
    plans.join("\n"),
  ).toBe(true);
});
