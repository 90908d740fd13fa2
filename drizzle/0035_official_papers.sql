CREATE TABLE `official_paper` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`title` text NOT NULL,
	`about` text NOT NULL,
	`first_day` text NOT NULL,
	`last_day` text NOT NULL,
	`region_id` text,
	`department_id` text,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`corrects` integer,
	`slot` integer,
	`issue_at` integer,
	`quick` integer DEFAULT false NOT NULL,
	`number` text,
	`drafted_at` integer NOT NULL,
	`issued_at` integer
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `official_paper_once` ON `official_paper` (`kind`,`key`) WHERE "corrects" is null and "state" <> 'withdrawn';--> statement-breakpoint
CREATE UNIQUE INDEX `official_paper_corrected_once` ON `official_paper` (`corrects`) WHERE "corrects" is not null and "state" <> 'withdrawn';--> statement-breakpoint
CREATE INDEX `official_paper_by_number` ON `official_paper` (`number`);--> statement-breakpoint
CREATE INDEX `official_paper_by_state` ON `official_paper` (`state`,`id`);--> statement-breakpoint
CREATE INDEX `official_paper_by_day` ON `official_paper` (`last_day`,`id`);--> statement-breakpoint
CREATE TABLE `official_paper_act` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`paper_id` integer NOT NULL,
	`version` integer NOT NULL,
	`act` text NOT NULL,
	`person_id` integer,
	`behalf_id` integer,
	`at` integer NOT NULL,
	`text` text,
	FOREIGN KEY (`paper_id`) REFERENCES `official_paper`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`behalf_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `official_paper_act_of` ON `official_paper_act` (`paper_id`,`id`);--> statement-breakpoint
CREATE TABLE `official_paper_answer` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`paper_id` integer NOT NULL,
	`region_id` text,
	`department_id` text,
	`due` text,
	`received_at` integer,
	`received_by` integer,
	`answered_at` integer,
	`answered_by` integer,
	`cause` text,
	`measures` text,
	`promised` text,
	`reminded` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`paper_id`) REFERENCES `official_paper`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`received_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "official_paper_answer_unit" CHECK(("region_id" is null) <> ("department_id" is null))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `official_paper_answer_region` ON `official_paper_answer` (`paper_id`,`region_id`) WHERE "region_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `official_paper_answer_department` ON `official_paper_answer` (`paper_id`,`department_id`) WHERE "department_id" is not null;--> statement-breakpoint
CREATE INDEX `official_paper_answer_due` ON `official_paper_answer` (`due`) WHERE "answered_at" is null;--> statement-breakpoint
CREATE TABLE `official_paper_file` (
	`paper_id` integer NOT NULL,
	`look` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`sha256` text NOT NULL,
	`bytes` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`paper_id`, `look`),
	FOREIGN KEY (`paper_id`) REFERENCES `official_paper`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `official_paper_file_of` ON `official_paper_file` (`sha256`);--> statement-breakpoint
CREATE TABLE `official_paper_version` (
	`paper_id` integer NOT NULL,
	`version` integer NOT NULL,
	`facts` text,
	`figures` text,
	`rests_on` text NOT NULL,
	`batches` text NOT NULL,
	`digest` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`paper_id`, `version`),
	FOREIGN KEY (`paper_id`) REFERENCES `official_paper`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
