import { accountReads, accountWrites } from "./accounts.ts";
import { activityReads, activityWrites } from "./activity.ts";
import { agendaReads } from "./agenda.ts";
import { airReads, airWrites } from "./air.ts";
import { airBatchReads, airBatchWrites } from "./air-batches.ts";
import { alertReads, alertWrites } from "./alerts.ts";
import { auditReads, auditWrites } from "./audit.ts";
import { batchReads, batchWrites } from "./batches.ts";
import { buttonReads, buttonWrites } from "./buttons.ts";
import { calendarFeedReads, calendarFeedWrites } from "./calendar-feeds.ts";
import { candidateReads, candidateWrites } from "./candidates.ts";
import { chatReads, chatWrites } from "./chats.ts";
import { dustfallReads, dustfallWrites } from "./dustfall.ts";
import { dutyRecordReads, dutyRecordWrites } from "./duty-records.ts";
import { effectReads, effectWrites } from "./effects.ts";
import { enterpriseReads, enterpriseWrites } from "./enterprises.ts";
import { erasureWrites } from "./erasure.ts";
import { evidenceReads, evidenceWrites } from "./evidence.ts";
import { exemptionReads, exemptionWrites } from "./exemptions.ts";
import { exposureReads, exposureWrites } from "./exposures.ts";
import { grantReads, grantWrites } from "./grants.ts";
import { guaranteeReads, guaranteeWrites } from "./guarantees.ts";
import { handoverReads, handoverWrites } from "./handovers.ts";
import { heardReads, heardWrites } from "./heard.ts";
import { holidayReads, holidayWrites } from "./holidays.ts";
import { hourDueReads, hourDueWrites } from "./hours-due.ts";
import { importQuestionReads, importQuestionWrites } from "./import-questions.ts";
import { importRunReads, importRunWrites } from "./import-runs.ts";
import { inboxReads, inboxWrites } from "./inbox.ts";
import { ingestSourceReads, ingestSourceWrites } from "./ingest-sources.ts";
import { intakeReads, intakeWrites } from "./intakes.ts";
import { issueClockReads, issueClockWrites } from "./issue-clock.ts";
import { issueNoticeReads, issueNoticeWrites } from "./issue-notices.ts";
import { issuePastReads } from "./issue-past.ts";
import { issueUnitReads, issueUnitWrites } from "./issue-units.ts";
import { issueReads, issueWrites } from "./issues.ts";
import { jobPauseReads, jobPauseWrites } from "./job-pauses.ts";
import { lastQuestionReads, lastQuestionWrites } from "./last-questions.ts";
import { ledgerReads, ledgerWrites } from "./ledger.ts";
import { meetingReads, meetingWrites } from "./meetings.ts";
import { messageReads, messageWrites } from "./messages.ts";
import { nightPermitReads, nightPermitWrites } from "./night-permits.ts";
import { numberReads, numberWrites } from "./numbers.ts";
import { officialPaperReads, officialPaperWrites } from "./official-papers.ts";
import type { Db } from "./open.ts";
import { outboxReads, outboxWrites } from "./outbox.ts";
import { ownStationReads, ownStationWrites } from "./own-stations.ts";
import { paperAnswerReads, paperAnswerWrites } from "./paper-answers.ts";
import { patrolReads, patrolWrites } from "./patrols.ts";
import { peopleReads, peopleWrites } from "./people.ts";
import { planReads, planWrites } from "./plan.ts";
import { postReads, postWrites } from "./posts.ts";
import { nounOn } from "./prepared.ts";
import { progressReads, progressWrites } from "./progress.ts";
import { provincialRankReads, provincialRankWrites } from "./provincial-ranks.ts";
import { responseCheckReads, responseCheckWrites } from "./response-checks.ts";
import { responseReads, responseWrites } from "./responses.ts";
import { retentionWrites } from "./retention.ts";
import { revisionReads, revisionWrites } from "./revisions.ts";
import { sentReads } from "./sent.ts";
import { settingReads, settingWrites } from "./settings.ts";
import { signInReads, signInWrites } from "./sign-ins.ts";
import { slotMoveReads, slotMoveWrites } from "./slot-moves.ts";
import { spotCheckReads, spotCheckWrites } from "./spot-checks.ts";
import { standInReads, standInWrites } from "./stand-ins.ts";
import { strangerReads, strangerWrites } from "./strangers.ts";
import { transferReads, transferWrites } from "./transfers.ts";

