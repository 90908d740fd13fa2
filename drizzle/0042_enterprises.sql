CREATE TABLE `enterprise` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`region_id` text NOT NULL,
	`industry` text NOT NULL,
	`grade` text NOT NULL,
	`contact_name` text,
	`contact_phone` text,
	`meter_no` text,
	`longitude` real,
	`latitude` real,
	`ended_on` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `enterprise_name_unique` ON `enterprise` (`name`);--> statement-breakpoint
CREATE INDEX `enterprise_by_region` ON `enterprise` (`region_id`);--> statement-breakpoint
CREATE TABLE `enterprise_measure` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`enterprise_id` integer NOT NULL,
	`level` text NOT NULL,
	`measure` text NOT NULL,
	`indicator` text NOT NULL,
	`seq` integer NOT NULL,
	FOREIGN KEY (`enterprise_id`) REFERENCES `enterprise`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `enterprise_measure_once` ON `enterprise_measure` (`enterprise_id`,`level`,`measure`);--> statement-breakpoint
ALTER TABLE `invitation` ADD `enterprise_id` integer REFERENCES enterprise(id);--> statement-breakpoint
ALTER TABLE `person` ADD `enterprise_id` integer REFERENCES enterprise(id);