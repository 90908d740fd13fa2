CREATE TABLE `issue_intake` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`sender` text NOT NULL,
	`reference` text NOT NULL,
	`issue_id` integer NOT NULL,
	`cells` text NOT NULL,
	`received_at` integer NOT NULL,
	`batch_id` integer,
	`returned_at` integer,
	FOREIGN KEY (`issue_id`) REFERENCES `issue`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `issue_intake_once` ON `issue_intake` (`sender`,`reference`);--> statement-breakpoint
CREATE INDEX `issue_intake_by_issue` ON `issue_intake` (`issue_id`);--> statement-breakpoint
CREATE INDEX `issue_intake_by_time` ON `issue_intake` (`sender`,`received_at`);--> statement-breakpoint
CREATE TABLE `night_permit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`region_id` text NOT NULL,
	`site` text NOT NULL,
	`basis` text NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`state` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`approved_by` text,
	`reason` text,
	`applied_at` integer NOT NULL,
	`applied_by` integer,
	`decided_at` integer,
	`decided_by` integer,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`applied_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `night_permit_by_site` ON `night_permit` (`region_id`,`site`);--> statement-breakpoint
CREATE INDEX `night_permit_by_end` ON `night_permit` (`to_day`,`region_id`);--> statement-breakpoint
CREATE TABLE `night_tightening` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`region_id` text NOT NULL,
	`month` text NOT NULL,
	`tenths` integer NOT NULL,
	`since` text NOT NULL,
	`issue_id` integer,
	`lifted_on` text,
	`lifted_month` text,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`issue_id`) REFERENCES `issue`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `night_tightening_by_region` ON `night_tightening` (`region_id`,`id`);--> statement-breakpoint
ALTER TABLE `dustfall` ADD `town_id` text REFERENCES region(id);
