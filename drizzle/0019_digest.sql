CREATE TABLE `activity` (
	`person_id` integer NOT NULL,
	`platform` text NOT NULL,
	`day` text NOT NULL,
	`what` text NOT NULL,
	`act` text NOT NULL,
	`times` integer NOT NULL,
	`last_at` integer NOT NULL,
	PRIMARY KEY(`person_id`, `platform`, `day`, `what`, `act`),
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `outbox` ADD `subject` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `fold_at` integer;--> statement-breakpoint
ALTER TABLE `outbox` ADD `folded_into` integer;--> statement-breakpoint
ALTER TABLE `outbox` ADD `uncounted` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `chase_at` integer;--> statement-breakpoint
ALTER TABLE `outbox` ADD `chased` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `settled_as` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `settled_by` integer REFERENCES person(id);--> statement-breakpoint
ALTER TABLE `outbox` ADD `settled_at` integer;--> statement-breakpoint
CREATE INDEX `outbox_by_person` ON `outbox` (`person_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `outbox_by_fold` ON `outbox` (`folded_into`) WHERE "folded_into" is not null;--> statement-breakpoint
CREATE INDEX `outbox_parts` ON `outbox` (`subject`) WHERE "state" in ('waiting', 'folded');--> statement-breakpoint
CREATE INDEX `outbox_chased` ON `outbox` (`chase_at`) WHERE "chase_at" is not null;--> statement-breakpoint
ALTER TABLE `person` ADD `digest_hour` integer;