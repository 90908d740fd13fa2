CREATE TABLE `handover` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`kind` text NOT NULL,
	`heir_id` integer,
	`by_id` integer,
	`at` integer NOT NULL,
	`items` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`heir_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `handover_by_person` ON `handover` (`person_id`,`id`);--> statement-breakpoint
CREATE TABLE `post` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`role` text NOT NULL,
	`region_id` text,
	`department_id` text,
	`main` integer NOT NULL,
	`from_date` text NOT NULL,
	`to_date` text,
	`state` text NOT NULL,
	`created_by` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `post_by_person` ON `post` (`person_id`,`state`);--> statement-breakpoint
CREATE INDEX `post_by_state` ON `post` (`state`,`from_date`);--> statement-breakpoint
CREATE TABLE `stand_in` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`by_id` integer NOT NULL,
	`from_date` text NOT NULL,
	`to_date` text NOT NULL,
	`state` text NOT NULL,
	`created_by` integer,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `stand_in_by_state` ON `stand_in` (`state`,`person_id`,`by_id`);--> statement-breakpoint
ALTER TABLE `issue` ADD `behalf` text;--> statement-breakpoint
ALTER TABLE `issue_event` ADD `for_id` integer REFERENCES person(id);--> statement-breakpoint
ALTER TABLE `transfer` ADD `proposed_for` integer REFERENCES person(id);--> statement-breakpoint
ALTER TABLE `transfer` ADD `decided_for` integer REFERENCES person(id);--> statement-breakpoint
ALTER TABLE `invitation` ADD `phone` text;--> statement-breakpoint
ALTER TABLE `person` ADD `left_at` integer;--> statement-breakpoint
ALTER TABLE `person` ADD `phone` text;
