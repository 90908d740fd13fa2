/** What the office's process promises, in the words that may be signed. */
export const PROMISES = {
  P1: "What Slack or Telegram has an acknowledgement for is on the disk.",
  P2: "One message, press or form that comes in has at most one effect, however often it comes.",
  P3: "A change, its line in the audit and the messages that it causes are one transaction.",
  P4: "Each delivery ends as sent, refused with a reason, or in doubt and listed; none vanishes.",
  P5: "Where nobody knows whether a message arrived, it isn't sent again unread.",
  P6: "What falls due comes late at worst, never not at all.",
  P7: "Nobody does what their role, place and relation don't allow.",
  P8: "However long the bot was down, what is made up for is what each job's policy says.",
} as const;

export type Check = {
  /** Its number in the reliability bar. */
  id: `R${number}`;
  check: string;
  /** Of the large run (`npm run test:full`); a submission runs a seeded part of it. */
  load: string;
  holds: (keyof typeof PROMISES)[];
  /** Test file -> how the names of its tests that belong to this begin; "" is all of them. */
  tests: Record<string, string[]>;
};

/** The reliability bar, and the tests that hold each of its checks. */
export const CHECKS: readonly Check[] = [
  {
    id: "R1",
    check: "Telegram's inbox, killed again and again",
    load: "2,040 messages, 60 kills; 14 % faults; then four seeds of 255 messages and 600 pushes",
    holds: ["P1", "P2", "P3"],
    tests: {
      "platforms/telegram/killed.test.ts": [""],
      "platforms/telegram/inbox.test.ts": ["between keeping"],
    },
  },
  {
    id: "R2",
    check: "Slack's events, killed again and again",
    load: "1,020 events, 60 kills, Slack's own repeats; then four seeds of 255 events and 600 pushes",
    holds: ["P1", "P2", "P3"],
    tests: { "platforms/slack/killed.test.ts": [""] },
  },
  {
    id: "R3",
    check: "Socket Mode: connections renewed and dropped",
    load: "20 renewals and 20 drops under load, two connections",
    holds: ["P1", "P2"],
    tests: { "platforms/slack/sockets.test.ts": [""] },
  },
  {
    id: "R4",
    check: "How soon Slack is acknowledged",
    load: "50 commands a second for 60 s, exports beside them; a form and a button behind 50 answers on each platform",
    holds: ["P1"],
    tests: { "alone/acknowledging.test.ts": [""] },
  },
  {
    id: "R5",
    check: "The outbox, killed again and again",
    load: "600 messages, 60 kills, 14 % faults, some accepted after the wait; five seeds, read back or not; 1,000 random courses",
    holds: ["P3", "P4", "P5"],
    tests: {
      "delivery/model.test.ts": [""],
      "delivery/two-rounds-model.test.ts": [""],
      "platforms/slack/killed.test.ts": [""],
      "platforms/telegram/killed.test.ts": [""],
    },
  },
  {
    id: "R6",
    check: "A notice to everybody",
    load: "300 groups on Slack, 200 chats on Telegram, three notices; a card edited meanwhile",
    holds: ["P4"],
    tests: {
      "platforms/slack/mass.test.ts": ["three notices"],
      "platforms/telegram/door.test.ts": ["a mass notice", "a bound group"],
    },
  },
  {
    id: "R7",
    check: "A storm of 429s",
    load: "30 % of calls, 1 to 30 s, some without a length",
    holds: ["P4"],
    tests: {
      "platforms/slack/mass.test.ts": ["in a storm"],
      "platforms/telegram/storm.test.ts": ["when Telegram asks", "a chat that is held"],
    },
  },
  {
    id: "R8",
    check: "Errors, resets, silence, cut answers",
    load: "1,000 messages a platform, 15 % faults",
    holds: ["P4", "P5"],
    tests: { "platforms/slack/pushes.test.ts": [""], "platforms/telegram/storm.test.ts": ["errors, resets"] },
  },
  {
    id: "R9",
    check: "Everything comes two to five times",
    load: "400 messages; one captured request 1,000 times; forms of one view in any order",
    holds: ["P2"],
    tests: {
      "platforms/slack/repeats.test.ts": ["every message"],
      "platforms/slack/requests.test.ts": ["captured bytes"],
      "platforms/slack/forms.test.ts": ["whatever is submitted", "one view"],
      "platforms/telegram/inbox.test.ts": ["the same update"],
    },
  },
  {
    id: "R10",
    check: "Out of order, and buttons of old cards",
    load: "40 issues, presses shuffled; edits of a message in any order, 1,000 courses",
    holds: ["P2"],
    tests: {
      "platforms/slack/repeats.test.ts": ["presses in any order"],
      "delivery/two-rounds-model.test.ts": ["however many rounds make the edits"],
    },
  },
  {
    id: "R11",
    check: "Fifty press one button at once",
    load: "200 issues",
    holds: ["P2"],
    tests: { "issues/loop/presses.test.ts": [""], "platforms/telegram/presses.test.ts": [""] },
  },
  {
    id: "R12",
    check: "Who may do what: state × step × role × relation",
    load: "every cell, at least 600",
    holds: ["P7"],
    tests: { "issues/loop/matrix.test.ts": [""] },
  },
  {
    id: "R13",
    check: "The loop against a pure model",
    load: "at least 10,000 random steps",
    holds: ["P2", "P7"],
    tests: { "issues/loop/model.test.ts": [""] },
  },
  {
    id: "R14",
    check: "No issue without an owner and a time, or an end",
    load: "500 issues, silent and absent officials",
    holds: ["P6"],
    tests: { "issues/loop/completeness.test.ts": [""] },
  },
  {
    id: "R15",
    check: "What a stop leaves is made up for by each job's policy",
    load: "stops of a minute to months, pauses, clocks set back; 200 random courses; two played years with stops",
    holds: ["P6", "P8"],
    tests: {
      "scheduler/reconcile.test.ts": [""],
      "calendar/slot-course.test.ts": [""],
      "issues/year/year.test.ts": [""],
    },
  },
  {
    id: "R16",
    check: "Killed as a job falls due",
    load: "200 slots",
    holds: ["P3", "P6"],
    tests: { "ops/killed-at-slots.test.ts": [""] },
  },
  {
    id: "R17",
    check: "A clock that jumps",
    load: "two days back, eight days ahead, seconds to and fro",
    holds: ["P6", "P8"],
    tests: { "scheduler/clock-back.test.ts": [""], "calendar/slot-course.test.ts": [""] },
  },
  {
    id: "R18",
    check: "Time zones, leap days, months' ends",
    load: "four zones, two years, against a calendar of its own",
    holds: ["P6"],
    tests: {
      "scheduler/slots.test.ts": [""],
      "domain/calendar.test.ts": [""],
      "domain/day-rule.test.ts": [""],
    },
  },
  {
    id: "R19",
    check: "The process stands still as a slot falls due",
    load: "5 s",
    holds: ["P6"],
    tests: { "scheduler/stall.test.ts": [""] },
  },
  {
    id: "R20",
    check: "A power cut: torn logs of the database",
    load: "400 images, cut, zeroed or garbled at any byte",
    holds: ["P1", "P3"],
    tests: { "store/torn-log.test.ts": [""] },
  },
  {
    id: "R21",
    check: "A full disk",
    load: "at random points, then freed",
    holds: ["P1", "P4"],
    tests: { "store/disk-full.test.ts": [""], "platforms/unsaved.test.ts": [""] },
  },
  {
    id: "R22",
    check: "Another program holds the database",
    load: "0.2 to 10 s",
    holds: ["P1", "P2"],
    tests: {
      "store/trouble.test.ts": [""],
      "platforms/slack/locked.test.ts": [""],
      "platforms/telegram/inbox.test.ts": ["waits while another"],
    },
  },
  {
    id: "R23",
    check: "A damaged, foreign, newer or older database; a lost log",
    load: "each kind",
    holds: ["P1"],
    tests: { "store/open.test.ts": [""], "store/seal.test.ts": [""], "ops/private.test.ts": [""] },
  },
  {
    id: "R24",
    check: "Migrations, killed and at once",
    load: "30 kills on a database of 10,000 rows; several processes",
    holds: ["P1"],
    tests: {
      "store/killed-migration.test.ts": [""],
      "store/open.test.ts": ["several processes"],
    },
  },
  {
    id: "R25",
    check: "Backup and restore under load",
    load: "50 writes a second",
    holds: ["P1", "P5"],
    tests: { "ops/backup.test.ts": [""], "ops/restore.test.ts": [""] },
  },
  {
    id: "R26",
    check: "Two of it at once",
    load: "5 second starts, 10 successors of a killed one",
    holds: ["P2"],
    tests: { "ops/instances.test.ts": [""] },
  },
  {
    id: "R27",
    check: "Told to stop under load",
    load: "50 times on each of two platforms",
    holds: ["P4"],
    tests: { "ops/stop.test.ts": [""], "platforms/telegram/stopping.test.ts": [""] },
  },
  {
    id: "R28",
    check: "Whatever is drawn keeps the platforms' limits",
    load: "10,000 random cards and forms a platform",
    holds: ["P4"],
    tests: {
      "platforms/slack/blocks.test.ts": [""],
      "platforms/telegram/draw.test.ts": [""],
      "delivery/paging.test.ts": [""],
    },
  },
  {
    id: "R29",
    check: "Groups that move, block or are archived; tokens that are taken away",
    load: "each kind",
    holds: ["P4"],
    tests: {
      "delivery/trouble.test.ts": [""],
      "platforms/slack/outages.test.ts": [""],
      "platforms/telegram/outages.test.ts": [""],
      "platforms/telegram/groups.test.ts": [""],
    },
  },
  {
    id: "R30",
    check: "Texts that would be more than text",
    load: "formulas, mentions, links, SQL, prototypes, paths",
    holds: ["P7"],
    tests: {
      "chat/own-keys.test.ts": [""],
      "output/ledger.test.ts": [""],
      "output/workbook.test.ts": [""],
      "platforms/slack/nonsense.test.ts": [""],
    },
  },
  {
    id: "R31",
    check: "Files that would burst or run",
    load: "bombs, active content, 5,000 broken files",
    holds: ["P7"],
    tests: {
      "intake/evidence-file.test.ts": [""],
      "intake/workbook.test.ts": [""],
      "intake/picture.test.ts": [""],
      "intake/budget-workbook.test.ts": [""],
      "incoming/layouts.test.ts": [""],
    },
  },
  {
    id: "R32",
    check: "Forged and replayed requests",
    load: "1,000 forged, 1,000 replayed; every character of a token changed",
    holds: ["P2", "P7"],
    tests: {
      "platforms/slack/requests.test.ts": [""],
      "platforms/slack/nonsense.test.ts": ["a thousand forged", "a token in which"],
      "platforms/telegram/buttons.test.ts": [""],
    },
  },
  {
    id: "R33",
    check: "One person's flood",
    load: "200 a second for 30 s",
    holds: ["P4"],
    tests: {
      "platforms/kit/flood.test.ts": [""],
      "platforms/slack/flood.test.ts": [""],
      "platforms/telegram/flood.test.ts": [""],
    },
  },
  {
    id: "R34",
    check: "Secrets in logs, database, backups and chats",
    load: "canaries through every failure",
    holds: ["P7"],
    tests: { "ops/canary.test.ts": [""] },
  },
  {
    id: "R35",
    check: "A log that was tampered with",
    load: "50,000 rows, 100 random changes",
    holds: ["P3"],
    tests: { "store/audit-at-size.test.ts": [""], "store/audit.test.ts": [""] },
  },
  {
    id: "R36",
    check: "Eight hours of the office's clock, with and without kills",
    load: "30 minutes of mixed load, 5 % faults on both platforms; then with a kill a minute",
    holds: ["P1", "P2", "P4"],
    tests: { "alone/soak.test.ts": [""] },
  },
  {
    id: "R37",
    check: "What stands still is noticed",
    load: "clock, inbox, outbox, platforms, backup",
    holds: ["P6"],
    tests: { "ops/heartbeat.test.ts": [""], "scheduler/tick.test.ts": [""] },
  },
  {
    id: "R38",
    check: "A message that always fails",
    load: "one among 1,000",
    holds: ["P4"],
    tests: { "delivery/trouble.test.ts": ["is set aside", "a thousand others", "but had its effect"] },
  },
  {
    id: "R39",
    check: "docs/delivery.md is what the code does",
    load: "every class on every platform",
    holds: ["P4"],
    tests: { "delivery/document.test.ts": [""], "delivery/classes.test.ts": [""] },
  },
  {
    id: "R40",
    check: "A start on bad ground is refused",
    load: "settings, rights, pages, clock",
    holds: ["P1"],
    tests: {
      "ops/doctor.test.ts": [""],
      "ops/start.test.ts": [""],
      "ops/private.test.ts": [""],
      "config.test.ts": [""],
    },
  },
];
