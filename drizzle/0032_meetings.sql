CREATE TABLE `meeting` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`period` text NOT NULL,
	`state` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`round` integer DEFAULT 1 NOT NULL,
	`date` text NOT NULL,
	`time` text NOT NULL,
	`place` text NOT NULL,
	`agenda` text NOT NULL,
	`convened_at` integer NOT NULL,
	`convened_by` integer,
	`held_at` integer,
	`cancelled_at` integer,
	`cancel_why` text,
	`minutes` text,
	`minutes_at` integer,
	`minutes_by` integer,
	FOREIGN KEY (`convened_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`minutes_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `meeting_of_period` ON `meeting` (`kind`,`period`) WHERE state <> 'cancelled';--> statement-breakpoint
CREATE INDEX `meeting_by_date` ON `meeting` (`date`,`time`);--> statement-breakpoint
CREATE TABLE `meeting_decision` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`meeting_id` integer NOT NULL,
	`ordinal` integer NOT NULL,
	`text` text NOT NULL,
	`region_id` text,
	`department_id` text,
	`due` text,
	`issue_id` integer,
	FOREIGN KEY (`meeting_id`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`issue_id`) REFERENCES `issue`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `meeting_decision_once` ON `meeting_decision` (`meeting_id`,`ordinal`);--> statement-breakpoint
CREATE INDEX `meeting_decision_by_issue` ON `meeting_decision` (`issue_id`);--> statement-breakpoint
CREATE TABLE `meeting_unit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`meeting_id` integer NOT NULL,
	`region_id` text,
	`department_id` text,
	`answer` text,
	`reason` text,
	`delegate_id` integer,
	`round` integer,
	`answered_at` integer,
	`answered_by` integer,
	`for_id` integer,
	`removed_at` integer,
	FOREIGN KEY (`meeting_id`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`delegate_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`for_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `meeting_unit_by_meeting` ON `meeting_unit` (`meeting_id`,`removed_at`);