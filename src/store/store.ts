import { accountReads, accountWrites } from "./accounts.ts";
import { activityReads, activityWrites } from "./activity.ts";
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
import { type Connection, type Db, migrateDatabase, openConnection, withDrizzle } from "./open.ts";
import { outboxReads, outboxWrites } from "./outbox.ts";
import { ownStationReads, ownStationWrites } from "./own-stations.ts";
import { paperAnswerReads, paperAnswerWrites } from "./paper-answers.ts";
import { patrolReads, patrolWrites } from "./patrols.ts";
import { peopleReads, peopleWrites } from "./people.ts";
import { planReads, planWrites } from "./plan.ts";
import { postReads, postWrites } from "./posts.ts";
import { progressReads, progressWrites } from "./progress.ts";
import { provincialRankReads, provincialRankWrites } from "./provincial-ranks.ts";
import { responseCheckReads, responseCheckWrites } from "./response-checks.ts";
import { responseReads, responseWrites } from "./responses.ts";
import { retentionWrites } from "./retention.ts";
import { revisionReads, revisionWrites } from "./revisions.ts";
import { sealing } from "./seal.ts";
import { sentReads } from "./sent.ts";
import { settingReads, settingWrites } from "./settings.ts";
import { signInReads, signInWrites } from "./sign-ins.ts";
import { slotMoveReads, slotMoveWrites } from "./slot-moves.ts";
import { spotCheckReads, spotCheckWrites } from "./spot-checks.ts";
import { standInReads, standInWrites } from "./stand-ins.ts";
import { strangerReads, strangerWrites } from "./strangers.ts";
import { transferReads, transferWrites } from "./transfers.ts";
import { type WriteFault, writeFaultIn } from "./write-fault.ts";

/** What can be asked of the store; one snapshot, nothing changes while it is read. */
export type Reader = ReturnType<typeof readerOf>;
/** What can be asked and changed inside one transaction. */
export type Writer = ReturnType<typeof writerOf>;

export type Store = {
  /** Runs `ask` on one consistent snapshot. Nothing but store calls may be awaited inside. */
  read<T>(ask: (reader: Reader) => Promise<T>): Promise<T>;
  /** Runs `change` as one transaction (BEGIN IMMEDIATE), one at a time; any throw rolls all of it back. */
  write<T>(change: (writer: Writer) => Promise<T>): Promise<T>;
  /**
   * Gives the turn to write to another connection of this process, until `use` is over: changes that are asked for
   * meanwhile wait, and nothing else does. SQLite itself would hold up the whole process.
   */
  lend<T>(use: () => Promise<T>): Promise<T>;
  /** Grows whenever any other connection has changed the file. */
  dataVersion(): number;
  /** When (`performance.now()`) a change could not be written last, for a fault of the file or the disk; null: never. */
  lastWriteFault(): (WriteFault & { at: number }) | null;
  /** The fault of the newest change that was tried; null where that was written. */
  standingWriteFault(): WriteFault | null;
  file: string;
  close(): void;
};

/**
 * Opens the store: migrates the file, then keeps one writing and one reading connection.
 * @throws StoreFault for a file that can't be used.
 */
export function openStore(file: string, connect: typeof openConnection = openConnection): Store {
  migrateDatabase(file);
  const writing = connect(file);
  const reading = connect(file);
  // SQLite waits with the whole process; longer waits are made in between (`beginPatiently`).
  writing.pragma(`busy_timeout = ${BLOCKED_MS}`);
  let acted = false;
  const writer = writerOf(withDrizzle(writing), () => {
    acted = true;
  });
  const reader = readerOf(withDrizzle(reading));
  const writes = inTurn();
  const write = transactionsOn(writing, "BEGIN IMMEDIATE", writes);
  const version = reading.prepare("pragma data_version").pluck();
  const read = transactionsOn(reading, "BEGIN", inTurn());
  const seal = sealing(file, () => openConnection(file));
  let lastWriteFault: (WriteFault & { at: number }) | null = null;
  let standingWriteFault: WriteFault | null = null;
  const noting = async <T>(change: () => Promise<T>): Promise<T> => {
    try {
      const result = await change();
      standingWriteFault = null;
      return result;
    } catch (error) {
      const fault = writeFaultIn(error);
      if (fault !== null) {
        lastWriteFault = { ...fault, at: performance.now() };
        standingWriteFault = fault;
      }
      throw error;
    }
  };
  return {
    read: (ask) => read(() => ask(reader)),
    write: (change) =>
      noting(async () => {
        let hasActed = false;
        const result = await write(async () => {
          acted = false;
          const changed = await change(writer);
          hasActed = acted;
          return changed;
        });
        if (hasActed) seal.soon();
        return result;
      }),
    async lend(use) {
      const result = await noting(() => writes(use));
      seal.soon();
      return result;
    },
    dataVersion: () => version.get() as number,
    lastWriteFault: () => lastWriteFault,
    standingWriteFault: () => standingWriteFault,
    file,
    close() {
      reading.close();
      writing.close();
      seal.close();
    },
  };
}

