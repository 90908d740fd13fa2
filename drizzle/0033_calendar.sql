CREATE TABLE `calendar_feed` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`key_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_feed_key_hash_unique` ON `calendar_feed` (`key_hash`);--> statement-breakpoint
CREATE INDEX `calendar_feed_by_person` ON `calendar_feed` (`person_id`);--> statement-breakpoint
CREATE TABLE `job_pause` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`job` text NOT NULL,
	`paused_at` integer NOT NULL,
	`until` text,
	`ended_at` integer,
	`ask_at` integer,
	`paused_by` integer NOT NULL,
	`reason` text NOT NULL,
	`ended_by` integer,
	FOREIGN KEY (`paused_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`ended_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `job_pause_by_job` ON `job_pause` (`job`,`paused_at`);--> statement-breakpoint
CREATE TABLE `slot_move` (
	`job` text NOT NULL,
	`slot` integer NOT NULL,
	`due` integer NOT NULL,
	`times` integer NOT NULL,
	`moved_by` integer NOT NULL,
	`moved_at` integer NOT NULL,
	`reason` text NOT NULL,
	PRIMARY KEY(`job`, `slot`),
	FOREIGN KEY (`moved_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `job_run` ADD `due` integer;--> statement-breakpoint
ALTER TABLE `job_run` ADD `by_id` integer REFERENCES person(id);--> statement-breakpoint
ALTER TABLE `job_run` ADD `reason` text;