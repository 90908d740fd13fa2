CREATE TABLE `patrol` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`station_id` text NOT NULL,
	`person_id` integer NOT NULL,
	`for_id` integer,
	`at` integer NOT NULL,
	`date` text NOT NULL,
	`outcome` text,
	`words` text,
	`issue_id` integer,
	FOREIGN KEY (`station_id`) REFERENCES `station`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`for_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`issue_id`) REFERENCES `issue`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `patrol_by_station` ON `patrol` (`station_id`,`date`);--> statement-breakpoint
CREATE INDEX `patrol_by_person` ON `patrol` (`person_id`,`date`);--> statement-breakpoint
CREATE INDEX `patrol_by_issue` ON `patrol` (`issue_id`);--> statement-breakpoint
CREATE TABLE `patrol_photo` (
	`patrol_id` integer NOT NULL,
	`evidence_id` integer PRIMARY KEY NOT NULL,
	FOREIGN KEY (`patrol_id`) REFERENCES `patrol`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`evidence_id`) REFERENCES `evidence`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `patrol_photo_by_patrol` ON `patrol_photo` (`patrol_id`);