/** What can be asked of each noun. */
const READS = {
  agenda: agendaReads,
  settings: settingReads,
  plan: planReads,
  holidays: holidayReads,
  air: (db: Db) => ({ ...airReads(db), ...airBatchReads(db) }),
  alerts: alertReads,
  hoursDue: hourDueReads,
  ingestSources: ingestSourceReads,
  batches: batchReads,
  officialPapers: officialPaperReads,
  dustfall: dustfallReads,
  dutyRecords: dutyRecordReads,
  provincialRanks: provincialRankReads,
  progress: progressReads,
  responses: responseReads,
  responseChecks: responseCheckReads,
  candidates: candidateReads,
  paperAnswers: paperAnswerReads,
  exemptions: exemptionReads,
  intakes: intakeReads,
  guarantees: guaranteeReads,
  exposures: exposureReads,
  people: peopleReads,
  ownStations: ownStationReads,
  patrols: patrolReads,
  accounts: accountReads,
  activity: activityReads,
  signIns: signInReads,
  posts: postReads,
  standIns: standInReads,
  handovers: handoverReads,
  grants: grantReads,
  enterprises: enterpriseReads,
  evidence: evidenceReads,
  importQuestions: importQuestionReads,
  importRuns: importRunReads,
  issueClock: issueClockReads,
  issueNotices: issueNoticeReads,
  issues: issueReads,
  issuePast: issuePastReads,
  issueUnits: issueUnitReads,
  nightPermits: nightPermitReads,
  numbers: numberReads,
  sent: sentReads,
  spotChecks: spotCheckReads,
  transfers: transferReads,
  audit: auditReads,
  strangers: strangerReads,
  inbox: inboxReads,
  effects: effectReads,
  heard: heardReads,
  outbox: outboxReads,
  meetings: meetingReads,
  messages: messageReads,
  buttons: buttonReads,
  chats: chatReads,
  calendarFeeds: calendarFeedReads,
  jobPauses: jobPauseReads,
  slotMoves: slotMoveReads,
  ledger: ledgerReads,
  lastQuestions: lastQuestionReads,
};

/** What can be changed of it, in a transaction. */
const WRITES = {
  settings: settingWrites,
  plan: planWrites,
  holidays: holidayWrites,
  air: (db: Db) => ({ ...airWrites(db), ...airBatchWrites(db) }),
  alerts: alertWrites,
  hoursDue: hourDueWrites,
  ingestSources: ingestSourceWrites,
  batches: batchWrites,
  officialPapers: officialPaperWrites,
  dustfall: dustfallWrites,
  dutyRecords: dutyRecordWrites,
  provincialRanks: provincialRankWrites,
  progress: progressWrites,
  responses: responseWrites,
  responseChecks: responseCheckWrites,
  candidates: candidateWrites,
  paperAnswers: paperAnswerWrites,
  exemptions: exemptionWrites,
  intakes: intakeWrites,
  guarantees: guaranteeWrites,
  exposures: exposureWrites,
  // Only who writes a revision looks at those before it.
  revisions: (db: Db) => ({ ...revisionReads(db), ...revisionWrites(db) }),
  people: peopleWrites,
  ownStations: ownStationWrites,
  patrols: patrolWrites,
  accounts: accountWrites,
  activity: activityWrites,
  signIns: signInWrites,
  retention: retentionWrites,
  erasure: erasureWrites,
  posts: postWrites,
  standIns: standInWrites,
  handovers: handoverWrites,
  grants: grantWrites,
  enterprises: enterpriseWrites,
  evidence: evidenceWrites,
  importQuestions: importQuestionWrites,
  importRuns: importRunWrites,
  issueClock: issueClockWrites,
  issueNotices: issueNoticeWrites,
  issues: issueWrites,
  issueUnits: issueUnitWrites,
  nightPermits: nightPermitWrites,
  numbers: numberWrites,
  spotChecks: spotCheckWrites,
  transfers: transferWrites,
  audit: auditWrites,
  strangers: strangerWrites,
  inbox: inboxWrites,
  effects: effectWrites,
  heard: heardWrites,
  outbox: outboxWrites,
  meetings: meetingWrites,
  messages: messageWrites,
  buttons: buttonWrites,
  chats: chatWrites,
  calendarFeeds: calendarFeedWrites,
  jobPauses: jobPauseWrites,
  slotMoves: slotMoveWrites,
  ledger: ledgerWrites,
  lastQuestions: lastQuestionWrites,
};

type Made<T extends Table> = { readonly [K in keyof T]: ReturnType<T[K]> };
/** What can be asked of the store; one snapshot, nothing changes while it is read. */
export type Reader = Made<typeof READS>;
/** What can be asked and changed inside one transaction. */
export type Writer = Reader & Made<typeof WRITES>;

// biome-ignore lint/suspicious/noExplicitAny: a table of functions, each with a type of its own
type Table = Readonly<Record<string, (db: Db, onAct: () => void) => any>>;

/** Puts a noun's functions together when it is asked for first: an answer needs few of the sixty. */
function whenAsked(...tables: Table[]): (db: Db, onAct?: () => void) => object {
  class Repositories {
    readonly made: readonly [Db, () => void];
    constructor(db: Db, onAct: () => void) {
      this.made = [db, onAct];
    }
  }
  for (const name of new Set(tables.flatMap(Object.keys)))
    Object.defineProperty(Repositories.prototype, name, {
      get(this: Repositories) {
        const parts = tables.flatMap((table) => table[name] ?? []).map((noun) => nounOn(noun, ...this.made));
        const value = Object.assign({}, ...parts);
        Object.defineProperty(this, name, { value });
        return value;
      },
    });
  return (db, onAct = () => undefined) => new Repositories(db, onAct);
}

export const readerOn = whenAsked(READS) as (db: Db) => Reader;
/** `onAct` is told of each row of the audit log. */
export const writerOn = whenAsked(READS, WRITES) as (db: Db, onAct: () => void) => Writer;
