CREATE TABLE `exposure` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`issue_id` integer NOT NULL,
	`state` text NOT NULL,
	`text` text NOT NULL,
	`chosen_at` integer NOT NULL,
	`chosen_by` integer,
	`informed_at` integer,
	`object_by` text,
	`county` text DEFAULT 'silent' NOT NULL,
	`objection` text,
	`county_by` integer,
	`county_at` integer,
	`answer` text,
	`decided_by` integer,
	`decided_at` integer,
	FOREIGN KEY (`issue_id`) REFERENCES `issue`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`chosen_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`county_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `exposure_by_issue` ON `exposure` (`issue_id`,`id`);--> statement-breakpoint
CREATE INDEX `exposure_by_state` ON `exposure` (`state`,`id`);--> statement-breakpoint
CREATE TABLE `exposure_picture` (
	`exposure_id` integer NOT NULL,
	`evidence_id` integer NOT NULL,
	`boxes` text NOT NULL,
	`person_id` integer,
	`at` integer NOT NULL,
	PRIMARY KEY(`exposure_id`, `evidence_id`),
	FOREIGN KEY (`exposure_id`) REFERENCES `exposure`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`evidence_id`) REFERENCES `evidence`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
