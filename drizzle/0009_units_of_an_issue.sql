CREATE TABLE `issue_unit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`issue_id` integer NOT NULL,
	`role` text NOT NULL,
	`department_id` text,
	`region_id` text,
	`name` text,
	`due` text,
	`added_at` integer NOT NULL,
	`added_by` integer,
	`removed_at` integer,
	`removed_by` integer,
	FOREIGN KEY (`issue_id`) REFERENCES `issue`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`added_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`removed_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `issue_unit_by_issue` ON `issue_unit` (`issue_id`,`removed_at`);--> statement-breakpoint
CREATE INDEX `issue_unit_by_department` ON `issue_unit` (`department_id`,`removed_at`,`issue_id`);--> statement-breakpoint
CREATE INDEX `issue_unit_by_region` ON `issue_unit` (`region_id`,`removed_at`,`issue_id`);
