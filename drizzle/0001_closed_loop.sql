CREATE TABLE `evidence` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`issue_id` integer,
	`kind` text NOT NULL,
	`person_id` integer,
	`at` integer NOT NULL,
	`sha256` text NOT NULL,
	`sent_sha256` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`bytes` integer NOT NULL,
	`width` integer,
	`height` integer,
	`taken_at` text,
	`latitude` real,
	`longitude` real,
	`caption` text,
	`album` text,
	`inbox_id` integer,
	FOREIGN KEY (`issue_id`) REFERENCES `issue`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`inbox_id`) REFERENCES `inbox`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "evidence_kind" CHECK("kind" in ('before', 'after', 'document', 'other'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `evidence_by_issue` ON `evidence` (`issue_id`,`id`);--> statement-breakpoint
CREATE INDEX `evidence_by_person` ON `evidence` (`person_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `evidence_once` ON `evidence` (`inbox_id`,`sent_sha256`);--> statement-breakpoint
CREATE TABLE `issue_clock` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`issue_id` integer NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`state` text DEFAULT 'open' NOT NULL,
	`done_at` integer,
	FOREIGN KEY (`issue_id`) REFERENCES `issue`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "issue_clock_state" CHECK("state" in ('open', 'done', 'dropped'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `issue_clock_due` ON `issue_clock` (`state`,`at`);--> statement-breakpoint
CREATE INDEX `issue_clock_by_issue` ON `issue_clock` (`issue_id`,`state`);--> statement-breakpoint
CREATE TABLE `spot_check` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`issue_id` integer NOT NULL,
	`checker_id` integer NOT NULL,
	`at` integer NOT NULL,
	`due` text NOT NULL,
	`state` text DEFAULT 'open' NOT NULL,
	`checked_at` integer,
	`text` text,
	FOREIGN KEY (`issue_id`) REFERENCES `issue`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`checker_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "spot_check_state" CHECK("state" in ('open', 'passed', 'failed'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `spot_check_by_checker` ON `spot_check` (`checker_id`,`state`);--> statement-breakpoint
CREATE INDEX `spot_check_by_issue` ON `spot_check` (`issue_id`);--> statement-breakpoint
CREATE TABLE `transfer` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`no` text NOT NULL,
	`region_id` text NOT NULL,
	`reason` text NOT NULL,
	`state` text DEFAULT 'proposed' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`proposed_by` integer NOT NULL,
	`proposed_at` integer NOT NULL,
	`decided_by` integer,
	`decided_at` integer,
	`decision` text,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proposed_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "transfer_state" CHECK("state" in ('proposed', 'approved', 'refused'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `transfer_no_unique` ON `transfer` (`no`);--> statement-breakpoint
CREATE TABLE `transfer_issue` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`transfer_id` integer NOT NULL,
	`issue_id` integer NOT NULL,
	FOREIGN KEY (`transfer_id`) REFERENCES `transfer`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`issue_id`) REFERENCES `issue`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `transfer_issue_once` ON `transfer_issue` (`transfer_id`,`issue_id`);--> statement-breakpoint
CREATE INDEX `transfer_by_issue` ON `transfer_issue` (`issue_id`);--> statement-breakpoint
-- Foreign keys are off while src/store/open.ts migrates: no child row goes with the table that is rebuilt.
CREATE TABLE `__new_issue` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`no` text NOT NULL,
	`title` text NOT NULL,
	`source` text NOT NULL,
	`batch` text,
	`level` text NOT NULL,
	`category` text,
	`town` text,
	`place` text,
	`requirement` text,
	`region_id` text NOT NULL,
	`department_id` text,
	`state` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer,
	`assigned_by` integer,
	`assigned_at` integer NOT NULL,
	`acknowledged_at` integer,
	`submitted_at` integer,
	`submitted_by` integer,
	`confirmed_at` integer,
	`confirmed_by` integer,
	`closed_at` integer,
	`closed_by` integer,
	`due` text NOT NULL,
	`first_due` text NOT NULL,
	`term_from` text NOT NULL,
	`returns` integer DEFAULT 0 NOT NULL,
	`rejections` integer DEFAULT 0 NOT NULL,
	`reopenings` integer DEFAULT 0 NOT NULL,
	`extensions` integer DEFAULT 0 NOT NULL,
	`extension_due` text,
	`extension_by` integer,
	`resume_state` text,
	`suspended_on` text,
	`suspended_until` text,
	`escalation` integer DEFAULT 0 NOT NULL,
	`supervised_at` integer,
	`proposed_by` integer,
	`merged_into` integer,
	`import_key` text,
	`external_no` text,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`assigned_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`submitted_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`confirmed_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`closed_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`extension_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proposed_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`merged_into`) REFERENCES `issue`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "issue_state" CHECK("state" in ('draft', 'assigned', 'acknowledged', 'rectifying', 'submitted', 'reviewing', 'closed', 'returned', 'suspended', 'transferring', 'transferred', 'merged', 'cancelled')),
	CONSTRAINT "issue_resume_state" CHECK("resume_state" in ('draft', 'assigned', 'acknowledged', 'rectifying', 'submitted', 'reviewing', 'closed', 'returned', 'suspended', 'transferring', 'transferred', 'merged', 'cancelled'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_issue`("id", "no", "title", "source", "level", "place", "requirement", "region_id", "department_id", "state", "version", "created_at", "created_by", "assigned_by", "assigned_at", "acknowledged_at", "submitted_at", "submitted_by", "due", "first_due", "term_from")
SELECT "id", "no", "title", "source", "level", "place", "requirement", "region_id", "department_id", "state", "version", "assigned_at", "assigned_by", "assigned_by", "assigned_at", "acknowledged_at", "submitted_at",
	(SELECT "person_id" FROM `issue_event` e WHERE e."issue_id" = `issue`."id" AND e."to_state" = 'submitted' ORDER BY e."id" DESC LIMIT 1),
	"due", "due", date("assigned_at" / 1000, 'unixepoch', '+8 hours')
FROM `issue`;--> statement-breakpoint
DROP TABLE `issue`;--> statement-breakpoint
ALTER TABLE `__new_issue` RENAME TO `issue`;--> statement-breakpoint
CREATE UNIQUE INDEX `issue_no_unique` ON `issue` (`no`);--> statement-breakpoint
CREATE UNIQUE INDEX `issue_import_key_unique` ON `issue` (`import_key`);--> statement-breakpoint
CREATE INDEX `issue_by_region` ON `issue` (`region_id`,`state`,`due`);--> statement-breakpoint
CREATE INDEX `issue_by_department` ON `issue` (`department_id`,`state`,`due`);--> statement-breakpoint
CREATE INDEX `issue_by_assignment` ON `issue` (`assigned_at`);--> statement-breakpoint
CREATE INDEX `issue_by_closing` ON `issue` (`closed_at`);--> statement-breakpoint
ALTER TABLE `issue_event` ADD `due` text;--> statement-breakpoint
CREATE INDEX `issue_event_by_time` ON `issue_event` (`at`);