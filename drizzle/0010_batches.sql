CREATE TABLE `batch` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`person_id` integer,
	`at` integer NOT NULL,
	`name` text NOT NULL,
	`sha256` text,
	`rows` integer NOT NULL,
	`added` integer NOT NULL,
	`corrected` integer NOT NULL,
	`unchanged` integer NOT NULL,
	`data_state` text,
	`first_day` text,
	`last_day` text,
	`withdrawn_at` integer,
	`withdrawn_by` integer,
	`withdrawn_why` text,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`withdrawn_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `batch_by_hash` ON `batch` (`sha256`);--> statement-breakpoint
CREATE TABLE `publication` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`job` text NOT NULL,
	`slot` integer NOT NULL,
	`title` text NOT NULL,
	`first_day` text NOT NULL,
	`last_day` text NOT NULL,
	`rests_on` text NOT NULL,
	`batches` text NOT NULL,
	`figures` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `publication_by_day` ON `publication` (`last_day`);--> statement-breakpoint
CREATE UNIQUE INDEX `publication_once` ON `publication` (`job`,`slot`);--> statement-breakpoint
ALTER TABLE `region_day` ADD `batch_id` integer;--> statement-breakpoint
ALTER TABLE `region_day` ADD `audit_id` integer;--> statement-breakpoint
ALTER TABLE `revision` ADD `batch_id` integer;--> statement-breakpoint
ALTER TABLE `revision` ADD `replaces` integer;--> statement-breakpoint
CREATE INDEX `revision_by_batch` ON `revision` (`batch_id`);--> statement-breakpoint
CREATE INDEX `revision_by_replaced` ON `revision` (`replaces`);--> statement-breakpoint
ALTER TABLE `station_day` ADD `batch_id` integer;--> statement-breakpoint
ALTER TABLE `station_day` ADD `audit_id` integer;--> statement-breakpoint
-- The weekly notices that went out before: of which Monday to Sunday; their figures were not kept.
INSERT INTO `publication` (`job`, `slot`, `title`, `first_day`, `last_day`, `rests_on`, `batches`)
SELECT `job`, `slot`, '空气质量周通报', `from`, `to`, json_array(json_array(`from`, `to`)), '[]' FROM (
	SELECT `job`, `slot`, date(`slot` / 1000, 'unixepoch', '+8 hours', '-7 days') AS `from`,
		date(`slot` / 1000, 'unixepoch', '+8 hours', '-1 days') AS `to`
	FROM `job_run` WHERE `job` = 'weekly-notice' AND `state` <> 'skipped' AND `deliveries` > 0
);
