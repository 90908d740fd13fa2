CREATE TABLE `sign_in` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`key_hash` text NOT NULL,
	`browser` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `sign_in_key_hash_unique` ON `sign_in` (`key_hash`);--> statement-breakpoint
CREATE INDEX `sign_in_by_person` ON `sign_in` (`person_id`,`expires_at`);--> statement-breakpoint
CREATE TABLE `sign_in_code` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`code_hash` text NOT NULL,
	`browser_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `sign_in_code_by_person` ON `sign_in_code` (`person_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `sign_in_code_by_browser` ON `sign_in_code` (`browser_hash`);--> statement-breakpoint
CREATE TABLE `stranger_day` (
	`day` text NOT NULL,
	`platform` text NOT NULL,
	`tries` integer NOT NULL,
	PRIMARY KEY(`day`, `platform`)
) STRICT;
--> statement-breakpoint
DROP INDEX `account_identity`;--> statement-breakpoint
ALTER TABLE `account` ADD `invitation_id` integer REFERENCES invitation(id);--> statement-breakpoint
ALTER TABLE `account` ADD `vouched_by` integer REFERENCES person(id);--> statement-breakpoint
ALTER TABLE `account` ADD `ended_at` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `account_identity` ON `account` (`platform`,`workspace`,`user_key`) WHERE "ended_at" is null;--> statement-breakpoint
ALTER TABLE `invitation` ADD `created_from` integer REFERENCES account(id);--> statement-breakpoint
ALTER TABLE `invitation` ADD `needs_second` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `invitation` ADD `second_by` integer REFERENCES person(id);--> statement-breakpoint
ALTER TABLE `invitation` ADD `second_at` integer;--> statement-breakpoint
ALTER TABLE `post` ADD `needs_second` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `post` ADD `second_by` integer REFERENCES person(id);--> statement-breakpoint
ALTER TABLE `post` ADD `second_at` integer;--> statement-breakpoint
CREATE INDEX `audit_by_person` ON `audit` (`person_id`,`id`);--> statement-breakpoint
CREATE INDEX `audit_by_subject` ON `audit` (`subject`,`id`);