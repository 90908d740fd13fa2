import { loopFigures } from "../../src/domain/issues/figures.ts";
import { periodOf } from "../../src/domain/period.ts";
import { countingPeriod, countsIn } from "../../src/issues/counting.ts";
import { courseOf } from "../../src/issues/course.ts";
import { issueFacts } from "../../src/issues/facts.ts";
import { ledgerRows } from "../../src/issues/ledger.ts";
import type { Office } from "../../src/office/office.ts";
import type { Store } from "../../src/store/store.ts";

/** Columns that ledgers have had only since the histories were read that are compared with. */
const SINCE = ["协办单位", "整改要求"];

type Reading = { history: string[]; course: string[]; ledger: string };

/** Everything that is read off the histories of issues: figures, ledger, facts and course. */
export function readingsOf(store: Store, office: Office, now: Temporal.Instant) {
  const today = office.today(now);
  const date = (text: string) => Temporal.PlainDate.from(text);
  const periods = {
    六月: periodOf(date("2020-06-01"), date("2020-06-30")),
    本年: periodOf(date("2020-01-01"), date("2020-12-31")),
  };
  return store.read(async (reader) => {
    const around = { store: reader, office, today };
    const { rows } = await reader.issues.list({ asOf: now.epochMilliseconds }, 1000);
    const figures: Record<string, unknown> = {};
    for (const [name, period] of Object.entries(periods)) {
      const span = countingPeriod(period, office, now);
      figures[name] = loopFigures(await countsIn(reader, office, span));
    }
    const issues: Record<string, Reading> = {};
    for (const issue of rows.toSorted((a, b) => a.id - b.id)) {
      const history = await reader.issues.history(issue.id);
      issues[issue.no] = {
        history: issueFacts(issue, history, around).history.map(({ at, step, by, text }) =>
          `${at} ${step} ${by ?? "—"} ${text ?? ""}`.trim(),
        ),
        course: courseOf(issue, history, around).marks.map(({ label, tone }) => `${label} ${tone}`),
        ledger: Object.entries((await ledgerRows([issue], around))[0] ?? {})
          .filter(([column]) => !SINCE.includes(column))
          .map(([, text]) => text)
          .join("|"),
      };
    }
    return { figures, issues };
  });
}