/** How long another program's lock may hold up the process at once, ms. */
const BLOCKED_MS = 50;
/** How long a change waits for it in all, counted from when it was asked for: whoever waits is told in good time. */
const PATIENCE_MS = 2000;
const LOOK_AGAIN_MS = 20;

/** Waits for another program's lock without holding up what else goes on here. @throws SQLite's error after `PATIENCE_MS`. */
async function beginPatiently(begin: () => void, askedAt: number): Promise<void> {
  for (;;) {
    try {
      return begin();
    } catch (error) {
      const isBusy = (error as { code?: unknown }).code === "SQLITE_BUSY";
      if (!isBusy || performance.now() - askedAt > PATIENCE_MS) throw error;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }
}

type Turns = <T>(run: () => Promise<T>) => Promise<T>;

/** One after the other: the next begins when the one before is over. */
function inTurn(): Turns {
  let tail: Promise<unknown> = Promise.resolve();
  return (run) => {
    const turn = tail.then(run);
    tail = turn.catch(() => undefined);
    return turn;
  };
}

/** Queues transactions on one connection: the next begins when the one before has committed or rolled back. */
function transactionsOn(connection: Connection, begin: string, turns: Turns): Turns {
  const [starts, commits, rollsBack] = [begin, "COMMIT", "ROLLBACK"].map((statement) =>
    connection.prepare(statement),
  );
  return (run) => {
    const askedAt = performance.now();
    return turns(async () => {
      await beginPatiently(() => starts?.run(), askedAt);
      try {
        const result = await run();
        commits?.run();
        return result;
      } catch (error) {
        // SQLite rolls back by itself on a full disk; a second ROLLBACK would hide the first error.
        if (connection.inTransaction) rollsBack?.run();
        throw error;
      }
    });
  };
}

function readerOf(db: Db) {
  return {
    settings: settingReads(db),
    plan: planReads(db),
    holidays: holidayReads(db),
    air: { ...airReads(db), ...airBatchReads(db) },
    alerts: alertReads(db),
    hoursDue: hourDueReads(db),
    ingestSources: ingestSourceReads(db),
    batches: batchReads(db),
    officialPapers: officialPaperReads(db),
    dustfall: dustfallReads(db),
    dutyRecords: dutyRecordReads(db),
    provincialRanks: provincialRankReads(db),
    progress: progressReads(db),
    responses: responseReads(db),
    responseChecks: responseCheckReads(db),
    candidates: candidateReads(db),
    paperAnswers: paperAnswerReads(db),
    exemptions: exemptionReads(db),
    intakes: intakeReads(db),
    guarantees: guaranteeReads(db),
    exposures: exposureReads(db),
    people: peopleReads(db),
    ownStations: ownStationReads(db),
    patrols: patrolReads(db),
    accounts: accountReads(db),
    activity: activityReads(db),
    signIns: signInReads(db),
    posts: postReads(db),
    standIns: standInReads(db),
    handovers: handoverReads(db),
    grants: grantReads(db),
    enterprises: enterpriseReads(db),
    evidence: evidenceReads(db),
    importQuestions: importQuestionReads(db),
    importRuns: importRunReads(db),
    issueClock: issueClockReads(db),
    issueNotices: issueNoticeReads(db),
    issues: issueReads(db),
    issuePast: issuePastReads(db),
    issueUnits: issueUnitReads(db),
    nightPermits: nightPermitReads(db),
    numbers: numberReads(db),
    sent: sentReads(db),
    spotChecks: spotCheckReads(db),
    transfers: transferReads(db),
    audit: auditReads(db),
    strangers: strangerReads(db),
    inbox: inboxReads(db),
    effects: effectReads(db),
    heard: heardReads(db),
    outbox: outboxReads(db),
    meetings: meetingReads(db),
    messages: messageReads(db),
    buttons: buttonReads(db),
    chats: chatReads(db),
    calendarFeeds: calendarFeedReads(db),
    jobPauses: jobPauseReads(db),
    slotMoves: slotMoveReads(db),
    ledger: ledgerReads(db),
    lastQuestions: lastQuestionReads(db),
  };
}

function writerOf(db: Db, onAct: () => void) {
  return {
    settings: { ...settingReads(db), ...settingWrites(db) },
    plan: { ...planReads(db), ...planWrites(db) },
    holidays: { ...holidayReads(db), ...holidayWrites(db) },
    air: { ...airReads(db), ...airBatchReads(db), ...airWrites(db), ...airBatchWrites(db) },
    alerts: { ...alertReads(db), ...alertWrites(db) },
    hoursDue: { ...hourDueReads(db), ...hourDueWrites(db) },
    ingestSources: { ...ingestSourceReads(db), ...ingestSourceWrites(db) },
    batches: { ...batchReads(db), ...batchWrites(db) },
    officialPapers: { ...officialPaperReads(db), ...officialPaperWrites(db) },
    dustfall: { ...dustfallReads(db), ...dustfallWrites(db) },
    dutyRecords: { ...dutyRecordReads(db), ...dutyRecordWrites(db) },
    provincialRanks: { ...provincialRankReads(db), ...provincialRankWrites(db) },
    progress: { ...progressReads(db), ...progressWrites(db) },
    responses: { ...responseReads(db), ...responseWrites(db) },
    responseChecks: { ...responseCheckReads(db), ...responseCheckWrites(db) },
    candidates: { ...candidateReads(db), ...candidateWrites(db) },
    paperAnswers: { ...paperAnswerReads(db), ...paperAnswerWrites(db) },
    exemptions: { ...exemptionReads(db), ...exemptionWrites(db) },
    intakes: { ...intakeReads(db), ...intakeWrites(db) },
    guarantees: { ...guaranteeReads(db), ...guaranteeWrites(db) },
    exposures: { ...exposureReads(db), ...exposureWrites(db) },
    revisions: { ...revisionReads(db), ...revisionWrites(db) },
    people: { ...peopleReads(db), ...peopleWrites(db) },
    ownStations: { ...ownStationReads(db), ...ownStationWrites(db) },
    patrols: { ...patrolReads(db), ...patrolWrites(db) },
    accounts: { ...accountReads(db), ...accountWrites(db) },
    activity: { ...activityReads(db), ...activityWrites(db) },
    signIns: { ...signInReads(db), ...signInWrites(db) },
    retention: retentionWrites(db),
    erasure: erasureWrites(db),
    posts: { ...postReads(db), ...postWrites(db) },
    standIns: { ...standInReads(db), ...standInWrites(db) },
    handovers: { ...handoverReads(db), ...handoverWrites(db) },
    grants: { ...grantReads(db), ...grantWrites(db) },
    enterprises: { ...enterpriseReads(db), ...enterpriseWrites(db) },
    evidence: { ...evidenceReads(db), ...evidenceWrites(db) },
    importQuestions: { ...importQuestionReads(db), ...importQuestionWrites(db) },
    importRuns: { ...importRunReads(db), ...importRunWrites(db) },
    issueClock: { ...issueClockReads(db), ...issueClockWrites(db) },
    issueNotices: { ...issueNoticeReads(db), ...issueNoticeWrites(db) },
    issues: { ...issueReads(db), ...issueWrites(db) },
    issuePast: issuePastReads(db),
    issueUnits: { ...issueUnitReads(db), ...issueUnitWrites(db) },
    nightPermits: { ...nightPermitReads(db), ...nightPermitWrites(db) },
    numbers: { ...numberReads(db), ...numberWrites(db) },
    sent: sentReads(db),
    spotChecks: { ...spotCheckReads(db), ...spotCheckWrites(db) },
    transfers: { ...transferReads(db), ...transferWrites(db) },
    audit: { ...auditReads(db), ...auditWrites(db, onAct) },
    strangers: { ...strangerReads(db), ...strangerWrites(db) },
    inbox: { ...inboxReads(db), ...inboxWrites(db) },
    effects: { ...effectReads(db), ...effectWrites(db) },
    heard: { ...heardReads(db), ...heardWrites(db) },
    outbox: { ...outboxReads(db), ...outboxWrites(db) },
    meetings: { ...meetingReads(db), ...meetingWrites(db) },
    messages: { ...messageReads(db), ...messageWrites(db) },
    buttons: { ...buttonReads(db), ...buttonWrites(db) },
    chats: { ...chatReads(db), ...chatWrites(db) },
    calendarFeeds: { ...calendarFeedReads(db), ...calendarFeedWrites(db) },
    jobPauses: { ...jobPauseReads(db), ...jobPauseWrites(db) },
    slotMoves: { ...slotMoveReads(db), ...slotMoveWrites(db) },
    ledger: { ...ledgerReads(db), ...ledgerWrites(db) },
    lastQuestions: { ...lastQuestionReads(db), ...lastQuestionWrites(db) },
  };
}
