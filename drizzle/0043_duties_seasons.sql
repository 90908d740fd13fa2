CREATE TABLE `duty_record` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`region_id` text,
	`department_id` text,
	`date` text NOT NULL,
	`place` text,
	`result` text NOT NULL,
	`person_id` integer,
	`recorded_at` integer NOT NULL,
	`withdrawn_at` integer,
	`withdrawn_by` integer,
	`withdrawn_why` text,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`withdrawn_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `duty_record_by_date` ON `duty_record` (`date`,`id`);--> statement-breakpoint
CREATE INDEX `duty_record_by_kind` ON `duty_record` (`kind`,`date`);--> statement-breakpoint
CREATE TABLE `guarantee` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`pack_id` text,
	`name` text NOT NULL,
	`from_date` text NOT NULL,
	`to_date` text NOT NULL,
	`targets` text NOT NULL,
	`measures` text,
	`created_at` integer NOT NULL,
	`created_by` integer,
	`cancelled_at` integer,
	`cancelled_by` integer,
	`cancelled_why` text,
	FOREIGN KEY (`created_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`cancelled_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `guarantee_by_days` ON `guarantee` (`to_date`,`from_date`);