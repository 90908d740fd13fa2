CREATE TABLE `alert_episode` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`station_id` text NOT NULL,
	`rule` text NOT NULL,
	`item` text NOT NULL,
	`state` text NOT NULL,
	`first_hour` integer NOT NULL,
	`last_hour` integer NOT NULL,
	`rung` integer NOT NULL,
	`peak` integer NOT NULL,
	`value` integer,
	`peak_value` integer,
	`detail` text NOT NULL,
	`told` integer DEFAULT 0 NOT NULL,
	`told_at` integer,
	`cleared_at` integer,
	`cause` text,
	`cause_words` text,
	`cause_by` integer,
	`cause_at` integer,
	`issue_id` integer,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`station_id`) REFERENCES `station`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`cause_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`issue_id`) REFERENCES `issue`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `alert_episode_once` ON `alert_episode` (`station_id`,`rule`,`item`,`first_hour`);--> statement-breakpoint
CREATE INDEX `alert_episode_by_hour` ON `alert_episode` (`first_hour`);--> statement-breakpoint
CREATE INDEX `alert_episode_to_tell` ON `alert_episode` (`cleared_at`);--> statement-breakpoint
CREATE TABLE `alert_event` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`episode_id` integer NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`hour` integer,
	`rung` integer,
	`value` integer,
	`person_id` integer,
	`text` text,
	FOREIGN KEY (`episode_id`) REFERENCES `alert_episode`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `alert_event_by_episode` ON `alert_event` (`episode_id`,`id`);--> statement-breakpoint
CREATE TABLE `hour_due` (
	`hour` integer PRIMARY KEY NOT NULL,
	`due` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `hour_due_by_time` ON `hour_due` (`due`);--> statement-breakpoint
CREATE TABLE `ingest_source` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`token_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer,
	`ended_at` integer,
	`ended_by` integer,
	`last_at` integer,
	FOREIGN KEY (`created_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`ended_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `ingest_source_token_hash_unique` ON `ingest_source` (`token_hash`);--> statement-breakpoint
ALTER TABLE `station_hour` ADD `suspect` text;