import type { EpochMs } from "../domain/ids.ts";
import { isEnd, STATES } from "../domain/issues/states.ts";
import { connectionOf, type Db } from "./open.ts";

/** What waits for its time, each with when the first of it comes (ms UTC), null where nothing does, and what waits for nothing. */
export type Agenda = {
  /** The office's day whose changes of people are worked off. */
  peopleDay: string | null;
  hours: EpochMs | null;
  pauses: EpochMs | null;
  issues: EpochMs | null;
  /** Whether somebody is still to be told of what has fallen due. */
  untold: 0 | 1;
  /** Whether an issue that has not ended has nothing that will ever fall due. */
  unwound: 0 | 1;
  responses: EpochMs | null;
  /** Whether anybody is exempt in a response that goes on. */
  exempt: 0 | 1;
  chases: EpochMs | null;
  folds: EpochMs | null;
};

const OPEN_STATES = STATES.filter((state) => !isEnd(state));

/** All of it in one statement: nearly every look at the clock finds nothing due, and asking is what it costs. */
export function agendaReads(db: Db) {
  const agenda = connectionOf(db).prepare<[], Agenda>(`select
    (select value from setting where key = 'people-day') as peopleDay,
    (select min(due) from hour_due) as hours,
    (select min(ask_at) from job_pause) as pauses,
    (select min(at) from issue_clock where state = 'open') as issues,
    exists (select 1 from issue_notice where outbox_id is null) as untold,
    exists (select 1 from issue where state in (${OPEN_STATES.map((state) => `'${state}'`)}) and not exists
      (select 1 from issue_clock where issue_id = issue.id and state = 'open')) as unwound,
    (select min(at) from response_clock where done_at is null) as responses,
    exists (select 1 from response join response_order on response_id = response.id
      and response_order.round = response.round and exempt is not null where ended_at is null) as exempt,
    (select min(chase_at) from outbox where chase_at is not null) as chases,
    (select min(fold_at) from outbox where state = 'waiting') as folds`);
  return { read: async (): Promise<Agenda> => agenda.get() as Agenda };
}
