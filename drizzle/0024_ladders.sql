CREATE TABLE `issue_notice` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`issue_id` integer NOT NULL,
	`clock_id` integer NOT NULL,
	`outbox_id` integer,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`issue_id`) REFERENCES `issue`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`clock_id`) REFERENCES `issue_clock`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`outbox_id`) REFERENCES `outbox`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `issue_notice_once` ON `issue_notice` (`clock_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `issue_notice_by_person` ON `issue_notice` (`person_id`,`outbox_id`,`issue_id`);--> statement-breakpoint
CREATE INDEX `issue_notice_by_delivery` ON `issue_notice` (`outbox_id`);--> statement-breakpoint
ALTER TABLE `issue` ADD `ack_rung` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `issue` ADD `mend_rung` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `issue` ADD `decide_rung` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `issue` ADD `ack_reminded_at` integer;--> statement-breakpoint
ALTER TABLE `issue` ADD `mend_reminded_at` integer;--> statement-breakpoint
ALTER TABLE `issue` ADD `decide_reminded_at` integer;--> statement-breakpoint
ALTER TABLE `issue_clock` ADD `first_at` integer;--> statement-breakpoint
-- What was reported since the issue last came to its unit.
UPDATE `issue` SET `ack_rung` = coalesce((
	SELECT max(CAST(substr(e.step, 5) AS integer)) FROM issue_event e
	WHERE e.issue_id = issue.id AND e.step IN ('ack-1', 'ack-2', 'ack-3') AND e.id > coalesce((
		SELECT max(b.id) FROM issue_event b
		WHERE b.issue_id = issue.id AND b.to_state = 'assigned' AND b.from_state IS NOT 'assigned'), 0)), 0)
WHERE state = 'assigned' AND escalation > 0;
--> statement-breakpoint
-- What was reported since its deadline was last set, or it came back to be mended.
UPDATE `issue` SET `mend_rung` = coalesce((
	SELECT max(CASE e.step WHEN 'escalate' THEN 3 ELSE CAST(substr(e.step, 9) AS integer) END) FROM issue_event e
	WHERE e.issue_id = issue.id AND e.step IN ('overdue-1', 'overdue-2', 'overdue-3', 'escalate') AND e.id > coalesce((
		SELECT max(b.id) FROM issue_event b
		WHERE b.issue_id = issue.id AND b.step <> 'request-extension'
			AND (b.due IS NOT NULL OR b.step IN ('submit', 'reject', 'suspend', 'grant-extension'))), 0)), 0)
WHERE state IN ('assigned', 'acknowledged', 'rectifying');
--> statement-breakpoint
UPDATE `issue` SET `decide_rung` = escalation WHERE state IN ('submitted', 'reviewing');
--> statement-breakpoint
UPDATE `issue` SET
	`ack_reminded_at` = (SELECT max(c.done_at) FROM issue_clock c
		WHERE c.issue_id = issue.id AND c.state = 'done' AND c.kind = 'ack-half' AND c.done_at >= issue.assigned_at),
	`mend_reminded_at` = (SELECT min(c.done_at) FROM issue_clock c
		WHERE c.issue_id = issue.id AND c.state = 'done' AND c.kind IN ('due-3', 'due-1', 'due-0', 'overdue')
			AND c.done_at >= (unixepoch(issue.term_from) - 86400) * 1000),
	`decide_reminded_at` = (SELECT min(c.done_at) FROM issue_clock c
		WHERE c.issue_id = issue.id AND c.state = 'done' AND c.kind IN ('confirm', 'verify')
			AND c.done_at >= coalesce(issue.confirmed_at, issue.submitted_at))
WHERE state IN ('assigned', 'acknowledged', 'rectifying', 'submitted', 'reviewing');
--> statement-breakpoint
-- Terms run otherwise now: what is still to come is reckoned anew at the start.
UPDATE `issue_clock` SET `state` = 'dropped', `done_at` = `at` WHERE `state` = 'open' AND `kind` <> 'spot-check';
