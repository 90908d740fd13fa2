import { ask } from "../src/bot/router.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import type { Connection } from "../src/store/open.ts";
import { benchOffice, speakerCalled } from "./office.ts";
import { type Finding, roundsOf, type Size, sideBySide, sized } from "./side-by-side.ts";

/** Issues of the month that is asked for, and of the years before it. */
const OF_THE_MONTH = 200;
const BEFORE = 19_800;

const ASKED = [
  ["市办", "统计 5月"],
  ["市办", "问题"],
  ["市办", "问题 超期"],
  ["海安联络员", "问题"],
  ["市办", "海安"],
  ["市领导", "今日"],
] as const;

/** Questions about issues with 20,000 and with 200 on file: what lies behind must not slow what is asked today. */
export async function growth(size: Size): Promise<Finding[]> {
  const before = sized(size, BEFORE, 200);
  const small = await benchOffice({ prepare: (raw) => giveOut(raw, OF_THE_MONTH, 0) });
  const large = await benchOffice({ prepare: (raw) => giveOut(raw, OF_THE_MONTH, before) });
  const findings: Finding[] = [];
  for (const [who, phrase] of ASKED) {
    const sideOf = async ({ bot }: typeof small) => {
      const speaker = await speakerCalled(bot, who);
      return async () => {
        const { answer } = await ask(bot, speaker, phrase);
        if (isRefusal(answer)) throw new Error(answer.message);
      };
    };
    const what = {
      name: `${who} ${phrase}: ${OF_THE_MONTH + before} issues on file against ${OF_THE_MONTH}`,
      aim: 3,
    };
    findings.push(await sideBySide(what, await sideOf(large), await sideOf(small), roundsOf(size, 5, 30)));
  }
  small.close();
  large.close();
  return findings;
}

/** Issues of May 2020, and of the three years before it; one in twenty of them still stands open. */
export function giveOut(raw: Connection, ofTheMonth: number, before: number): void {
  const regions = raw
    .prepare("select id from region where kind in ('county', 'functional') and valid_to is null")
    .pluck()
    .all();
  const issue = raw.prepare(
    `insert into issue (no, title, source, level, region_id, state, created_at, assigned_at, acknowledged_at, submitted_at,
       closed_at, due, first_due, term_from, moved_at)
     values (@no, '裸土未覆盖', '部门督查', '一般', @region, @state, @at, @at, @at + 3600000, @done, @closed, @due, @due, @day, @moved)`,
  );
  const event = raw.prepare(
    `insert into issue_event (issue_id, at, step, from_state, to_state, due, region_id)
     values (@id, @at, @step, @from, @to, @due, @region)`,
  );
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
  raw.transaction(() => {
    for (let n = 0; n < before + ofTheMonth; n++) {
      const isOfTheMonth = n >= before;
      const day = isOfTheMonth ? Date.UTC(2020, 4, 1 + (n % 31)) : Date.UTC(2017, 0, 1 + (n % 1200));
      const at = day + 3_600_000;
      const isOpen = n % 20 === 0;
      const due = dayOf(day + 15 * DAY);
      const steps = isOpen
        ? [
            ["assign", null, "assigned", 0] as const,
            ["acknowledge", "assigned", "acknowledged", 3_600_000] as const,
          ]
        : [
            ["assign", null, "assigned", 0] as const,
            ["acknowledge", "assigned", "acknowledged", 3_600_000] as const,
            ["submit", "acknowledged", "submitted", 5 * DAY] as const,
            ["confirm", "submitted", "reviewing", 6 * DAY] as const,
            ["verify", "reviewing", "closed", 7 * DAY] as const,
          ];
      const [, , state, last] = steps.at(-1) as (typeof steps)[number];
      const region = regions[n % regions.length];
      const done = isOpen ? null : at + 5 * DAY;
      const closed = isOpen ? null : at + 7 * DAY;
      const row = { no: `B-${n}`, region, state, at, done, closed, due, day: dayOf(day), moved: at + last };
      const id = issue.run(row).lastInsertRowid;
      for (const [step, from, to, after] of steps) {
        const isFirst = from === null;
        event.run({
          id,
          at: at + after,
          step,
          from,
          to,
          due: isFirst ? due : null,
          region: isFirst ? region : null,
        });
      }
    }
  })();
}

const DAY = 86_400_000;
